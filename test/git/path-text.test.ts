import { describe, expect, it } from 'vitest';
import { bytesOfPath, pathOfText, textOfPath } from '../../src/git/path-text.js';

describe('names of files', () => {
  it('stay what they are when they are UTF-8, replacement characters included', () => {
    for (const name of ['a/b', '日本/ключ.txt', 'odd \uFFFD name', '😀']) {
      expect(textOfPath(Buffer.from(name))).toBe(name);
      expect(pathOfText(name)).toBe(name);
    }
  });

  it('come back byte for byte when they are not', () => {
    const names = [
      [0xff],
      [0x61, 0xe9, 0x62],
      [0xe6, 0x97],
      [0xed, 0xa0, 0x80],
      [0xf0, 0x9f, 0x98, 0x80, 0xfe],
      [0xc0, 0x80],
    ];
    for (const bytes of names) expect([...bytesOfPath(textOfPath(Buffer.from(bytes)))]).toEqual(bytes);
    expect(textOfPath(Buffer.of(0x61, 0xe9))).toBe('a\udce9');
  });
});
