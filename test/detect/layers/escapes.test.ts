import { describe, expect, it } from 'vitest';
import { unescaped } from '../../../src/detect/layers/escapes.js';
import { encodingOf, originAt } from '../../../src/detect/layers/layer.js';
import { layerOf } from '../../support/detection.js';

const text = (source: string): string | null => unescaped(layerOf(source))?.text ?? null;

describe('escapes', () => {
  it.each([
    ['percent', 'a%3Db%26c', 'a=b&c'],
    ['percent in lower case', '%2f', '/'],
    ['unicode', '\\u004c\\u0054', 'LT'],
    ['unicode in braces', '\\u{004C}', 'L'],
    ['hexadecimal', '\\x4c\\x54', 'LT'],
    ['octal', '\\114\\124', 'LT'],
    ['line breaks and tabs', 'a\\nb\\tc\\r', 'a\nb\tc\r'],
    ['quotes in JSON', '{\\"a\\":\\"b\\"}', '{"a":"b"}'],
    ['JSON in JSON, in one step', '\\\\\\"a\\\\\\"', '"a"'],
    ['a slash', 'a\\/b', 'a/b'],
    ['entities by name', '&quot;a&quot; &lt;b&gt; &amp;c', '"a" <b> &c'],
    ['entities by number', '&#34;&#x22;&#X22;', '"""'],
    ['terminal colours', '\u001b[1;31mred\u001b[0m', 'red'],
    ['terminal colours without their escape character', '[33mid[0m', 'id'],
    ['terminal colours, \\e', '\\e[32mid\\e[0m', 'id'],
    ['terminal colours, \\033', '\\033[1;32mid\\033[0m', 'id'],
    ['terminal colours, \\x1b and \\u001b', '\\x1b[32mid\\u001b[0m', 'id'],
    ['terminal colours in syslog', '#033[33mid#033[0m', 'id'],
    ['terminal colours as control characters are shown', '^[[33mid^[[0m', 'id'],
    ['terminal colours in a URL', '%1B%5B33mid%1B[0m', 'id'],
    [
      'an equals sign of quoted-printable, whatever is around',
      'Subject: AK=3Did SK=3Dsecret',
      'Subject: AK=id SK=secret',
    ],
    ['zeros, as unknown characters', 'a\\0B\\0', 'a\u00bfB\u00bf'],
  ])('are taken back: %s', (_, source, plain) => {
    expect(text(source)).toBe(plain);
  });

  it.each(['plain', 'a=41b', '100% sure', '\\q', '&nothing;', '[0]', 'array[12]', '\\u00'])(
    '%s holds none',
    (source) => {
      expect(text(source)).toBeNull();
    },
  );

  it('need a sign of quoted-printable before equals signs are read so', () => {
    expect(text('a=41')).toBeNull();
    expect(text('Content-Transfer-Encoding: quoted-printable\na=41')).toContain('aA');
  });

  it('of quoted-printable join its lines', () => {
    const head = 'Content-Transfer-Encoding: quoted-printable\r\n\r\n';
    expect(text(`${head}a=3Db=\r\nc=\nd`)).toBe(`${head}a=bcd`);
  });

  it('become one character each where they are nothing that a key could hold', () => {
    expect(text('%C3%A9')).toHaveLength(2);
    expect(text('\\u5bc6x')).toMatch(/^.x$/);
  });

  it('leave each character at the place it was written', () => {
    const source = 'é id=%4C\\u0054&#65;I"';
    const layer = unescaped(layerOf(source));
    if (layer === null) throw new Error('there are escapes');
    const at = layer.text.indexOf('LTAI');
    const written = Buffer.from(source);
    expect(originAt(layer, at)).toBe(written.indexOf('%4C'));
    expect(originAt(layer, at + 1)).toBe(written.indexOf('\\u0054'));
    expect(originAt(layer, at + 2)).toBe(written.indexOf('&#65;'));
    expect(originAt(layer, at + 3)).toBe(written.indexOf('I"'));
    expect(originAt(layer, layer.text.length)).toBe(written.length);
    expect(encodingOf(layer, at, at + 4)).toEqual(['percent', 'unicode-escape', 'html-entity']);
    expect(encodingOf(layer, at + 3, at + 4)).toEqual([]);
  });

  it('are taken back one level at a time', () => {
    const once = unescaped(layerOf('%254C'));
    expect(once?.text).toBe('%4C');
    expect(once === null ? null : unescaped(once)?.text).toBe('L');
  });
});
