import { describe, expect, it } from 'vitest';
import { openAuditors } from '../../src/cloud/auditor.js';
import { resolveEndpoints } from '../../src/cloud/endpoints.js';
import { createSession, type Pace } from '../../src/cloud/session.js';
import { createControls } from '../../src/contain/cloud-controls.js';
import { restrictionTo } from '../../src/contain/restriction.js';
import type { Call as Change, ProvenOwner } from '../../src/contain/types.js';
import { faults } from '../../src/simulator/faults.js';
import type { Fault, SimulatedKey } from '../../src/simulator/world.js';
import { id24 } from '../support/keys.js';
import { endpointsOf, isolate, QUICK, simulate, useCredentials } from '../support/verifying.js';
import { newKey, newUser, type TestCloud, testCloud } from '../support/world.js';

isolate();

const UID = '1234567890123456';
const LITTLE: Partial<Pace> = { totalMs: 150, connectMs: 150, patienceMs: 150 };

const alice: ProvenOwner & { readonly kind: 'user' } = {
  kind: 'user',
  account: UID,
  user: 'alice',
  userId: null,
  principalName: 'alice@company-3456.onaliyun.com',
};
const root: ProvenOwner = { kind: 'root', account: UID };

const off: Change = { api: 'UpdateAccessKey', status: 'Inactive' };
const restrict: Change = { api: 'SetAccessKeyPolicy', policy: restrictionTo(['203.0.113.0/24']) };

/** @param as whose credentials; an administrator's without */
const opened = async ({
  cloud = testCloud(),
  as,
  pace = LITTLE,
}: {
  cloud?: TestCloud;
  as?: SimulatedKey;
  pace?: Partial<Pace>;
} = {}) => {
  const admin = newKey();
  cloud.account.users.push(newUser('admin', { keys: [admin], allow: ['*'] }));
  const { url, requests } = await simulate(cloud.world);
  useCredentials(as ?? admin);
  const session = createSession(resolveEndpoints(endpointsOf(url), {}), new AbortController().signal, {
    ...QUICK,
    ...pace,
  });
  const [auditor] = await openAuditors(session, []);
  if (auditor === undefined) throw new Error('no auditor');
  const from = requests.length;
  return {
    cloud,
    admin,
    controls: createControls(auditor),
    calls: () => requests.slice(from).map(({ version, action }) => [version, action].join(' ')),
  };
};

/** Alice's user ID in the made-up cloud. */
const userIdOf = ({ account }: TestCloud): string => account.users.find(({ name }) => name === 'alice')?.id ?? '';

const remove = async (controls: Awaited<ReturnType<typeof opened>>['controls'], key: string) => {
  await controls.send(alice, key, off);
  return controls.send(alice, key, { api: 'DeleteAccessKey' });
};

