// Whether the commits that two sides do not share are all here, and a repository of its own to bring the rest to. The
// checkout itself stays as it is: later steps find it as they would without this one.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AkscanError } from '../errors.js';
import { type GitPlace, gitReason, refusal, runGit } from '../git/run.js';
import type { Remote } from './remote.js';

/** Whether git has the object that a name means. */
export const oidOf = async (place: GitPlace, name: string, signal: AbortSignal): Promise<string | null> => {
  const { code, stdout } = await runGit(place, ['rev-parse', '--verify', '--quiet', '--end-of-options', name], signal);
  return code === 0 ? stdout.toString('latin1').trim() : null;
};

/** What a range needs of an object is the commit it leads to. */
export const hasCommit = async (place: GitPlace, oid: string, signal: AbortSignal): Promise<boolean> =>
  (await runGit(place, ['cat-file', '-e', `${oid}^{commit}`], signal)).code === 0;

export const isAncestor = async (
  place: GitPlace,
  older: string,
  newer: string,
  signal: AbortSignal,
): Promise<boolean> => (await runGit(place, ['merge-base', '--is-ancestor', older, newer], signal)).code === 0;

/**
 * Commits at which a shallow clone was cut must all be reached from both sides: a cut on one side may hide what both share, and
 * old commits would pass for new ones.
 */
export const isWhole = async (place: GitPlace, base: string, head: string, signal: AbortSignal): Promise<boolean> => {
  const edges = await shallowEdges(place, signal);
  if (edges.size === 0) return true;
  const { code, stdout } = await runGit(place, ['rev-list', `${base}...${head}`], signal);
  return (
    code === 0 &&
    !stdout
      .toString('latin1')
      .split('\n')
      .some((commit) => edges.has(commit))
  );
};

const shallowEdges = async (place: GitPlace, signal: AbortSignal): Promise<ReadonlySet<string>> => {
  const { code, stdout } = await runGit(place, ['rev-parse', '--git-path', 'shallow'], signal);
  if (code !== 0) return new Set();
  return new Set(linesOfFile(path.resolve(place.cwd, stdout.toString('utf8').trimEnd())));
};

const linesOfFile = (file: string): readonly string[] => {
  try {
    return readFileSync(file, 'latin1').split('\n').filter(Boolean);
  } catch {
    return [];
  }
};

/**
 * A bare repository in `folder` that borrows the checkout's objects and knows where they end. A partial clone lends nothing: git
 * would take what it left out for something that is here.
 */
export const makeBeside = async (checkout: GitPlace, folder: string, signal: AbortSignal): Promise<GitPlace> => {
  const names = ['--show-object-format', '--git-path', 'objects', '--git-path', 'shallow'];
  const { code, stdout, stderr } = await runGit(checkout, ['rev-parse', ...names], signal);
  if (code !== 0) throw refusal(checkout.top, stderr);
  const [format = 'sha1', objects = '', shallow = ''] = stdout.toString('utf8').split('\n');
  mkdirSync(folder, { recursive: true });
  const place = { cwd: folder, top: folder };
  const made = await runGit(place, ['init', '--quiet', '--bare', `--object-format=${format}`, '--template='], signal);
  if (made.code !== 0) throw new AkscanError(`git cannot make a repository in ${folder}: ${gitReason(made.stderr)}`);
  if (await isPartial(checkout, signal)) return place;
  mkdirSync(path.join(folder, 'objects/info'), { recursive: true });
  writeFileSync(path.join(folder, 'objects/info/alternates'), `${path.resolve(checkout.cwd, objects)}\n`);
  const edges = linesOfFile(path.resolve(checkout.cwd, shallow));
  // What refs lead to is told to the remote as there already, and is where a key may be known from. Where history is cut off, a
  // branch may seem to lack a commit that it has.
  if (edges.length > 0) writeFileSync(path.join(folder, 'shallow'), `${edges.join('\n')}\n`);
  else writeFileSync(path.join(folder, 'packed-refs'), await refsOf(checkout, signal));
  return place;
};

/** As git packs them (git-pack-refs): `<object> SP <name>`. */
const refsOf = async (place: GitPlace, signal: AbortSignal): Promise<Buffer> =>
  (await runGit(place, ['for-each-ref', '--format=%(objectname) %(refname)'], signal)).stdout;

export const isShallow = async (place: GitPlace, signal: AbortSignal): Promise<boolean> =>
  (await runGit(place, ['rev-parse', '--is-shallow-repository'], signal)).stdout.toString('latin1').trim() === 'true';

export const isPartial = async (place: GitPlace, signal: AbortSignal): Promise<boolean> =>
  (await runGit(place, ['config', '--get-regexp', '^(?:remote\\..*\\.promisor|extensions\\.partialclone)$'], signal))
    .stdout.length > 0;

/** How much further back to go, first a little: most pull requests are young. Null: all the way. */
export const STEPS: readonly (number | null)[] = [60, 300, 1_500, 7_500, null];

export interface Fetch {
  readonly place: GitPlace;
  readonly remote: Remote;
  readonly signal: AbortSignal;
}

/**
 * @param how `{ depth }` from the tips, `{ deepen }` from where the clone ends now (null: to the beginning), or as it comes
 * @param refspecs `<what>:<ref here>`
 * @returns what git said when it could not, or null
 */
export const fetchInto = async (
  { place, remote, signal }: Fetch,
  how: { readonly depth: number } | { readonly deepen: number | null } | null,
  refspecs: readonly string[],
): Promise<string | null> => {
  const depth =
    how === null
      ? []
      : 'depth' in how
        ? [`--depth=${how.depth}`]
        : [how.deepen === null ? '--unshallow' : `--deepen=${how.deepen}`];
  const args = ['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head', '--force'];
  const limit = AbortSignal.timeout(LONGEST);
  try {
    const { code, stderr } = await runGit(
      { ...place, reach: remote.reach },
      [...args, ...depth, '--end-of-options', remote.url, ...refspecs],
      AbortSignal.any([signal, limit]),
    );
    return code === 0 ? null : gitReason(stderr);
  } catch (error) {
    if (signal.aborted || !limit.aborted) throw error;
    return `it took more than ${LONGEST / 60_000} minutes`;
  }
};

/** Milliseconds a fetch may take. */
const LONGEST = 15 * 60_000;
