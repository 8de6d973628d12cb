import { describe, expect, it } from 'vitest';
import { createShare, shareOut } from '../../../src/audit/store/share.js';
import type { Occurrence } from '../../../src/findings/model.js';
import { randomFrom } from '../../support/keys.js';

const places = (count: number): readonly Occurrence[] =>
  Array.from({ length: count }, (_, line) => ({
    source: 'history',
    path: 'x',
    line,
    column: 1,
    offset: line,
    encoding: [],
  }));

describe('shareOut', () => {
  it('gives each as much as every other, as long as it has it', () => {
    expect(shareOut([], 5)).toEqual([]);
    expect(shareOut([3, 3], 10)).toEqual([3, 3]);
    expect(shareOut([100, 1, 100], 10)).toEqual([5, 1, 4]);
    expect(shareOut([9, 9, 9], 2)).toEqual([1, 1, 0]);
    const random = randomFrom(3);
    for (let round = 0; round < 200; round += 1) {
      const counts = Array.from({ length: 1 + Math.floor(random() * 20) }, () => Math.floor(random() * 30));
      const most = Math.floor(random() * 200);
      const quotas = shareOut(counts, most);
      const total = (of: readonly number[]): number => of.reduce((sum, one) => sum + one, 0);
      expect(total(quotas)).toBe(Math.min(most, total(counts)));
      const least = Math.min(...quotas.filter((quota, index) => quota < (counts[index] ?? 0)));
      expect(quotas.every((quota, index) => quota <= (counts[index] ?? 0) && quota <= least + 1)).toBe(true);
    }
  });
});

describe('a share', () => {
  it('keeps the same places whatever order they come in, and counts all', () => {
    const repositories = Array.from({ length: 90 }, (_, index) => ({
      key: `k${String(index).padStart(2, '0')}`,
      count: 1 + ((index * 7) % 23),
    }));
    const seen = new Set<string>();
    for (const seed of [1, 2, 3, 4, 5]) {
      const random = randomFrom(seed);
      const share = createShare(60);
      for (const { key, count } of [...repositories].sort(() => random() - 0.5)) share.add(key, key, places(count));
      expect(share.added).toBe(repositories.reduce((sum, { count }) => sum + count, 0));
      share.trim(40);
      expect(share.held).toBe(40);
      seen.add(
        JSON.stringify(
          [...share.each()].sort((a, b) => (a.name < b.name ? -1 : 1)).map((one) => [one.name, one.places]),
        ),
      );
    }
    expect(seen.size).toBe(1);
  });

  it('joins what is said twice of one repository', () => {
    const share = createShare(10);
    share.add('a', 'a', places(2));
    share.add('a', 'a', places(3));
    expect([share.held, share.added]).toEqual([3, 3]);
  });
});
