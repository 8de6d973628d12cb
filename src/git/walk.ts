// One walk over the objects commits bring: `git rev-list --objects --in-commit-order` prints each commit followed by the
// objects first met there, with their paths. Oldest first, "first met" means "brought in"; newest first, it means "held
// last".

import { LINE_FEED, splitter } from './lines.js';
import { textOfPath } from './path-text.js';
import { type GitPlace, gitReason, startGit, startGitAlone } from './run.js';

export interface Met {
  /** Null for what a tag or a reflog names directly. */
  readonly commit: string | null;
  /** Null for commits, tags and root trees. */
  readonly path: string | null;
}

/** Whether all that commits name is there. */
export interface Completeness {
  readonly missing: number;
  /** One of the missing objects. */
  readonly example: string | null;
  /** What git stumbled over, when it could not walk to the end. */
  readonly damage: string | null;
}

export interface Walked extends Completeness {
  readonly met: ReadonlyMap<string, Met>;
}

export interface WalkOptions {
  /** The commit that a walk begins with. */
  readonly from: 'oldest' | 'newest';
  /** `found`: stop as soon as all are found; what is missing is then not known. */
  readonly until: 'found' | 'end';
  /** Lines for `--stdin`. */
  readonly input?: (() => AsyncIterable<string>) | undefined;
  readonly signal: AbortSignal;
}

const NOTHING: Walked = { met: new Map(), missing: 0, example: null, damage: null };

/**
 * Where each of `wanted` is first met. A path ends at its first line feed, and what tags and refs name by themselves stands with
 * the first commit, whatever that is: `meetObjects` knows better.
 * @param args of `rev-list`: which commits
 */
export const walkObjects = async (
  place: GitPlace,
  args: readonly string[],
  wanted: ReadonlySet<string>,
  { from, until, input, signal }: WalkOptions,
): Promise<Walked> => {
  if (wanted.size === 0 && until === 'found') return NOTHING;
  const met = new Map<string, Met>();
  // Missing objects must not end the walk: git lists them, each after a question mark.
  const how = ['--objects', '--in-commit-order', '--topo-order', '--missing=print'];
  const order = from === 'oldest' ? ['--reverse'] : [];
  const git = startGit(place, ['rev-list', ...how, ...order, ...args], signal);
  let commit: string | null = null;
  let missing = 0;
  let example: string | null = null;
  const lines = splitter(LINE_FEED, (line) => {
    const space = line.indexOf(SPACE);
    const oid = line.toString('latin1', 0, space < 0 ? line.length : space);
    if (line[0] === QUESTION_MARK) {
      missing += 1;
      example ??= oid.slice(1);
      return;
    }
    if (space < 0) commit = oid;
    if (!wanted.has(oid) || met.has(oid)) return;
    const path = space < 0 || space === line.length - 1 ? null : textOfPath(line.subarray(space + 1));
    met.set(oid, { commit, path });
  });
  let stopped = false;
  git.stdout.on('data', (chunk: Buffer) => {
    lines.push(chunk);
    if (!stopped && until === 'found' && met.size === wanted.size) {
      stopped = true;
      git.kill();
    }
  });
  if (input !== undefined) for await (const text of input()) if (!stopped) git.stdin.write(text);
  git.stdin.end();
  const { code, stderr } = await git.ended;
  return { met, missing, example, damage: code === 0 || stopped ? null : gitReason(stderr) };
};

/**
 * The same without asking where anything is, which is cheaper. A partial clone leaves objects out on purpose.
 * @param range of `rev-list`
 */
export const checkCompleteness = async (
  place: GitPlace,
  range: readonly string[],
  signal: AbortSignal,
): Promise<Completeness> => {
  const git = startGitAlone(place, ['rev-list', '--objects', '--quiet', '--missing=print', ...range], signal);
  let missing = 0;
  let example: string | null = null;
  const lines = splitter(LINE_FEED, (line) => {
    if (line[0] !== QUESTION_MARK) return;
    missing += 1;
    example ??= line.toString('latin1', 1);
  });
  git.stdout.on('data', (chunk: Buffer) => lines.push(chunk));
  const { code, stderr } = await git.ended;
  return { missing, example, damage: code === 0 ? null : gitReason(stderr) };
};

const SPACE = 32;
const QUESTION_MARK = 63;
