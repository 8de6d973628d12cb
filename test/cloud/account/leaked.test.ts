import { describe, expect, it } from 'vitest';
import { type KnownKeys, mergeLeaks } from '../../../src/cloud/account/leaked.js';
import type { ListedLeak } from '../../../src/cloud/account/leaks.js';
import type { Finding, Verdict } from '../../../src/findings/model.js';
import { findingFor } from '../../../src/verify.js';
import { id24, secret30 } from '../../support/keys.js';

const NOW = new Date('2026-03-01T12:00:00Z');
const REPORTED = '2026-03-01T09:00:00Z';
const NOBODY: KnownKeys = {
  keys: [],
  ownKeys: null,
  rootSlots: null,
  reported: REPORTED,
  now: NOW,
  ownProbes: () => [],
};

const leak = (accessKeyId: string, over: Partial<ListedLeak> = {}): ListedLeak => ({
  accessKeyId,
  isRoot: false,
  status: 'pending',
  detected: null,
  places: [],
  ...over,
});

const finding = (accessKeyId: string, over: Partial<Finding> = {}): Finding => ({
  ...findingFor({ accessKeyId, secret: secret30(), token: null }),
  ...over,
});

const unknown: Verdict = { state: 'unknown', how: 'inventory', reason: 'Nobody knows.' };
const saying = (verdict: Verdict) => async (): Promise<Verdict> => verdict;

describe('leaks of two lists', () => {
  it('say who knows of them', async () => {
    const [both, theirs, ours] = [id24(), id24(), id24()];
    const merged = await mergeLeaks(
      [leak(both), leak(theirs)],
      [finding(both), finding(ours)],
      NOBODY,
      saying(unknown),
    );
    expect(Object.fromEntries(merged.map(({ accessKeyId, knownTo }) => [accessKeyId, knownTo]))).toEqual({
      [both]: 'both',
      [theirs]: 'alibaba',
      [ours]: 'report',
    });
    expect(merged.map(({ accessKeyId }) => accessKeyId)).toEqual([both, theirs, ours].sort());
  });

  it('take the state from the list of keys, and ask for no more', async () => {
    const [on, off] = [id24(), id24()];
    const keys = [
      { accessKeyId: on, user: 'alice', status: 'Active', lastUsed: '2026-01-02T03:04:05Z' },
      { accessKeyId: off, user: 'bob', status: 'Inactive', lastUsed: null },
    ] as const;
    const merged = await mergeLeaks([leak(on), leak(off)], [], { ...NOBODY, keys }, () => {
      throw new Error('asked');
    });
    const stateOf = (id: string) => merged.find(({ accessKeyId }) => accessKeyId === id);
    expect(stateOf(on)).toMatchObject({ state: 'live', user: 'alice', lastUsed: '2026-01-02T03:04:05Z' });
    expect(stateOf(off)).toMatchObject({ state: 'disabled', user: 'bob' });
  });

  it.each([
    ['none left', [], 'deleted'],
    ['all off', [{ active: false }], 'disabled'],
    ['one on', [{ active: true }, { active: false }], 'unknown'],
    ['one not known', [{ active: null }], 'unknown'],
    ['not read', null, 'unknown'],
  ] as const)('of the root account follow from all its keys: %s', async (_, rootSlots, state) => {
    const rootLeak = leak(id24(), { isRoot: true, detected: '2026-02-01T00:00:00Z' });
    const merged = await mergeLeaks([rootLeak], [], { ...NOBODY, rootSlots }, saying(unknown));
    expect(merged).toMatchObject([{ state, principal: 'root', reason: expect.any(String) }]);
  });

  const [NONE, OFF] = [[], [{ active: false }]];
  it.each<[string, readonly { readonly active: boolean }[], string | undefined, Partial<Verdict>, string | null]>([
    ['one that was first seen since', NONE, '2026-03-01T10:00:00Z', {}, REPORTED],
    ['one that was never seen before', OFF, undefined, {}, REPORTED],
    ['one that was used since', OFF, '2026-02-01T00:00:00Z', { lastUsed: '2026-03-01T10:00:00Z' }, REPORTED],
    ['a report of no date', NONE, '2026-02-01T00:00:00Z', {}, null],
    ['an old report, all off', OFF, '2026-02-01T00:00:00Z', {}, '2026-03-01T06:00:00Z'],
  ])(
    'of the root account do not follow from a report older than the key: %s',
    async (_, slots, seen, facts, reported) => {
      const rootLeak = leak(id24(), { isRoot: true, detected: seen ?? null });
      const known = { ...NOBODY, rootSlots: slots, reported };
      const merged = await mergeLeaks([rootLeak], [], known, saying({ ...unknown, ...facts }));
      expect(merged).toMatchObject([{ state: 'unknown', principal: 'root' }]);
    },
  );

  it('of the root account know a use from a probe of ours, which shows all the same that the key was there', async () => {
    const [id, probed] = [id24(), '2026-03-01T10:00:00Z'];
    const before = { lastUsed: '2025-01-01T00:00:00Z', lastUsedService: 'Oss' };
    const ownProbes = () => [{ at: probed, before }];
    const rootLeak = leak(id, { isRoot: true, detected: '2026-02-01T00:00:00Z' });
    const known = { ...NOBODY, rootSlots: [], ownProbes };
    const used = { ...unknown, lastUsed: probed, lastUsedService: 'Sts' };
    const [merged] = await mergeLeaks([rootLeak], [], known, saying(used));
    expect(merged).toMatchObject({ state: 'unknown', lastUsed: before.lastUsed });
    expect(merged?.reason).toContain('only akscan used it');
  });

  it('of RAM users do not follow from the root account’s keys', async () => {
    const merged = await mergeLeaks([leak(id24())], [], { ...NOBODY, rootSlots: [] }, saying(unknown));
    expect(merged).toMatchObject([{ state: 'unknown' }]);
  });

  it('believe in a secret unless it is known to be another’s', async () => {
    const verdict = { state: 'wrong-secret', how: 'probe' } as const;
    const idOnly = findingFor({ accessKeyId: id24(), secret: null, token: null });
    const merged = await mergeLeaks(
      [],
      [finding(id24(), { verdict }), idOnly, finding(id24())],
      NOBODY,
      saying(unknown),
    );
    expect(merged.map(({ report }) => report?.withSecret).sort()).toEqual([false, false, true]);
  });

  it('hold no secret, whatever the report held', async () => {
    const secret = secret30();
    const given = findingFor({ accessKeyId: id24(), secret, token: `CAIS${secret}` });
    expect(JSON.stringify(await mergeLeaks([], [given], NOBODY, saying(unknown)))).not.toContain(secret.slice(0, 8));
  });
});
