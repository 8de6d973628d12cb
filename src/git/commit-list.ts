// The commits of a history with their root trees, oldest first, and what tags name: everything `rev-list --objects` would
// print, short of looking into a tree.

import { LINE_FEED, splitter } from './lines.js';
import { bytesOfHex, createObjectNames, type ObjectNames } from './object-names.js';
import { type GitPlace, gitReason, startGit } from './run.js';

export interface CommitList {
  /** Bytes of an object's name; 20 when there is no commit. */
  readonly nameLength: number;
  /** Numbered from the oldest: ancestors come before descendants, as in `rev-list --topo-order --reverse`. */
  readonly commits: ObjectNames;
  /** Names of their root trees, one after the other. */
  readonly roots: DataView;
  /** Tags, and trees and blobs that tags and refs name: all that is no commit. */
  readonly named: readonly string[];
  /** What git says is not there. */
  readonly missing: readonly string[];
  /** What git stumbled over, when this is not all. */
  readonly damage: string | null;
}

/** The filter leaves out all trees and blobs but those named directly; the format adds a line with the root tree. */
const REV_LIST = [
  'rev-list',
  '--topo-order',
  '--reverse',
  '--objects',
  '--filter=tree:0',
  '--missing=print',
  '--format=%T',
] as const;

/** Of the line before that of a root tree: `commit <oid>`. */
const HEADING = 'commit ';

/**
 * @param args of `rev-list`: which commits
 * @param input lines for its `--stdin`
 */
export const readCommits = (
  place: GitPlace,
  args: readonly string[],
  signal: AbortSignal,
  input: AsyncIterable<string> | null = null,
): Promise<CommitList> => {
  const git = startGit(place, [...REV_LIST, ...args], signal);
  const collector = createCollector();
  const lines = splitter(LINE_FEED, collector.line);
  git.stdout.on('data', (chunk: Buffer) => lines.push(chunk));
  const asked = feed(git.stdin, input);
  const list = Promise.all([git.ended, asked]).then(([{ code, stderr }]) => ({
    ...collector.finish(),
    damage: code === 0 ? null : gitReason(stderr),
  }));
  // Whoever awaits it sees the rejection; perhaps nobody does.
  list.catch(() => {});
  return list;
};

const feed = async (stdin: NodeJS.WritableStream, input: AsyncIterable<string> | null): Promise<void> => {
  if (input !== null) for await (const text of input) stdin.write(text);
  stdin.end();
};

const createCollector = (): { line(line: Buffer): void; finish(): Omit<CommitList, 'damage'> } => {
  const named: string[] = [];
  const missing: string[] = [];
  let nameLength = 20;
  let name = new Uint8Array(nameLength);
  let commits = createObjectNames(nameLength);
  let roots = new Uint8Array(0);
  let expectsRoot = false;
  return {
    line: (line) => {
      if (expectsRoot) {
        const at = (commits.count - 1) * nameLength;
        if (at >= roots.length) roots = doubled(roots, nameLength << 10);
        bytesOfHex(line, 0, roots, at, nameLength);
        expectsRoot = false;
      } else if (line[0] === LETTER_C && line.toString('latin1', 0, HEADING.length) === HEADING) {
        if (commits.count === 0 && line.length !== HEADING.length + 2 * nameLength) {
          nameLength = (line.length - HEADING.length) / 2;
          name = new Uint8Array(nameLength);
          commits = createObjectNames(nameLength);
        }
        bytesOfHex(line, HEADING.length, name, 0, nameLength);
        commits.add(new DataView(name.buffer), 0);
        expectsRoot = true;
      } else if (line[0] === QUESTION_MARK) missing.push(line.toString('latin1', 1));
      else named.push(line.toString('latin1').split(' ')[0] ?? '');
    },
    finish: () => ({ nameLength, commits, roots: new DataView(roots.buffer), named, missing }),
  };
};

const doubled = (bytes: Uint8Array, atLeast: number): Uint8Array<ArrayBuffer> => {
  const copy = new Uint8Array(Math.max(atLeast, bytes.length * 2));
  copy.set(bytes);
  return copy;
};

const QUESTION_MARK = 63;
const LETTER_C = 99;
