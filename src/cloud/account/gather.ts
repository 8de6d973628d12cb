// Everything that is asked of one account before it is known which of the leaked keys are its own.

import type { AccountKey, NotRead, RootKey } from '../../findings/account.js';
import type { Outcome } from '../ask.js';
import type { Auditor } from '../auditor.js';
import { inParallel } from '../limiter.js';
import { lastUseWithoutOurs, type OwnProbes } from '../own-probes.js';
import type { ListedKey } from '../readings.js';
import { type CredentialReport, MOST_USERS, readCredentialReport } from './credential-report.js';
import { joinKeys, namelessKeys } from './keys.js';
import { type LeakList, readLeakList } from './leaks.js';
import {
  type Counted,
  type Practice,
  type Preference,
  readPractice,
  readPreference,
  readSummary,
  readUse,
} from './readings.js';

export interface Gathering {
  readonly signal: AbortSignal;
  readonly now: Date;
  /** Whether Security Center is asked. */
  readonly leakList: boolean;
  /** Follows the account's name: `users and keys`. */
  readonly tell: (what: string) => void;
  readonly ownProbes: OwnProbes;
}

/** What could be had; null is what could not, and `notRead` says why. */
export interface Gathered {
  readonly auditor: Auditor;
  readonly practice: Practice | null;
  readonly counted: Counted | null;
  readonly preference: Preference | null;
  readonly credentials: CredentialReport | null;
  /** The root's own keys, for root credentials. */
  readonly ownKeys: readonly ListedKey[] | null;
  readonly rootSlots: readonly RootKey[] | null;
  readonly keys: readonly AccountKey[];
  readonly allKeysRead: boolean;
  readonly leaks: LeakList | null;
  readonly notRead: readonly NotRead[];
}

export const gather = async (auditor: Auditor, options: Gathering): Promise<Gathered> => {
  const { ask, questions, isRoot } = auditor;
  const { tell } = options;
  tell('settings');
  const [practice, counted, preference, own] = await Promise.all([
    ask('ims:GetAccountSecurityPracticeReport', {}, readPractice),
    ask('ims:GetAccountSummary', {}, readSummary),
    ask('ims:GetSecurityPreference', {}, readPreference),
    isRoot ? questions.ownKeys() : null,
  ]);
  tell('users and keys');
  const [credentials, crawled] = await Promise.all([
    credentialReport(auditor, found(counted), options),
    auditor.crawl(),
  ]);
  tell("Alibaba Cloud's list of leaked keys");
  const leaks = options.leakList
    ? await readLeakList(ask, (done, of) => tell(`leaks, ${done} of ${of}`))
    : without('You left it out.');
  const report = found(credentials);
  const isListed = crawled.keys.size > 0 || crawled.problems.length === 0;
  const joined = isListed
    ? joinKeys(crawled.keys, report?.users ?? [], report?.generated ?? null)
    : namelessKeys(report?.users ?? []);
  const { keys, problem } = await withUses(auditor, joined, options);
  const listed = found(leaks);
  return {
    auditor,
    practice: found(practice),
    counted: found(counted),
    preference: found(preference),
    credentials: report,
    ownKeys: own === null ? null : found(own),
    rootSlots: report?.root?.keys.map(rootKey) ?? null,
    keys: keys.map((key) => withoutProbes(key, options.ownProbes)),
    allKeysRead: crawled.problems.length === 0 || (!isListed && report !== null),
    leaks: listed,
    notRead: [
      ...rootNotRead(practice, credentials, own),
      ...missing(credentials, 'who has MFA, a password, and idle keys, from the credential report'),
      ...missing(counted, 'the number of RAM users and the quotas'),
      ...missing(preference, 'whether users manage their own keys'),
      ...crawled.problems.map((why) => crawlNotRead(why)),
      ...missing(problem, 'when some AccessKeys were last used'),
      ...missing(leaks, "Alibaba Cloud's own list of leaked AccessKeys", 'decides'),
      ...(listed === null ? [] : leaksNotRead(listed)),
      ...((report?.malformed ?? 0) === 0
        ? []
        : [
            fault(`${report?.malformed} rows of the credential report`, 'They are not in the form that is documented.'),
          ]),
    ],
  };
};

const withoutProbes = (key: AccountKey, ownProbes: OwnProbes): AccountKey => {
  const { lastUsed: told, ...rest } = key;
  if (key.accessKeyId === null) return key;
  const lastUsed = lastUseWithoutOurs(told, ownProbes(key.accessKeyId));
  return { ...rest, ...(lastUsed === undefined ? {} : { lastUsed }) };
};

const found = <T>(outcome: Outcome<T> | Without): T | null => (outcome.kind === 'found' ? outcome.value : null);

/** Not asked, on purpose. */
type Without = { readonly kind: 'left-out'; readonly why: string };

const without = (why: string): Without => ({ kind: 'left-out', why });

