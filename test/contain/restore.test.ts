import { describe, expect, it } from 'vitest';
import { changesIn, undoingOf } from '../../src/contain/restore.js';
import { NO_RESTRICTION, restrictionTo } from '../../src/contain/restriction.js';
import type { Entry, KeyState, LogLine } from '../../src/contain/types.js';
import { ACTIVE, alice, INACTIVE } from './candidates.js';

const disable = { api: 'UpdateAccessKey', status: 'Inactive' } as const;
const RECYCLED: KeyState = { status: 'recycled' };

const logOf = (...entries: readonly Entry[]): readonly LogLine[] =>
  entries.map((entry, index) => ({ v: 1, seq: index + 1, at: '', run: 'r', prev: null, ...entry }));

const intent = (key: string, before: KeyState): Entry => ({ type: 'intent', key, owner: alice, call: disable, before });
const state = (key: string, after: KeyState | null): Entry => ({ type: 'state', key, after });

describe('changesIn', () => {
  it('takes the state before the first call and after the last, latest key first', () => {
    const lines = logOf(
      intent('a', ACTIVE),
      state('a', INACTIVE),
      intent('b', ACTIVE),
      state('b', INACTIVE),
      intent('a', INACTIVE),
      state('a', RECYCLED),
    );
    expect(changesIn(lines)).toEqual([
      { key: 'a', owner: alice, before: ACTIVE, after: RECYCLED },
      { key: 'b', owner: alice, before: ACTIVE, after: INACTIVE },
    ]);
  });

  it('leaves out what never took effect or was brought back', () => {
    expect(changesIn(logOf(intent('a', ACTIVE), state('a', ACTIVE)))).toEqual([]);
    const back = logOf(intent('a', ACTIVE), state('a', INACTIVE), intent('a', INACTIVE), state('a', ACTIVE));
    expect(changesIn(back)).toEqual([]);
  });

  it('leaves to others what they changed between two changes of ours', () => {
    const theirs = restrictionTo(['198.51.100.1']);
    const found: KeyState = { status: 'Active', policy: theirs };
    const after: KeyState = { status: 'Inactive', policy: theirs };
    const restricted: KeyState = { status: 'Active', policy: restrictionTo(['192.0.2.1']) };
    const lines = logOf(intent('a', ACTIVE), state('a', restricted), intent('a', found), state('a', after));
    expect(changesIn(lines)).toEqual([{ key: 'a', owner: alice, before: found, after }]);
  });

  it('keeps what nobody read back, without a state', () => {
    expect(changesIn(logOf(intent('a', ACTIVE), state('a', null)))).toMatchObject([{ key: 'a', after: null }]);
    expect(changesIn(logOf(intent('a', ACTIVE)))).toMatchObject([{ key: 'a', after: null }]);
  });
});

describe('undoingOf', () => {
  const change = (before: KeyState, after: KeyState | null) => ({ key: 'a', owner: alice, before, after });

  it('switches on again what was on', () => {
    expect(undoingOf(change(ACTIVE, INACTIVE), INACTIVE)).toEqual({
      kind: 'act',
      calls: [{ api: 'UpdateAccessKey', status: 'Active' }],
    });
  });

  it('brings a deleted key back first', () => {
    const undoing = undoingOf(change(ACTIVE, RECYCLED), RECYCLED);
    expect(undoing.kind === 'act' ? undoing.calls.map(({ api }) => api) : []).toEqual([
      'RestoreAccessKeyFromRecycleBin',
      // Carried out only where the account shows another.
      'SetAccessKeyPolicy',
      'UpdateAccessKey',
    ]);
  });

  it('brings a key that was restricted back from the bin restricted, before it is on', () => {
    const before: KeyState = { status: 'Active', policy: restrictionTo(['192.0.2.1']) };
    const undoing = undoingOf(change(before, RECYCLED), RECYCLED);
    expect(undoing.kind === 'act' ? undoing.calls : []).toEqual([
      { api: 'RestoreAccessKeyFromRecycleBin' },
      { api: 'SetAccessKeyPolicy', policy: before.policy },
      { api: 'UpdateAccessKey', status: 'Active' },
    ]);
  });

  it('brings the former policy back, or none', () => {
    const mine = restrictionTo(['192.0.2.1']);
    const theirs = restrictionTo(['198.51.100.1']);
    const calls = (before: string | null) => {
      const now = { status: 'Active', policy: mine } as const;
      const undoing = undoingOf(change({ status: 'Active', policy: before }, now), now);
      return undoing.kind === 'act' ? undoing.calls : [];
    };
    expect(calls(theirs)).toContainEqual({ api: 'SetAccessKeyPolicy', policy: theirs });
    expect(calls(null)).toContainEqual({ api: 'SetAccessKeyPolicy', policy: NO_RESTRICTION });
  });

  it('touches nothing that was changed since', () => {
    const now = { status: 'Inactive', policy: restrictionTo(['192.0.2.1']) } as const;
    expect(undoingOf(change(ACTIVE, INACTIVE), now)).toMatchObject({ kind: 'refused' });
    expect(undoingOf(change(INACTIVE, RECYCLED), ACTIVE)).toMatchObject({ kind: 'refused' });
    expect(undoingOf(change(ACTIVE, null), INACTIVE)).toMatchObject({ kind: 'refused' });
    expect(undoingOf(change(ACTIVE, { status: 'gone' }), { status: 'gone' })).toMatchObject({ kind: 'refused' });
  });

  it('has nothing to do where all is as before, however the policy is written', () => {
    const one = JSON.stringify({ Version: 1, Status: 'Active', Statements: [] });
    const other = JSON.stringify({ Statements: [], Status: 'Active', Version: 1 }, null, 2);
    const before = { status: 'Active', policy: one } as const;
    expect(undoingOf(change(before, INACTIVE), { status: 'Active', policy: other })).toMatchObject({ kind: 'done' });
    expect(undoingOf(change(ACTIVE, INACTIVE), { status: 'Active', policy: NO_RESTRICTION })).toMatchObject({
      kind: 'done',
    });
  });
});
