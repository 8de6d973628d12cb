// Alibaba Cloud's list of leaked keys and the findings of a report of ours, brought together: one entry a key, with who
// knows of it and whether it is still on.

import type { AccountKey, LeakedKey, RootKey } from '../../findings/account.js';
import type { Finding, Verdict } from '../../findings/model.js';
import { compareText } from '../../findings/order.js';
import { inParallel } from '../limiter.js';
import { type OwnProbes, withoutOurs } from '../own-probes.js';
import type { ListedKey } from '../readings.js';
import type { ListedLeak } from './leaks.js';

/** What is known of the account's keys. */
export interface KnownKeys {
  readonly keys: readonly AccountKey[];
  /** The root's own, as only root credentials list them; null for others. */
  readonly ownKeys: readonly ListedKey[] | null;
  /** The root's by the credential report; null when it was not read. */
  readonly rootSlots: readonly RootKey[] | null;
  /** When that report was written, ISO 8601; null when it does not say. */
  readonly reported: string | null;
  readonly now: Date;
  readonly ownProbes: OwnProbes;
}

export type LookUp = (accessKeyId: string) => Promise<Verdict>;

type State = Pick<LeakedKey, 'state' | 'principal' | 'user' | 'lastUsed' | 'reason'>;

const ASKERS = 8;

/**
 * @param listed Alibaba Cloud's list; null when it was not read
 * @param findings those of the report that are of this account
 * @param lookUp for keys that the lists of keys do not hold: deleted ones, the root's
 * @returns by ID
 */
export const mergeLeaks = async (
  listed: readonly ListedLeak[],
  findings: readonly Finding[],
  known: KnownKeys,
  lookUp: LookUp,
  onKey: (done: number, of: number) => void = () => {},
): Promise<readonly LeakedKey[]> => {
  const leaks = new Map(listed.map((leak) => [leak.accessKeyId, leak]));
  const found = byId(findings);
  const ids = [...new Set([...leaks.keys(), ...found.keys()])].sort(compareText);
  const states = new Map<string, State>();
  const keys = new Map(known.keys.map((key) => [key.accessKeyId, key]));
  await inParallel(ids, ASKERS, async (id) => {
    const key = keys.get(id);
    states.set(id, key === undefined ? await askedFor(id, leaks.get(id), known, lookUp) : listedState(key));
    onKey(states.size, ids.length);
  });
  return ids.map((accessKeyId) => {
    const leak = leaks.get(accessKeyId);
    const ours = found.get(accessKeyId);
    return {
      accessKeyId,
      knownTo: leak === undefined ? 'report' : ours === undefined ? 'alibaba' : 'both',
      ...(states.get(accessKeyId) ?? { state: 'unknown' }),
      ...(leak === undefined ? {} : { alibaba: alibabaSays(leak) }),
      ...(ours === undefined ? {} : { report: reportSays(ours) }),
    };
  });
};

/** One ID may stand in several findings, each with another secret. */
const byId = (findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> => {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.accessKeyId === null) continue;
    const group = groups.get(finding.accessKeyId);
    if (group === undefined) groups.set(finding.accessKeyId, [finding]);
    else group.push(finding);
  }
  return groups;
};

const listedState = (key: AccountKey): State => ({
  state: onOrOff(key),
  principal: 'ram-user',
  user: key.user,
  ...(typeof key.lastUsed === 'string' ? { lastUsed: key.lastUsed } : {}),
});

const askedFor = async (id: string, leak: ListedLeak | undefined, known: KnownKeys, lookUp: LookUp): Promise<State> => {
  const own = known.ownKeys?.find((each) => each.id === id);
  if (own !== undefined) return { state: onOrOff(own), principal: 'root' };
  const verdict = await lookUp(id);
  const { state, user, lastUsed, reason } = withoutOurs(verdict, known.ownProbes(id));
  const principal = verdict.principal ?? (leak?.isRoot === true ? 'root' : undefined);
  const facts = {
    ...(principal === undefined ? {} : { principal }),
    ...(user === undefined ? {} : { user }),
    ...(lastUsed === undefined ? {} : { lastUsed }),
  };
  if (state === 'unknown' && principal === 'root') {
    // A probe of ours that went through shows, too, that the key was there.
    return {
      ...facts,
      ...rootState(known, { lastUsed: verdict.lastUsed, detected: leak?.detected ?? undefined }, reason),
    };
  }
  return { state, ...facts, ...(reason === undefined ? {} : { reason }) };
};

const onOrOff = ({ status }: { readonly status: 'Active' | 'Inactive' }): 'live' | 'disabled' =>
  status === 'Active' ? 'live' : 'disabled';

/** RAM writes a report once in four hours at most: an older one is one that may not be written anew. */
const FRESH_MS = 5 * 3_600_000;

/** Times at which a key was seen to exist, ISO 8601. */
interface Seen {
  readonly lastUsed: string | undefined;
  readonly detected: string | undefined;
}

/**
 * No list names a root key by its ID; but what the credential report says of all of them holds for each that was there by
 * then. Of one made or used since it says nothing; and what was off may have been switched on again.
 */
const rootState = (
  { rootSlots, reported, now }: KnownKeys,
  { lastUsed, detected }: Seen,
  reason: string | undefined,
): Pick<State, 'state' | 'reason'> => {
  const unknown = { state: 'unknown', ...(reason === undefined ? {} : { reason }) } as const;
  if (rootSlots === null || reported === null) return unknown;
  const wasThere = [lastUsed, detected].some((time) => time !== undefined && time < reported);
  if (!wasThere || (lastUsed ?? '') >= reported) return unknown;
  if (rootSlots.length === 0) {
    return {
      state: 'deleted',
      reason: `The root account has no AccessKey any more (credential report of ${reported}).`,
    };
  }
  const isFresh = now.getTime() - Date.parse(reported) < FRESH_MS;
  return isFresh && rootSlots.every(({ active }) => active === false)
    ? { state: 'disabled', reason: `All AccessKeys of the root account are off (credential report of ${reported}).` }
    : unknown;
};

const alibabaSays = ({ status, detected, places }: ListedLeak): NonNullable<LeakedKey['alibaba']> => ({
  status,
  ...(detected === null ? {} : { detected }),
  places,
});

const reportSays = (findings: readonly Finding[]): NonNullable<LeakedKey['report']> => {
  const occurrences = findings.flatMap((finding) => finding.occurrences);
  const [first] = occurrences;
  return {
    fingerprint: findings[0]?.fingerprint ?? '',
    withSecret: findings.some(({ secretSha256, verdict }) => secretSha256 !== null && verdict.state !== 'wrong-secret'),
    places: occurrences.length + findings.reduce((sum, { occurrencesLeftOut = 0 }) => sum + occurrencesLeftOut, 0),
    first: first === undefined ? null : `${first.path ?? `<${first.source}>`}:${first.line}`,
  };
};
