import { describe, expect, it } from 'vitest';
import { globCovers, globsMeet, namesMeet } from '../../../src/cloud/powers/glob.js';

describe('patterns of policies', () => {
  it.each([
    ['*', '', true],
    ['*', 'ecs:runcommand', true],
    ['ecs:*', 'ecs:runcommand', true],
    ['ecs:*', 'ecs', false],
    ['*:describe*', 'ecs:describeinstances', true],
    ['ecs:*command*', 'ecs:runcommand', true],
    ['ecs:*command*', 'ecs:sendfile', false],
    ['ecs:run?ommand', 'ecs:runcommand', true],
    ['ecs:run?ommand', 'ecs:runommand', false],
    ['ecs:runcommand', 'ecs:runcommands', false],
    ['a*b*c', 'a-b-b-c-c', true],
    ['a*b*c', 'a-b-b-c-d', false],
    ['a.c', 'abc', false],
    ['(a+)+$', '(a+)+$', true],
    ['', '', true],
    ['', 'a', false],
  ])('%s matches %s: %s', (pattern, text, isMatch) => {
    expect(globCovers(pattern, text)).toBe(isMatch);
  });

  it.each([
    ['bucket/*', 'bucket/private/*', true],
    ['bucket/private/*', 'bucket/*', false],
    ['a?', 'a*', false],
    ['a?', 'a?', true],
    ['a*', 'a?b*', true],
    ['ab', 'a?', false],
  ])('%s covers all that %s stands for: %s', (pattern, other, covers) => {
    expect(globCovers(pattern, other)).toBe(covers);
  });

  it.each([
    ['*a', 'b*', true],
    ['*a', '*b', false],
    ['mybucket', '*/*', false],
    ['mybucket*', '*/*', true],
    ['a?c', '?b?', true],
    ['a?c', '?b', false],
    ['*', '', true],
    ['', '', true],
    ['a', '', false],
  ])('%s and %s can mean the same: %s', (one, other, doMeet) => {
    expect(globsMeet(one, other)).toBe(doMeet);
    expect(globsMeet(other, one)).toBe(doMeet);
  });

  it.each([
    ['acs:ram:*:*:user/*', 'acs:ram:*:*:user/bob', true],
    ['acs:ram:*:*:role/ci', 'acs:ram:*:*:user/*', false],
    ['acs:ram:*:*:role/ci', 'acs:*:*:*:*', true],
    ['acs:oss:*:*:a:b', 'acs:oss:*:*:*', true],
    ['acs:oss:*:*:bucket', 'acs:oss:*:*:*/*', false],
    ['acs:oss*', 'acs:oss:*:*:*/*', true],
    ['*', 'acs:oss:*:*:*/*', true],
    ['acs:oss:cn-a:*:*', 'acs:oss:cn-b:*:*', false],
  ])('%s and %s can be the same resource: %s', (one, other, doMeet) => {
    expect(namesMeet(one, other)).toBe(doMeet);
    expect(namesMeet(other, one)).toBe(doMeet);
  });

  it('agree with each other about every short pattern and text', () => {
    const words = (letters: string, length: number): string[] =>
      length === 0 ? [''] : ['', ...words(letters, length - 1).flatMap((word) => [...letters].map((l) => l + word))];
    const texts = [...new Set(words('ab', 4))];
    const patterns = [...new Set(words('ab*?', 3))];
    const regexp = (pattern: string): RegExp => new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
    const matched = new Map(patterns.map((p) => [p, texts.filter((text) => regexp(p).test(text))]));
    for (const [pattern, hits] of matched) {
      expect(texts.filter((text) => globCovers(pattern, text))).toEqual(hits);
      for (const [other, otherHits] of matched) {
        // Two patterns of three characters that meet do so in a text of four.
        expect([pattern, other, globsMeet(pattern, other)]).toEqual([
          pattern,
          other,
          hits.some((text) => otherHits.includes(text)),
        ]);
        if (globCovers(pattern, other)) expect(otherHits.every((text) => hits.includes(text))).toBe(true);
      }
    }
  });

  it('answer about patterns that would keep a backtracking matcher for ever', () => {
    expect(globCovers(`${'*a'.repeat(2_000)}b`, 'a'.repeat(4_000))).toBe(false);
    expect(globsMeet(`${'*a'.repeat(1_000)}b`, `${'a*'.repeat(1_000)}c`)).toBe(false);
  });
});
