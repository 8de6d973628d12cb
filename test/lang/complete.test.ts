// The areas whose every sentence has a Chinese one. Each is written as people see it, over all that can stand in it.

import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { pointsOf } from '../../src/cloud/account/points.js';
import { operations } from '../../src/cloud/operations.js';
import { explain, type Meaning } from '../../src/cloud/states.js';
import { type Limits, refusalOf } from '../../src/contain/guards.js';
import { planOf } from '../../src/contain/plan.js';
import { remainingOf } from '../../src/contain/remain.js';
import type { Candidate, ContainMode } from '../../src/contain/types.js';
import { containmentInText } from '../../src/contain/words.js';
import { dryRun } from '../../src/contain.js';
import { POINTS } from '../../src/findings/account.js';
import { activityInWords } from '../../src/findings/activity-words.js';
import { type Activity, type Finding, POWERS, type Verdict } from '../../src/findings/model.js';
import { createSay, say, speaking } from '../../src/lang/say.js';
import { findingText } from '../../src/report/finding-text.js';
import { writeBrief } from '../../src/report/formats/brief.js';
import { writeText } from '../../src/report/text.js';
import { judged } from '../../src/verdicts.js';
import { findingFor } from '../../src/verify.js';
import { candidate, findingOf, live } from '../contain/candidates.js';
import { id24, secret30 } from '../support/keys.js';
import { pair, place, report } from '../support/report-samples.js';
import { untranslated } from '../support/spoken.js';
import { ACTIVITY, STATES } from '../support/verdicts.js';

const COLOURS = picocolors.createColors(false);
const ACCOUNT = '1234567890123456';

const WHO: readonly Partial<Verdict>[] = [
  {},
  { account: ACCOUNT },
  { principal: 'root' },
  { principal: 'root', account: ACCOUNT },
  { principal: 'root', account: ACCOUNT, notIn: ['6543210987654321'] },
  { principal: 'ram-user' },
  { principal: 'ram-user', user: 'alice' },
  { principal: 'ram-user', user: 'alice', account: ACCOUNT },
  { principal: 'ram-user', account: ACCOUNT, notIn: ['6543210987654321', '2'] },
  { principal: 'assumed-role', user: 'deployer', account: ACCOUNT },
  { principal: 'assumed-role', account: ACCOUNT, user: 'deployer', session: 'ci' },
  { notIn: [ACCOUNT, '2', '3', '4'] },
];

const MADE: Activity['created'] = (
  ['user', 'access-key', 'login', 'role', 'policy', 'group', 'attachment', 'session', 'instance'] as const
).map((kind) => ({
  kind,
  name: `n-${kind}`,
  at: '2026-02-03T04:05:06Z',
  ...(kind === 'access-key' ? { accessKeyId: id24() } : {}),
  ...(kind === 'session' ? { until: '2026-02-03T05:05:06Z' } : {}),
}));

const USED: Activity = {
  ...ACTIVITY,
  events: 1234,
  failures: 3,
  first: '2026-02-01T00:00:00Z',
  last: '2026-02-03T00:00:00Z',
  services: [
    { service: 'Ecs', events: 1000, failures: 0, actions: [] },
    { service: 'Ram', events: 234, failures: 3, actions: [] },
  ],
  addresses: [
    { address: '203.0.113.7', events: 5, first: '2026-02-01T00:00:00Z', last: '2026-02-03T00:00:00Z', sinceLeak: true },
  ],
  sinceLeak: 5,
};

const KNOWN: readonly Partial<Verdict>[] = [
  {},
  { lastUsed: '2026-01-01T23:00:00Z', lastUsedService: 'Oss' },
  { lastUsed: '2020-01-01T00:00:00Z' },
  { neverUsed: true },
  { powers: [] },
  { powers: ['read-logs'] },
  { powers: ['read-logs', 'oss-read-all', 'spend-money'], conditional: ['read-logs'] },
  { powers: ['read-logs'], powersReason: 'Your credentials lack ram:GetPolicy.' },
  { powersReason: 'Your credentials lack ram:GetPolicy.' },
  { powers: ['administrator'], policies: [{ name: 'p', type: 'Custom', through: 'group', group: 'g' }] },
  { powers: ['administrator'], conditional: ['administrator'] },
  { powers: ['ram-write'] },
  { powers: ['ram-write'], conditional: ['ram-write'] },
  { activity: ACTIVITY },
  { activity: { ...USED, sinceLeakAtLeast: true } },
  { activity: { ...USED, created: MADE, complete: false, sinceLeak: 1 } },
];