describe('the state of a key', () => {
  it('is that of the list, with its network policy', async () => {
    const { controls, cloud, calls } = await opened();
    expect(await controls.state(alice, cloud.active.id)).toEqual({
      kind: 'read',
      state: { status: 'Active', policy: null },
    });
    expect(await controls.state(alice, cloud.inactive.id)).toMatchObject({ state: { status: 'Inactive' } });
    expect(calls().slice(0, 2)).toEqual(['2015-05-01 ListAccessKeys', '2019-08-15 GetAccessKeyPolicy']);
    cloud.active.policy = restrictionTo(['203.0.113.7']);
    expect(await controls.state(alice, cloud.active.id)).toMatchObject({ state: { policy: cloud.active.policy } });
  });

  it('is that of the recycle bin, or gone, when both were read', async () => {
    const { controls, cloud } = await opened();
    await remove(controls, cloud.active.id);
    expect(await controls.state(alice, cloud.active.id)).toEqual({ kind: 'read', state: { status: 'recycled' } });
    expect(await controls.state(alice, id24())).toEqual({ kind: 'read', state: { status: 'gone' } });
    const former: ProvenOwner = { ...alice, user: 'former', principalName: null };
    expect(await controls.state(former, cloud.recycled)).toEqual({ kind: 'read', state: { status: 'recycled' } });
  });

  it('says nothing of the policy where nobody may read it, or the API does not know it', async () => {
    const { controls, cloud, calls } = await opened();
    const bare = { kind: 'read', state: { status: 'Active' } };
    expect(await controls.state({ ...alice, principalName: null }, cloud.active.id)).toEqual(bare);
    expect(calls()).toEqual(['2015-05-01 ListAccessKeys']);
    for (const code of ['NoPermission', 'InvalidApi.NotFound']) {
      const status = code === 'NoPermission' ? 403 : 404;
      cloud.world.fault = ({ action }) =>
        action === 'GetAccessKeyPolicy' ? { kind: 'error', status, code, message: '' } : null;
      expect(await controls.state(alice, cloud.active.id)).toEqual(bare);
    }
  });

  it.each([
    ['never set', '{}', null],
    ['not said', undefined, null],
    ['taken away', '{"Version":1,"Status":"Inactive","Statements":[]}', null],
    ['off', '{"Status":"Inactive","Statements":[{}]}', '{"Status":"Inactive","Statements":[{}]}'],
  ])('knows a policy that was %s', async (_, AccessKeyPolicy, policy) => {
    const { controls, cloud } = await opened();
    const body = JSON.stringify({ RequestId: 'R', AccessKeyId: cloud.active.id, AccessKeyPolicy });
    cloud.world.fault = ({ action }) =>
      action === 'GetAccessKeyPolicy' ? { kind: 'answer', status: 200, body } : null;
    expect(await controls.state(alice, cloud.active.id)).toEqual({ kind: 'read', state: { status: 'Active', policy } });
  });

  it.each([
    ['of another key', { AccessKeyId: 'other', AccessKeyPolicy: '{}' }],
    ['that is no JSON', { AccessKeyPolicy: 'x' }],
    ['that is no object', { AccessKeyPolicy: '[]' }],
    ['that is no text', { AccessKeyPolicy: {} }],
  ])('is not read with a policy %s', async (_, over) => {
    const { controls, cloud } = await opened();
    const body = JSON.stringify({ RequestId: 'R', AccessKeyId: cloud.active.id, ...over });
    cloud.world.fault = ({ action }) =>
      action === 'GetAccessKeyPolicy' ? { kind: 'answer', status: 200, body } : null;
    expect(await controls.state(alice, cloud.active.id)).toMatchObject({ kind: 'unread' });
  });

  it('is not read from a part of a list', async () => {
    const { controls, cloud } = await opened();
    const body = JSON.stringify({ RequestId: 'R', IsTruncated: true, AccessKeys: { AccessKey: [] } });
    cloud.world.fault = ({ action }) => (action === 'ListAccessKeys' ? { kind: 'answer', status: 200, body } : null);
    expect(await controls.state(alice, cloud.active.id)).toMatchObject({ kind: 'unread' });
  });

  it('names the permission that is missing', async () => {
    const cloud = testCloud(['ram:ListAccessKeys']);
    const { controls } = await opened({ cloud, as: cloud.auditor });
    expect(await controls.state(alice, id24())).toEqual({
      kind: 'unread',
      why: 'Your credentials lack ram:GetAccessKeyInfoInRecycleBin.',
    });
  });

  it.each(['ListAccessKeys', 'GetAccessKeyInfoInRecycleBin', 'GetAccessKeyPolicy'])(
    'never becomes gone, or another one, through a fault of %s',
    async (action) => {
      const { controls, cloud } = await opened();
      const wrong: string[] = [];
      for (const { name, group, fault } of faults) {
        // What says that somebody does not exist is an answer, and a clock is corrected.
        if (group === 'clock' || name === 'gzip' || name.startsWith('EntityNotExist')) continue;
        cloud.world.fault = (call) => (call.action === action ? fault(call) : null);
        const key = action === 'GetAccessKeyInfoInRecycleBin' ? cloud.recycled : cloud.active.id;
        const read = await controls.state(alice, key);
        const isRight = read.kind === 'unread' || (action === 'GetAccessKeyPolicy' && read.state.policy === undefined);
        if (!isRight) wrong.push(`${name}: ${JSON.stringify(read)}`);
      }
      expect(wrong).toEqual([]);
    },
    180_000,
  );

  it('is read of root keys by root alone', async () => {
    const first = await opened();
    expect(await first.controls.state(root, first.cloud.root.id)).toMatchObject({ kind: 'unread' });
    expect(first.calls()).toEqual([]);
    const cloud = testCloud();
    const { controls, calls } = await opened({ cloud, as: cloud.root });
    expect(await controls.state(root, cloud.root.id)).toMatchObject({ state: { status: 'Active', policy: null } });
    expect(calls()).toEqual(['2019-08-15 ListAccessKeys', '2019-08-15 GetAccessKeyPolicy']);
  });

  it('is asked of no other account', async () => {
    const { controls, cloud, calls } = await opened();
    expect(await controls.state({ ...alice, account: cloud.other.uid }, cloud.foreign.id)).toMatchObject({
      kind: 'unread',
    });
    expect(calls()).toEqual([]);
  });
});

