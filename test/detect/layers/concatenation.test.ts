import { describe, expect, it } from 'vitest';
import { joined } from '../../../src/detect/layers/concatenation.js';
import { encodingOf, originAt } from '../../../src/detect/layers/layer.js';
import { layerOf } from '../../support/detection.js';

describe('string literals put together', () => {
  it.each([
    ['plus', '"abc" + "def"'],
    ['plus over a line break', "'abc' +\n    'def'"],
    ['plus at the next line', '"abc"\n  + "def"'],
    ['point (PHP)', "'abc' . 'def'"],
    ['two points (Lua)', '"abc" .. "def"'],
    ['ampersand (Basic)', '"abc" & _\r\n  "def"'],
    ['bars (SQL)', "'abc' || 'def'"],
    ['nothing (C, Python)', '"abc" "def"'],
    ['nothing, the next line', '"abc"\n    "def"'],
    ['a backslash', '"abc" \\\n "def"'],
    ['append', 'new StringBuilder("abc").append("def")'],
    ['arrows (C++)', 's << "abc" << "def"'],
    ['a prefixed literal (C#)', '"abc" + @"def"'],
    ['backticks', '`abc` + `def`'],
    ['a shell line that goes on', 'abc\\\n    def'],
    ['plus and a comment', '"abc" + // split\n    "def"'],
    ['plus behind a comment', '"abc" // first half\n    + "def"'],
    ['a comment in between', '"abc" + /* and */ "def"'],
    ['join', "['abc', 'def'].join('')"],
  ])('are joined: %s', (_, source) => {
    expect(joined(layerOf(source))?.text).toContain('abcdef');
  });

  it.each(['"abc", "def"', '"abc": "def"', '"abc" = "def"', 'abc + def', '"abc" + x + "def"', '"abc" // b\n"def"'])(
    '%s is left',
    (source) => {
      expect(joined(layerOf(source))?.text ?? source).not.toContain('abcdef');
    },
  );

  it('lead back to the places of both parts', () => {
    const source = 'id = "abc" + "def";';
    const layer = joined(layerOf(source));
    if (layer === null) throw new Error('there is something to join');
    const at = layer.text.indexOf('abcdef');
    expect(originAt(layer, at)).toBe(source.indexOf('abc'));
    expect(originAt(layer, at + 3)).toBe(source.indexOf('def'));
    expect(encodingOf(layer, at, at + 6)).toEqual(['concatenation']);
    expect(encodingOf(layer, 0, at + 3)).toEqual([]);
  });

  it('are nothing where there are none', () => {
    expect(joined(layerOf('id: abc'))).toBeNull();
  });
});
