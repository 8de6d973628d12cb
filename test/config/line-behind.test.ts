import { expect, it } from 'vitest';
import { lineBehind } from '../../src/config/line-behind.js';

it.each([
  ['', 'b\n'],
  ['a\n', 'b\n'],
  ['a', '\nb\n'],
  ['a\r\n', 'b\n'],
])('a line behind %j is one of its own', (text, expected) => {
  expect(lineBehind(text, 'b')).toBe(expected);
});
