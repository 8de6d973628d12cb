// `akscan account`: every account that the given credentials open is asked about itself, and the keys of a report are looked
// for in all of them. Only the auditor's credentials sign; a leaked key is never used.

import { AkscanError } from '../../errors.js';
import type { AccountReport, AccountsReport } from '../../findings/account.js';
import type { Finding, Verdict } from '../../findings/model.js';
import { compareText } from '../../findings/order.js';
import type { Progress } from '../../progress.js';
import { lookUp } from '../accounts.js';
import { type Auditor, openAuditors } from '../auditor.js';
import { isoTime } from '../body.js';
import { resolveEndpoints } from '../endpoints.js';
import { inParallel } from '../limiter.js';
import type { OwnProbes } from '../own-probes.js';
import { createSession, DEFAULT_PACE, type Pace, type Session } from '../session.js';
import type { Endpoints } from '../types.js';
import { conclude, nameOf } from './conclude.js';
import { type Gathered, gather } from './gather.js';

export interface AccountsRequest {
  /** Empty: the default chain. */
  readonly profiles: readonly string[];
  /** Of an earlier report: keys that leaked. */
  readonly findings: readonly Finding[];
  /** What a person should know of that report. */
  readonly notes?: readonly string[];
  /** Whether Security Center is asked for its list. */
  readonly leakList: boolean;
  readonly olderThanDays: number;
  readonly idleDays: number;
  readonly endpoints: Endpoints;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Of each key, by its ID: probes that akscan sent. */
  readonly ownProbes?: OwnProbes;
}

/** Findings looked for at the same time. */
const ASKERS = 8;

/**
 * One account that fails never ends the others.
 *
 * @throws AkscanError when no credentials work at all, or an endpoint cannot be used
 */
export const readAccounts = async (request: AccountsRequest, pace: Pace = DEFAULT_PACE): Promise<AccountsReport> => {
  const now = new Date();
  const session = createSession(resolveEndpoints(request.endpoints, process.env), request.signal, pace);
  const notAsked: { credentials: string; why: string }[] = [];
  const notes = [...(request.notes ?? [])];
  const ownProbes = request.ownProbes ?? (() => []);
  const gathered: Gathered[] = [];
  const accounts: AccountReport[] = [];
  let elsewhere: AccountsReport['elsewhere'] = [];
  try {
    const auditors = await open(session, request, notAsked, notes);
    for (const auditor of auditors)
      gathered.push(await gather(auditor, { ...gatheringOf(auditor, request, now), ownProbes }));
    const placed = await place(gathered, request, notes);
    elsewhere = placed.elsewhere;
    for (const [index, each] of gathered.entries()) {
      const look = placed.lookUpIn(each.auditor);
      accounts.push(await conclude(each, placed.findings[index] ?? [], { ...request, now, ownProbes, lookUp: look }));
    }
  } catch (error) {
    if (!request.signal.aborted) throw error;
    // What was gathered is told, without the keys that were still to be looked for.
    const unheard = async (): Promise<Verdict> => ({
      state: 'unknown',
      how: 'inventory',
      reason: 'Stopped before it was asked about.',
    });
    for (const each of gathered.slice(accounts.length)) {
      accounts.push(await conclude(each, [], { ...request, now, ownProbes, lookUp: unheard }));
    }
  }
  return {
    type: 'accounts',
    schema: 1,
    checkedAt: isoTime(now.getTime()) ?? '',
    olderThanDays: request.olderThanDays,
    idleDays: request.idleDays,
    accounts: accounts.sort((a, b) => compareText(a.account ?? '', b.account ?? '')),
    notAsked,
    elsewhere,
    notes,
    ...(request.signal.aborted ? { interrupted: true } : {}),
  };
};

const gatheringOf = (auditor: Auditor, { signal, progress, leakList }: AccountsRequest, now: Date) => ({
  signal,
  now,
  leakList,
  tell: (what: string) => progress.update(`${nameOf(auditor)}: ${what}`),
});

/** Each profile by itself: one that fails is said. An account that several open is asked once, by root credentials first. */
const open = async (
  session: Session,
  { profiles, progress }: AccountsRequest,
  notAsked: { credentials: string; why: string }[],
  notes: string[],
): Promise<readonly Auditor[]> => {
  const auditors: Auditor[] = [];
  const names: readonly (string | null)[] = profiles.length === 0 ? [null] : [...new Set(profiles)];
  for (const name of names) {
    const credentials = name === null ? 'the default chain' : `the profile "${name}"`;
    progress.update(credentials);
    try {
      for (const auditor of await openAuditors(session, name === null ? [] : [name])) join(auditors, auditor, notes);
    } catch (error) {
      if (!(error instanceof AkscanError)) throw error;
      notAsked.push({ credentials, why: error.message.replace(', so no AccessKey can be looked up', '') });
    }
  }
  if (auditors.length === 0) throw new AkscanError(notAsked.map(({ why }) => why).join(' '), HINT);
  return auditors;
};

