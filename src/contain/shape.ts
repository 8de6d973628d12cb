// Whether a line of the record is what it says it is: a chain can be whole around lines that nobody could work from.

import { record } from '../cloud/body.js';

/** Of the lines that a later run works from; the others are for people. */
export const hasShape = (line: Readonly<Record<string, unknown>>): boolean => {
  switch (line['type']) {
    case 'intent':
      return isKey(line) && isOwner(record(line['owner'])) && isCall(record(line['call'])) && isState(line['before']);
    case 'state':
      return isKey(line) && (line['after'] === null || isState(line['after']));
    default:
      return true;
  }
};

const isKey = ({ key }: Readonly<Record<string, unknown>>): boolean =>
  typeof key === 'string' && /^[\w.-]{1,80}$/.test(key);

const isOwner = ({ kind, account, user, userId, principalName }: Readonly<Record<string, unknown>>): boolean => {
  if (typeof account !== 'string' || !/^[0-9]{1,20}$/.test(account)) return false;
  return kind === 'root' || (kind === 'user' && isText(user) && isTextOrNull(userId) && isTextOrNull(principalName));
};

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

const isTextOrNull = (value: unknown): boolean => value === null || isText(value);

const APIS: ReadonlySet<unknown> = new Set([
  'UpdateAccessKey',
  'SetAccessKeyPolicy',
  'DeleteAccessKey',
  'RestoreAccessKeyFromRecycleBin',
]);

const isCall = ({ api }: Readonly<Record<string, unknown>>): boolean => APIS.has(api);

const STATUSES: ReadonlySet<unknown> = new Set(['Active', 'Inactive', 'recycled', 'gone']);

const isState = (value: unknown): boolean => {
  const { status, policy } = record(value);
  return STATUSES.has(status) && (policy === undefined || policy === null || typeof policy === 'string');
};
