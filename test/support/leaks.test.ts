import { describe, expect, it } from 'vitest';
import { createKeys } from './keys.js';
import { createLeakFinder } from './leaks.js';

const value = createKeys(0x1ea6).secret30();
const leaks = createLeakFinder([{ name: 'it', value }]);
const part = value.slice(7, 15);

describe('the search for secrets', () => {
  it.each<[string, Uint8Array | string]>([
    ['as it is', `a ${value} b`],
    ['eight characters of it', `a${part}b`],
    ['in base64', Buffer.from(value).toString('base64')],
    ['in base64 after one byte', Buffer.from(`:${value}`).toString('base64')],
    ['in base64 after two', Buffer.from(`u:${value}`).toString('base64')],
    ['in hexadecimal digits', Buffer.from(value).toString('hex').toUpperCase()],
    ['in percent', Buffer.from(part).toString('hex').replace(/../g, '%$&')],
    ['in escapes of JSON', Buffer.from(part).toString('hex').replace(/../g, '\\u00$&')],
    ['in UTF-16', Buffer.from(`a${part}b`, 'utf16le')],
    ['in UTF-16 the other way', Buffer.from(`a${part}b`, 'utf16le').swap16()],
    [
      'between bytes that are no text',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(part), Buffer.from([0x80])]),
    ],
  ])('finds one %s', (_, written) => {
    expect(leaks(written)).toEqual([expect.stringMatching(/^it/)]);
  });

  it('finds nothing in seven characters, or in what is something else', () => {
    expect(leaks(part.slice(0, 7))).toEqual([]);
    expect(leaks(Buffer.alloc(4096, 'LTA I5t***'))).toEqual([]);
  });
});
