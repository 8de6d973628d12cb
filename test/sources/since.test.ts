import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { checkSince } from '../../src/sources/since.js';

describe('--since', () => {
  it.each([
    '2026-01-31',
    '2024-02-29',
    '2026-1-5',
    '2026/01/31',
    '31.12.2025',
    '12/31/2025',
    '2026-01-31T10:00:00Z',
    '2026-01-31 10:00 +0800',
    '2 weeks ago',
    'last month',
    'yesterday',
    'last Tuesday',
    'Jan 5 2026',
    '5 September 2025',
    'two days ago',
    'noon yesterday',
    '1700000000',
    '3 PM yesterday',
    'March 3rd',
    'Tue, 5 Jan 2026 10:00:00 GMT',
  ])('takes %s, and so does git', (since) => {
    expect(() => checkSince(since)).not.toThrow();
    const now = Math.floor(Date.now() / 1000);
    const taken = Number(execFileSync('git', ['rev-parse', `--since=${since}`], { encoding: 'utf8' }).split('=')[1]);
    expect(now - taken).toBeGreaterThan(60);
  });

  it.each([
    '',
    'nonsense',
    'now',
    '0',
    '7',
    '2026',
    '20260101',
    '2026-99-99',
    '2026-13-45',
    '2026-02-30',
    '2025-02-29',
    '31/31/2025',
    '99.99.2025',
    'last yaer',
    '2 weaks ago',
    '2 fortnights ago',
    '2026-01-31x',
  ])('refuses %s', (since) => {
    expect(() => checkSince(since)).toThrow('is not a date');
  });
});
