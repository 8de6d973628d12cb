// Targets of which nothing is read, since what they have is what the call leaves out: nobody is to take that for "no keys".

import { AkscanError } from '../errors.js';
import type { Plan } from './plan.js';
import type { SourceOptions } from './types.js';

/** @returns why nothing of the target would be read, and the way out; null when something would be */
export const idleBecause = (
  target: string,
  plan: Plan,
  { worktree, history }: Pick<SourceOptions, 'worktree' | 'history'>,
): AkscanError | null => {
  if (plan.kind === 'bare' && !history)
    return new AkscanError(
      `${target} is a repository without files, and --no-history leaves its history out`,
      'Leave --no-history out.',
    );
  if (worktree) return null;
  if (plan.kind === 'folder')
    return new AkscanError(
      `${target} has no history, and --no-worktree leaves its files out`,
      'Name the top of a repository, or leave --no-worktree out.',
    );
  return plan.kind === 'inside'
    ? new AkscanError(
        `${target} is a folder inside ${plan.top}, whose history is not read, and --no-worktree leaves its files out`,
        `Name ${plan.top}, or leave --no-worktree out.`,
      )
    : null;
};