const KINDS: readonly Finding['kind'][] = ['pair', 'id-only', 'sts', 'secret-only'];

/** What is known of a key that works no more is hardly told. */
const knownOf = (state: Verdict['state']): readonly Partial<Verdict>[] =>
  state === 'live' || state === 'restricted' ? KNOWN : [...KNOWN.slice(0, 2), ...KNOWN.slice(-1)];

const findings = function* (): Iterable<Finding> {
  // One key for all of them: what is said of it does not hang on its letters.
  const [accessKeyId, key] = [id24(), secret30()];
  for (const kind of KINDS) {
    const secret = kind === 'id-only' ? null : key;
    const base = { ...findingFor({ accessKeyId, secret, token: null }), kind, target: '.', occurrences: [] };
    for (const state of STATES)
      for (const who of WHO)
        for (const known of knownOf(state)) {
          const asked: Verdict = { state, how: 'inventory', checkedAt: '2026-01-02T03:04:05Z', ...who, ...known };
          if (state === 'unchecked') {
            yield judged(base, { state, how: null }, []);
            continue;
          }
          const probed: Verdict = { state: 'live', how: 'probe', ...who, secretProven: true };
          yield judged(base, asked, [asked]);
          yield judged(base, asked, [asked, probed]);
          yield judged(base, { ...asked, how: 'probe' }, [{ ...asked, how: 'probe' }]);
        }
  }
};

const fault = {
  type: 'skipped',
  schema: 1,
  target: '.',
  what: 'a',
  reason: 'permission denied',
  because: 'fault',
} as const;

describe('said in Chinese', () => {
  it('is all of a finding: verdicts, what they mean, what to do', async () => {
    const missed = await untranslated(() => {
      for (const finding of findings()) findingText(finding, COLOURS, 80);
    });
    expect(missed).toEqual([]);
  });

  it('is a line of facts with none of them left in English', async () => {
    const verdict: Verdict = {
      state: 'live',
      how: 'inventory',
      lastUsed: '2026-01-05T06:07:08Z',
      lastUsedService: 'Oss',
    };
    const say = await createSay('zh-CN');
    const text = speaking({ lang: 'zh-CN', say }, () => findingText(judged(pair(), verdict, [verdict]), COLOURS, 80));
    expect(text).toContain('已启用；最近使用 2026-01-05 06:07 UTC (Oss)；未尝试其');
  });

  it('is every power', async () => {
    const missed = await untranslated(() => {
      for (const power of POWERS) {
        const verdict: Verdict = { state: 'live', how: 'inventory', powers: [power], conditional: [power] };
        findingText(judged(pair(), verdict, [verdict]), COLOURS, 80);
      }
    });
    expect(missed).toEqual([]);
  });

  it('is what a key did', async () => {
    const missed = await untranslated(() => {
      const addresses = USED.addresses.map(({ sinceLeak: _, ...address }) => address);
      for (const activity of [
        ACTIVITY,
        { ...ACTIVITY, complete: false },
        USED,
        { ...USED, events: 1, failures: 0, last: USED.first ?? '' },
        { ...USED, addresses },
        { ...USED, addresses, sinceLeakAtLeast: true as const },
        { ...USED, complete: false, created: MADE },
        { ...USED, created: MADE.slice(0, 2) },
      ]) {
        for (const line of activityInWords(activity as Activity)) say(line);
      }
    });
    expect(missed).toEqual([]);
  });

  it('is every place', async () => {
    const commit = 'c'.repeat(40);
    const missed = await untranslated(() => {
      const past = {
        source: 'history',
        commit,
        author: 'Wei Zhang <w@example.com>',
        date: '2026-01-02T03:04:05Z',
        blob: 'd'.repeat(40),
      } as const;
      for (const occurrence of [
        place({ secretLine: 14 }),
        place({ secretPath: 'b.yml', secretLine: 1 }),
        place({ encoding: ['base64'] }),
        place({ encoding: ['base64', 'utf-16le'] }),
        place({ source: 'index' }),
        place({ source: 'stdin', path: '-' }),
        place({ ...past, blobs: 12, inHead: true }),
        place({ ...past, lastCommit: 'e'.repeat(40) }),
        place({ ...past }),
        place({ ...past, source: 'message' }),
        place({ ...past, path: null }),
        place({
          ...past,
          paths: ['a', 'b', 'c', 'd', 'e'],
          refs: ['refs/heads/main', 'refs/tags/v1'],
          pathsLeftOut: 2,
        }),
        ...(['reflog', 'stash', 'index', 'nothing'] as const).map((by) =>
          place({ ...past, unreachable: true, keptBy: { by } }),
        ),
        place({ ...past, unreachable: true, keptBy: { by: 'reflog', name: 'HEAD' } }),
        place({ ...past, unreachable: true }),
      ]) {
        findingText(pair({ occurrences: [occurrence], occurrencesLeftOut: 3 }), COLOURS, 80);
      }
      const marks = { knownElsewhere: true, removedInRange: true, carriedOver: true } as const;
      findingText(pair({ ...marks, confidence: 'medium', accessKeyId: null }), COLOURS, 80);
      findingText(pair({ confidence: 'low', secret: 'shown' }), COLOURS, 80);
    });
    expect(missed).toEqual([]);
  });

  it('is the refusal of a hook', async () => {
    const of = (source: 'index' | 'history' | 'worktree', count: number) =>
      report(
        Array.from({ length: count }, () => pair({ occurrences: [place({ source }), place({ source, path: 'b' })] })),
      );
    const missed = await untranslated(() => {
      for (const source of ['index', 'history', 'worktree'] as const)
        for (const count of [1, 9]) for (const ends of [0, 1]) [...writeBrief(of(source, count), { ...OPTIONS, ends })];
      [...writeBrief(report([pair()], { skipped: [fault, fault, fault] }), { ...OPTIONS, ends: 1 })];
    });
    expect(missed).toEqual([]);
  });

  it('is what stands around the findings', async () => {
    const missed = await untranslated(() => {
      const skipped = Array.from({ length: 12 }, () => fault);
      for (const count of [0, 1, 2]) {
        const plain = report(
          Array.from({ length: count }, () => pair()),
          { skipped, interrupted: true },
        );
        const { summary } = plain;
        for (const seconds of [0, 1.5, 20])
          for (const limit of [0, 3]) {
            const counts = { files: 12, objects: 54_412, bytes: 1_300_000_000 };
            const suppressed = { allow: 1, ignore: 2, baseline: 3, confidence: 4 };
            const whole = {
              ...plain,
              summary: { ...summary, counts, suppressed, live: 1, root: 1, skipped: { fault: 12, limit } },
            };
            [...writeText(whole, { ...OPTIONS, seconds })];
            [
              ...writeText(
                { ...whole, summary: { ...whole.summary, counts: { files: 0, objects: 0, bytes: 0 } } },
                { ...OPTIONS, seconds },
              ),
            ];
          }
      }
    });
    expect(missed).toEqual([]);
  });

  it('is why a verdict is not known', async () => {
    const MEANINGS: readonly Meaning[] = [
      'signature',
      'token',
      'expired',
      'clock',
      'nonce',
      'throttled',
      'server',
      'blocked',
      'endpoint',
      'request',
      'other',
    ];
    const missed = await untranslated(() => {
      for (const meaning of MEANINGS)
        say(
          explain(meaning, { kind: 'error', status: 403, code: 'Some.Code', message: '' } as never, 'sts.example.com'),
        );
    });
    expect(missed).toEqual([]);
  });
});

