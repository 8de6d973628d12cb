// Tree objects and lists of trees, read only around findings.

import { NUL, splitter } from './lines.js';
import { textOfPath } from './path-text.js';
import { type GitPlace, startGitAlone } from './run.js';

export interface TreeEntry {
  readonly name: string;
  readonly oid: string;
}

interface ModedEntry extends TreeEntry {
  /** As stored: `100644`, `100755`, `120000` (a link), `40000` (a folder), `160000` (another repository's commit). */
  readonly mode: string;
}

/** What one tree object holds: `<mode> SP <name> NUL <raw id>` each (gitformat-index, gitcore-tutorial). */
export const entriesOfTree = (bytes: Buffer, oidLength: number): readonly ModedEntry[] => {
  const entries: ModedEntry[] = [];
  const raw = oidLength / 2;
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(SPACE, at);
    const end = bytes.indexOf(NUL, space + 1);
    if (space < 0 || end < 0) break;
    const mode = bytes.toString('latin1', at, space);
    const oid = bytes.toString('hex', end + 1, end + 1 + raw);
    entries.push({ mode, name: textOfPath(bytes.subarray(space + 1, end)), oid });
    at = end + 1 + raw;
  }
  return entries;
};

/** Some programs wrote the mode with a zero in front. */
export const isFolder = ({ mode }: ModedEntry): boolean => mode === '40000' || mode === '040000';

/** The regular files of one tree object; links, folders and submodules are something else. */
export const filesOfTree = (bytes: Buffer, oidLength: number): readonly TreeEntry[] =>
  entriesOfTree(bytes, oidLength).filter(({ mode }) => mode.startsWith('100'));

export interface Tree {
  readonly oid: string;
  readonly bytes: Buffer;
}

/**
 * The tree of a folder in a commit; null when there is none.
 * @param folder without slashes around it; '' is the top
 * @param read gives a tree by whatever name git resolves to one, null for all else
 */
export const treeOfFolder = async (
  commit: string,
  folder: string,
  read: (name: string) => Promise<Tree | null>,
): Promise<Tree | null> => {
  // Git is asked line by line: a folder whose name holds a line feed is looked up from the top.
  if (!folder.includes('\n')) return read(`${commit}:${folder}`);
  let tree = await read(`${commit}^{tree}`);
  for (const part of folder.split('/')) {
    const entries = tree === null ? [] : entriesOfTree(tree.bytes, tree.oid.length);
    const own = entries.find((entry) => entry.name === part && isFolder(entry));
    tree = own === undefined ? null : await read(own.oid);
  }
  return tree;
};

/**
 * Paths in the tree of `commit` of those blobs that `wanted` names; empty when there is no such commit (an unborn HEAD).
 */
export const pathsIn = async (
  place: GitPlace,
  commit: string,
  wanted: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> => {
  const paths = new Map<string, string>();
  const git = startGitAlone(place, ['ls-tree', '-r', '-z', '--full-tree', '--end-of-options', commit], signal);
  const entries = splitter(NUL, (entry) => {
    const tab = entry.indexOf(TAB);
    const oid = entry.toString('latin1', entry.lastIndexOf(SPACE, tab) + 1, tab);
    if (wanted.has(oid) && !paths.has(oid)) paths.set(oid, textOfPath(entry.subarray(tab + 1)));
  });
  git.stdout.on('data', (chunk: Buffer) => entries.push(chunk));
  await git.ended;
  return paths;
};

/**
 * Paths in the index of those blobs that `wanted` names; empty in a bare repository.
 * @param gitFolder of another work tree of the same repository, for its index
 */
export const pathsInIndex = async (
  place: GitPlace,
  wanted: ReadonlySet<string>,
  signal: AbortSignal,
  gitFolder?: string,
): Promise<ReadonlyMap<string, string>> => {
  const paths = new Map<string, string>();
  const folder = gitFolder === undefined ? [] : [`--git-dir=${gitFolder}`];
  const git = startGitAlone(place, [...folder, 'ls-files', '-z', '--stage', '--full-name'], signal);
  const entries = splitter(NUL, (entry) => {
    const tab = entry.indexOf(TAB);
    const oid = entry.toString('latin1', 0, tab).split(' ')[1] ?? '';
    if (wanted.has(oid)) paths.set(oid, textOfPath(entry.subarray(tab + 1)));
  });
  git.stdout.on('data', (chunk: Buffer) => entries.push(chunk));
  await git.ended;
  return paths;
};

const SPACE = 32;
const TAB = 9;