const credentialReport = (
  { ask }: Auditor,
  counted: Counted | null,
  { signal, tell }: Gathering,
): Promise<Outcome<CredentialReport> | Without> =>
  (counted?.users ?? 0) > MOST_USERS
    ? Promise.resolve(without('Alibaba Cloud makes no credential report for more than 3,500 RAM users.'))
    : readCredentialReport(ask, { signal, onWait: () => tell('waiting for the credential report') });

const rootKey = ({ active, changed, lastUsed }: CredentialReport['users'][number]['keys'][number]): RootKey => ({
  active,
  ...(changed === null ? {} : { changed }),
  ...(lastUsed === undefined ? {} : { lastUsed }),
});

const fault = (what: string, why: string): NotRead => ({ what, why, because: 'fault' });

const missing = (
  outcome: Outcome<unknown> | Without | null,
  what: string,
  weight: 'decides' | 'side' = 'side',
): readonly NotRead[] => {
  const decides = weight === 'decides' ? ({ decides: true } as const) : {};
  switch (outcome?.kind) {
    case 'denied':
      return [
        {
          what,
          why: `Your credentials lack ${outcome.action}.`,
          because: 'denied',
          permission: outcome.action,
          ...decides,
        },
      ];
    case 'fault':
      return [{ ...fault(what, outcome.why), ...decides }];
    case 'none':
      return [{ ...fault(what, 'Alibaba Cloud answered that there is none.'), ...decides }];
    case 'left-out':
      return [{ what, why: outcome.why, because: 'limit' }];
    default:
      return [];
  }
};

/** Two sources say so; it is worth a word only when neither could be read. */
const rootNotRead = (
  practice: Outcome<Practice>,
  credentials: Outcome<CredentialReport> | Without,
  own: Outcome<unknown> | null,
): readonly NotRead[] => {
  const root = found(credentials)?.root ?? null;
  const known = found(practice);
  const keys = known?.rootKeys !== null && known !== null;
  const mfa = known?.rootMfa !== null && known !== null;
  const refused = [practice, credentials].find(({ kind }) => kind === 'denied' || kind === 'fault') ?? null;
  const of = (what: string): readonly NotRead[] => {
    const said = missing(refused, what, 'decides');
    return said.length > 0 ? said : [{ ...fault(what, 'Alibaba Cloud did not say.'), decides: true }];
  };
  return [
    ...(keys || root !== null || own?.kind === 'found' ? [] : of('whether the root account has AccessKeys')),
    ...(mfa || (root !== null && root.mfa !== null) ? [] : of('whether the root account has MFA')),
  ];
};

const crawlNotRead = (why: string): NotRead => {
  const permission = /\black ([\w-]+:\w+)/.exec(why)?.[1];
  return {
    what: 'all AccessKeys of all RAM users',
    why,
    because: permission === undefined ? 'fault' : 'denied',
    ...(permission === undefined ? {} : { permission }),
  };
};

const leaksNotRead = ({ leftOut, placesProblem }: LeakList): readonly NotRead[] => [
  ...(leftOut === 0
    ? []
    : [fault(`${leftOut} entries of Alibaba Cloud's list of leaked keys`, 'They are too many, or malformed.')]),
  ...missing(placesProblem, 'where Alibaba Cloud found some of the leaked keys'),
];

const ASKERS = 8;

/** Days in which a new key need not have been used; see points.ts. */
const NEW_MS = 7 * 86_400_000;

/** Asks RAM for the uses that the credential report does not tell, of keys that are on. */
const withUses = async (
  { ask }: Auditor,
  keys: readonly AccountKey[],
  { now, tell }: Gathering,
): Promise<{ readonly keys: readonly AccountKey[]; readonly problem: Outcome<unknown> | null }> => {
  const isOpen = ({ status, created, lastUsed }: AccountKey): boolean =>
    status === 'Active' &&
    lastUsed === undefined &&
    (created === undefined || now.getTime() - Date.parse(created) > NEW_MS);
  const uses = new Map<string, string | null>();
  let problem: Outcome<unknown> | null = null;
  const open = keys.filter(isOpen);
  await inParallel(open, ASKERS, async ({ accessKeyId, user }) => {
    if (accessKeyId === null || problem?.kind === 'denied') return;
    const query = { UserName: user, UserAccessKeyId: accessKeyId };
    const used = await ask('ram:GetAccessKeyLastUsed', query, readUse);
    if (used.kind === 'found') uses.set(accessKeyId, used.value);
    else if (used.kind !== 'none') problem = used;
    tell(`last use of ${uses.size} of ${open.length} keys`);
  });
  return {
    keys: keys.map((key) => {
      const lastUsed = key.accessKeyId === null ? undefined : uses.get(key.accessKeyId);
      return lastUsed === undefined ? key : { ...key, lastUsed };
    }),
    problem,
  };
};
