// Reads the files of one folder: a work tree as git lists it, any other folder as it is walked, and whatever repositories
// are nested in either. Listing and reading overlap.

import { amount } from '../../amount.js';
import { reasonOf } from '../../errors.js';
import { looksLike } from '../../git/discover.js';
import type { GitPlace } from '../../git/run.js';
import type { Sink, SourceOptions } from '../types.js';
import { createLoneIds } from './lone-ids.js';
import { builtWorker, createThreads, type Threads, type ThreadsOptions } from './threads.js';
import { namesOf, type Outcome, type Root, textOf, type Work } from './work.js';

export interface Tree {
  readonly target: string;
  /** Absolute. */
  readonly folder: string;
  /** The top of the work tree the folder lies in (or is); null when git is not to be asked. */
  readonly top: string | null;
}

interface Walk {
  readonly options: SourceOptions;
  readonly threads: Threads;
  readonly skip: (what: string | null, reason: string, because: 'fault' | 'limit') => void;
  /** Roots still to be listed. */
  readonly pending: Pending[];
  readonly tally: { histories: number; ignored: number; links: number; excluded: number };
}

interface Pending {
  readonly folder: string;
  readonly prefix: string;
  readonly top: string | null;
}

/** @param worker the second thread's program, when it is not where the build puts it */
export const scanTree = async (
  tree: Tree,
  options: SourceOptions,
  sink: Sink,
  worker: ThreadsOptions['worker'] = builtWorker,
): Promise<void> => {
  const { target } = tree;
  const source = tree.top === null ? 'file' : 'worktree';
  const tally = { histories: 0, ignored: 0, links: 0, excluded: 0 };
  const pending: Pending[] = [{ folder: tree.folder, prefix: '', top: tree.top }];
  const skip: Walk['skip'] = (what, reason, because) =>
    sink.skipped({ type: 'skipped', schema: 1, target, what, reason, because });
  const lone = createLoneIds(target, source, options, sink);
  let files = 0;
  let bytes = 0;

  const give = (outcome: Outcome): void => {
    files += outcome.files;
    bytes += outcome.bytes;
    sink.count({ files: outcome.files, bytes: outcome.bytes });
    tally.links += outcome.links;
    tally.excluded += outcome.excluded;
    for (const { root, path, detections } of outcome.found) {
      for (const detection of detections) {
        if (detection.kind === 'id-only') lone.add(root, path, detection);
        else sink.sighting({ target, source, path, detection });
      }
    }
    for (const { path, reason, because } of outcome.refused) skip(path || null, reason, because);
    for (const { root, name } of outcome.nested) pending.push(nestedIn(root, name));
    options.progress.update(`files: ${amount(files)}`, { done: files, bytes });
  };

  const { detector, include, exclude, maxSize, signal } = options;
  const settings = { include, exclude, maxSize, detector };
  const threads = createThreads({ threads: options.threads, signal, worker, settings }, give);
  const walk: Walk = { options, threads, skip, pending, tally };
  try {
    for (;;) {
      for (let next = pending.shift(); next !== undefined; next = pending.shift()) await listRoot(next, walk);
      await threads.finish();
      // Reading may have found submodules: folders where the index names a file.
      if (pending.length === 0) break;
    }
  } finally {
    threads.stop();
  }
  await lone.report();
  say(tally, sink);
};

const nestedIn = (root: Root, name: string): Pending => {
  const folder = `${root.folder}/${name}`;
  return { folder, prefix: `${root.prefix}${name}/`, top: looksLike(folder) === 'work-tree' ? folder : null };
};

const listRoot = async (pending: Pending, walk: Walk): Promise<void> => {
  const place = await gitPlace(pending, walk);
  if (place === null) return walkFolder(pending, walk);
  try {
    await listWorkTree(pending, place, walk);
  } catch (error) {
    walk.options.signal.throwIfAborted();
    walk.skip(pending.prefix || null, `git could not list all files: ${reasonOf(error)}`, 'fault');
    // What git did list may be read twice; nothing is missed.
    await walkFolder(pending, walk);
  }
};

