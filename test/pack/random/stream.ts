// A made-up history as input of `git fast-import` (git-fast-import, INPUT FORMAT): files first, then commits oldest first, tags
// and refs. Marks: file N is :N+1, commit N :COMMITS+N, tag N :TAGS+N.

import type { Commit, History } from './history.js';

const COMMITS = 100_000;
const TAGS = 200_000;

export const fileMark = (file: number): number => file + 1;
export const commitMark = (commit: number): number => COMMITS + commit;
export const tagMark = (tag: number): number => TAGS + tag;

export interface StreamOptions {
  /** `made`: in the order of the commits; `lineage`: all versions of a file one after the other. */
  readonly order: 'made' | 'lineage';
  /** How many parts, each of which becomes a pack of its own (or loose objects, when it is small). */
  readonly parts: number;
}

/** All commits are made on this ref, which is deleted in the end. */
const WORK = 'refs/import/work';
const PERSON = 'Wei Zhang <wei@example.com>';

/** @param nothing the name of no object, in the repository's hash */
export const streamOf = (history: History, nothing: string, { order, parts }: StreamOptions): Buffer => {
  const chunks: (string | Buffer)[] = [];
  const { files, commits, tags, refs } = history;
  const turns = files.map((_, index) => index);
  if (order === 'lineage') turns.sort((a, b) => (files[a]?.lineage ?? 0) - (files[b]?.lineage ?? 0) || a - b);
  const every = Math.ceil(files.length / parts);
  for (const [turn, index] of turns.entries()) {
    if (turn > 0 && turn % every === 0) chunks.push('checkpoint\n');
    chunks.push(`blob\nmark :${fileMark(index)}\n`, ...data(files[index]?.bytes ?? ''));
  }
  for (const [index, commit] of commits.entries()) chunks.push(...commitOf(index, commit, 'e'.repeat(nothing.length)));
  for (const [index, { name, of, message }] of tags.entries()) {
    const from = 'commit' in of ? commitMark(of.commit) : tagMark(of.tag);
    chunks.push(`tag ${name}\nmark :${tagMark(index)}\nfrom :${from}\ntagger ${PERSON} 1700000000 +0800\n`);
    chunks.push(...data(message));
  }
  for (const [name, commit] of refs) chunks.push(`reset ${name}\nfrom :${commitMark(commit)}\n\n`);
  chunks.push(`reset ${WORK}\nfrom ${nothing}\n\n`, 'done\n');
  return Buffer.concat(chunks.map((chunk) => Buffer.from(chunk)));
};

const modeOf = (file: number): string => (file % 11 === 0 ? '100755' : file % 13 === 6 ? '120000' : '100644');

const commitOf = (
  index: number,
  { parents, tree, message, time }: Commit,
  submodule: string,
): readonly (string | Buffer)[] => {
  const [first, ...others] = parents;
  return [
    first === undefined ? `reset ${WORK}\n` : '',
    `commit ${WORK}\nmark :${commitMark(index)}\nauthor ${PERSON} ${time} +0800\ncommitter ${PERSON} ${time} +0800\n`,
    ...data(message),
    first === undefined ? '' : `from :${commitMark(first)}\n`,
    ...others.map((parent) => `merge :${commitMark(parent)}\n`),
    'deleteall\n',
    ...[...tree].map(([path, file]) =>
      path.startsWith('note:')
        ? `N :${fileMark(file)} :${commitMark(Number(path.slice(5)))}\n`
        : `M ${modeOf(file)} :${fileMark(file)} ${quoted(path)}\n`,
    ),
    // A submodule: a commit of another repository.
    index % 5 === 3 ? `M 160000 ${submodule} sub/module\n` : '',
    '\n',
  ];
};

const data = (bytes: string | Buffer): readonly (string | Buffer)[] => [
  `data ${Buffer.byteLength(bytes)}\n`,
  bytes,
  '\n',
];

const quoted = (path: string): string => `"${path.replace(/["\\]/g, '\\$&')}"`;
