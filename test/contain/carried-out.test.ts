// Calls carried out against the simulated cloud, while everything that can go wrong goes wrong.

import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openAuditors } from '../../src/cloud/auditor.js';
import { resolveEndpoints } from '../../src/cloud/endpoints.js';
import { createSession } from '../../src/cloud/session.js';
import { carryOut, type Patience } from '../../src/contain/act.js';
import { createControls } from '../../src/contain/cloud-controls.js';
import { openLog, readLog } from '../../src/contain/log.js';
import type { Call as Change } from '../../src/contain/types.js';
import { faults, type NamedFault } from '../../src/simulator/faults.js';
import type { Call, Fault } from '../../src/simulator/world.js';
import { endpointsOf, isolate, QUICK, simulate, useCredentials } from '../support/verifying.js';
import { newKey, newUser, testCloud } from '../support/world.js';

isolate();

const alice = {
  kind: 'user',
  account: '1234567890123456',
  user: 'alice',
  userId: null,
  principalName: 'alice@company-3456.onaliyun.com',
} as const;

const off: Change = { api: 'UpdateAccessKey', status: 'Inactive' };

const patience: Patience = { rereadMs: [1], attempts: 2, wait: async () => {} };

const opened = async () => {
  const cloud = testCloud();
  const admin = newKey();
  cloud.account.users.push(newUser('admin', { keys: [admin], allow: ['*'] }));
  const { url, requests } = await simulate(cloud.world);
  useCredentials(admin);
  const pace = { ...QUICK, totalMs: 100, connectMs: 100, patienceMs: 20 };
  /** A new session for every turn: what one has learned of a service must not help the next. */
  const controls = async () => {
    cloud.world.fault = undefined;
    const session = createSession(resolveEndpoints(endpointsOf(url), {}), new AbortController().signal, pace);
    const [auditor] = await openAuditors(session, []);
    if (auditor === undefined) throw new Error('no auditor');
    return createControls(auditor);
  };
  const switchOff = async (fault: (call: Call) => Fault | null) => {
    cloud.active.status = 'Active';
    const own = await controls();
    cloud.world.fault = fault;
    const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'akscan-carried-out-')), 'log');
    const log = openLog({ file, run: 'r', now: () => new Date() });
    const from = requests.length;
    const outcome = await carryOut({ key: cloud.active.id, owner: alice, calls: [off] }, own, log, patience);
    log.close();
    const changes = requests.slice(from).filter(({ action }) => action === 'UpdateAccessKey');
    return { outcome, status: String(cloud.active.status), changes, lines: readLog(file) };
  };
  return { switchOff };
};

const to =
  (action: string, fault: NamedFault['fault']) =>
  (call: Call): Fault | null =>
    call.action === action ? fault(call) : null;

/** The same, instead of an answer to what was carried out; null for what cannot come so late. */
const late =
  (fault: NamedFault['fault']): NamedFault['fault'] =>
  (call) => {
    const instead = fault(call);
    return instead.kind === 'after' || instead.kind === 'clock' || instead.kind === 'gzip'
      ? instead
      : { kind: 'after', instead };
  };

describe('a key that is switched off', () => {
  it.each([
    ['before the effect', (fault: NamedFault['fault']) => fault],
    ['after it', late],
  ])(
    'is called off when it is, and only then, whatever befalls the call %s',
    async (_, placed) => {
      const { switchOff } = await opened();
      const wrong: string[] = [];
      for (const { name, fault } of faults) {
        const { outcome, status, lines } = await switchOff(to('UpdateAccessKey', placed(fault)));
        const isOff = outcome.kind === 'reached' && outcome.state.status === 'Inactive';
        const last = lines.findLast(({ type }) => type === 'state');
        const isRecorded = last?.type === 'state' && last.after?.status === status;
        if (isOff !== (status === 'Inactive') || !isRecorded) wrong.push(`${name}: ${outcome.kind}, ${status}`);
      }
      expect(wrong).toEqual([]);
    },
    300_000,
  );

  it('is called off by nobody who cannot read it back', async () => {
    const { switchOff } = await opened();
    const wrong: string[] = [];
    for (const { name, group, fault } of faults) {
      if (group === 'clock' || name === 'gzip' || name.startsWith('EntityNotExist')) continue;
      let isChanged = false;
      const { outcome, lines } = await switchOff((call) => {
        isChanged ||= call.action === 'UpdateAccessKey';
        return isChanged && call.action === 'ListAccessKeys' ? fault(call) : null;
      });
      const last = lines.findLast(({ type }) => type === 'state');
      const isHonest = outcome.kind === 'unknown' && last?.type === 'state' && last.after === null;
      if (!isHonest) wrong.push(`${name}: ${outcome.kind}`);
    }
    expect(wrong).toEqual([]);
  }, 300_000);

  it('is changed once when the answer was lost after the effect', async () => {
    const { switchOff } = await opened();
    const { outcome, changes, lines } = await switchOff(
      to('UpdateAccessKey', () => ({ kind: 'after', instead: { kind: 'reset' } })),
    );
    expect(outcome).toMatchObject({ kind: 'reached', called: [off] });
    expect(changes).toHaveLength(1);
    expect(lines.map(({ type }) => type)).toEqual(['intent', 'answer', 'state']);
    expect(lines[1]).toMatchObject({ sent: { kind: 'unsure' } });
  });

  it('is tried again when it was lost before, and not when it was refused', async () => {
    const { switchOff } = await opened();
    const lost = await switchOff(
      to('UpdateAccessKey', ({ earlier }) => (earlier === 0 ? { kind: 'reset' } : { kind: 'clock', aheadMs: 0 })),
    );
    expect([lost.outcome.kind, lost.changes.length]).toEqual(['reached', 2]);
    const no = await switchOff(
      to('UpdateAccessKey', () => ({ kind: 'error', status: 403, code: 'NoPermission', message: '' })),
    );
    expect([no.outcome.kind, no.changes.length, no.status]).toEqual(['not-reached', 1, 'Active']);
  });
});
