// The credential report: a table of all users and the root account, in CSV in base64, made on demand and then the same for
// four hours. It names no key. (help.aliyun.com, "Generate and download user credential reports")

import { Refusal } from '../refusal.js';
import { principalNameOf, type SimulatedAccount, type SimulatedKey } from '../world.js';
import { type Answer, type Parameters, whole } from './operation.js';

const FOUR_HOURS = 4 * 3_600_000;

/** Asked for once it starts, asked for again it goes on, and then it is there. */
export const generateReport = (account: SimulatedAccount, now: number): string => {
  const last = account.credentialReport;
  const isFresh = last !== undefined && now - Date.parse(last.generated) < FOUR_HOURS;
  const next = last?.state === 'STARTED' ? 'INPROGRESS' : 'COMPLETED';
  const generated = `${new Date(now).toISOString().slice(0, 19)}Z`;
  account.credentialReport = isFresh ? { ...last, state: next } : { state: 'STARTED', generated };
  return account.credentialReport.state;
};

export const readReport = (account: SimulatedAccount, parameters: Parameters): Answer => {
  const report = account.credentialReport;
  if (report?.state !== 'COMPLETED') {
    throw new Refusal(404, 'EntityNotExist.CredentialReport', 'The credential report does not exist.');
  }
  const size = whole(parameters, 'MaxItems', { min: 1, max: 3501, or: 3501 });
  const token = parameters['NextToken'] ?? '';
  const from = token === '' ? 0 : Number(Buffer.from(token, 'base64url').toString('latin1'));
  if (!Number.isSafeInteger(from))
    throw new Refusal(400, 'InvalidParameter.NextToken', 'The parameter NextToken is invalid.');
  const { header, rows } = table(account);
  const to = from + size;
  const isTruncated = to < rows.length;
  return {
    Content: Buffer.from(`${[header, ...rows.slice(from, to)].join('\n')}\n`).toString('base64'),
    GeneratedTime: report.generated,
    IsTruncated: isTruncated,
    ...(isTruncated ? { NextToken: Buffer.from(String(to)).toString('base64url') } : {}),
  };
};

const KEY = ['exist', 'active', 'last_rotated', 'last_used'] as const;
const ADDITIONAL = 3;

const table = (account: SimulatedAccount): { readonly header: string; readonly rows: readonly string[] } => {
  const most = Math.max(account.rootKeys.length, ...account.users.map(({ keys }) => keys.length));
  const places = most > 2 ? 2 + ADDITIONAL : 2;
  const keyNames = [
    'access_key_1',
    'access_key_2',
    'additional_access_key_1',
    'additional_access_key_2',
    'additional_access_key_3',
  ];
  const header = [
    'user',
    'user_creation_time',
    'user_last_logon',
    'password_exist',
    'password_active',
    'password_last_changed',
    'password_next_rotation',
    'mfa_active',
    ...keyNames.slice(0, places).flatMap((name) => KEY.map((part) => `${name}_${part}`)),
  ];
  const keyCells = (keys: readonly SimulatedKey[]): readonly string[] =>
    Array.from({ length: places }, (_, index) => cellsOf(keys[index])).flat();
  const root = [
    '<root>',
    account.created ?? '2015-01-02T03:04:05Z',
    account.rootLastLogin ?? '-',
    'TRUE',
    'TRUE',
    'N/A',
    'N/A',
    truth(account.rootMfa !== undefined),
    ...keyCells(account.rootKeys),
  ];
  const users = account.users.map((user) => [
    principalNameOf(account, user.name),
    user.created ?? '2023-01-02T03:04:05Z',
    user.lastLogin ?? '-',
    truth(user.login !== undefined),
    user.login === undefined ? 'N/A' : 'TRUE',
    user.login === undefined ? 'N/A' : (user.login.changed ?? user.login.created ?? '-'),
    user.login === undefined ? 'N/A' : '-',
    truth(user.mfa !== undefined),
    ...keyCells(user.keys),
  ]);
  return { header: header.join(','), rows: [root, ...users].map((cells) => cells.join(',')) };
};

const cellsOf = (key: SimulatedKey | undefined): readonly string[] =>
  key === undefined
    ? ['FALSE', 'N/A', 'N/A', 'N/A']
    : ['TRUE', truth(key.status === 'Active'), key.created, key.lastUsed?.at ?? '-'];

const truth = (is: boolean): string => (is ? 'TRUE' : 'FALSE');
