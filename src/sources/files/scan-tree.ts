// Reads the files of one folder: a work tree as git lists it, any other folder as it is walked, and whatever repositories
// are nested in either. Listing and reading overlap.

import { reasonOf } from '../../errors.js';
import { looksLike } from '../../git/discover.js';
import { bytesOfPath, textOfPath } from '../../git/path-text.js';
import { openRepository } from '../../git/repository.js';
import type { GitPlace } from '../../git/run.js';
import type { Sink, SourceOptions } from '../types.js';
import type { BatchResult, Root } from './batch.js';
import { listFolder } from './list-folder.js';
import { countIgnored, isIgnored, listTracked, listUntracked } from './list-git.js';
import { createLoneIds } from './lone-ids.js';
import { builtWorker, createThreads, type Threads, type ThreadsOptions } from './threads.js';

export interface Tree {
  readonly target: string;
  /** Absolute. */
  readonly folder: string;
  /** The top of the work tree the folder lies in (or is); null when git is not to be asked. */
  readonly top: string | null;
}

/** Bytes of names in one batch: about 250 files. */
const BATCH = 16_384;

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
  worker: ThreadsOptions['worker'] = builtWorker(),
): Promise<void> => {
  const { target } = tree;
  const source = tree.top === null ? 'file' : 'worktree';
  const tally = { histories: 0, ignored: 0, links: 0, excluded: 0 };
  const pending: Pending[] = [{ folder: tree.folder, prefix: '', top: tree.top }];
  const skip: Walk['skip'] = (what, reason, because) =>
    sink.skipped({ type: 'skipped', schema: 1, target, what, reason, because });
  const lone = createLoneIds(target, source, options, sink);
  let files = 0;

  const give = (result: BatchResult): void => {
    files += result.files;
    sink.count({ files: result.files, bytes: result.bytes });
    tally.links += result.links;
    tally.excluded += result.excluded;
    for (const { root, path, detections } of result.found) {
      for (const detection of detections) {
        if (detection.kind === 'id-only') lone.add(root, path, detection);
        else sink.sighting({ target, source, path, detection });
      }
    }
    for (const { path, reason, because } of result.refused) skip(path, reason, because);
    for (const { root, name } of result.folders) pending.push(nestedIn(root, name));
    options.progress.update(`files: ${files.toLocaleString('en-GB')}`);
  };

  const { detector, include, exclude, maxSize, signal } = options;
  const settings = { include, exclude, maxSize };
  const threads = createThreads({ threads: options.threads, signal, worker, detector, settings }, give);
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
    if (prefix !== '') await openRepository(top, walk.options.signal);
    // A folder that was named is read although git ignores it.
    if (folder !== top && (await isIgnored(place, walk.options.signal))) return null;
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
  const lists = [
    listTracked(place, warn, signal),
    listUntracked(place, ignored ? 'with-ignored' : 'without-ignored', warn, signal),
  ];
  const hand = async (names: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of names) {
      const { files, folders } = withoutFolders(chunk);
      for (const name of folders) walk.pending.push(nestedIn(root, name));
      for (const paths of slices(files)) await walk.threads.add({ root, paths });
    }
  };
  const [counted] = await Promise.all([ignored ? 0 : countIgnored(place, signal), ...lists.map(hand)]);
  walk.tally.ignored += counted;
};

const walkFolder = async ({ folder, prefix, top }: Pending, walk: Walk): Promise<void> => {
  const root: Root = { folder, prefix, top: null };
  let gathered: string[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    if (gathered.length === 0) return;
    const paths = bytesOfPath(gathered.map((name) => `${name}\0`).join(''));
    gathered = [];
    size = 0;
    await walk.threads.add({ root, paths });
  };
  await listFolder(
    folder,
    {
      files: async (paths) => {
        for (const name of paths) {
          gathered.push(name);
          size += name.length + 1;
          if (size >= BATCH) await flush();
        }
      },
      repository: (inside) => {
        const nested = nestedIn(root, inside);
        // Inside a tree that git could not list, it is not asked again.
        if (nested.top === null || top !== null) return false;
        walk.pending.push(nested);
        return true;
      },
      link: () => {
        walk.tally.links += 1;
      },
      special: (at, what) => walk.skip(prefix + at, `${what}, not a file`, 'limit'),
      unreadable: (at, reason) => walk.skip(`${prefix}${at}` || null, reason, 'fault'),
    },
    walk.options.signal,
  );
  await flush();
};

/** Names that end in a slash are repositories nested in the work tree. */
const withoutFolders = (names: Buffer): { readonly files: Buffer; readonly folders: readonly string[] } => {
  if (!names.includes('/\0')) return { files: names, folders: [] };
  const all = textOfPath(names).split('\0').slice(0, -1);
  const folders = all.filter((name) => name.endsWith('/')).map((name) => name.slice(0, -1));
  const files = all.filter((name) => !name.endsWith('/')).map((name) => `${name}\0`);
  return { files: bytesOfPath(files.join('')), folders };
};

/** Parts of about BATCH bytes that end where a name ends. */
function* slices(names: Buffer): Generator<Uint8Array> {
  for (let from = 0; from < names.length; ) {
    const end = names.indexOf(0, Math.min(from + BATCH, names.length - 1)) + 1;
    // A copy: what is sent to a thread takes all the memory behind it along.
    yield new Uint8Array(names.subarray(from, end));
    from = end;
  }
}

const say = ({ histories, ignored, links, excluded }: Walk['tally'], sink: Sink): void => {
  const note = (count: number, one: string, many: string): void => {
    if (count > 0) sink.note(count === 1 ? `1 ${one}` : `${count.toLocaleString('en-GB')} ${many}`);
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
