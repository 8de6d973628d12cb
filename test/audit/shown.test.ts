// What of a trend is shown: of keys that are gone, what would be shown if they were not.

import { expect, it } from 'vitest';
import { shownOf } from '../../src/audit/shown.js';
import type { StoredTrend } from '../../src/audit/store/store.js';
import type { IgnoreEntry } from '../../src/findings/ignore-file.js';
import { NONE_LOADED } from '../support/loaded.js';

const GONE: StoredTrend = {
  credential: 'c',
  fingerprint: 'f'.repeat(64),
  secretSha256: null,
  accessKeyId: null,
  repository: 'r',
  trend: 'gone',
  allowed: false,
  confidence: 'medium',
  wasLive: null,
};

const entry = (expires: string | null): IgnoreEntry =>
  ({ fingerprint: 'f'.repeat(16), path: null, reason: 'old', expires, line: 1 }) as IgnoreEntry;

it('hides a key that is gone as it would hide one that is there', async () => {
  const isShown = async (min: 'low' | 'medium' | 'high', ignore: readonly IgnoreEntry[] = [], over = {}) =>
    (await shownOf([], { ...NONE_LOADED, ignore }, min)).isShown({ ...GONE, ...over });
  expect(await isShown('medium')).toBe(true);
  expect(await isShown('high')).toBe(false);
  expect(await isShown('medium', [], { confidence: 'low' })).toBe(false);
  expect(await isShown('low', [], { confidence: 'low' })).toBe(true);
  expect(await isShown('medium', [entry(null)])).toBe(false);
  expect(await isShown('medium', [entry('2999-01-01')])).toBe(false);
  expect(await isShown('medium', [entry('2020-01-01')])).toBe(true);
});
