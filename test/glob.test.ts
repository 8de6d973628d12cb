import { describe, expect, it } from 'vitest';
import { AkscanError } from '../src/errors.js';
import { compileGlobs } from '../src/glob.js';

describe('globs', () => {
  it.each<[string, string, boolean]>([
    ['*.env', '.env', true],
    ['*.env', 'a/.env', false],
    ['**/*.env', 'a/b/.env', true],
    ['**/*.env', '.env', true],
    ['src/**', 'src/a/b', true],
    ['src/**', 'srcs/a', false],
    ['src/**/x', 'src/x', true],
    ['src/**/x', 'src/a/b/x', true],
    ['src/**/x', 'src/ax', false],
    ['a?c', 'a/c', false],
    ['[a-c]x', 'bx', true],
    ['[!a-c]x', 'bx', false],
    ['{src,lib}/**/*.{ts,js}', 'lib/a/b/c.ts', true],
    ['{src,lib}/**/*.{ts,js}', 'bin/c.ts', false],
    ['*test*fixture*', 'my-test-and-fixture-1', true],
    ['\\*', '*', true],
    ['\\*', 'a', false],
    ['!(a)', '!(a)', true],
    ['!(a)', 'b', false],
    ['(a+)+', 'aaa', false],
    ['(a+)+', '(a+)+', true],
  ])('%s matches %s: %s', (glob, path, expected) => {
    expect(compileGlobs([glob])(path)).toBe(expected);
  });

  it('match any of several', () => {
    const matches = compileGlobs(['a/*', '**/*.ts']);
    expect(['a/x', 'q/w/e.ts', 'b/x'].map((path) => matches(path))).toEqual([true, true, false]);
    expect(compileGlobs([])('a')).toBe(false);
  });

  it.each([
    '*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b',
    '**/a/**/a/**/a/**/a/**/a/**/a/**/a/**/a/**/b',
    `${'{a,a}'.repeat(40)}*b`,
    `${'{*a,*a}'.repeat(40)}b`,
    `${'{'.repeat(500)}a${',b}'.repeat(500)}`,
  ])('that could take longer than anybody waits are refused: %s', (glob) => {
    expect(() => compileGlobs([glob])).toThrow(AkscanError);
  });

  it('that cannot be compiled is refused, and not one that matches nothing', () => {
    for (const glob of ['[]**', '{a,b', '[z-a]'])
      expect(() => compileGlobs([glob], '--only')).toThrow(`--only: the glob`);
  });

  it('at the bounds end soon on the worst of paths', () => {
    expect(compileGlobs(['*a*ab'])('a'.repeat(255))).toBe(false);
    expect(compileGlobs(['**/a/**/b'])('a/'.repeat(500))).toBe(false);
    expect(compileGlobs(['(a+)+(a+)+b'])('a'.repeat(255))).toBe(false);
    expect(compileGlobs([`${'{a,aa}'.repeat(6)}*a*ab`])('a'.repeat(255))).toBe(false);
  });
});
