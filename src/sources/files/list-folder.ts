// The files below a folder that is no work tree. fast-glob walks the folders; what is in each is seen here first, which
// costs far less a file than having each matched and streamed. So names that are no UTF-8 stay distinguishable, links are
// not followed, special files are told, `.git` is never entered, and a folder that holds one is left to git's own list.

import fs, { type Dirent } from 'node:fs';
import { reasonOf } from '../../errors.js';
import { pathOfText, textOfPath } from '../../git/path-text.js';
import { createBreather } from '../breather.js';
import { specialName } from './special.js';

export interface FolderEvents {
  /** Paths of files, relative to the folder walked. The walk waits for what is returned. */
  files(paths: readonly string[]): Promise<void>;
  /** A folder that holds `.git`, relative to the one walked. True: somebody else lists it. */
  repository(folder: string): boolean;
  link(path: string): void;
  special(path: string, what: string): void;
  unreadable(path: string, reason: string): void;
}

type ReadDirectory = (
  path: string,
  options: { withFileTypes: true },
  callback: (error: NodeJS.ErrnoException | null, entries: Dirent[]) => void,
) => void;

/** @param folder absolute, with no slash at its end */
export const listFolder = async (folder: string, events: FolderEvents, signal: AbortSignal): Promise<void> => {
  const { default: glob } = await import('fast-glob');
  let failure: unknown = null;
  const breather = createBreather(signal);
  const readdir: ReadDirectory = (path, _options, callback) => {
    const relative = path.slice(folder.length + 1);
    const { files, folders } = sortOut(entriesOf(path, relative, events), relative, events);
    const go = (): void => callback(null, failure === null ? folders : []);
    const given = events.files(files);
    (breather.due() ? given.then(breather.take) : given).then(go, (reason) => {
      failure ??= reason;
      go();
    });
  };
  await glob('**', {
    cwd: folder,
    dot: true,
    onlyDirectories: true,
    followSymbolicLinks: false,
    suppressErrors: true,
    unique: false,
    // The types of fast-glob know one form of `readdir` only; this is the form it calls.
    fs: { readdir: readdir as typeof fs.readdir },
  });
  if (failure !== null) throw failure;
};

interface Sorted {
  readonly files: string[];
  readonly folders: Dirent[];
}

const sortOut = (entries: readonly Dirent[], folder: string, events: FolderEvents): Sorted => {
  const sorted: Sorted = { files: [], folders: [] };
  if (folder !== '' && entries.some((entry) => entry.name === '.git') && events.repository(folder)) return sorted;
  const prefix = folder === '' ? '' : `${folder}/`;
  for (const entry of entries) {
    if (entry.name === '.git') continue;
    if (entry.isFile()) sorted.files.push(prefix + entry.name);
    else if (entry.isDirectory()) sorted.folders.push(entry);
    else if (entry.isSymbolicLink()) events.link(prefix + entry.name);
    else events.special(prefix + entry.name, specialName(entry));
  }
  return sorted;
};

/**
 * Read at once: a walk that waits for another thread at every folder is slower than one that does not. Names whose bytes
 * are no UTF-8 are read again and spelled so that they can be opened.
 */
const entriesOf = (path: string, relative: string, events: FolderEvents): readonly Dirent[] => {
  try {
    const entries = fs.readdirSync(pathOfText(path), { withFileTypes: true });
    if (!entries.some((entry) => entry.name.includes('\uFFFD'))) return entries;
    const raw = fs.readdirSync(pathOfText(path), { withFileTypes: true, encoding: 'buffer' });
    return raw.map((entry) => Object.assign(entry as unknown as Dirent, { name: textOfPath(entry.name as Buffer) }));
  } catch (error) {
    // What cannot be listed is told and has no files; the walk goes on.
    const { code } = error as NodeJS.ErrnoException;
    const denied = code === 'EACCES' || code === 'EPERM' ? 'permission denied' : reasonOf(error);
    events.unreadable(relative, code === 'ENOENT' ? 'disappeared while it was walked' : denied);
    return [];
  }
};