describe('a call', () => {
  it('switches the key of a user off through RAM, and on', async () => {
    const { controls, cloud, calls } = await opened();
    expect(await controls.send(alice, cloud.active.id, off)).toMatchObject({ kind: 'done' });
    expect(cloud.active.status).toBe('Inactive');
    await controls.send(alice, cloud.active.id, { api: 'UpdateAccessKey', status: 'Active' });
    expect(cloud.active.status).toBe('Active');
    expect(calls()).toEqual(['2015-05-01 UpdateAccessKey', '2015-05-01 UpdateAccessKey']);
  });

  it('deletes it, and brings it back by the user ID that is known, or that of the recycle bin', async () => {
    for (const userId of [null, 'known'] as const) {
      const { controls, cloud, calls } = await opened();
      const owner = { ...alice, userId: userId === null ? null : userIdOf(cloud) };
      expect(await remove(controls, cloud.active.id)).toMatchObject({ kind: 'done' });
      const back = await controls.send(owner, cloud.active.id, { api: 'RestoreAccessKeyFromRecycleBin' });
      expect(back).toMatchObject({ kind: 'done' });
      expect(await controls.state(owner, cloud.active.id)).toMatchObject({ state: { status: 'Inactive' } });
      expect(calls().includes('2019-08-15 GetAccessKeyInfoInRecycleBin')).toBe(userId === null);
    }
  });

  it('restricts it, and takes the restriction away', async () => {
    const { controls, cloud } = await opened();
    expect(await controls.send(alice, cloud.active.id, restrict)).toMatchObject({ kind: 'done' });
    expect(cloud.active.policy).toContain('203.0.113.0/24');
  });

  it('is not sent to IMS for a user whom it could not name: it would be for whoever signs', async () => {
    const { controls, cloud, calls } = await opened();
    const nameless = { ...alice, principalName: null };
    expect(await controls.send(nameless, cloud.active.id, restrict)).toMatchObject({
      kind: 'refused',
      code: 'NotSent',
    });
    expect(await controls.send(nameless, id24(), { api: 'RestoreAccessKeyFromRecycleBin' })).toMatchObject({
      kind: 'refused',
      code: 'NotSent',
    });
    expect(calls()).toEqual(['2019-08-15 GetAccessKeyInfoInRecycleBin']);
  });

  it('is sent for root keys by root alone, and for no key of its own', async () => {
    const first = await opened();
    expect(await first.controls.send(root, first.cloud.root.id, off)).toMatchObject({ code: 'NotSent' });
    expect(await first.controls.send({ ...alice, user: 'admin' }, first.admin.id, off)).toMatchObject({
      code: 'NotSent',
    });
    expect(first.calls()).toEqual([]);

    const cloud = testCloud();
    const leaked = newKey();
    cloud.account.rootKeys.push(leaked);
    const { controls, calls } = await opened({ cloud, as: cloud.root });
    expect(await controls.send(root, cloud.root.id, off)).toMatchObject({ code: 'NotSent' });
    expect(await controls.send(root, leaked.id, off)).toMatchObject({ kind: 'done' });
    expect(await controls.send(root, leaked.id, restrict)).toMatchObject({ kind: 'done' });
    expect(await controls.send(root, leaked.id, { api: 'DeleteAccessKey' })).toMatchObject({ kind: 'done' });
    expect(await controls.state(root, leaked.id)).toEqual({ kind: 'read', state: { status: 'gone' } });
    expect(await controls.send(root, leaked.id, { api: 'RestoreAccessKeyFromRecycleBin' })).toMatchObject({
      code: 'NotSent',
    });
    expect(calls().slice(0, 3)).toEqual(
      ['UpdateAccessKey', 'SetAccessKeyPolicy', 'DeleteAccessKey'].map((api) => `2019-08-15 ${api}`),
    );
    expect(cloud.account.rootKeys).toEqual([cloud.root]);
  });

  it('is sent to no other account', async () => {
    const { controls, cloud, calls } = await opened();
    const sent = await controls.send({ ...alice, user: 'bob', account: cloud.other.uid }, cloud.foreign.id, off);
    expect(sent).toMatchObject({ kind: 'refused', code: 'NotSent' });
    expect(calls()).toEqual([]);
  });

  it.each<[Change, Fault]>(
    [off, restrict, { api: 'DeleteAccessKey' } as const, { api: 'RestoreAccessKeyFromRecycleBin' } as const].flatMap(
      (call): [Change, Fault][] => [
        [call, { kind: 'reset' }],
        [call, { kind: 'after', instead: { kind: 'reset' } }],
        [call, { kind: 'after', instead: { kind: 'truncate' } }],
        [call, { kind: 'after', instead: { kind: 'error', status: 500, code: 'InternalError', message: '' } }],
      ],
    ),
  )('%j that meets %j is unsure, was sent once, and is known when it is read back', async (call, fault) => {
    const { controls, cloud, calls } = await opened();
    const key = call.api === 'DeleteAccessKey' ? cloud.inactive.id : cloud.active.id;
    if (call.api === 'RestoreAccessKeyFromRecycleBin') await remove(controls, key);
    const before = calls().length;
    cloud.world.fault = ({ action }) => (action === call.api ? fault : null);
    const owner = { ...alice, userId: userIdOf(cloud) };
    expect(await controls.send(owner, key, call)).toMatchObject({ kind: 'unsure' });
    expect(calls().slice(before)).toHaveLength(1);
    const read = await controls.state(owner, key);
    const isDone = fault.kind === 'after';
    const expected = {
      UpdateAccessKey: isDone ? 'Inactive' : 'Active',
      SetAccessKeyPolicy: 'Active',
      DeleteAccessKey: isDone ? 'recycled' : 'Inactive',
      RestoreAccessKeyFromRecycleBin: isDone ? 'Inactive' : 'recycled',
    }[call.api];
    expect(read).toMatchObject({ kind: 'read', state: { status: expected } });
    if (call.api === 'SetAccessKeyPolicy') expect(cloud.active.policy === undefined).toBe(!isDone);
  });
});
