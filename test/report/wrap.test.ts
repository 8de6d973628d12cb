import { describe, expect, it } from 'vitest';
import { proseWidth, wrap } from '../../src/report/wrap.js';

describe('breaking sentences into lines', () => {
  it('keeps every word, in lines no longer than asked for', () => {
    const text = 'It is a key of the root account and nobody could say whether it is on or off at all.';
    for (let width = 10; width < 100; width += 7) {
      const lines = wrap(text, width);
      expect(lines.join(' ')).toBe(text);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    }
  });

  it('keeps a word whole that is longer than a line', () => {
    const name = 'x'.repeat(50);
    expect(wrap(`user ${name} of ours`, 20)).toEqual(['user', name, 'of ours']);
  });

  it('takes the width of the terminal, within what one likes to read', () => {
    expect([undefined, 20, 72, 93, 300].map(proseWidth)).toEqual([80, 40, 72, 93, 100]);
  });
});
