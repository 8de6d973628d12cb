// Which commit holds an object first, or last, and where: a walk (walk.ts), put right where git's listing misleads.

import { type PathsOptions, withExactPaths } from './exact-paths.js';
import { type GitPlace, startGit } from './run.js';
import { type Met, type Walked, type WalkOptions, walkObjects } from './walk.js';

export interface MeetOptions extends WalkOptions, Pick<PathsOptions, 'leadsTo'> {
  readonly isBlob: (oid: string) => Promise<boolean>;
}

/**
 * As `walkObjects`, with exact paths. What a tag or a ref names by itself has no commit, unless one holds it, too: then it was
 * met there.
 */
export const meetObjects = async (
  place: GitPlace,
  args: readonly string[],
  wanted: ReadonlySet<string>,
  { leadsTo, isBlob, ...options }: MeetOptions,
): Promise<Walked> => {
  const exact = { place, leadsTo, signal: options.signal };
  const listed = await walkObjects(place, args, wanted, options);
  const { met, astray } = await withExactPaths(listed.met, exact);
  if (astray.size === 0) return { ...listed, met };
  // Git lists what is named by itself behind whatever commit comes first, and not again where it belongs: it is asked once
  // more, from the commits alone. No commit holds a tag.
  const tags = new Set<string>();
  for (const oid of astray) if (!(await isBlob(oid))) tags.add(oid);
  const held = new Set([...met.keys()].filter((oid) => !tags.has(oid)));
  const input = (): AsyncIterable<string> => commitsOf(place, args, options);
  const again =
    tags.size === astray.size
      ? new Map<string, Met>()
      : (await walkObjects(place, ['--stdin'], held, { ...options, until: 'found', input })).met;
  const all = new Map((await withExactPaths(again, exact)).met);
  for (const [oid, where] of met) {
    if (all.has(oid)) continue;
    all.set(oid, astray.has(oid) ? { commit: null, path: tags.has(oid) ? null : where.path } : where);
  }
  return { ...listed, met: all };
};

/** The commits that a walk comes through, and those where it ends, as lines for `--stdin`; in git's order, so that it keeps it. */
async function* commitsOf(
  place: GitPlace,
  args: readonly string[],
  { input, signal }: WalkOptions,
): AsyncGenerator<string> {
  const git = startGit(place, ['rev-list', '--topo-order', '--boundary', ...args], signal);
  if (input !== undefined) for await (const text of input()) git.stdin.write(text);
  git.stdin.end();
  for await (const chunk of git.stdout) yield (chunk as Buffer).toString('latin1').replaceAll('-', '^');
}
