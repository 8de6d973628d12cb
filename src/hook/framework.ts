// What the framework pre-commit asks for, which it does not say outright: it sets PRE_COMMIT_FROM_REF and PRE_COMMIT_TO_REF
// for a range of commits, and else passes the names of files: the staged ones for a commit, all that are tracked for
// `--all-files`, those that were named for `--files` (pre_commit/commands/run.py).

import { findHere } from '../git/here.js';
import { indexChanges } from '../git/index-diff.js';
import { runGit } from '../git/run.js';
import type { HookInput } from '../sources/range/hook-lines.js';

export type Asked =
  | { readonly what: 'staged' }
  | { readonly what: 'range'; readonly from: string; readonly to: string; readonly dots: '..' | '...' }
  /** The first push of a branch: all that the remote's branches lack. */
  | { readonly what: 'push'; readonly input: HookInput; readonly remote: string | null }
  | { readonly what: 'files'; readonly files: readonly string[] };

export const askedByFramework = async (
  files: readonly string[],
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Asked> => {
  const { PRE_COMMIT_FROM_REF: from, PRE_COMMIT_TO_REF: to } = env;
  const { PRE_COMMIT_LOCAL_BRANCH: branch, PRE_COMMIT_REMOTE_NAME: remote, PRE_COMMIT_REMOTE_BRANCH: target } = env;
  // A push replaces what the remote has; two branches that somebody compares have parted somewhere.
  if (from !== undefined && to !== undefined)
    return {
      what: 'range',
      from,
      to,
      dots: remote !== undefined || !(await haveParted(from, to, signal)) ? '..' : '...',
    };
  if (branch !== undefined && target !== undefined) {
    const after = await commitOf(branch, signal);
    if (after !== null) {
      const updates = [{ ref: target, before: null, after }];
      return { what: 'push', input: { hook: 'push', updates }, remote: remote ?? null };
    }
  }
  return (await areStaged(files, signal)) ? { what: 'staged' } : { what: 'files', files };
};

const haveParted = async (from: string, to: string, signal: AbortSignal): Promise<boolean> =>
  (await runGit(findHere().place, ['merge-base', '--end-of-options', from, to], signal)).code === 0;

const commitOf = async (revision: string, signal: AbortSignal): Promise<string | null> => {
  const asked = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  const { code, stdout } = await runGit(findHere().place, asked, signal);
  const name = /^[0-9a-f]{40,64}$/m.exec(stdout.toString('utf8'))?.[0];
  return code === 0 && name !== undefined ? name : null;
};

/** Whether every file is one that the next commit changes; none at all are what a commit of links or removals brings. */
const areStaged = async (files: readonly string[], signal: AbortSignal): Promise<boolean> => {
  if (files.length === 0) return true;
  const { changes } = await indexChanges(findHere().place, signal);
  const staged = new Set(changes.map(({ path }) => path));
  return files.every((file) => staged.has(file.replace(/^\.\//, '').replaceAll('\\', '/')));
};
