import { expect, it } from 'vitest';
import { parseSize } from '../../src/config/size.js';

it.each([
  ['1', 1],
  ['512B', 512],
  ['10KB', 10_240],
  ['10k', 10_240],
  ['1.5 MiB', 1_572_864],
  ['2G', 2_147_483_648],
])('reads %s', (text, bytes) => {
  expect(parseSize(text, '--max-size')).toBe(bytes);
});

it.each(['', '0', 'MB', '-1', '10TB', '1e9', '10 M B'])('refuses %j and says where it stands', (text) => {
  expect(() => parseSize(text, '--max-size')).toThrow(`--max-size: "${text}" is not a size.`);
});
