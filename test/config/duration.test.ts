import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../src/config/duration.js';

describe('parseDuration', () => {
  it.each([
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['12h', 43_200_000],
    ['7 d', 604_800_000],
  ])('reads %s', (text, milliseconds) => {
    expect(parseDuration(text, '--max-age')).toBe(milliseconds);
  });

  it.each(['', '12', 'h', '0h', '-1h', '1.5h', '1w', '12hours', '9999999d'])('refuses "%s" and says where', (text) => {
    expect(() => parseDuration(text, '--max-age')).toThrow(`--max-age: "${text}" is no length of time.`);
  });
});
