import { describe, expect, it } from 'vitest';
import { forJson, forTerminal } from '../../src/report/escape.js';

const NASTY = 'a\u001B[31mb\u0007\rc\u202Ed\u200B\u2028\u009B\u{E0041}\uD800e';

describe('text for a terminal', () => {
  it('writes out whatever could move the cursor, recolour, reorder or hide', () => {
    expect(forTerminal(NASTY)).toBe(
      'a\\u{1b}[31mb\\u{7}\\u{d}c\\u{202e}d\\u{200b}\\u{2028}\\u{9b}\\u{e0041}\\u{d800}e',
    );
  });

  it('leaves what people write alone', () => {
    expect(forTerminal('配置/app.yml – naïve 🔑')).toBe('配置/app.yml – naïve 🔑');
  });
});

describe('JSON', () => {
  it('is safe on a terminal and loses nothing', () => {
    const json = forJson(JSON.stringify({ text: NASTY }));
    expect(json).toMatch(/^[\x20-\x7E]*$/);
    expect(JSON.parse(json)).toEqual({ text: NASTY });
  });
});
