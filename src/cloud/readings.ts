// From the bodies of successful answers to what inventory wants of them.

import type { Page } from './ask.js';
import { type Body, isoTime, type Reading, record, text } from './body.js';

export interface Owner {
  readonly user: string;
  /** `alice@company.onaliyun.com`, which IMS wants where RAM wants the name alone. */
  readonly principalName: string;
  /** Null when it is not said. */
  readonly userId: string | null;
}

export interface ListedKey {
  readonly id: string;
  readonly status: 'Active' | 'Inactive';
  /** ISO 8601. */
  readonly created?: string;
}

export interface LastUse {
  /** ISO 8601; null when it was never used, or that is not said. */
  readonly at: string | null;
  readonly service: string | null;
  /** It is said that it was never used. */
  readonly never?: true;
}

/** A deleted key, as the recycle bin holds it. */
export interface Recycled {
  /** Null when it is not said. */
  readonly user: string | null;
  readonly isUserDeleted: boolean;
  /** ISO 8601, where known. */
  readonly since: string | null;
  /** Until when it can be restored, ISO 8601. */
  readonly until: string | null;
}

/** What ActionTrail knows of an ID. */
export interface Trail extends LastUse {
  readonly owner: 'root' | 'ram-user';
  readonly account: string | null;
  readonly user: string | null;
}

export const readOwner = (body: Body): Reading<Owner> => {
  const user = record(body['User']);
  const principalName = text(user['UserPrincipalName']);
  const name = text(user['UserName']) ?? principalName?.split('@')[0];
  return name && principalName !== null
    ? { value: { user: name, principalName, userId: text(user['UserId']) } }
    : 'malformed';
};

export const readKeys = (body: Body): Reading<readonly ListedKey[]> => {
  const listed = record(body['AccessKeys'])['AccessKey'];
  if (!Array.isArray(listed)) return 'malformed';
  const keys: ListedKey[] = [];
  for (const item of listed) {
    const { AccessKeyId, Status, CreateDate } = record(item);
    const id = text(AccessKeyId);
    if (id === null || (Status !== 'Active' && Status !== 'Inactive')) return 'malformed';
    const created = isoTime(Date.parse(text(CreateDate) ?? ''));
    keys.push({ id, status: Status, ...(created === null ? {} : { created }) });
  }
  return { value: keys };
};

/** @returns names of users */
export const readUserPage = (body: Body): Reading<Page<string>> => {
  const listed = record(body['Users'])['User'];
  if (!Array.isArray(listed)) return 'malformed';
  const names = listed.map((item) => text(record(item)['UserName'])).filter((name) => name !== null);
  const marker = text(body['Marker']);
  const isTruncated = body['IsTruncated'] === true;
  if (names.length !== listed.length || (isTruncated && marker === null)) return 'malformed';
  return { value: { items: names, next: isTruncated ? marker : null } };
};

export const readRecycled =
  (accessKeyId: string) =>
  (body: Body): Reading<Recycled> => {
    const key = record(body['AccessKey']);
    if (key['AccessKeyId'] !== accessKeyId) return 'malformed';
    const since = timeOf(key['RecycleDate']);
    // The day on which it goes for good; whoever should write the day of its deletion there says nothing new.
    const until = timeOf(key['DeleteDate']);
    return {
      value: {
        user: text(key['UserPrincipalName'])?.split('@')[0] || null,
        isUserDeleted: key['UserRecycled'] === true || key['UserRecycled'] === 'true',
        since: isoTime(since),
        until: isoTime(until > since || Number.isNaN(since) ? until : since + KEPT_MS),
      },
    };
  };

/** The recycle bin keeps a key for 30 days. (https://help.aliyun.com/document_detail/116808.html) */
const KEPT_MS = 30 * 24 * 3_600_000;

const timeOf = (value: unknown): number => Date.parse(text(value) ?? '');

export const readTrail =
  (accessKeyId: string) =>
  (body: Body): Reading<Trail> => {
    if (body['AccessKeyId'] !== undefined && body['AccessKeyId'] !== accessKeyId) return 'malformed';
    const type = body['AccountType'];
    // What was never used, the trail does not know; its answer still is one.
    if (type !== 'root-account' && type !== 'ram-user') return text(body['RequestId']) === null ? 'malformed' : 'none';
    const account = text(body['AccountId']);
    return {
      value: {
        owner: type === 'root-account' ? 'root' : 'ram-user',
        account: account !== null && /^\d{1,20}$/.test(account) ? account : null,
        // For a root key the API says `root`, which is no user.
        user: type === 'root-account' ? null : text(body['UserName']),
        at: isoTime(Number(body['UsedTimestamp'])),
        service: text(body['ServiceNameEn']) ?? text(body['ServiceName']),
      },
    };
  };

export const readLastUse = (body: Body): Reading<LastUse> => {
  const used = record(body['AccessKeyLastUsed']);
  const said = used['LastUsedDate'];
  const at = isoTime(timeOf(said));
  if (said === '' || said === '-') return { value: { at: null, service: null, never: true } };
  return { value: { at, service: at === null ? null : text(used['ServiceName']) } };
};