/** Where git is to list this root; null when it is to be walked instead. */
const gitPlace = async ({ folder, prefix, top }: Pending, walk: Walk): Promise<GitPlace | null> => {
  if (top === null) return null;
  const place = { cwd: folder, top, workTree: top };
  try {
    // The top of the target was opened by whoever decided that it is a work tree.
    if (prefix !== '') {
      const { openRepository } = await import('../../git/repository.js');
      await openRepository(top, walk.options.signal);
    }
    // A folder that was named is read although git ignores it.
    if (folder !== top) {
      const { isIgnored } = await import('./list-git.js');
      if (await isIgnored(place, walk.options.signal)) return null;
    }
    return place;
  } catch (error) {
    walk.options.signal.throwIfAborted();
    walk.skip(prefix, reasonOf(error), 'fault');
    return null;
  } finally {
    if (prefix !== '') walk.tally.histories += 1;
  }
};

const listWorkTree = async ({ folder, prefix }: Pending, place: GitPlace, walk: Walk): Promise<void> => {
  const { ignored, signal } = walk.options;
  const root: Root = { folder, prefix, top: place.top };
  const warn = (reason: string): void => walk.skip(prefix || null, reason, 'fault');
  const git = await import('./list-git.js');
  const add = async (listed: string): Promise<void> => {
    const { files, folders } = withoutFolders(listed);
    for (const name of folders) walk.pending.push(nestedIn(root, name));
    await walk.threads.add({ kind: 'files', root, names: files, repositories: 'told' });
  };
  const addAll = async (lists: AsyncIterable<string>): Promise<void> => {
    for await (const listed of lists) await add(listed);
  };
  const addOthers = async (): Promise<number> => {
    const strays = ignored ? null : await git.listStrays(place, warn, signal);
    if (strays !== null) {
      await add(strays.files);
      return strays.ignored;
    }
    const untracked = git.listUntracked(place, ignored ? 'with-ignored' : 'without-ignored', warn, signal);
    const [counted] = await Promise.all([ignored ? 0 : git.countIgnored(place, signal), addAll(untracked)]);
    return counted;
  };
  const [counted] = await Promise.all([addOthers(), addAll(git.listTracked(place, warn, signal))]);
  walk.tally.ignored += counted;
};

const walkFolder = async ({ folder, prefix, top }: Pending, walk: Walk): Promise<void> => {
  const root: Root = { folder, prefix, top: null };
  // Inside a tree that git could not list, it is not asked again.
  const repositories = top === null ? 'told' : 'read';
  const workOf = (kind: Work['kind'], path: string): Work => ({ kind, root, names: textOf([path]), repositories });
  if (walk.options.threads > 1) return walk.threads.add(workOf('folders', ''));
  const { walkAlone } = await import('./walk-alone.js');
  await walkAlone(folder, async (path) => {
    const inside = await walk.threads.enter(workOf('folder', path));
    return inside.map((name) => name.slice(name.lastIndexOf('/') + 1));
  });
};

/** Names that end in a slash are repositories nested in the work tree. */
const withoutFolders = (names: string): { readonly files: string; readonly folders: readonly string[] } => {
  if (!names.includes('/\0')) return { files: names, folders: [] };
  const all = namesOf(names);
  const folders = all.filter((name) => name.endsWith('/')).map((name) => name.slice(0, -1));
  const files = all.filter((name) => !name.endsWith('/'));
  return { files: textOf(files), folders };
};

const say = ({ histories, ignored, links, excluded }: Walk['tally'], sink: Sink): void => {
  const note = (count: number, one: string, many: string): void => {
    if (count > 0) sink.note(count === 1 ? `1 ${one}` : `${amount(count)} ${many}`);
  };
  note(
    histories,
    'nested repository: its files were read, its history was not (name it as a target to read it)',
    'nested repositories: their files were read, their histories were not (name them as targets to read them)',
  );
  note(
    ignored,
    'file or folder that git ignores was not read (--no-ignore reads it)',
    'files and folders that git ignores were not read (--no-ignore reads them)',
  );
  note(links, 'symbolic link was not followed', 'symbolic links were not followed');
  note(excluded, 'file was left out by --include or --exclude', 'files were left out by --include or --exclude');
};
