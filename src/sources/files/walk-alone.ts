// A folder that one thread reads: fast-glob walks it, and says what comes next; each folder it comes to is listed and read
// by the reader, which knows names that are no UTF-8, nested repositories and what is no file. Several threads share the
// folders between them instead: each walks what it was given, and nobody waits for one list.

import fs, { type Dirent } from 'node:fs';

type ReadDirectory = (
  path: string,
  options: { withFileTypes: true },
  callback: (error: NodeJS.ErrnoException | null, entries: Dirent[]) => void,
) => void;

/**
 * @param folder absolute, with no slash at its end
 * @param enter reads the files of a folder, whose path below `folder` it is given, and gives the names in it of those to
 *   be walked next
 */
export const walkAlone = async (folder: string, enter: (path: string) => Promise<readonly string[]>): Promise<void> => {
  const { default: glob } = await import('fast-glob');
  let failure: unknown = null;
  const readdir: ReadDirectory = (path, _options, callback) => {
    // Not at once: what waits is called from here, one inside the other.
    if (failure !== null) return void setImmediate(callback, null, []);
    enter(path.slice(folder.length + 1)).then(
      (names) => callback(null, names.map(folderNamed)),
      (reason) => {
        failure ??= reason;
        callback(null, []);
      },
    );
  };
  await glob('**', {
    cwd: folder,
    dot: true,
    onlyDirectories: true,
    followSymbolicLinks: false,
    suppressErrors: true,
    unique: false,
    // One after the other: what waits is names of folders, not what is in them.
    concurrency: 1,
    // The types of fast-glob know one form of `readdir` only; this is the form it calls.
    fs: { readdir: readdir as typeof fs.readdir },
  });
  if (failure !== null) throw failure;
};

const folderNamed = (name: string): Dirent => Object.assign(Object.create(FOLDER) as Dirent, { name });

const [yes, no] = [() => true, () => false];
const FOLDER = Object.assign(Object.create(fs.Dirent.prototype) as Dirent, {
  isDirectory: yes,
  isFile: no,
  isSymbolicLink: no,
});
