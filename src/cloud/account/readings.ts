// From the bodies of successful answers to what the account's report wants of them. Code excerpts, remarks and whatever else
// may hold a secret are never taken.

import { type Body, isoTime, type Reading, record, records, text } from '../body.js';

/** IMS GetAccountSecurityPracticeReport. */
export interface Practice {
  readonly rootKeys: number | null;
  readonly rootMfa: boolean | null;
}

export const readPractice = (body: Body): Reading<Practice> => {
  const info = record(record(body['AccountSecurityPracticeInfo'])['AccountSecurityPracticeUserInfo']);
  const rootKeys = count(info['RootWithAccessKey']);
  const rootMfa = flag(info['BindMfa']);
  return rootKeys === null && rootMfa === null ? 'malformed' : { value: { rootKeys, rootMfa } };
};

/** IMS GetAccountSummary. */
export interface Counted {
  readonly users: number | null;
  readonly usersQuota: number | null;
  readonly keysPerUserQuota: number | null;
  readonly rootKeysQuota: number | null;
}

export const readSummary = (body: Body): Reading<Counted> => {
  const map = body['SummaryMap'];
  if (typeof map !== 'object' || map === null) return 'malformed';
  const summary = record(map);
  return {
    value: {
      users: count(summary['Users']),
      usersQuota: count(summary['UsersQuota']),
      keysPerUserQuota: count(summary['AccessKeysPerUserQuota']),
      rootKeysQuota: count(summary['AccountAccessKeysPerAccountQuota']),
    },
  };
};

/** IMS GetSecurityPreference. */
export interface Preference {
  readonly usersManageKeys: boolean | null;
  readonly maxIdleDays: number | null;
}

export const readPreference = (body: Body): Reading<Preference> => {
  const value = body['SecurityPreference'];
  if (typeof value !== 'object' || value === null) return 'malformed';
  const preference = record(value);
  return {
    value: {
      usersManageKeys: flag(record(preference['AccessKeyPreference'])['AllowUserToManageAccessKeys']),
      maxIdleDays: count(record(preference['MaxIdleDays'])['MaxIdleDaysForAccessKeys']),
    },
  };
};

/** IMS GenerateCredentialReport: whether it is written. */
export const readReportState = (body: Body): Reading<'done' | 'working'> => {
  const state = body['State'];
  if (state === 'COMPLETED' || state === 'COMPLETE') return { value: 'done' };
  return state === 'STARTED' || state === 'INPROGRESS' ? { value: 'working' } : 'malformed';
};

export interface ReportPage {
  readonly csv: string;
  /** ISO 8601. */
  readonly generated: string | null;
  readonly next: string | null;
}

/** IMS GetCredentialReport. */
export const readReportPage = (body: Body): Reading<ReportPage> => {
  const { Content: content, IsTruncated: isTruncated } = body;
  if (typeof content !== 'string' || !/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(content)) return 'malformed';
  const next = text(body['NextToken']);
  if (isTruncated === true && next === null) return 'malformed';
  return {
    value: {
      csv: Buffer.from(content, 'base64').toString('utf8'),
      generated: timeOf(body['GeneratedTime']),
      next: isTruncated === true ? next : null,
    },
  };
};

/** RAM GetAccessKeyLastUsed. @returns ISO 8601; null: never, as far as RAM knows */
export const readUse = (body: Body): Reading<string | null> => {
  const used = body['AccessKeyLastUsed'];
  if (typeof used !== 'object' || used === null) return 'malformed';
  const written = record(used)['LastUsedDate'];
  if (written === undefined || written === '' || written === '-') return { value: null };
  const at = timeOf(written);
  return at === null ? 'malformed' : { value: at };
};

/** One entry of Security Center's list; a key may have several. */
export interface LeakEntry {
  readonly id: string;
  readonly accessKeyId: string;
  readonly isRoot: boolean;
  readonly status: 'pending' | 'handled' | 'accepted';
  /** When it was first seen, ISO 8601. */
  readonly detected: string | null;
  readonly url: string | null;
}

export interface LeakPage {
  readonly entries: readonly LeakEntry[];
  /** Entries on the page, those that could not be read among them. */
  readonly listed: number;
  readonly total: number;
}

/** Sas DescribeAccesskeyLeakList. */
export const readLeakPage = (body: Body): Reading<LeakPage> => {
  const listed = records(body['AccessKeyLeakList']);
  const total = count(body['TotalCount']);
  if (listed === null || total === null) return 'malformed';
  return { value: { entries: listed.flatMap(leakEntry), listed: listed.length, total } };
};

const leakEntry = (entry: Body): readonly LeakEntry[] => {
  const id = count(entry['Id']);
  const accessKeyId = text(entry['AccesskeyId']);
  if (id === null || accessKeyId === null || !/^[\w.-]{8,128}$/.test(accessKeyId)) return [];
  const isAccepted = entry['DealType'] === 'add-whitelist';
  const isHandled = entry['Status'] === 'dealed';
  return [
    {
      id: String(id),
      accessKeyId,
      isRoot: entry['UserType'] === 'master',
      status: isAccepted ? 'accepted' : isHandled ? 'handled' : 'pending',
      detected: isoTime(Number(entry['GmtModified'])),
      url: webAddress(entry['Url']),
    },
  ];
};

export interface LeakDetail {
  readonly source: string | null;
  readonly owner: string | null;
  readonly repository: string | null;
  readonly file: string | null;
  readonly url: string | null;
  readonly isAccepted: boolean;
}

/** Sas DescribeAccessKeyLeakDetail. Its `Code` is the excerpt that holds the secret: not looked at. */
export const readLeakDetail = (body: Body): Reading<LeakDetail> => {
  const detail = {
    source: name(body['Source']),
    owner: name(body['GithubUser']),
    repository: name(body['GithubRepoName']),
    file: name(body['GithubFileName']),
    url: webAddress(body['GithubFileUrl']),
    isAccepted: body['WhitelistStatus'] === 'yes',
  };
  return text(body['AccesskeyId']) === null && detail.repository === null && detail.url === null
    ? 'malformed'
    : { value: detail };
};

/** People name files after secrets: words of a secret's or a token's length and letters. */
const SECRET = /(?<![0-9A-Za-z])(?:[0-9A-Za-z]{30}|[0-9A-Za-z]{43,44}|CAIS[\w+/=-]{16,})(?![0-9A-Za-z])/g;

const name = (value: unknown): string | null =>
  text(value)?.replace(SECRET, (word) => (/^[0-9a-f]+$/.test(word) ? word : '***')) ?? null;

/** Without what a URL may carry along: a user, a query, a fragment. */
const webAddress = (value: unknown): string | null => {
  if (typeof value !== 'string' || value.length > 2_048 || !URL.canParse(value)) return null;
  const { protocol, origin, pathname } = new URL(value);
  return protocol === 'https:' || protocol === 'http:' ? name(`${origin}${pathname}`) : null;
};

/** Whole and not negative; some products write numbers as text. */
const count = (value: unknown): number | null => {
  const number = typeof value === 'string' && /^[0-9]{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null;
};

const flag = (value: unknown): boolean | null => {
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : null;
};

/** ISO 8601 as such or nothing: `Date.parse` takes far more for a time. */
export const timeOf = (value: unknown): string | null => {
  const written = text(value);
  return written !== null && /^\d{4}-\d\d-\d\dT/.test(written) ? isoTime(Date.parse(written)) : null;
};
