import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { carryOut, finishRecord, type Patience, unfinished } from '../../src/contain/act.js';
import type { Controls, StateRead } from '../../src/contain/controls.js';
import { type Log, openLog, readLog } from '../../src/contain/log.js';
import type { Call, KeyState, Sent } from '../../src/contain/types.js';
import { id24 } from '../support/keys.js';
import { ACTIVE, alice, INACTIVE } from './candidates.js';

const disable: Call = { api: 'UpdateAccessKey', status: 'Inactive' };
const remove: Call = { api: 'DeleteAccessKey' };
const key = id24();

const newLog = (): Log =>
  openLog({
    file: path.join(mkdtempSync(path.join(os.tmpdir(), 'akscan-act-')), 'log'),
    run: 'r',
    now: () => new Date(),
  });

const patience: Patience = { rereadMs: [1, 1], attempts: 3, wait: async () => {} };

const done: Sent = { kind: 'done', requestId: 'R' };
const unsure: Sent = { kind: 'unsure', why: 'no answer.' };

/** An account with one key, whose answers a test decides. */
const accountWith = (
  start: KeyState,
  send: (call: Call, account: { state: KeyState }, sent: number) => Sent,
  read: (state: KeyState, reads: number) => StateRead = (state) => ({ kind: 'read', state }),
): Controls & { readonly sent: Call[] } => {
  const account = { state: start };
  const sent: Call[] = [];
  let reads = 0;
  return {
    sent,
    state: async () => read(account.state, ++reads),
    send: async (_owner, _key, call) => {
      sent.push(call);
      return send(call, account, sent.length);
    },
  };
};

const obey = (call: Call, account: { state: KeyState }): Sent => {
  if (call.api === 'UpdateAccessKey') account.state = { ...account.state, status: call.status };
  if (call.api === 'DeleteAccessKey') account.state = { ...account.state, status: 'recycled' };
  return done;
};

const linesOf = (log: Log): readonly string[] => readLog(log.file).map(({ type }) => type);

