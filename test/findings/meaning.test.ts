import { describe, expect, it } from 'vitest';
import type { Judged } from '../../src/findings/judged.js';
import { meaningOf } from '../../src/findings/meaning.js';
import type { Activity, Verdict, VerdictState } from '../../src/findings/model.js';
import { POWERS } from '../../src/findings/model.js';
import { ACTIVITY, STATES } from '../support/verdicts.js';

const ALICE = { principal: 'ram-user', user: 'alice', account: '1234', secretProven: true } as const;
const ROOT = { principal: 'root', account: '1234', secretProven: true } as const;
const ROLE = { principal: 'assumed-role', user: 'deployer', account: '1234', secretProven: true } as const;

const said = (state: VerdictState, facts: Partial<Verdict> = {}, over: Partial<Judged> = {}): string =>
  meaningOf({ kind: 'pair', confidence: 'high', verdict: { state, how: 'probe', ...facts }, ...over });

const alone = { kind: 'id-only' } as const;

describe('what a verdict means', () => {
  it.each<[string, string]>([
    [said('live', ROOT), 'Whoever has it is the root account 1234: everything in it, and nobody can limit it.'],
    [
      said('restricted', ROOT),
      'Whoever has it is the root account 1234: everything in it that leak protection leaves open, OSS and logs among it.',
    ],
    [
      said('live', { ...ROOT, secretProven: false }),
      'Only its ID was looked up: if the secret beside it is its own, whoever has it is the root account 1234: everything in it, and nobody can limit it.',
    ],
    [
      said('live', { ...ROOT, secretProven: false }, alone),
      'Only its ID is known here: whoever has its secret is the root account 1234: everything in it, and nobody can limit it.',
    ],
    [
      said('live', { ...ALICE, powers: ['administrator'] }),
      'Whoever has it is RAM user alice of account 1234, an administrator: everything but what the root keeps to itself.',
    ],
    [
      said('live', { ...ALICE, powers: ['administrator'], conditional: ['administrator'] }),
      'Whoever has it is RAM user alice of account 1234, an administrator where the conditions of the policies hold.',
    ],
    [
      said('live', { ...ALICE, powers: ['ram-write', 'read-logs'] }),
      'Whoever has it is RAM user alice of account 1234, who can change users, keys or policies and so become an administrator.',
    ],
    [
      said('live', { ...ALICE, powers: ['oss-read-all', 'read-logs'], conditional: ['read-logs'] }),
      'Whoever has it is RAM user alice of account 1234: reads all OSS buckets, reads logs (conditionally).',
    ],
    [
      said('live', { ...ALICE, powers: ['read-logs'], powersReason: 'Your credentials lack ram:GetPolicy.' }),
      'Whoever has it is RAM user alice of account 1234: reads logs, and perhaps more that could not be read.',
    ],
    [
      said('live', { ...ALICE, powers: [] }),
      'Whoever has it is RAM user alice of account 1234, whom no policy that was read allows anything; grants within resource groups are not read.',
    ],
    [
      said('live', { ...ALICE, powersReason: 'Your credentials lack ram:ListPoliciesForUser.' }),
      'Whoever has it is RAM user alice of account 1234; what that allows could not be read.',
    ],
    [said('live', ALICE), 'Whoever has it is RAM user alice of account 1234; what that allows was not looked up.'],
    [said('live', { secretProven: true }), 'Whoever has it can use it; whose it is could not be learned.'],
    [said('live', { secretProven: false }, alone), 'The ID is on; whose it is could not be learned.'],
    [
      said('restricted', { ...ALICE, powers: ['oss-read-all'] }),
      'Whoever has it is RAM user alice of account 1234: reads all OSS buckets; leak protection refuses RAM and other calls of high risk, not OSS or logs.',
    ],
    [
      said('live', { ...ROLE, powers: ['ram-write'] }, { kind: 'sts', claimedExpiry: '2026-01-02T03:04:05Z' }),
      'Whoever has it is role deployer of account 1234, which can change users, keys or policies and so become an administrator; by the text beside it, it ends 2026-01-02 03:04 UTC.',
    ],
    [
      said('wrong-secret', { ...ALICE, secretProven: false }),
      'This pair opens nothing: the ID is that of RAM user alice of account 1234, and the secret is not its own.',
    ],
    [said('wrong-secret'), 'This pair opens nothing: the ID is known to STS, and the secret is not its own.'],
    [said('disabled', ALICE), 'It opens nothing any more: switched off, but can be switched on again.'],
    [
      said('disabled', ROOT),
      'It opens nothing any more: a key of the root account 1234 that is switched off, and that only the root can switch on again.',
    ],
    [said('deleted', ALICE), 'It opens nothing any more: deleted, and for 30 days restorable from the recycle bin.'],
    [
      said('unknown', { principal: 'root', account: '1234' }),
      'It is a key of the root account 1234, and nobody could say whether it is on: if it is, whoever has it has everything there.',
    ],
    [
      said('unknown', { principal: 'ram-user', user: 'alice' }),
      'It belongs to RAM user alice, and nobody could say whether it is on.',
    ],
    [said('unknown'), 'Nobody could say whether it works: it may.'],
  ])('%s', (sentence, expected) => {
    expect(sentence).toBe(expected);
  });

  it('names the accounts that do not have it, and says when nobody was asked about others', () => {
    const verdict = { state: 'unknown', how: 'inventory', notIn: ['111', '222'] } as const;
    expect(said('unknown', verdict, { ...alone, verdicts: [verdict] })).toBe(
      'It was not found in your accounts (111, 222), and whether it works in another, nobody was asked.',
    );
    expect(said('unknown', verdict, { verdicts: [verdict, { state: 'unknown', how: 'probe' }] })).toBe(
      'It was not found in your accounts (111, 222), and STS gave no answer that says more.',
    );
  });

  it('calls an account foreign only when the accounts that were searched are others', () => {
    const looked = { state: 'unknown', how: 'inventory', notIn: ['111'] } as const;
    expect(said('live', ALICE, { verdicts: [looked] })).toContain('account 1234, which is not one of yours');
    // The crawl may miss it, the account is ours all the same.
    expect(said('live', { ...ALICE, account: '111' }, { verdicts: [looked] })).not.toContain('not one of yours');
    expect(said('live', ALICE, { verdicts: [{ state: 'unknown', how: 'inventory' }] })).not.toContain(
      'not one of yours',
    );
    const partly = { ...looked, partlyIn: ['1234'] };
    expect(said('live', ALICE, { verdicts: [partly] })).not.toContain('not one of yours');
  });

  it('says that STS takes what the account calls off', () => {
    const accepted = { state: 'live', how: 'probe', secretProven: true } as const;
    expect(said('disabled', ALICE, { verdicts: [accepted] })).toBe(
      'Its account says that it is switched off, and STS takes the pair all the same: until that ends, whoever has it is in.',
    );
  });

  it.each<[Partial<Activity>, string]>([
    [
      {
        created: [
          { kind: 'policy', name: 'a', at: '' },
          { kind: 'policy', name: 'b', at: '' },
          { kind: 'access-key', name: 'c', at: '' },
        ],
        sinceLeak: 3,
      },
      'it has made 2 policies, 1 AccessKey, which switching it off does not end.',
    ],
    [
      { moves: [{ at: '', action: 'CreateUser', address: null, why: 'creates a user' }], sinceLeak: 3 },
      "its calls look like an attacker's first moves.",
    ],
    [{ sinceLeak: 3, sinceLeakAtLeast: true }, 'it was used at least 3 times since it got out.'],
    [{ sinceLeak: 1 }, 'it was used once since it got out.'],
  ])('adds what of its use weighs most: %j', (activity, words) => {
    expect(said('live', { ...ALICE, activity: { ...ACTIVITY, ...activity } })).toMatch(new RegExp(`; ${words}$`));
  });

  it('says that it is in use by the time of asking, not by the time of reading', () => {
    const facts = { ...ALICE, lastUsed: '2020-01-01T10:00:00Z' };
    expect(said('live', { ...facts, checkedAt: '2020-01-02T09:00:00Z' })).toContain('; used within the last day');
    expect(said('live', { ...facts, checkedAt: '2020-01-02T11:00:00Z' })).not.toContain('used within');
    expect(said('live', facts)).not.toContain('used within');
    // Of an administrator's key there is worse to say.
    const mighty = { ...facts, powers: ['administrator'], checkedAt: '2020-01-02T09:00:00Z' } as const;
    expect(said('live', mighty)).not.toContain('used within');
  });

  it('is one sentence for every kind, state, principal and power', () => {
    for (const kind of ['pair', 'id-only', 'secret-only', 'sts'] as const) {
      for (const state of STATES) {
        for (const facts of [{}, ALICE, ROOT, ROLE, ...POWERS.map((power) => ({ ...ALICE, powers: [power] }))]) {
          expect(said(state, facts, { kind })).toMatch(/^[A-Z][^.]*[^.]\.$/);
        }
      }
    }
  });

  it('never says of a secret that was not tried that it works', () => {
    for (const state of STATES) {
      for (const facts of [ALICE, ROOT, ROLE]) {
        expect(said(state, { ...facts, secretProven: false })).not.toMatch(/^Whoever has it/);
        expect(said(state, { ...facts, secretProven: false }, alone)).not.toMatch(/^Whoever has it/);
      }
    }
  });
});
