import { describe, expect, it } from 'vitest';
import { originAt, rawLayer } from '../../../src/detect/layers/layer.js';
import { nestedUtf16, utf16At, utf16Layer } from '../../../src/detect/layers/utf16.js';

const wide = (text: string, order: 'le' | 'be'): Buffer => {
  const bytes = Buffer.from(text, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};

describe('UTF-16', () => {
  it.each(['le', 'be'] as const)('%s is read by an anchor, at either parity', (order) => {
    for (const before of ['', 'a', 'abc', '"']) {
      for (const stray of [0, 1]) {
        const bytes = Buffer.concat([Buffer.alloc(stray, 0x58), wide(`=${before}"LTAI5t"`, order)]);
        const hit = bytes.indexOf(Buffer.from('LTAI', 'utf16le').subarray(0, -1));
        const layer = utf16Layer(bytes, utf16At(bytes, hit, 0));
        const at = layer.text.indexOf('LTAI5t');
        expect(at).toBeGreaterThan(0);
        // A unit's place is that of its first byte, whichever order it is read in.
        expect(Math.abs(originAt(layer, at) - bytes.indexOf('L', stray))).toBeLessThanOrEqual(1);
      }
    }
  });

  it('reads more text than fits in one call', () => {
    const text = 'abcdefghij'.repeat(5000);
    expect(utf16Layer(wide(text, 'be'), { parity: 0, order: 'be' }).text).toBe(text);
  });

  it.each(['le', 'be'] as const)('%s inside a decoded text is read as such', (order) => {
    const layer = nestedUtf16(rawLayer(wide('accessKeyId: x', order).toString('latin1')));
    expect(layer?.text).toBe('accessKeyId: x');
    expect(layer?.encoding).toEqual([`utf-16${order}`]);
    expect(layer === null ? null : originAt(layer, 3)).toBe(6);
  });

  it('is not seen in plain text', () => {
    expect(nestedUtf16(rawLayer('accessKeyId: x'))).toBeNull();
    expect(nestedUtf16(rawLayer('with one \0 zero in it'))).toBeNull();
  });
});
