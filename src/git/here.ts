// Which repository a hook, or a person in a folder, means: the one git named in the environment, or the one around the
// current directory. Told from the look of folders, since a commit hook has no time for one more git.

import { closeSync, fstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { AkscanError } from '../errors.js';
import { looksLike, workTreeAbove } from './discover.js';
import { openFile } from './open-file.js';
import { type GitPlace, refusal } from './run.js';

export interface Here {
  readonly place: GitPlace;
  /** The top of the work tree (of a bare repository: itself), from the current directory: what paths are relative to. */
  readonly target: string;
  /** Where HEAD, MERGE_HEAD and the index of this work tree lie. */
  readonly gitFolder: string;
  readonly bare: boolean;
}

/** @throws AkscanError outside any repository */
export const findHere = (): Here => {
  const cwd = process.cwd();
  const { GIT_DIR: named, GIT_WORK_TREE: workTree } = process.env;
  if (named !== undefined && named !== '') {
    // As git has it: with GIT_DIR alone the current directory is the top, unless the repository says it has none.
    const gitFolder = path.resolve(named);
    const bare = workTree === undefined && (looksLike(cwd) === 'bare' || saysBare(gitFolder));
    return here(workTree === undefined ? cwd : path.resolve(workTree), gitFolder, bare);
  }
  const real = realpathSync(cwd);
  if (looksLike(real) === 'bare') return here(real, real, true);
  const top = looksLike(real) === 'work-tree' ? real : workTreeAbove(real);
  if (top === null) throw new AkscanError(`${cwd} is in no git repository`, 'Run it inside one.');
  return here(top, gitFolderOf(top), false);
};

const here = (top: string, gitFolder: string, bare: boolean): Here => {
  const cwd = process.cwd();
  const target = path.relative(realpathSync(cwd), realpathSync(top)).split(path.sep).join('/');
  return { place: { cwd, top, caller: 'hook' }, target: target === '' ? '.' : target, gitFolder, bare };
};

/** A linked work tree or a submodule has a file there that says where (gitrepository-layout). */
const gitFolderOf = (top: string): string => {
  const found = path.join(top, '.git');
  try {
    if (statSync(found).isDirectory()) return found;
    const said = /^gitdir: (.*)$/m.exec(textOf(found))?.[1];
    return said === undefined ? found : path.resolve(top, said);
  } catch {
    return found;
  }
};

const saysBare = (gitFolder: string): boolean =>
  /^\s*bare\s*=\s*true\s*$/im.test(textOf(path.join(gitFolder, 'config')));

/** Of a small file; '' when there is none. Nobody waits for what is a pipe instead, or reads a device that never ends. */
export const textOf = (file: string): string => {
  let fd = -1;
  try {
    fd = openFile(file);
    return fstatSync(fd).isFile() ? readFileSync(fd, 'utf8') : '';
  } catch {
    return '';
  } finally {
    if (fd >= 0) closeSync(fd);
  }
};

/**
 * What is being merged into HEAD right now; several for an octopus. `git merge` writes MERGE_HEAD only after its hook
 * pre-merge-commit, which it tells by the names of variables, `GITHEAD_<oid>` (git, builtin/merge.c).
 */
export const mergeHeads = ({ gitFolder }: Here): readonly string[] => {
  const written = textOf(path.join(gitFolder, 'MERGE_HEAD')).match(/^(?:[0-9a-f]{64}|[0-9a-f]{40})$/gm) ?? [];
  const told = Object.keys(process.env).flatMap((name) => /^GITHEAD_([0-9a-f]{40,64})$/.exec(name)?.[1] ?? []);
  return [...written, ...told];
};

/** Where objects and branches lie, which linked work trees share (gitrepository-layout). */
export const commonFolder = ({ gitFolder }: Pick<Here, 'gitFolder'>): string =>
  path.resolve(gitFolder, textOf(path.join(gitFolder, 'commondir')).trim() || '.');

/** What git's refusal to read a repository means. */
export const refusalOf = (top: string, stderr: string): AkscanError => {
  // Without a repository `git diff` compares two files, and says how it is used.
  if (/not a git repository|unknown option `cached'/i.test(stderr))
    return new AkscanError(`${top} is in no git repository`, 'Run it inside one.');
  return refusal(top, stderr);
};