describe('carryOut', () => {
  it('records what it is about to do before, and what it came to after', async () => {
    const log = newLog();
    const controls = accountWith(ACTIVE, obey);
    const outcome = await carryOut({ key, owner: alice, calls: [disable, remove] }, controls, log, patience);
    expect(outcome).toMatchObject({ kind: 'reached', state: { status: 'recycled' }, called: [disable, remove] });
    expect(linesOf(log)).toEqual(['intent', 'answer', 'state', 'intent', 'answer', 'state']);
    expect(readLog(log.file)[0]).toMatchObject({ before: ACTIVE, call: disable });
  });

  it('sends nothing for what is so already', async () => {
    const controls = accountWith(INACTIVE, obey);
    const outcome = await carryOut({ key, owner: alice, calls: [disable] }, controls, newLog(), patience);
    expect(outcome).toMatchObject({ kind: 'reached', called: [] });
    expect(controls.sent).toEqual([]);
  });

  it('sets no policy over one that it could not read', async () => {
    const controls = accountWith({ status: 'Active' }, obey);
    const restrict: Call = { api: 'SetAccessKeyPolicy', policy: '{"Status":"Active"}' };
    expect(await carryOut({ key, owner: alice, calls: [restrict] }, controls, newLog(), patience)).toMatchObject({
      kind: 'not-reached',
      why: expect.stringContaining('ram:GetAccessKeyPolicy'),
    });
    expect(controls.sent).toEqual([]);
  });

  it('sends nothing when the state cannot be read', async () => {
    const controls = accountWith(ACTIVE, obey, () => ({ kind: 'unread', why: 'no.' }));
    const outcome = await carryOut({ key, owner: alice, calls: [disable] }, controls, newLog(), patience);
    expect(outcome).toEqual({ kind: 'unknown', why: 'Nothing was done: no.' });
    expect(controls.sent).toEqual([]);
  });

  it('believes the account, not the answer', async () => {
    const controls = accountWith(ACTIVE, () => done);
    const outcome = await carryOut({ key, owner: alice, calls: [disable] }, controls, newLog(), patience);
    expect(outcome).toMatchObject({ kind: 'not-reached', state: ACTIVE });
    expect(controls.sent).toHaveLength(1);
  });

  it('finds out by reading whether a lost call arrived', async () => {
    const controls = accountWith(ACTIVE, (call, account) => {
      obey(call, account);
      return unsure;
    });
    const outcome = await carryOut({ key, owner: alice, calls: [disable] }, controls, newLog(), patience);
    expect(outcome).toMatchObject({ kind: 'reached', state: INACTIVE });
    expect(controls.sent).toHaveLength(1);
  });

  it('sends a lost call that did not arrive again, and a bounded number of times', async () => {
    const log = newLog();
    const second = accountWith(ACTIVE, (call, account, sent) => (sent === 1 ? unsure : obey(call, account)));
    expect(await carryOut({ key, owner: alice, calls: [disable] }, second, log, patience)).toMatchObject({
      kind: 'reached',
    });
    expect(linesOf(log)).toEqual(['intent', 'answer', 'state', 'intent', 'answer', 'state']);
    const never = accountWith(ACTIVE, () => unsure);
    expect(await carryOut({ key, owner: alice, calls: [disable] }, never, newLog(), patience)).toMatchObject({
      kind: 'not-reached',
    });
    expect(never.sent).toHaveLength(3);
  });

  it('waits for an account that shows a change late', async () => {
    const controls = accountWith(ACTIVE, obey, (state, reads) => ({
      kind: 'read',
      state: reads < 4 ? ACTIVE : state,
    }));
    expect(await carryOut({ key, owner: alice, calls: [disable] }, controls, newLog(), patience)).toMatchObject({
      kind: 'reached',
    });
    expect(controls.sent).toHaveLength(1);
  });

  it('never calls off what it could not read back', async () => {
    const controls = accountWith(ACTIVE, obey, (state, reads) =>
      reads === 1 ? { kind: 'read', state } : { kind: 'unread', why: 'gone.' },
    );
    expect(await carryOut({ key, owner: alice, calls: [disable] }, controls, newLog(), patience)).toMatchObject({
      kind: 'unknown',
    });
  });

  it('takes no for an answer, and deletes nothing that is still on', async () => {
    const refused: Sent = { kind: 'refused', code: 'NoPermission', why: 'not allowed.', requestId: null };
    const controls = accountWith(ACTIVE, () => refused);
    const outcome = await carryOut({ key, owner: alice, calls: [disable, remove] }, controls, newLog(), patience);
    expect(outcome).toMatchObject({ kind: 'not-reached', why: 'Refused (NoPermission): not allowed.' });
    expect(controls.sent).toEqual([disable]);
    const direct = accountWith(ACTIVE, obey);
    expect(await carryOut({ key, owner: alice, calls: [remove] }, direct, newLog(), patience)).toMatchObject({
      kind: 'not-reached',
    });
    expect(direct.sent).toEqual([]);
  });
});

describe('a run that was killed', () => {
  it('is seen at its open intent, and its record finished with what is so', async () => {
    const log = newLog();
    log.append({ type: 'intent', key, owner: alice, call: disable, before: ACTIVE });
    log.close();
    const next = openLog({ file: log.file, run: 'next', now: () => new Date() });
    expect([...unfinished(next).keys()]).toEqual([key]);
    await finishRecord(next, () => accountWith(INACTIVE, obey));
    next.close();
    expect(readLog(log.file).at(-1)).toMatchObject({ type: 'state', key, after: INACTIVE, recovered: true });
    expect(unfinished({ earlier: readLog(log.file) }).size).toBe(0);
  });

  it('stays open as long as nobody can read what became of it', async () => {
    const log = newLog();
    log.append({ type: 'intent', key, owner: alice, call: disable, before: ACTIVE });
    log.append({ type: 'answer', key, call: disable, sent: unsure });
    log.append({ type: 'state', key, after: null, why: 'no.' });
    log.close();
    const reopened = (run: string): Log => openLog({ file: log.file, run, now: () => new Date() });
    const second = reopened('second');
    await finishRecord(second, () => accountWith(INACTIVE, obey, () => ({ kind: 'unread', why: 'no.' })));
    second.close();
    expect(linesOf(log)).toEqual(['intent', 'answer', 'state']);
    const third = reopened('third');
    await finishRecord(third, () => accountWith(INACTIVE, obey));
    third.close();
    expect(readLog(log.file).at(-1)).toMatchObject({ type: 'state', after: INACTIVE, recovered: true });
  });

  it('of an account that is not at hand stays open', async () => {
    const log = newLog();
    log.append({ type: 'intent', key, owner: alice, call: disable, before: ACTIVE });
    log.close();
    const next = openLog({ file: log.file, run: 'next', now: () => new Date() });
    await finishRecord(next, () => null);
    expect(readLog(log.file)).toHaveLength(1);
  });
});
