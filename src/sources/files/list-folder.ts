// The files below a folder that is no work tree, by fast-glob. Its view of the file system is ours: names that are no
// UTF-8 stay distinguishable, links are not followed, special files are told, `.git` is never entered, and a folder that
// holds one is left to git's own list.

import fs, { type Dirent } from 'node:fs';
import { reasonOf } from '../../errors.js';
import { pathOfText, textOfPath } from '../../git/path-text.js';

export interface FolderEvents {
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

/** Paths relative to `folder`, with `/`. */
export async function* listFolder(folder: string, events: FolderEvents): AsyncGenerator<string> {
  const { default: glob } = await import('fast-glob');
  const readdir: ReadDirectory = (path, options, callback) =>
    fs.readdir(pathOfText(path), options, (error, entries) => {
      const relative = path.slice(folder.length + 1);
      if (error !== null) {
        // What cannot be listed is told and has no files; the walk goes on.
        events.unreadable(relative, error.code === 'ENOENT' ? 'disappeared while it was walked' : reasonOf(error));
        return callback(null, []);
      }
      const clean = entries.some((entry) => entry.name.includes('\uFFFD')) ? exactEntries(path) : entries;
      callback(null, keepFiles(clean, relative, events));
    });
  const stream = glob.stream('**', {
    cwd: folder,
    dot: true,
    onlyFiles: true,
    followSymbolicLinks: false,
    suppressErrors: true,
    // The types of fast-glob know one form of `readdir` only; this is the form it calls.
    fs: { readdir: readdir as typeof fs.readdir },
  });
  for await (const path of stream) yield String(path);
}

const keepFiles = (entries: readonly Dirent[], folder: string, events: FolderEvents): Dirent[] => {
  const at = (entry: Dirent): string => (folder === '' ? entry.name : `${folder}/${entry.name}`);
  if (folder !== '' && entries.some((entry) => entry.name === '.git') && events.repository(folder)) return [];
  return entries.filter((entry) => {
    if (entry.name === '.git') return false;
    if (entry.isFile() || entry.isDirectory()) return true;
    if (entry.isSymbolicLink()) events.link(at(entry));
    else events.special(at(entry), entry.isFIFO() ? 'a pipe' : entry.isSocket() ? 'a socket' : 'a device');
    return false;
  });
};

/** The same folder once more, with names whose bytes are no UTF-8 spelled so that they can be opened. */
const exactEntries = (path: string): readonly Dirent[] => {
  try {
    const raw = fs.readdirSync(pathOfText(path), { withFileTypes: true, encoding: 'buffer' });
    return raw.map((entry) => Object.assign(entry as unknown as Dirent, { name: textOfPath(entry.name as Buffer) }));
  } catch {
    return [];
  }
};
