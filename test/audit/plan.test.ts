// What the absence of a repository says.

import { describe, expect, it } from 'vitest';
import { type Listing, missingOf } from '../../src/audit/plan.js';

const ALL: Listing = {
  include: [],
  exclude: [],
  visibility: 'any',
  archived: 'include',
  forks: 'include',
  since: null,
  wiki: true,
  snippets: true,
  pullRequests: true,
};

describe('missingOf', () => {
  it('takes what a whole list no longer names for gone', () => {
    expect(missingOf(ALL)).toBe('gone');
  });

  it.each<Partial<Listing>>([
    { include: ['acme/*'] },
    { exclude: ['old-*'] },
    { visibility: 'public' },
    { archived: 'exclude' },
    { forks: 'only' },
    { since: '2026-01-01T00:00:00.000Z' },
  ])('says nothing of what %o may have left out', (filter) => {
    expect(missingOf({ ...ALL, ...filter })).toBe('left-out');
  });
});