const LIMITS: Limits = {
  mode: 'disable',
  account: ACCOUNT,
  minConfidence: 'low',
  recentHours: 24,
  forceInUse: false,
  isMeant: () => true,
  addresses: [],
  now: new Date('2026-01-02T00:00:00Z'),
};

const CANDIDATES: readonly Partial<Candidate>[] = [
  {},
  { accessKeyId: `STS.${id24().slice(4)}` },
  { own: 'this-key' },
  { own: 'same-user' },
  { wrongBefore: true },
  { owner: null },
  { owner: null, verdict: { state: 'unknown', how: 'inventory' } },
  { owner: null, verdict: { ...live, principal: 'root' } },
  { findings: [findingOf(id24(), live, { confidence: 'low' })] },
  { use: 'unread' },
  { use: { ownProbe: '2026-01-01T23:00:00Z' } },
  { use: { at: '2025-01-01T23:00:00Z', services: ['Oss'], ownProbe: '2026-01-01T23:00:00Z' } },
  { use: { at: '2026-01-01T23:00:00Z', services: [] } },
  { use: { at: '2026-01-01T23:00:00Z', services: ['Oss', 'Ecs'] } },
  { owner: { kind: 'root', account: ACCOUNT }, verdict: { ...live, principal: 'root' }, actsWith: null },
  {
    verdict: {
      ...live,
      powers: ['read-logs', 'administrator'],
      policies: [{ name: 'p', type: 'Custom', through: 'user' }],
    },
  },
  ...STATES.map((state): Partial<Candidate> => ({ verdict: { ...live, state } })),
  ...(['wrong-secret', 'unknown'] as const).map((state): Partial<Candidate> => {
    const verdict = { ...live, state, how: 'probe' as const };
    return { findings: [findingOf(id24(), verdict)] };
  }),
];

