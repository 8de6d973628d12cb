// A pack too large to be planned at once is planned in stretches. Here the bound is set low, so that small packs are.

import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashFormat } from '../../src/git/hash.js';
import { scanDatabase } from '../../src/pack/scan-database.js';
import { commit, git, repository, sharedFolder } from '../support/repository.js';

const NEEDLE = 'needle';

/** Many versions of a few files, so that deltas lie far from their bases. */
const manyVersions = (top: string): { readonly top: string; readonly holders: readonly string[] } => {
  repository(top);
  for (let turn = 0; turn < 60; turn++) {
    const lines = Array.from(
      { length: 80 },
      (_, line) => `line ${line} ${line === turn ? NEEDLE : 'hay'} of ${turn % 4}`,
    );
    commit(top, { [`f${turn % 4}.txt`]: lines.join('\n') }, turn % 7 === 0 ? `message with a ${NEEDLE}` : 'none');
  }
  git(top, 'repack', '-adfq', '--depth=50', '--window=50');
  const names = execFileSync(
    'sh',
    ['-c', "git cat-file --batch-all-objects --batch-check | grep -v tree | cut -d' ' -f1"],
    {
      cwd: top,
      encoding: 'utf8',
    },
  );
  const holders = names
    .trim()
    .split('\n')
    .filter((oid) => execFileSync('git', ['cat-file', '-p', oid], { cwd: top }).includes(NEEDLE));
  return { top, holders };
};

const scan = async (top: string, mostEntries: number, verify: 'all' | 'hits' = 'hits') => {
  const held: string[] = [];
  const faults: string[] = [];
  let objects = 0;
  const { unread, missing } = await scanDatabase(
    {
      objects: path.join(top, '.git', 'objects'),
      hash: hashFormat('sha1'),
      detector: {},
      maxSize: null,
      judge: 'anchors',
      anchors: [NEEDLE],
      verify,
      threads: 1,
      check: () => 'all',
      named: async () => new Uint8Array(),
      mostEntries,
      signal: new AbortController().signal,
    },
    {
      expected: () => {},
      holds: () => {},
      held: (oid) => void held.push(oid),
      tooLarge: () => {},
      fault: (what, reason) => void faults.push(`${what}: ${reason}`),
      progress: (count) => {
        objects += count;
      },
    },
  );
  return { held: held.sort(), unread: [...unread], missing: [...missing], faults, objects };
};

describe('a pack that is planned in stretches', () => {
  const { top, holders } = manyVersions(sharedFolder());
  const all = Number(git(top, 'count-objects', '-v').match(/in-pack: (\d+)/)?.[1]);

  it('holds what it holds when it is planned at once', async () => {
    const whole = await scan(top, 1_000_000);
    expect(holders.length).toBeGreaterThan(50);
    expect(whole.held).toEqual([...holders].sort());
    expect(whole).toMatchObject({ unread: [], missing: [], faults: [], objects: all });
  });

  it.each([100, 40, 7, 1])(
    'of %i entries: what is cut off from its base is left to git, nothing is lost',
    async (most) => {
      const { held, unread, missing, faults } = await scan(top, most);
      expect(faults).toEqual([]);
      expect(missing).toEqual([]);
      const left = new Set(unread);
      expect(holders.filter((oid) => !held.includes(oid) && !left.has(oid))).toEqual([]);
      expect(held.filter((oid) => !holders.includes(oid))).toEqual([]);
      expect(unread.length).toBeLessThan(all);
    },
  );

  it('has the checksum of every object verified', async () => {
    expect(await scan(top, 1_000_000, 'all')).toMatchObject({ unread: [], faults: [], objects: all });
  });
});
