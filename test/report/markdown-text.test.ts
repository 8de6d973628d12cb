import { describe, expect, it } from 'vitest';
import { code, prose } from '../../src/report/markdown-text.js';
import { HOSTILE } from '../support/report-samples.js';

/** What is left of a text when its code spans are taken away; throws when a span is not closed. */
const outside = (markdown: string): string => {
  const parts = markdown.split('`');
  if (parts.length % 2 === 0) throw new Error(`a span is not closed: ${markdown.slice(0, 100)}`);
  return parts.filter((_, index) => index % 2 === 0).join(' ');
};

/** GitHub makes a link of a commit's name. */
const COMMIT = '0123abc'.repeat(5);

describe('Markdown of what strangers wrote', () => {
  it.each(HOSTILE)('is one code span without a bar: %s', (_, text) => {
    const written = code(text);
    expect(outside(written).trim()).toBe('');
    expect(written).not.toMatch(/[|\n\r]/);
  });

  it.each(HOSTILE)('has nothing but words and marks of a sentence outside of code: %s', (_, text) => {
    expect(outside(prose(text))).toMatch(/^[\p{L}\p{M}\p{N}\s.,;:?()'’-]*$/u);
    expect(prose(text)).not.toMatch(/[|\n\r]/);
  });

  it.each(['@everyone', '#12', 'GH-12', 'https://evil.example', 'www.evil.example', 'me@evil.example', COMMIT])(
    'makes no link or mention of %s',
    (word) => {
      expect(prose(`see ${word}, please.`)).toBe(`see \`${word}\`, please.`);
    },
  );

  it('leaves a sentence of ours as it is', () => {
    const sentence = "Treat it as live: it's in 12 files, and 1,234 objects (see below).";
    expect(prose(sentence)).toBe(sentence);
  });

  it('leaves Chinese and Arabic as they are', () => {
    expect(prose('密钥 仍然有效 مفتاح')).toBe('密钥 仍然有效 مفتاح');
  });

  it('takes long text in one pass', () => {
    const long = `${'a-'.repeat(200_000)}! ${'.'.repeat(200_000)} ${"a'".repeat(100_000)}`;
    // The last of the dots ends a sentence.
    expect(outside(prose(long)).trim()).toBe('.');
  });
});
