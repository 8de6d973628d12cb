// What an audit is told, and what of it is kept.

import { describe, expect, it } from 'vitest';
import { planOf } from '../../src/commands/audit-options.js';
import { NONE_LOADED } from '../support/loaded.js';

/** As commander fills it in. */
const PLAIN = { maxFindings: '100000' };

describe('planOf', () => {
  it('keeps nothing of an address but the address: its query may hold a token', () => {
    const plan = planOf(['https://git.example.com/app.git?private_token=made-up', 'github:acme'], PLAIN, NONE_LOADED);
    expect(plan.sources).toEqual(['https://git.example.com/app.git', 'github:acme']);
    expect(JSON.stringify(plan)).not.toContain('made-up');
  });

  it('refuses what is no source', () => {
    expect(() => planOf(['acme'], PLAIN, NONE_LOADED)).toThrow('not a source');
  });

  it.each([
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2024-01-31T10:00:00+08:00', '2024-01-31T02:00:00.000Z'],
  ])('takes --since %s for a day', (since, time) => {
    expect(planOf(['github:acme'], { ...PLAIN, since }, NONE_LOADED).listing.since).toBe(time);
  });

  it.each(['2023-02-29', '2024-02-31', '2024-13-01', '2024-1-1', 'yesterday', '2024-01-01T25:00Z'])(
    'refuses --since %s',
    (since) => {
      expect(() => planOf(['github:acme'], { ...PLAIN, since }, NONE_LOADED)).toThrow('is not a date');
    },
  );
});
