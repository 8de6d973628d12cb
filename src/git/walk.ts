// One walk over the objects commits bring: `git rev-list --objects --in-commit-order` prints each commit followed by the
// objects first met there, with their paths. Oldest first, "first met" means "brought in"; newest first, it means "held
// last".

import { LINE_FEED, splitter } from './lines.js';
import { textOfPath } from './path-text.js';
import { type GitEnd, type GitPlace, startGit } from './run.js';

export interface Met {
  /** Null for what a tag or a reflog names directly. */
  readonly commit: string | null;
  /** Null for commits, tags and root trees. */
  readonly path: string | null;
}

/**
 * Where each of `wanted` is first met. Stops as soon as all are found.
 * @param args of `rev-list`: which commits, and `--reverse` for the oldest first
 * @param input lines for `--stdin`
 */
export const firstMet = async (
  place: GitPlace,
  args: readonly string[],
  wanted: ReadonlySet<string>,
  signal: AbortSignal,
  input?: AsyncIterable<string>,
): Promise<ReadonlyMap<string, Met>> => {
  const found = new Map<string, Met>();
  if (wanted.size === 0) return found;
  // Missing objects are told in their own place (missing.ts); here they only must not end the walk.
  const git = startGit(
    place,
    ['rev-list', '--objects', '--in-commit-order', '--topo-order', '--missing=print', ...args],
    signal,
  );
  let commit: string | null = null;
  const lines = splitter(LINE_FEED, (line) => {
    const space = line.indexOf(SPACE);
    const oid = line.toString('latin1', 0, space < 0 ? line.length : space);
    if (space < 0) commit = oid;
    if (!wanted.has(oid) || found.has(oid)) return;
    const path = space < 0 || space === line.length - 1 ? null : textOfPath(line.subarray(space + 1));
    found.set(oid, { commit, path });
  });
  let stopped = false;
  git.stdout.on('data', (chunk: Buffer) => {
    lines.push(chunk);
    if (!stopped && found.size === wanted.size) {
      stopped = true;
      git.kill();
    }
  });
  if (input !== undefined) for await (const text of input) if (!stopped) git.stdin.write(text);
  git.stdin.end();
  await git.ended;
  return found;
};

/**
 * How many objects that commits name are not there, and one of them. A partial clone leaves objects out on purpose.
 * @param range of `rev-list`
 */
export const countMissing = async (
  place: GitPlace,
  range: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly missing: number; readonly example: string | null; readonly end: GitEnd }> => {
  const git = startGit(place, ['rev-list', '--objects', '--quiet', '--missing=print', ...range], signal);
  git.stdin.end();
  let missing = 0;
  let example: string | null = null;
  const lines = splitter(LINE_FEED, (line) => {
    if (line[0] !== QUESTION_MARK) return;
    missing += 1;
    example ??= line.toString('latin1', 1);
  });
  git.stdout.on('data', (chunk: Buffer) => lines.push(chunk));
  const end = await git.ended;
  return { missing, example, end };
};

const SPACE = 32;
const QUESTION_MARK = 63;
