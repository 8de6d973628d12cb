// ActionTrail: what was done with a key, and when a key was last used. Version 2020-07-06.

import { createHash } from 'node:crypto';
import type { Keyring } from '../keyring.js';
import { Refusal } from '../refusal.js';
import type { EventIdentity, SimulatedAccount, SimulatedEvent } from '../world.js';
import { type Answer, type Asked, known, type Parameters, type Product, required, whole } from './operation.js';
import { roleIdOf } from './sts.js';

const DAY = 24 * 3_600_000;

export const actiontrail: Product = {
  name: 'Actiontrail',
  operations: {
    LookupEvents: { permission: 'actiontrail:LookupEvents', quota: 2, answer: (asked) => lookedUp(asked) },
    GetAccessKeyLastUsedInfo: {
      permission: 'actiontrail:GetAccessKeyLastUsedInfo',
      quota: 50,
      answer: (asked) => lastUse(asked),
    },
    GetAccessKeyLastUsedProducts: {
      permission: 'actiontrail:GetAccessKeyLastUsedProducts',
      quota: 50,
      answer: (asked) => lastProducts(asked),
    },
    GetGlobalEventsStorageRegion: {
      permission: 'actiontrail:GetGlobalEventsStorageRegion',
      answer: () => ({ StorageRegion: 'cn-hangzhou' }),
    },
  },
};

const lastUse = ({ account, keyring, parameters }: Asked): Answer => {
  const id = required(parameters, 'AccessKey');
  const owner = keyring.callerOf(id);
  const recycled = account.recycleBin.find((key) => key.id === id);
  const isOwn = owner !== null && owner.account === account && owner.kind !== 'role';
  const used = isOwn ? owner.key.lastUsed : recycled?.lastUsed;
  // What was never used, or is another account's, the trail does not know.
  if (used === undefined) return { AccessKeyId: id };
  const ramUser = isOwn
    ? owner.kind === 'user'
      ? owner.user
      : null
    : { id: recycled?.userId, name: recycled?.userName };
  return {
    AccessKeyId: id,
    AccountId: account.uid,
    AccountType: ramUser === null ? 'root-account' : 'ram-user',
    OwnerId: ramUser === null ? account.uid : ramUser.id,
    UserName: ramUser === null ? 'root' : ramUser.name,
    ServiceName: used.service,
    ServiceNameCn: used.service,
    ServiceNameEn: used.service,
    Source: 'Internet',
    UsedTimestamp: Date.parse(used.at),
  };
};

/** The last use of each service within 400 days. */
const lastProducts = ({ account, keyring, parameters, now }: Asked): Answer => {
  const id = required(parameters, 'AccessKey');
  const last = new Map<string, SimulatedEvent>();
  for (const event of account.events ?? []) {
    if (event.accessKeyId !== id || Date.parse(event.at) < now - 400 * DAY) continue;
    const before = last.get(event.service);
    if (before === undefined || Date.parse(before.at) < Date.parse(event.at)) last.set(event.service, event);
  }
  return {
    Products: [...last.values()].map((event) => ({
      ServiceName: event.service,
      ServiceNameCn: event.service,
      ServiceNameEn: event.service,
      Source: 'Internet',
      UsedTimestamp: Date.parse(event.at),
      Detail: JSON.stringify(written(account, keyring, event)),
    })),
  };
};

/** What may be looked up by; two at most at a time. */
const ATTRIBUTES: Readonly<Record<string, (event: SimulatedEvent, identity: EventIdentity) => string | undefined>> = {
  EventAccessKeyId: ({ accessKeyId }) => accessKeyId,
  ServiceName: ({ service }) => service,
  EventName: ({ action }) => action,
  User: (_, { userName }) => userName,
  EventId: (event) => idOf(event),
  EventRW: (event) => readOrWrite(event),
  ResourceType: ({ resource }) => resource?.type,
  ResourceName: ({ resource }) => resource?.name,
  SourceIpAddress: ({ address }) => address,
};

const lookedUp = ({ account, keyring, parameters, now }: Asked): Answer => {
  const { from, to } = span(parameters, now);
  const size = whole(parameters, 'MaxResults', { min: 1, max: 50, or: 20 });
  const isForward = parameters['Direction'] === 'FORWARD';
  const wanted = attributes(parameters);
  const matching = (account.events ?? [])
    .filter((event) => {
      const at = Date.parse(event.at);
      if (at < from || at > to) return false;
      return wanted.every(({ of, value }) => of(event, identityOf(account, keyring, event)) === value);
    })
    .sort((one, other) => (isForward ? 1 : -1) * (Date.parse(one.at) - Date.parse(other.at)));
  // A token is good for the question that it was the answer to, and for no other.
  const question = createHash('sha256')
    .update(JSON.stringify([wanted.map(({ value }) => value), isForward, from]))
    .digest('hex')
    .slice(0, 16);
  const start = positionOf(parameters['NextToken'] ?? '', parameters, question);
  const end = start + size;
  return {
    StartTime: iso(from),
    EndTime: iso(to),
    ...(end < matching.length ? { NextToken: tokenOf(end, parameters, question) } : {}),
    Events: matching.slice(start, end).map((event) => written(account, keyring, event)),
  };
};

