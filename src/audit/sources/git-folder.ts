// Telling a repository from a folder, without starting git: a thousand folders a repository would be a thousand processes
// (gitrepository-layout). What is there may be hostile: little is read, and nothing followed but what git itself follows.

import { closeSync, openSync, readlinkSync, readSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';

/** Bytes of a file that holds one line. */
const MOST = 4_096;

/** Objects and refs: what no other folder has both of. */
export const holdsObjects = (folder: string): boolean =>
  isFolder(path.join(folder, 'objects')) && isFolder(path.join(folder, 'refs'));

/** Whether git would take a folder for a repository's own: HEAD, objects and refs. @throws what reading it throws, but for absence */
export const isGitFolder = (folder: string): boolean => {
  if (!holdsObjects(folder)) return false;
  const head = lineOf(path.join(folder, 'HEAD')) ?? linkOf(path.join(folder, 'HEAD'));
  return head !== null && /^(?:ref:\s*refs\/|refs\/|[0-9a-f]{40}(?:[0-9a-f]{24})?$)/.test(head);
};

export type Pointed =
  /** A submodule, or `git init --separate-git-dir`. */
  | { readonly kind: 'own'; readonly folder: string }
  /** A linked work tree: objects and refs are in a repository that others share. */
  | { readonly kind: 'shared'; readonly folder: string };

/** What a `.git` file points to, as a real path; null when it points to nothing that is there. */
export const pointedBy = (file: string): Pointed | null => {
  const target = /^gitdir: *(.+)$/.exec(lineOf(file) ?? '')?.[1];
  if (target === undefined) return null;
  const own = path.resolve(path.dirname(file), target);
  const common = lineOf(path.join(own, 'commondir'));
  const folder = common === null ? own : path.resolve(own, common);
  if (!isGitFolder(folder)) return null;
  return { kind: common === null ? 'own' : 'shared', folder: realpathSync(folder) };
};

/** What stays the same however a repository is come by: its work tree, or its own folder where it has none around it. */
export const homeOf = (gitFolder: string): string =>
  path.basename(gitFolder) === '.git' ? path.dirname(gitFolder) : gitFolder;

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

const unlessAbsent = <T>(read: () => T): T | null => {
  try {
    return read();
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
};

export const isFolder = (name: string): boolean => unlessAbsent(() => statSync(name).isDirectory()) ?? false;

const linkOf = (file: string): string | null =>
  unlessAbsent(() => {
    try {
      return readlinkSync(file);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EINVAL') return null;
      throw error;
    }
  });

/** The first line of a short file; null when there is none, or it is no file. */
const lineOf = (file: string): string | null =>
  unlessAbsent(() => {
    // A pipe of that name would be waited for.
    if (!statSync(file).isFile()) return null;
    const descriptor = openSync(file, 'r');
    try {
      const bytes = Buffer.alloc(MOST);
      const [line = ''] = bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, MOST, 0)).split(/\r?\n/);
      return line.trim();
    } finally {
      closeSync(descriptor);
    }
  });
