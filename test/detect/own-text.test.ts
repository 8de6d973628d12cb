// Copies of what was found.

import { expect, it } from 'vitest';
import { ownText, ownTextIfAny } from '../../src/detect/own-text.js';

it.each(['', 'plain', 'ключ 密钥 🔑', 'half a pair \ud83d'])('copies %j as it is', (text) => {
  expect(ownText(`<${text}>`.slice(1, -1))).toBe(text);
});

it('leaves out what is not there', () => {
  expect(ownTextIfAny(null)).toBeNull();
  expect(ownTextIfAny('a')).toBe('a');
});
