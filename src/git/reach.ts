// Which refs reach which commits, answered for many commits at once: one bit for each, handed on from parents to children.

import { createObjectNames, type ObjectNames } from './object-names.js';
import { type GitPlace, runGit } from './run.js';

export interface Ref {
  /** `refs/heads/main`; `HEAD` when that is on no branch. */
  readonly name: string;
  /** The object it names: a commit, mostly, or a tag. */
  readonly oid: string;
  /** The commit it leads to, or the tree or blob. */
  readonly commit: string;
}

export interface Ancestry {
  /** In an order in which parents come before their children. */
  readonly commits: ObjectNames;
  /** As `rev-list --parents` prints them: lines of a commit and its parents. */
  readonly lines: Buffer;
  /** Of each commit: where its parents begin in `parents`; one more for the end. */
  readonly starts: Uint32Array;
  readonly parents: Uint32Array;
}

/** @param range arguments of `rev-list` that say which commits */
export const readAncestry = async (
  place: GitPlace,
  range: readonly string[],
  nameLength: number,
  signal: AbortSignal,
): Promise<Ancestry> => {
  const { stdout: lines } = await runGit(
    place,
    ['rev-list', '--topo-order', '--reverse', '--parents', ...range],
    signal,
  );
  const commits = createObjectNames(nameLength);
  const starts: number[] = [];
  const parents: number[] = [];
  for (let at = 0; at < lines.length; ) {
    const end = lines.indexOf('\n', at);
    const [commit = '', ...names] = lines.toString('latin1', at, end).split(' ');
    commits.addHex(commit);
    starts.push(parents.length);
    for (const name of names) {
      const parent = commits.findHex(name);
      // A range may end before a parent.
      if (parent >= 0) parents.push(parent);
    }
    at = end + 1;
  }
  starts.push(parents.length);
  return { commits, lines, starts: Uint32Array.from(starts), parents: Uint32Array.from(parents) };
};

export const listRefs = async (place: GitPlace, signal: AbortSignal): Promise<readonly Ref[]> => {
  const [refs, branch, head] = await Promise.all([
    runGit(place, ['show-ref', '--dereference'], signal),
    runGit(place, ['symbolic-ref', '--quiet', 'HEAD'], signal),
    runGit(place, ['rev-parse', '--verify', '--quiet', 'HEAD'], signal),
  ]);
  const listed: Ref[] = [];
  for (const line of refs.stdout.toString('utf8').split('\n')) {
    const [oid = '', name] = line.split(' ');
    const last = listed.at(-1);
    // A line behind that of a tag says what it stands for.
    if (last !== undefined && name === `${last.name}^{}`) listed[listed.length - 1] = { ...last, commit: oid };
    else if (name !== undefined) listed.push({ name, oid, commit: oid });
  }
  if (branch.code === 0 || head.code !== 0) return listed;
  const oid = head.stdout.toString('latin1').trim();
  return [...listed, { name: 'HEAD', oid, commit: oid }];
};

/** Questions answered in one pass. */
const BITS = 32;

/**
 * For each set of commits: the refs that reach any of them, in their order.
 * @param holders names of commits; those that are not among `ancestry` are passed over
 */
export const refsReaching = (
  { commits, starts, parents }: Ancestry,
  refs: readonly Ref[],
  holders: readonly (readonly string[])[],
): readonly (readonly string[])[] => {
  const reached: string[][] = holders.map(() => []);
  const tips = refs.map(({ commit }) => commits.findHex(commit));
  for (let first = 0; first < holders.length; first += BITS) {
    const masks = new Uint32Array(commits.count);
    const asked = holders.slice(first, first + BITS);
    for (const [bit, some] of asked.entries()) {
      for (const oid of some) {
        const commit = commits.findHex(oid);
        if (commit >= 0) masks[commit] = (masks[commit] ?? 0) | (1 << bit);
      }
    }
    for (let commit = 0; commit < commits.count; commit++) {
      let mask = masks[commit] ?? 0;
      for (let at = starts[commit] ?? 0; at < (starts[commit + 1] ?? 0); at++) mask |= masks[parents[at] ?? 0] ?? 0;
      masks[commit] = mask;
    }
    for (const [index, ref] of refs.entries()) {
      const mask = masks[tips[index] ?? -1] ?? 0;
      if (mask !== 0) for (const bit of asked.keys()) if ((mask >>> bit) & 1) reached[first + bit]?.push(ref.name);
    }
  }
  return reached;
};
