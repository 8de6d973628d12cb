import { expect, it } from 'vitest';
import { createFilter } from '../../src/sources/filter.js';

it.each<[readonly string[], readonly string[], string, boolean]>([
  [[], [], 'any/thing', true],
  [['*.env'], [], 'deep/down/.env', true],
  [['*.env'], [], 'deep/down/prod.env', true],
  [['.env'], [], 'deep/.env', true],
  [['*.env'], [], 'deep/down/env', false],
  [['src/*.ts'], [], 'src/a.ts', true],
  [['src/*.ts'], [], 'src/deep/a.ts', false],
  [['src/**'], ['*.test.ts'], 'src/a.test.ts', false],
  [[], ['node_modules'], 'a/node_modules/b/c.js', false],
  [[], ['./vendor/'], 'vendor/x', false],
  [[], ['vendor/lib'], 'vendor/library', true],
  // No extglobs: parentheses are themselves.
  [[], ['!(a)'], 'b', true],
  [[], ['!(a)'], '!(a)', false],
])('include %j, exclude %j: %s is read: %s', async (include, exclude, path, expected) => {
  expect(createFilter(include, exclude).admits(path)).toBe(expected);
});
