// From what an event says to two commits that can be compared here. Where the checkout lacks something, that is fetched
// into a repository beside it.

import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { AkscanError } from '../errors.js';
import { OID } from '../git/hash.js';
import type { GitPlace } from '../git/run.js';
import type { Change } from './event.js';
import { mergeParents } from './parents.js';
import { findRemote, isFrom, type Remote } from './remote.js';
import {
  fetchInto,
  hasCommit,
  isAncestor,
  isPartial,
  isShallow,
  isWhole,
  makeBeside,
  oidOf,
  STEPS,
} from './shallow.js';

/** Two commits in a repository that has what lies between them. */
export interface Ready {
  readonly kind: 'range';
  readonly place: GitPlace;
  readonly base: string;
  readonly head: string;
  readonly dots: '..' | '...';
  /** What a person should know: what could not be fetched and how it can be, what was compared instead. */
  readonly warnings: readonly string[];
}

export interface Preparing {
  /** The top of the checkout. */
  readonly checkout: GitPlace;
  /** For temporary files; the repository made here belongs to this run alone. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly token: string | null;
  readonly signal: AbortSignal;
}

/**
 * @returns null where nothing tells what was there before: then all of it is new
 * @throws AkscanError for commits that are not here and cannot be fetched; it names the command
 */
export const prepare = async (change: Change, preparing: Preparing): Promise<Ready | null> => {
  const { checkout, signal } = preparing;
  const head = await localHead(change, preparing);
  const base = await localBase(change, head, preparing);
  if (head !== null && base !== null && (await isWhole(checkout, base, head, signal))) {
    return { ...here(change, base, head, checkout), warnings: [] };
  }
  return fetched(change, { base, head }, preparing);
};

const here = ({ dots }: Change, base: string, head: string, place: GitPlace): Omit<Ready, 'warnings'> => ({
  kind: 'range',
  place,
  base,
  head,
  dots,
});

const localHead = async ({ head }: Change, { checkout, signal }: Preparing): Promise<string | null> => {
  if (!OID.test(head)) return (await oidOf(checkout, `${head}^{commit}`, signal)) ?? originOf(head, checkout, signal);
  return (await hasCommit(checkout, head, signal)) ? head : null;
};

const originOf = (name: string, place: GitPlace, signal: AbortSignal): Promise<string | null> =>
  oidOf(place, `refs/remotes/origin/${name.replace(/^refs\/heads\//, '')}^{commit}`, signal);

/**
 * The event tells the base branch as it was when something happened to the pull request; meanwhile it may have moved on and been
 * merged into the head, and what came that way is nothing the pull request adds. So the newest state counts that is at hand:
 * that of the runner's merge, then the remote's branch, then the event's.
 */
const localBase = async (
  change: Change,
  head: string | null,
  { checkout, env, signal }: Preparing,
): Promise<string | null> => {
  const { base, baseRef, dots, fork } = change;
  // Its branches are no base, whatever they are called.
  const isForks = await isFrom(checkout, { env, signal, fork });
  if (base !== null && !OID.test(base)) {
    if (isForks) return null;
    return (await originOf(base, checkout, signal)) ?? oidOf(checkout, `${base}^{commit}`, signal);
  }
  const has = async (oid: string | null): Promise<boolean> => oid !== null && (await hasCommit(checkout, oid, signal));
  if (dots === '..') return (await has(base)) ? base : null;
  const today = await baseOfMerge(change, checkout, signal);
  if (today !== null) return (await has(today)) ? today : null;
  const tip = baseRef === null || isForks ? null : await originOf(baseRef, checkout, signal);
  if (tip !== null && (await isNewer(checkout, { tip, base, head }, signal))) return tip;
  return (await has(base)) ? base : null;
};

/** Not where the head was merged meanwhile: nothing would be left to judge. */
const isNewer = async (
  place: GitPlace,
  { tip, base, head }: { readonly tip: string; readonly base: string | null; readonly head: string | null },
  signal: AbortSignal,
): Promise<boolean> => {
  if (head !== null && (await isAncestor(place, head, tip, signal))) return false;
  return base === null || !(await hasCommit(place, base, signal)) || isAncestor(place, base, tip, signal);
};

const baseOfMerge = async ({ merge, head }: Change, place: GitPlace, signal: AbortSignal): Promise<string | null> => {
  if (merge === null) return null;
  const [first, second] = await mergeParents(place, merge, signal);
  return first !== undefined && second === head ? first : null;
};

interface Known {
  readonly base: string | null;
  readonly head: string | null;
}

const BASE = 'refs/akscan/base';
const HEAD = 'refs/akscan/head';

const fetched = async (change: Change, known: Known, preparing: Preparing): Promise<Ready | null> => {
  const { checkout, signal } = preparing;
  const folder = path.join(preparing.folder, `repository-${randomBytes(4).toString('hex')}`);
  const [place, remote] = await Promise.all([
    makeBeside(checkout, folder, signal),
    findRemote(checkout, { ...preparing, fork: change.fork }),
  ]);
  const fetching = { place, remote, signal };
  // Of a clone with the whole history, or one that lends nothing, git itself knows what is lacking.
  const cut = (await isShallow(checkout, signal)) || (await isPartial(checkout, signal));
  const how = cut ? { depth: Math.min(change.commits, 10_000) + 30 } : null;
  const warnings: string[] = [];

  const wanted = known.head ?? change.head;
  const heads = [wanted, change.headRef].filter((what) => what !== null);
  const noHead = await firstOf(heads, HEAD, wanted, (refspec) => fetchInto(fetching, how, [refspec]), place, signal);
  if (noHead !== null) {
    // The range itself says what is missing then.
    const { base, head } = known;
    if (base !== null && head !== null)
      return { ...here(change, base, head, checkout), warnings: [cutOff(remote, noHead)] };
    throw unfetched('the head', wanted, noHead, remote);
  }
  const head = await namedBy(place, HEAD, wanted, signal);

  const merged = await baseOfMerge(change, checkout, signal);
  const bases = basesOf(change, known, merged);
  let base: string | null = null;
  let reason = 'no branch is known that it could be compared with';
  for (const { what, isBranch } of bases) {
    const failed = await fetchInto(fetching, how, [`${what}:${BASE}`]);
    const oid = failed === null ? await oidOf(place, `${BASE}^{commit}`, signal) : null;
    if (failed !== null) reason = failed;
    if (oid === null) continue;
    // Merged meanwhile: against that branch nothing would be left to judge.
    if (isBranch && OID.test(change.base ?? '') && (await isAncestor(place, head, oid, signal))) continue;
    base = oid;
    break;
  }
  if (base === null) {
    if (change.without !== 'branch') throw unfetched('the base', change.base ?? change.baseRef ?? '', reason, remote);
    return null;
  }
  let dots = change.dots;
  if (dots === '..' && base !== change.base) {
    dots = '...';
    warnings.push(
      `What was there before (${change.base?.slice(0, 10)}) is gone from ${remote.url}: compared with ${change.baseRef} instead.`,
    );
  }
  warnings.push(...(await deepen(fetching, base, head)));
  return { kind: 'range', place, base, head, dots, warnings };
};

/** By their own names first: a branch may have moved on since. A server may refuse that, and then the branch must do. */
const firstOf = async (
  candidates: readonly string[],
  into: string,
  wanted: string,
  fetchOne: (refspec: string) => Promise<string | null>,
  place: GitPlace,
  signal: AbortSignal,
): Promise<string | null> => {
  let reason: string | null = null;
  for (const candidate of candidates) {
    reason = await fetchOne(`${candidate}:${into}`);
    if (reason === null && (!OID.test(wanted) || (await hasCommit(place, wanted, signal)))) return null;
    reason ??= `${candidate} does not lead to it any more`;
  }
  return reason ?? 'nothing names it';
};

const namedBy = async (place: GitPlace, ref: string, wanted: string, signal: AbortSignal): Promise<string> =>
  OID.test(wanted) ? wanted : ((await oidOf(place, ref, signal)) ?? wanted);

interface Candidate {
  readonly what: string;
  readonly isBranch: boolean;
}

const basesOf = (change: Change, known: Known, merged: string | null): readonly Candidate[] => {
  const { base, baseRef, dots } = change;
  const branch = baseRef === null ? [] : [{ what: baseRef, isBranch: true }];
  const commit = base !== null && OID.test(base) ? [{ what: base, isBranch: false }] : [];
  if (dots === '..') return [...commit, ...branch];
  const today = merged === null ? [] : [{ what: merged, isBranch: false }];
  const here = known.base === null ? [] : [{ what: known.base, isBranch: false }];
  return [...today, ...branch, ...commit, ...here];
};

const deepen = async (
  fetching: Parameters<typeof fetchInto>[0],
  base: string,
  head: string,
): Promise<readonly string[]> => {
  const { place, remote, signal } = fetching;
  for (const step of STEPS) {
    if (await isWhole(place, base, head, signal)) return [];
    const failed = await fetchInto(fetching, { deepen: step }, [`${base}:${BASE}`, `${head}:${HEAD}`]);
    if (failed === null) continue;
    return [cutOff(remote, failed)];
  }
  return [];
};

const cutOff = ({ url }: Remote, reason: string): string =>
  `This clone is shallow, and more of its history could not be fetched from ${url}: ${reason}. Give actions/checkout fetch-depth: 0, or run before this step: git fetch --unshallow`;

const unfetched = (what: string, name: string, reason: string, { url }: Remote): AkscanError =>
  new AkscanError(
    `${what} (${name}) is not in this checkout and could not be fetched from ${url}: ${reason}`,
    `Give actions/checkout fetch-depth: 0, or run before this step: git fetch --unshallow origin ${name}`,
  );
