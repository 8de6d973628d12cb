// What no ref reaches: staged and not yet committed; kept by a reflog (amended, reset away, older stashes), by another
// work tree's index, or by a commit that nothing names any more; or by nothing, until git sweeps it up.

import type { KeptBy } from '../../findings/model.js';
import { type GitFolders, gitFolders } from '../../git/folders.js';
import type { HashFormat } from '../../git/hash.js';
import { readReflogs } from '../../git/reflogs.js';
import { type GitPlace, runGit } from '../../git/run.js';
import { pathsInIndex } from '../../git/tree.js';
import type { Met } from '../../git/walk.js';
import { listCommits } from '../../pack/list-commits.js';
import type { Walks } from './walks.js';

export interface Lost {
  /** Paths of what is staged in this work tree. */
  readonly index: ReadonlyMap<string, string>;
  /** Where the rest was met: in commits that no ref reaches, or in the index of another work tree. */
  readonly met: ReadonlyMap<string, Met>;
  keptBy(oid: string): KeptBy;
}

export interface LostOptions {
  readonly place: GitPlace;
  readonly range: readonly string[];
  /** The repository's folder of objects, absolute. */
  readonly objects: string;
  readonly hash: HashFormat;
  readonly walks: Walks;
  readonly signal: AbortSignal;
}

export const findLost = async (oids: ReadonlySet<string>, options: LostOptions): Promise<Lost> => {
  const { place, walks, signal } = options;
  if (oids.size === 0) return NOTHING;
  const index = await pathsInIndex(place, oids, signal);
  const uncommitted = without(oids, index);
  if (uncommitted.size === 0) return { ...NOTHING, index };
  const folders = await gitFolders(place, signal);
  const elsewhere = await stagedElsewhere(uncommitted, folders, options);
  const logged = await walks.beyond({ args: ['--reflog'] }, uncommitted);
  const logs = folders === null || logged.size === 0 ? new Map<string, string>() : await logsOf(folders, options);
  const unlogged = without(uncommitted, logged);
  const tips = { args: ['--ignore-missing', '--stdin'], input: () => commitLines(options) };
  const dangling = unlogged.size === 0 ? new Map<string, Met>() : await walks.beyond(tips, unlogged);
  const met = new Map([
    ...[...elsewhere].map(([oid, { path }]): [string, Met] => [oid, { commit: null, path }]),
    ...dangling,
    ...logged,
  ]);
  return {
    index,
    met,
    keptBy: (oid) => {
      const commit = logged.get(oid)?.commit;
      if (commit !== undefined) return reflogOf(commit === null ? undefined : logs.get(commit));
      const worktree = elsewhere.get(oid)?.worktree;
      return worktree === undefined ? { by: 'nothing' } : { by: 'index', name: worktree };
    },
  };
};

const reflogOf = (log: string | undefined): KeptBy => {
  if (log === undefined) return { by: 'reflog' };
  return log === 'refs/stash' ? { by: 'stash' } : { by: 'reflog', name: log };
};

/** What other work trees of the repository have staged. */
const stagedElsewhere = async (
  oids: ReadonlySet<string>,
  folders: GitFolders | null,
  { place, signal }: LostOptions,
): Promise<ReadonlyMap<string, { readonly worktree: string; readonly path: string }>> => {
  const staged = new Map<string, { readonly worktree: string; readonly path: string }>();
  for (const { name, folder } of folders?.others ?? []) {
    for (const [oid, path] of await pathsInIndex(place, oids, signal, folder)) {
      if (!staged.has(oid)) staged.set(oid, { worktree: name, path });
    }
  }
  return staged;
};

/** The log that leads to each commit that only reflogs reach. */
const logsOf = async (folders: GitFolders, { place, range, signal }: LostOptions): Promise<Map<string, string>> => {
  const logs = new Map(readReflogs(folders));
  const args = ['rev-list', '--topo-order', '--parents', '--reflog', '--not', ...range];
  const { stdout } = await runGit(place, args, signal);
  // Descendants come first: each hands its log on to the parents that no log names.
  for (const line of stdout.toString('latin1').split('\n')) {
    const [commit = '', ...parents] = line.split(' ');
    const log = logs.get(commit);
    if (log !== undefined) for (const parent of parents) if (!logs.has(parent)) logs.set(parent, log);
  }
  return logs;
};

/** Every commit there is, a line each. */
async function* commitLines({ objects, hash }: LostOptions): AsyncGenerator<string> {
  for (const oid of listCommits(objects, hash)) yield `${oid}\n`;
}

const without = (all: ReadonlySet<string>, some: { has(oid: string): boolean }): ReadonlySet<string> =>
  new Set([...all].filter((oid) => !some.has(oid)));

const NOTHING: Lost = { index: new Map(), met: new Map(), keptBy: () => ({ by: 'nothing' }) };
