// Accounts against the simulated cloud: what is asked, what is permitted, what fails.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AccountsRequest, readAccounts } from '../../../src/cloud/account/accounts.js';
import type { AccountReport, AccountsReport } from '../../../src/findings/account.js';
import { writeAccountsText } from '../../../src/report/account.js';
import { accountExitCodeOf } from '../../../src/report/account-exit-code.js';
import type { SimulatedAccount, SimulatedKey, World } from '../../../src/simulator/world.js';
import { findingFor } from '../../../src/verify.js';
import { id24, secret30 } from '../../support/keys.js';
import { endpointsOf, isolate, QUICK, simulate, useCredentials } from '../../support/verifying.js';
import { newAccount, newKey, newUser } from '../../support/world.js';

isolate();

const ago = (days: number): string => `${new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 19)}Z`;

const written = () => ({ state: 'COMPLETED', generated: ago(0.05) }) as const;

const used = (days: number) => ({ at: ago(days), service: 'Oss' });

interface Stage {
  readonly world: { -readonly [K in keyof World]: World[K] };
  readonly account: SimulatedAccount;
  readonly auditor: SimulatedKey;
  readonly root: SimulatedKey;
  readonly leaked: SimulatedKey;
  readonly idle: SimulatedKey;
  readonly deleted: string;
}

/** @param allow what the auditor may do */
const company = (allow: readonly string[] = ['*']): Stage => {
  const auditor = newKey({ created: ago(20), lastUsed: used(1) });
  const root = newKey({ created: ago(900), lastUsed: used(12) });
  const leaked = newKey({ created: ago(50), lastUsed: used(2) });
  const idle = newKey({ created: ago(400), lastUsed: used(200) });
  const deleted = id24();
  const account = newAccount('1234567890123456', {
    rootKeys: [root],
    users: [
      newUser('auditor', { keys: [auditor], allow }),
      newUser('alice', { keys: [leaked], login: {} }),
      newUser('robot', { keys: [idle, newKey({ created: ago(80) })] }),
    ],
    recycleBin: [{ id: deleted, userId: '9', userName: 'former', created: ago(800), recycled: ago(10) }],
    leaks: [
      {
        id: 1,
        accessKeyId: leaked.id,
        found: ago(40),
        status: 'pending',
        url: 'https://github.com/someone/shop/blob/main/prod.py',
        github: {
          user: 'someone',
          repository: 'shop',
          file: 'prod.py',
          fileType: 'Python',
          updated: ago(41),
          code: `ak=${leaked.id}\nsk=${leaked.secret}`,
        },
      },
      {
        id: 2,
        accessKeyId: deleted,
        found: ago(11),
        status: 'dealed',
        dealt: { at: ago(10), how: 'disable' },
        url: 'https://github.com/a/b/blob/main/c',
      },
    ],
    credentialReport: written(),
  });
  return { world: { accounts: [account] }, account, auditor, root, leaked, idle, deleted };
};

const request = (url: string, over: Partial<AccountsRequest> = {}): AccountsRequest => ({
  profiles: [],
  findings: [],
  leakList: true,
  olderThanDays: 90,
  idleDays: 90,
  endpoints: endpointsOf(url),
  signal: new AbortController().signal,
  progress: { update: () => {} },
  ...over,
});

const ask = async (world: World, over: Partial<AccountsRequest> = {}) => {
  const simulator = await simulate(world);
  const report = await readAccounts(request(simulator.url, over), QUICK);
  return { report, requests: simulator.requests };
};

const only = ({ accounts }: AccountsReport): AccountReport => {
  const [account] = accounts;
  if (account === undefined || accounts.length > 1) throw new RangeError(`${accounts.length} accounts`);
  return account;
};

const idsOf = ({ points }: AccountReport): readonly string[] => points.map(({ id }) => id);

const profiles = (keys: Readonly<Record<string, SimulatedKey>>): void => {
  const home = process.env['HOME'] ?? '';
  mkdirSync(path.join(home, '.aliyun'), { recursive: true });
  const list = Object.entries(keys).map(([name, { id, secret }]) => ({
    name,
    mode: 'AK',
    access_key_id: id,
    access_key_secret: secret,
  }));
  writeFileSync(path.join(home, '.aliyun/config.json'), JSON.stringify({ current: 'none', profiles: list }));
};