const iso = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** The last seven days if nothing is said; never more than ninety days back. */
const span = ({ StartTime, EndTime }: Parameters, now: number): { readonly from: number; readonly to: number } => {
  const to = EndTime ? timeOf(EndTime, 'EndTime') : now;
  const from = StartTime ? timeOf(StartTime, 'StartTime') : to - 7 * DAY;
  if (from > to || from < now - 90 * DAY - 3_600_000) {
    throw new Refusal(400, 'InvalidQueryParameter', 'The specified query parameter is invalid: StartTime, EndTime.');
  }
  return { from, to };
};

const timeOf = (text: string, name: string): number => {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(at)) return at;
  throw new Refusal(400, 'InvalidQueryParameter', `The specified query parameter is invalid: ${name}.`);
};

const attributes = (parameters: Parameters) => {
  const wanted = Object.entries(parameters).flatMap(([name, key]) => {
    const number = /^LookupAttribute\.(\d+)\.Key$/.exec(name)?.[1];
    if (number === undefined) return [];
    const of = ATTRIBUTES[key];
    if (of === undefined) throw new Refusal(400, 'InvalidLookupAttribute', `The lookup attribute ${key} is not known.`);
    return [{ key, of, value: parameters[`LookupAttribute.${number}.Value`] ?? '' }];
  });
  if (wanted.length > 2)
    throw new Refusal(400, 'InvalidLookupAttribute', 'No more than 2 lookup attributes are allowed.');
  return wanted;
};

/** Without times of its own, a question moves with the clock between two pages; its start is then no part of the token. */
const tokenOf = (position: number, { StartTime }: Parameters, question: string): string =>
  Buffer.from(`${StartTime ? question : 'any'}:${position}`).toString('base64url');

const positionOf = (token: string, { StartTime }: Parameters, question: string): number => {
  if (token === '') return 0;
  const [of, position] = Buffer.from(token, 'base64url').toString('latin1').split(':');
  const isOurs = of === (StartTime ? question : 'any') && /^\d{1,9}$/.test(position ?? '');
  if (isOurs) return Number(position);
  throw new Refusal(400, 'InvalidNextToken', 'The specified NextToken is invalid.');
};

const readOrWrite = ({ isWrite, action }: SimulatedEvent): 'Read' | 'Write' =>
  (isWrite ?? !/^(?:Get|List|Describe|Lookup|Query|Check|Search|Decode)/.test(action)) ? 'Write' : 'Read';

const idOf = ({ id, at, accessKeyId, action }: SimulatedEvent): string => {
  if (id !== undefined) return id;
  const hash = createHash('sha256').update(`${at} ${accessKeyId} ${action}`).digest('hex').toUpperCase();
  return [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join('-');
};

const identityOf = (account: SimulatedAccount, keyring: Keyring, event: SimulatedEvent): EventIdentity => {
  if (event.identity !== undefined) return event.identity;
  const caller = keyring.callerOf(event.accessKeyId);
  if (caller === null) {
    const gone = account.recycleBin.find(({ id }) => id === event.accessKeyId);
    return { type: 'ram-user', principalId: gone?.userId ?? '', userName: gone?.userName ?? '' };
  }
  if (caller.kind === 'root') return { type: 'root-account', principalId: caller.account.uid, userName: 'root' };
  if (caller.kind === 'user') return { type: 'ram-user', principalId: caller.user.id, userName: caller.user.name };
  const { role, sessionName } = caller.session;
  return {
    type: 'assumed-role',
    principalId: `${roleIdOf(account, role)}:${sessionName}`,
    userName: `${role}:${sessionName}`,
  };
};

/** One event with the members of the real ones, in their own lower case. */
const written = (account: SimulatedAccount, keyring: Keyring, event: SimulatedEvent): Answer => {
  const { type, principalId, userName } = identityOf(account, keyring, event);
  const id = idOf(event);
  return known({
    eventId: id,
    requestId: id,
    eventVersion: '1',
    eventType: 'ApiCall',
    eventCategory: 'Management',
    eventName: event.action,
    eventSource: `${event.service.toLowerCase()}.aliyuncs.com`,
    eventTime: event.at,
    eventRW: readOrWrite(event),
    serviceName: event.service,
    acsRegion: 'cn-hangzhou',
    sourceIpAddress: event.address,
    userAgent: event.userAgent ?? '',
    recipientAccountId: account.uid,
    userIdentity: { type, accountId: account.uid, principalId, userName, accessKeyId: event.accessKeyId },
    requestParameters: event.parameters ?? {},
    responseElements: event.response ?? {},
    resourceType: event.resource?.type,
    resourceName: event.resource?.name,
    errorCode: event.error?.code,
    errorMessage: event.error?.message,
  });
};
