// Alibaba Cloud's own list of leaked AccessKeys, kept by Security Center, and where it found each.

import type { LeakPlace } from '../../findings/account.js';
import type { Ask, Outcome } from '../ask.js';
import { inParallel } from '../limiter.js';
import { type LeakDetail, type LeakEntry, type LeakPage, readLeakDetail, readLeakPage } from './readings.js';

/** A key on the list; several entries may speak of it. */
export interface ListedLeak {
  readonly accessKeyId: string;
  readonly isRoot: boolean;
  readonly status: 'pending' | 'handled' | 'accepted';
  /** When it was first seen, ISO 8601. */
  readonly detected: string | null;
  readonly places: readonly LeakPlace[];
}

export interface LeakList {
  readonly leaks: readonly ListedLeak[];
  /** Entries that are not among them: malformed, or beyond the bound. */
  readonly leftOut: number;
  /** Why it is not said where a key was found, for keys of which it is not. */
  readonly placesProblem: Outcome<unknown> | null;
}

const PAGE = 100;

/** Pages for each status: 10,000 entries. */
const PAGES = 100;

/** Entries whose place is asked for; the list itself has an address for the others. */
const DETAILS = 500;

const ASKERS = 4;

/** @param onEntry told how many places are known, of how many */
export const readLeakList = async (
  ask: Ask,
  onEntry: (done: number, of: number) => void = () => {},
): Promise<Outcome<LeakList>> => {
  const entries = new Map<string, LeakEntry>();
  let leftOut = 0;
  // Asked for one by one: what an answer without the filter holds is not documented.
  for (const status of ['pending', 'dealed']) {
    const listed = await entriesOf(ask, status);
    if (listed.kind !== 'found') return listed;
    for (const entry of listed.value.entries) entries.set(entry.id, entry);
    leftOut += listed.value.leftOut;
  }
  const { details, problem } = await detailsOf(ask, [...entries.values()], onEntry);
  const groups = new Map<string, LeakEntry[]>();
  for (const entry of entries.values()) {
    const group = groups.get(entry.accessKeyId);
    if (group === undefined) groups.set(entry.accessKeyId, [entry]);
    else group.push(entry);
  }
  const leaks = [...groups.values()].map((group) => leakOf(group, details));
  return { kind: 'found', value: { leaks, leftOut, placesProblem: problem } };
};

const entriesOf = async (
  ask: Ask,
  status: string,
): Promise<Outcome<{ readonly entries: readonly LeakEntry[]; readonly leftOut: number }>> => {
  const entries = new Map<string, LeakEntry>();
  let listed = 0;
  let total = 0;
  for (let page = 1; page <= PAGES; page++) {
    const query = { CurrentPage: String(page), PageSize: String(PAGE), Status: status };
    const asked: Outcome<LeakPage> = await ask('sas:DescribeAccesskeyLeakList', query, readLeakPage);
    if (asked.kind === 'none') break;
    if (asked.kind !== 'found') return asked;
    listed += asked.value.listed;
    total = asked.value.total;
    const before = entries.size;
    for (const entry of asked.value.entries) entries.set(entry.id, entry);
    // A list that grows while it is read repeats an entry; one that only repeats itself has no end.
    const isNew = entries.size > before;
    if (asked.value.listed === 0 || listed >= total || !isNew) break;
  }
  return { kind: 'found', value: { entries: [...entries.values()], leftOut: Math.max(0, total - entries.size) } };
};

const detailsOf = async (
  ask: Ask,
  entries: readonly LeakEntry[],
  onEntry: (done: number, of: number) => void,
): Promise<{ readonly details: ReadonlyMap<string, LeakDetail>; readonly problem: Outcome<unknown> | null }> => {
  const details = new Map<string, LeakDetail>();
  let problem: Outcome<unknown> | null = null;
  let done = 0;
  const wanted = [...entries].sort((a, b) => Number(b.status === 'pending') - Number(a.status === 'pending'));
  await inParallel(wanted.slice(0, DETAILS), ASKERS, async ({ id }) => {
    // What is not permitted for one entry is not permitted for the next.
    if (problem?.kind === 'denied') return;
    const detail = await ask('sas:DescribeAccessKeyLeakDetail', { Id: id }, readLeakDetail);
    if (detail.kind === 'found') details.set(id, detail.value);
    else if (detail.kind !== 'none') problem = detail;
    done += 1;
    onEntry(done, Math.min(wanted.length, DETAILS));
  });
  return { details, problem };
};

const RANK = { pending: 0, handled: 1, accepted: 2 } as const;

/** Of several entries the one that is still open decides. */
const leakOf = (entries: readonly LeakEntry[], details: ReadonlyMap<string, LeakDetail>): ListedLeak => {
  const statuses = entries.map(({ id, status }) =>
    status !== 'pending' && details.get(id)?.isAccepted === true ? 'accepted' : status,
  );
  const status = statuses.reduce((a, b) => (RANK[b] < RANK[a] ? b : a), statuses[0] ?? 'pending');
  const detected = entries.flatMap((entry) => entry.detected ?? []).sort()[0] ?? null;
  const places = new Map(
    entries
      .map((entry) => placeOf(entry, details.get(entry.id)))
      .map((place) => [JSON.stringify(place), place] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  return {
    accessKeyId: entries[0]?.accessKeyId ?? '',
    isRoot: entries.some(({ isRoot }) => isRoot),
    status,
    detected,
    places: [...places.values()].filter((place) => Object.keys(place).length > 0),
  };
};

const placeOf = (entry: LeakEntry, detail: LeakDetail | undefined): LeakPlace => {
  const url = detail?.url ?? entry.url;
  return {
    ...(detail?.source == null ? {} : { source: detail.source }),
    ...(detail?.owner == null ? {} : { owner: detail.owner }),
    ...(detail?.repository == null ? {} : { repository: detail.repository }),
    ...(detail?.file == null ? {} : { file: detail.file }),
    ...(url === null ? {} : { url }),
  };
};
