// Brings a mirror up to date: only what it lacks, never more than allowed. Nothing of the other side becomes configuration:
// the address is an argument, the mirror's own configuration is what `git init` wrote.

import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type GitPlace, runGit } from '../../git/run.js';
import type { Repository } from '../types.js';
import { PROPOSED, type Tips } from './ask.js';
import { runBounded } from './bounded-git.js';
import { type Failure, failure, failureOf } from './failure.js';
import { bytesIn } from './size.js';
import type { Patience } from './types.js';

export interface Fetch {
  /** Of the mirror. */
  readonly folder: string;
  readonly tips: Tips;
  readonly refs: Repository['refs'];
  readonly limit: { readonly bytes: number; readonly option: string };
  readonly patience: Patience;
  readonly signal: AbortSignal;
}

/** An empty bare repository, without templates, hooks and remotes. */
export const makeMirror = async (folder: string, { hash }: Tips, signal: AbortSignal): Promise<Failure | null> => {
  const place: GitPlace = { cwd: path.dirname(folder), top: path.dirname(folder) };
  // What the person likes better for their own repositories is no file that could be written here.
  const files = ['-c', 'init.defaultRefFormat=files'];
  const args = [
    ...files,
    'init',
    '--quiet',
    '--bare',
    `--object-format=${hash}`,
    '--template=',
    '--end-of-options',
    folder,
  ];
  const { code, stderr } = await runGit(place, args, signal);
  return code === 0 ? null : failureOf(stderr, { host: 'git', hasCredential: false, stalled: 0 });
};

/** Null when the mirror holds all there is, as git itself has checked. */
export const fetchAll = async (fetch: Fetch): Promise<Failure | null> => {
  tidy(fetch.folder);
  const failed = await transfer(fetch);
  if (failed !== null) return failed;
  setHead(fetch.folder, fetch.tips.head);
  const unpacked = fetch.tips.count <= FEW_REFS ? null : await packRefs(fetch);
  if (unpacked !== null) return unpacked;
  return (await bytesIn(fetch.folder)) > fetch.limit.bytes ? tooLarge(fetch.limit) : null;
};

/** One file instead of one for each of thousands of refs, which would take a hundred times the room. */
const packRefs = async ({ folder, tips, signal }: Fetch): Promise<Failure | null> => {
  const { code, stderr } = await runGit({ cwd: folder, top: folder }, ['pack-refs', '--all'], signal);
  return code === 0 ? null : failureOf(stderr, tips.remote);
};

/** A file for each of them costs less than one more git. */
const FEW_REFS = 100;

const transfer = async ({ folder, tips, refs, limit, patience, signal }: Fetch): Promise<Failure | null> => {
  const { remote } = tips;
  const end = await runBounded(
    { cwd: folder, top: folder, reach: remote.reach },
    [...FETCH, '--end-of-options', remote.url, ...refspecsOf(refs, tips.head)],
    {
      milliseconds: patience.fetch,
      output: MOST_SAID,
      memory: patience.memory,
      disk: { folder: path.join(folder, 'objects'), bytes: limit.bytes },
    },
    signal,
  );
  if (end.within) return end.code === 0 ? null : failureOf(end.stderr, remote);
  switch (end.beyond) {
    case 'disk':
      return tooLarge(limit);
    case 'memory':
      return failure('too-large', `git takes more than ${megabytes(patience.memory)} of memory to fetch it`);
    case 'output':
    case 'milliseconds':
      return failure('broken', `fetching it took more than ${Math.ceil(patience.fetch / 60_000)} minutes`);
  }
};

/** Bytes; a fetch prints nothing to its output. */
const MOST_SAID = 1 << 20;

const FETCH: readonly string[] = [
  'fetch',
  // Said to a pipe that nobody holds any more once this process is gone: then git ends, too.
  '--progress',
  '--prune',
  '--force',
  '--no-tags',
  '--no-recurse-submodules',
  '--no-write-fetch-head',
  '--no-auto-maintenance',
  '--update-shallow',
];

/** Refs under their own names. A commit that HEAD alone names gets one. */
const refspecsOf = (refs: Repository['refs'], head: Tips['head']): readonly string[] => [
  '+refs/*:refs/*',
  ...(refs === 'with-pull-requests' ? [] : PROPOSED.map((prefix) => `^${prefix}*`)),
  ...('detached' in head ? [`+HEAD:${head.as}`] : []),
];

const tooLarge = ({ bytes, option }: Fetch['limit']): Failure =>
  failure('too-large', `it takes more than ${megabytes(bytes)} on the disk (${option})`);

const megabytes = (bytes: number): string =>
  bytes < 1 << 20 ? `${Math.ceil(bytes / 1024)} KB` : `${Math.round(bytes / (1 << 20))} MB`;

/** What findings are measured against: which files are still there. */
const setHead = (folder: string, head: Tips['head']): void => {
  const file = path.join(folder, 'HEAD');
  const text = 'branch' in head ? `ref: ${head.branch}\n` : `${head.detached}\n`;
  if (readFileSync(file, 'utf8') === text) return;
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
};

/** Takes away what a git that was killed left in a mirror: half of a pack, and locks of whom there is no more. */
const tidy = (folder: string): void => {
  const remove = (file: string): void => rmSync(file, { force: true });
  for (const name of namesIn(folder))
    if (name.endsWith('.lock') || name.endsWith('.new')) remove(path.join(folder, name));
  const packs = path.join(folder, 'objects', 'pack');
  for (const name of namesIn(packs)) if (name.startsWith('tmp_')) remove(path.join(packs, name));
  const refs = path.join(folder, 'refs');
  for (const name of namesIn(refs, true)) if (name.endsWith('.lock')) remove(path.join(refs, name));
};

const namesIn = (folder: string, recursive = false): readonly string[] => {
  try {
    return readdirSync(folder, { recursive, encoding: 'utf8' });
  } catch {
    return [];
  }
};
