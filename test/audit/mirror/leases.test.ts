import { existsSync, readdirSync, renameSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLeases } from '../../../src/audit/mirror/leases.js';
import { temporaryFolder } from '../../support/repository.js';

const { signal } = new AbortController();
const MIRROR = 'a'.repeat(40);

/** As if another wrote it: changes one part of the name of the only lease there is. */
const rewrite = (folder: string, part: number, value: string): string => {
  const [name = ''] = readdirSync(folder);
  const parts = name.split('.');
  parts[part] = value;
  renameSync(path.join(folder, name), path.join(folder, parts.join('.')));
  return path.join(folder, parts.join('.'));
};

describe('leases', () => {
  it('let many read, and one fetch meanwhile, but nobody else', async () => {
    const leases = openLeases(temporaryFolder(), 'keep');
    const readers = [leases.take(MIRROR, 'reading'), leases.take(MIRROR, 'reading')];
    const first = await leases.toFetch(MIRROR, signal);
    expect(leases.others(MIRROR, [first]).map(({ use }) => use)).toEqual(['reading', 'reading']);
    let isSecond = false;
    const second = leases.toFetch(MIRROR, signal).then((lease) => {
      isSecond = true;
      return lease;
    });
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(isSecond).toBe(false);
    leases.drop(first);
    leases.drop(await second);
    for (const reader of readers) leases.drop(reader);
    expect(leases.living()).toEqual([]);
  });

  it('are of one mirror each', async () => {
    const leases = openLeases(temporaryFolder(), 'keep');
    await leases.toFetch(MIRROR, signal);
    await leases.toFetch('b'.repeat(40), signal);
    expect(leases.living()).toHaveLength(2);
  });

  it('are waited for until one is stopped', async () => {
    const leases = openLeases(temporaryFolder(), 'keep');
    leases.take(MIRROR, 'removing');
    await expect(leases.toFetch(MIRROR, AbortSignal.timeout(100))).rejects.toThrow();
    expect(leases.living()).toHaveLength(1);
  });

  it('of a process that is gone, or whose number another has now, hold nothing', () => {
    for (const [part, value] of [
      [3, '4194999'],
      // Only where the system says when a process began.
      ...(existsSync('/proc/self/stat') ? [[4, '1'] as const] : []),
    ] as const) {
      const folder = temporaryFolder();
      const leases = openLeases(folder, 'remove');
      leases.take(MIRROR, 'reading');
      rewrite(folder, part, value);
      expect(leases.others(MIRROR, [])).toEqual([]);
      expect(leases.dead()).toMatchObject([{ mirror: MIRROR, use: 'reading', after: 'remove' }]);
    }
  });

  it('of another machine hold for two days', () => {
    const folder = temporaryFolder();
    const leases = openLeases(folder, 'keep');
    leases.take(MIRROR, 'reading');
    const file = rewrite(folder, 5, '0'.repeat(12));
    expect(leases.living()).toHaveLength(1);
    const before = new Date(Date.now() - 3 * 86_400_000);
    utimesSync(file, before, before);
    expect(leases.living()).toEqual([]);
  });
});
