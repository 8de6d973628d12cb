import picomatch from 'picomatch';
import { describe, expect, it } from 'vitest';
import { compileGlobs } from '../src/glob.js';
import { randomFrom } from './support/keys.js';

describe('globs', () => {
  it.each<[string, string, boolean]>([
    ['*.env', '.env', true],
    ['*.env', 'a/.env', false],
    ['**/*.env', 'a/b/.env', true],
    ['**/*.env', '.env', true],
    ['src/**', 'src', true],
    ['src/**', 'src/a/b', true],
    ['src/**', 'srcs/a', false],
    ['src/**/x', 'src/x', true],
    ['src/**/x', 'src/a/b/x', true],
    ['src/**/x', 'src/ax', false],
    ['a**b', 'a/b', false],
    ['a?c', 'a/c', false],
    ['a?c', 'a😀c', true],
    ['[a-c]x', 'bx', true],
    ['[!a-c]x', 'bx', false],
    ['[!a]b', '/b', false],
    ['[a', '[a', true],
    ['{a,b{c,d}}/x', 'bd/x', true],
    ['{a,b{c,d}}/x', 'b/x', false],
    ['{a}', '{a}', true],
    ['{src,lib/**}/*.ts', 'lib/a/b/c.ts', true],
    ['\\*', '*', true],
    ['\\*', 'a', false],
    ['!(a)', '!(a)', true],
    ['(a+)+', 'aaa', false],
  ])('%s matches %s: %s', (glob, path, expected) => {
    expect(compileGlobs([glob])(path)).toBe(expected);
  });

  it('match as picomatch does', () => {
    const next = randomFrom(7);
    const pick = (parts: readonly string[]): string => parts[Math.floor(next() * parts.length)] ?? '';
    const several = (parts: readonly string[]): string =>
      Array.from({ length: 1 + Math.floor(next() * 3) }, () => pick(parts)).join('');
    const names = (parts: readonly string[]): string =>
      Array.from({ length: 1 + Math.floor(next() * 4) }, () => several(parts)).join('/');
    for (let round = 0; round < 3_000; round += 1) {
      const segment = next() < 0.25 ? '**/' : '';
      const glob = `${segment}${names(['a', 'b', '.a', '*', '?', '{a,b}', '[ab]'])}${next() < 0.25 ? '/**' : ''}`;
      // Left out: stars that touch, and `*/**`, which picomatch does not let match the folder itself.
      if (/\*\*[^/]|[^/]\*\*|\*\{|\}\*|[*?]\/\*\*$/.test(glob)) continue;
      const [ours, theirs] = [compileGlobs([glob]), picomatch(glob, { dot: true, noextglob: true, nonegate: true })];
      for (let tries = 0; tries < 8; tries += 1) {
        const path = names(['a', 'b', '.a']);
        expect([glob, path, ours(path)]).toEqual([glob, path, theirs(path)]);
      }
    }
  });

  it('match any of several', () => {
    const matches = compileGlobs(['a/*', '**/*.ts']);
    expect(['a/x', 'q/w/e.ts', 'b/x'].map((path) => matches(path))).toEqual([true, true, false]);
    expect(compileGlobs([])('a')).toBe(false);
  });

  // With a regular expression each of these takes longer than anybody waits.
  it.each([
    ['*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b', 'a'.repeat(4_000)],
    ['**/a/**/a/**/a/**/a/**/a/**/a/**/a/**/a/**/b', 'a/'.repeat(2_000)],
    [`${'{a,a}'.repeat(40)}*b`, 'a'.repeat(4_000)],
    [`${'{*a,*a}'.repeat(40)}b`, 'a'.repeat(4_000)],
    [`${'{'.repeat(500)}a${',b}'.repeat(500)}`, 'aaaa'],
  ])('take no time on purpose: %s', (glob, path) => {
    expect(compileGlobs([glob])(path)).toBe(false);
  });
});