describe('said in Chinese, before anything is changed,', () => {
  it('is the plan, with every guard', async () => {
    const seen = new Set<string>();
    const missed = await untranslated(() => {
      for (const mode of ['disable', 'restrict', 'delete'] satisfies readonly ContainMode[])
        for (const over of [
          {},
          { account: '1' },
          { minConfidence: 'high' as const },
          { isMeant: () => false },
          { maxKeys: 0 },
        ]) {
          const limits = { ...LIMITS, mode, maxKeys: 100, ...over };
          const candidates = CANDIDATES.map((each) => candidate(each));
          for (const each of candidates) {
            const refusal = refusalOf(each, limits);
            if (refusal === null) continue;
            seen.add(refusal.guard);
            say(refusal.why);
          }
          for (const addresses of [[], ['203.0.113.7']]) {
            const plan = planOf(candidates, { ...limits, addresses });
            const looked = { report: report([]), candidates, auditors: [] };
            [...containmentInText(dryRun(looked, plan), { colour: false, width: 80, seconds: 1.5 })];
          }
        }
    });
    expect(missed).toEqual([]);
    expect([...seen].sort()).toEqual([
      'confidence',
      'in-use',
      'no-address',
      'not-asked-for',
      'not-proven',
      'other-account',
      'own-key',
      'secret-unknown',
      'temporary',
      'wrong-secret',
    ]);
  });

  it('is what switching off does not end', async () => {
    const missed = await untranslated(() => {
      for (const activity of [undefined, { ...USED, created: MADE }, { ...USED, complete: false }]) {
        const verdict: Verdict = { ...live, ...(activity === undefined ? {} : { activity }) };
        for (const { what, todo } of remainingOf(candidate({ verdict }), new Date('2026-02-03T04:00:00Z'))) {
          say(what);
          say(todo);
        }
      }
    });
    expect(missed).toEqual([]);
  });

  it('is what would be asked', async () => {
    const missed = await untranslated(() => {
      for (const { tells } of Object.values(operations)) say(tells);
    });
    expect(missed).toEqual([]);
  });
});

describe('said in Chinese of an account', () => {
  it('is every point', async () => {
    const old = '2020-01-01T00:00:00Z';
    const key = (user: string, lastUsed: string | null) =>
      ({ accessKeyId: id24(), user, status: 'Active', created: old, lastUsed }) as const;
    const leak = (state: Verdict['state'], status: 'pending' | 'accepted') =>
      ({ accessKeyId: id24(), knownTo: 'alibaba', state, alibaba: { status, places: [] } }) as const;
    const facts = (twice: boolean) => ({
      users: 950,
      allKeysRead: true,
      keys: [key('a', null), key('b', old), ...(twice ? [key('a', old), key('b', null)] : [])],
      leakListRead: true,
      leaked: (['live', 'unknown', 'disabled'] as const).flatMap((state) => [
        leak(state, 'pending'),
        leak(state, 'accepted'),
        ...(twice ? [leak(state, 'pending'), leak(state, 'accepted')] : []),
      ]),
      quotas: [{ name: 'users' as const, quota: 1000, used: 950 }],
      settings: { usersManageKeys: true, maxIdleDays: 365 },
      consoleUsers: twice ? ['a', 'b'] : ['a'],
      withoutMfa: twice ? ['a', 'b'] : ['a'],
    });
    const roots = [
      { keys: 1, seen: [{ active: true, lastUsed: old }], mfa: false },
      {
        keys: 2,
        seen: [
          { active: true, lastUsed: null },
          { active: true, lastUsed: null },
        ],
        mfa: false,
      },
      { keys: 2, seen: [{ active: true }, { active: false }], mfa: false },
      { keys: 1, seen: [{ active: false }], mfa: false },
      { keys: 1, seen: [], mfa: false },
    ];
    const ids = new Set<string>();
    const missed = await untranslated(() => {
      for (const root of roots)
        for (const twice of [false, true])
          for (const point of pointsOf(
            { ...facts(twice), root },
            { now: LIMITS.now, olderThanDays: 90, idleDays: 30 },
          )) {
            ids.add(point.id);
            say(point.text);
            say(point.next);
          }
    });
    expect(missed).toEqual([]);
    expect([...ids].sort()).toEqual([...POINTS].sort());
  });
});

const OPTIONS = { colour: false, seconds: 1.25, detail: 'full' } as const;