const HINT =
  'Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, run `aliyun configure`, or choose with --profile NAME.';

const join = (auditors: Auditor[], auditor: Auditor, notes: string[]): void => {
  const at = auditors.findIndex(({ account }) => account !== null && account === auditor.account);
  const same = auditors[at];
  if (same === undefined) {
    auditors.push(auditor);
    return;
  }
  const [kept, left] = auditor.isRoot && !same.isRoot ? [auditor, same] : [same, auditor];
  auditors[at] = kept;
  notes.push(
    `Account ${kept.account} is asked once, with the credentials from ${kept.from}; those from ${left.from} are of it, too.`,
  );
};

interface Placed {
  /** By the order of the accounts. */
  readonly findings: readonly (readonly Finding[])[];
  readonly elsewhere: AccountsReport['elsewhere'];
  /** What one account says of an ID that no list of its keys holds. */
  readonly lookUpIn: (auditor: Auditor) => (accessKeyId: string) => Promise<Verdict>;
}

/** In which account each key of the report is. */
const place = async (
  gathered: readonly Gathered[],
  { findings, progress }: AccountsRequest,
  notes: string[],
): Promise<Placed> => {
  const auditors = gathered.map(({ auditor }) => auditor);
  const verdicts = new Map<string, Verdict>();
  const look = async (accessKeyId: string): Promise<Verdict> => {
    const [verdict] = await lookUp(auditors, accessKeyId);
    verdicts.set(accessKeyId, verdict);
    return verdict;
  };
  const lookUpIn = (auditor: Auditor) => async (accessKeyId: string) => {
    const verdict = verdicts.get(accessKeyId);
    // What is not known is said with what all accounts say: here one of them is meant.
    if (verdict !== undefined && (verdict.state !== 'unknown' || auditors.length === 1)) return verdict;
    return (await lookUp([auditor], accessKeyId))[0];
  };
  const byId = groupedById(findings, notes);
  const known = gathered.map(idsOf);
  const placed = gathered.map((): Finding[] => []);
  const elsewhere: { accessKeyId: string; reason?: string }[] = [];
  let done = 0;
  await inParallel([...byId], ASKERS, async ([accessKeyId, same]) => {
    const listed = known.findIndex((ids) => ids.has(accessKeyId));
    const verdict = listed === -1 ? await look(accessKeyId) : null;
    const at = verdict === null ? listed : auditors.findIndex(({ account }) => isIn(verdict, account));
    const reason = verdict?.reason === undefined ? {} : { reason: verdict.reason };
    if (at === -1) elsewhere.push({ accessKeyId, ...reason });
    else for (const finding of same) placed[at]?.push(finding);
    done += 1;
    progress.update(`keys of the report: ${done} of ${byId.size}`, { done, total: byId.size });
  });
  const findingsOf = placed.map((some) => some.sort((a, b) => compareText(a.fingerprint, b.fingerprint)));
  return {
    findings: findingsOf,
    elsewhere: elsewhere.sort((a, b) => compareText(a.accessKeyId, b.accessKeyId)),
    lookUpIn,
  };
};

/** What no list of an account can hold is left out, and said. */
const groupedById = (findings: readonly Finding[], notes: string[]): ReadonlyMap<string, readonly Finding[]> => {
  const byId = new Map<string, Finding[]>();
  let temporary = 0;
  let nameless = 0;
  for (const finding of findings) {
    const { accessKeyId } = finding;
    const same = byId.get(accessKeyId ?? '');
    if (accessKeyId === null) nameless += 1;
    else if (accessKeyId.startsWith('STS.')) temporary += 1;
    else if (same === undefined) byId.set(accessKeyId, [finding]);
    else same.push(finding);
  }
  if (temporary > 0) notes.push(`Of the report, temporary keys (STS), which are in no account's lists: ${temporary}.`);
  if (nameless > 0) notes.push(`Of the report, secrets without an ID, which nobody can look up: ${nameless}.`);
  return byId;
};

const idsOf = ({ keys, leaks, ownKeys }: Gathered): ReadonlySet<string> =>
  new Set([
    ...keys.flatMap(({ accessKeyId }) => accessKeyId ?? []),
    ...(ownKeys ?? []).map(({ id }) => id),
    ...(leaks?.leaks ?? []).map(({ accessKeyId }) => accessKeyId),
  ]);

/** Of an account whose UID is not known, verdicts have none either. */
const isIn = ({ state, account, principal }: Verdict, uid: string | null): boolean =>
  (account ?? null) === uid && (state !== 'unknown' || principal !== undefined);