const pairOf = ({ id, secret }: SimulatedKey) => findingFor({ accessKeyId: id, secret, token: null });

describe('an account', () => {
  it('is told whole: root, leaks, keys, quotas', async () => {
    const { world, auditor, leaked, idle, deleted } = company();
    useCredentials(auditor);
    const { report } = await ask(world);
    const account = only(report);
    expect(account).toMatchObject({
      account: '1234567890123456',
      root: { keys: 1, mfa: false, seen: [{ active: true }] },
      users: 3,
      allKeysRead: true,
      leakListRead: true,
      notRead: [],
    });
    expect(account.keys).toHaveLength(4);
    expect(account.leaked).toMatchObject(
      [
        {
          accessKeyId: leaked.id,
          knownTo: 'alibaba',
          state: 'live',
          user: 'alice',
          alibaba: { status: 'pending', places: [{ owner: 'someone', repository: 'shop', file: 'prod.py' }] },
        },
        { accessKeyId: deleted, knownTo: 'alibaba', state: 'deleted', user: 'former' },
      ].sort((a, b) => (a.accessKeyId < b.accessKeyId ? -1 : 1)),
    );
    expect(idsOf(account)).toEqual([
      'root-key',
      'leaked-live',
      'root-without-mfa',
      'console-without-mfa',
      'never-used',
      'idle',
      'old',
      'console-and-key',
      'leaked-dead',
      'two-keys',
      'idle-limit',
    ]);
    expect(account.points.find(({ id }) => id === 'idle')?.keys).toEqual([idle.id]);
    expect(accountExitCodeOf(report)).toBe(1);
  });

  it('does not take our own probes for a use of its keys, leaked ones among them', async () => {
    const { world, account, auditor, leaked, idle, root } = company();
    useCredentials(auditor);
    const [probed, long] = [ago(1), ago(200)];
    const before = { lastUsed: long, lastUsedService: 'Oss' };
    const second = newKey({ created: ago(800), lastUsed: used(1) });
    account.rootKeys.push(second);
    for (const key of [leaked, idle]) Object.assign(key, { lastUsed: used(1) });
    const ownProbes: AccountsRequest['ownProbes'] = (id) =>
      [idle.id, second.id, leaked.id].includes(id) ? [{ at: probed, before: id === leaked.id ? null : before }] : [];
    const told = only((await ask(world, { ownProbes })).report);
    expect(told.points.find(({ id }) => id === 'idle')?.keys).toEqual([idle.id]);
    expect(told.keys.find(({ accessKeyId }) => accessKeyId === idle.id)?.lastUsed).toBe(long);
    expect(told.keys.find(({ accessKeyId }) => accessKeyId === leaked.id)).not.toHaveProperty('lastUsed');
    expect(told.leaked.find(({ accessKeyId }) => accessKeyId === leaked.id)).not.toHaveProperty('lastUsed');

    expect(told.root.seen.map(({ lastUsed }) => lastUsed)).not.toContain(long);
    const withReport = only((await ask(world, { ownProbes, findings: [pairOf(second)] })).report);
    expect(withReport.root.seen.map(({ lastUsed }) => lastUsed)).toContain(long);

    useCredentials(root);
    const rooted = only((await ask(world, { ownProbes })).report);
    expect(rooted.root.seen.map(({ lastUsed }) => lastUsed)).toContain(long);
  });

  it('that is kept well ends in 0', async () => {
    const auditor = newKey({ created: ago(5), lastUsed: used(1) });
    const account = newAccount('1111222233334444', {
      rootMfa: { serial: 'x', type: 'U2F' },
      users: [newUser('auditor', { keys: [auditor], allow: ['*'] })],
      preference: { maxIdleDays: 90 },
      credentialReport: written(),
    });
    useCredentials(auditor);
    const { report } = await ask({ accounts: [account] });
    expect(only(report)).toMatchObject({ points: [], notRead: [] });
    expect(accountExitCodeOf(report)).toBe(0);
  });

  it('is asked with nothing but the auditor’s key, and is not changed', async () => {
    const { world, auditor, leaked } = company();
    useCredentials(auditor);
    const { requests } = await ask(world, { findings: [pairOf(leaked), pairOf(newKey())] });
    expect(new Set(requests.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set([auditor.id]));
    for (const { action } of requests) expect(action).toMatch(/^(?:Get|List|Describe|GenerateCredentialReport$)/);
  });

  it('tells its root key’s ID to root credentials alone', async () => {
    const { world, root } = company();
    useCredentials(root);
    const { report } = await ask(world, { findings: [pairOf(root)] });
    expect(only(report)).toMatchObject({ root: { keys: 1, accessKeyIds: [root.id], seen: [{ active: true }] } });
    expect(only(report).leaked.find(({ accessKeyId }) => accessKeyId === root.id)).toMatchObject({
      state: 'live',
      principal: 'root',
      knownTo: 'report',
    });
  });

  it('has a leaked root key that is off when all of them are, or gone when there is none', async () => {
    const { world, account, auditor, root } = company();
    useCredentials(auditor);
    const leaks = [
      { id: 9, accessKeyId: root.id, found: ago(5), status: 'pending', url: 'https://x.example/y' },
    ] as const;
    root.status = 'Inactive';
    const { report } = await ask({ ...world, accounts: [{ ...account, leaks }] });
    expect(only(report).leaked).toMatchObject([{ state: 'disabled', principal: 'root' }]);
    expect(idsOf(only(report))).toContain('root-key');
  });

  it('has keys beyond two, and of users of the same name in no other account', async () => {
    const { world, account, auditor } = company();
    const many = [1, 2, 3].map((days) => newKey({ created: ago(100 + days), lastUsed: used(days) }));
    account.users.push(newUser('three', { keys: many }));
    useCredentials(auditor);
    const { report } = await ask(world);
    const three = only(report).keys.filter(({ user }) => user === 'three');
    expect(three.map(({ lastUsed }) => lastUsed).sort()).toEqual(many.map((key) => key.lastUsed?.at).sort());
  });
});

describe('what is not permitted', () => {
  it('is left out, named with its RAM action, and never taken for good news', async () => {
    const { world, auditor } = company([]);
    useCredentials(auditor);
    const { report } = await ask(world);
    const account = only(report);
    expect(account).toMatchObject({
      root: { keys: null, mfa: null },
      users: null,
      keys: [],
      allKeysRead: false,
      leakListRead: false,
      points: [],
    });
    expect(new Set(account.notRead.map(({ permission }) => permission))).toEqual(
      new Set([
        'ram:GetAccountSecurityPracticeReport',
        'ram:GetCredentialReport',
        'ram:GetAccountSummary',
        'ram:GetSecurityPreference',
        'ram:ListUsers',
        'yundun-sas:DescribeAccesskeyLeakList',
      ]),
    );
    expect(accountExitCodeOf(report)).toBe(2);
    const text = [...writeAccountsText(report, { colour: false, seconds: 1, detail: 'full', width: 100 })].join('');
    expect(text).not.toContain('Nothing is wrong');
    expect(text).not.toMatch(/\b0 AccessKeys/);
  });

  it('costs nothing that another answer tells', async () => {
    const { world, auditor } = company([
      'ram:GenerateCredentialReport',
      'ram:GetCredentialReport',
      'yundun-aegis:DescribeAccesskeyLeakList',
    ]);
    useCredentials(auditor);
    const { report } = await ask(world);
    const account = only(report);
    expect(account.root).toMatchObject({ keys: 1, mfa: false });
    expect(account.notRead.some(({ decides }) => decides === true)).toBe(false);
    expect(account.keys.map(({ accessKeyId }) => accessKeyId)).toEqual([null, null, null, null]);
    expect(account.points.find(({ id }) => id === 'idle')).toMatchObject({ users: ['robot'] });
    expect(accountExitCodeOf(report)).toBe(1);
  });

  it('of the credential report is made up for, key by key', async () => {
    const { world, auditor, idle } = company(['ram:ListUsers', 'ram:ListAccessKeys', 'ram:GetAccessKeyLastUsed']);
    useCredentials(auditor);
    const { report, requests } = await ask(world, { leakList: false });
    expect(only(report).keys.find(({ accessKeyId }) => accessKeyId === idle.id)?.lastUsed).toBe(idle.lastUsed?.at);
    expect(requests.filter(({ action }) => action === 'GetAccessKeyLastUsed')).toHaveLength(4);
    expect(idsOf(only(report))).toContain('idle');
  });

  it('is asked for a bounded number of times', async () => {
    const { world, account, auditor } = company(['ram:ListUsers', 'ram:ListAccessKeys']);
    for (let user = 0; user < 200; user++) account.users.push(newUser(`u${user}`));
    useCredentials(auditor);
    const { requests } = await ask(world, { leakList: false });
    expect(requests.filter(({ action }) => action === 'GetAccessKeyLastUsed').length).toBeLessThan(20);
  });

  it('of the user’s own wish is a limit, not a lack', async () => {
    const { world, auditor } = company();
    useCredentials(auditor);
    const { report, requests } = await ask(world, { leakList: false });
    expect(only(report)).toMatchObject({ leakListRead: false, leaked: [] });
    expect(only(report).notRead).toMatchObject([{ because: 'limit' }]);
    expect(requests.some(({ action }) => action.includes('Leak'))).toBe(false);
    expect(accountExitCodeOf(report)).toBe(1);
  });

  it('counts for accounts of more than 3,500 users, which have no credential report', async () => {
    const { world, account, auditor } = company();
    useCredentials(auditor);
    const { report, requests } = await ask({ ...world, accounts: [{ ...account, summary: { Users: 3_501 } }] });
    expect(requests.some(({ action }) => action.includes('CredentialReport'))).toBe(false);
    expect(only(report).notRead).toMatchObject([{ because: 'limit', why: expect.stringContaining('3,500') }]);
    expect(idsOf(only(report))).toContain('idle');
  });
});

describe('several accounts', () => {
  it('are each asked once; one that fails never ends the others', async () => {
    const { world, auditor, root } = company();
    const reader = newKey({ created: ago(5) });
    const other = newAccount('6543210987654321', {
      users: [newUser('reader', { keys: [reader], allow: ['*'] })],
      credentialReport: written(),
    });
    profiles({ prod: auditor, same: root, gone: newKey(), other: reader });
    const { report, requests } = await ask(
      { ...world, accounts: [...world.accounts, other] },
      { profiles: ['gone', 'prod', 'other', 'same', 'missing', 'prod'] },
    );
    expect(report.accounts.map(({ account }) => account)).toEqual(['1234567890123456', '6543210987654321']);
    expect(report.notAsked.map(({ credentials }) => credentials)).toEqual([
      'the profile "gone"',
      'the profile "missing"',
    ]);
    expect(report.notes).toEqual([expect.stringContaining('asked once')]);
    // Root credentials see more.
    expect(report.accounts[0]?.root.accessKeyIds).toEqual([root.id]);
    expect(requests.filter(({ action }) => action === 'GetAccountSummary')).toHaveLength(2);
    expect(accountExitCodeOf(report)).toBe(2);
  });

  it('share a report: each key goes to its own, and what is nobody’s is said', async () => {
    const { world, auditor, leaked, root, deleted } = company();
    const reader = newKey({ created: ago(5) });
    const other = newAccount('6543210987654321', {
      users: [newUser('reader', { keys: [reader], allow: ['*'] })],
      credentialReport: written(),
    });
    profiles({ prod: auditor, other: reader });
    const stranger = newKey();
    const session = findingFor({ accessKeyId: `STS.${'A'.repeat(24)}`, secret: secret30(), token: 'CAIS' });
    const nameless = { ...pairOf(newKey()), accessKeyId: null };
    const idOnly = findingFor({ accessKeyId: deleted, secret: null, token: null });
    const { report } = await ask(
      { ...world, accounts: [...world.accounts, other] },
      {
        profiles: ['prod', 'other'],
        findings: [pairOf(leaked), pairOf(root), pairOf(reader), pairOf(stranger), idOnly, session, nameless],
      },
    );
    const [first, second] = report.accounts;
    const known = (account: AccountReport | undefined) =>
      Object.fromEntries(
        (account?.leaked ?? []).map(({ accessKeyId, knownTo, state }) => [accessKeyId, `${knownTo} ${state}`]),
      );
    expect(known(first)).toEqual({ [leaked.id]: 'both live', [root.id]: 'report unknown', [deleted]: 'both deleted' });
    expect(known(second)).toEqual({ [reader.id]: 'report live' });
    expect(report.elsewhere).toMatchObject([{ accessKeyId: stranger.id }]);
    expect(report.notes).toEqual([expect.stringContaining('STS'), expect.stringContaining('without an ID')]);
  });

  it('of which none can be asked are an error that says why', async () => {
    const { world } = company();
    profiles({ gone: newKey() });
    const simulator = await simulate(world);
    await expect(readAccounts(request(simulator.url, { profiles: ['gone', 'missing'] }), QUICK)).rejects.toThrow(
      /refused.*no such profile/s,
    );
    await expect(readAccounts(request(simulator.url), QUICK)).rejects.toThrow('No credentials');
  });
});

describe('what goes wrong', () => {
  it.each([
    'GetAccountSecurityPracticeReport',
    'GetAccountSummary',
    'GetSecurityPreference',
    'GetCredentialReport',
    'ListUsers',
    'ListAccessKeys',
    'DescribeAccesskeyLeakList',
    'DescribeAccessKeyLeakDetail',
    'GetAccessKeyLastUsedInfo',
  ])('with %s never hides the rest, and never ends in 0', async (action) => {
    for (const body of [
      '<html>Sign in</html>',
      'null',
      '[]',
      '{}',
      '{"RequestId":"1","AccountSecurityPracticeInfo":7}',
    ]) {
      const { world, auditor } = company();
      useCredentials(auditor);
      world.fault = (call) => (call.action === action ? { kind: 'answer', status: 200, body } : null);
      const { report } = await ask(world);
      const account = only(report);
      expect(account.points.length).toBeGreaterThan(2);
      expect(accountExitCodeOf(report)).not.toBe(0);
      for (const { why } of account.notRead) expect(why).toMatch(/\.$/);
    }
  });

  it('is never read as no root key, no leak, MFA', async () => {
    const { world, auditor } = company();
    useCredentials(auditor);
    world.fault = ({ action }) =>
      action === 'GetCallerIdentity' ? null : { kind: 'answer', status: 502, body: '<html>' };
    const { report } = await ask(world);
    expect(only(report)).toMatchObject({ root: { keys: null, mfa: null }, leakListRead: false, allKeysRead: false });
    expect(accountExitCodeOf(report)).toBe(2);
  });

  it('by Ctrl-C ends with what is known', async () => {
    const { world, auditor } = company();
    useCredentials(auditor);
    const controller = new AbortController();
    world.fault = ({ action }) => {
      if (action === 'DescribeAccesskeyLeakList') controller.abort();
      return null;
    };
    const { report } = await ask(world, { signal: controller.signal });
    expect(report.interrupted).toBe(true);
    expect(accountExitCodeOf(report)).toBe(130);
  });
});

describe('secrets', () => {
  it('are in no report, whatever the cloud and the findings say', async () => {
    const { world, account, auditor, leaked } = company();
    useCredentials(auditor);
    const { report } = await ask(world, { findings: [pairOf(leaked), pairOf(newKey())] });
    const text = [...writeAccountsText(report, { colour: false, seconds: 1, detail: 'full', width: 80 })].join('');
    const secrets = [auditor, ...account.users.flatMap(({ keys }) => keys), ...account.rootKeys].map(
      ({ secret }) => secret,
    );
    for (const secret of secrets) {
      for (let at = 0; at + 8 <= secret.length; at++) {
        expect(JSON.stringify(report)).not.toContain(secret.slice(at, at + 8));
        expect(text).not.toContain(secret.slice(at, at + 8));
      }
    }
  });
});
