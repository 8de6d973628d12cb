// What a scan refuses before it begins: options that would say nothing, since what they speak of is not read.

import { AkscanError } from '../errors.js';
import { planTarget } from '../sources/plan.js';
import type { ScopeOptions } from './options.js';

/** Some are of `akscan scan` alone. */
export interface ScopeFlags extends ScopeOptions {
  readonly where?: true;
  readonly verifyObjects?: true;
}

/** Options that speak of history. */
const OF_HISTORY = ['since', 'branch', 'where', 'verifyObjects', 'allowPartial'] as const;

/** @throws AkscanError that names the option and what is missing */
export const checkScope = (targets: readonly string[], flags: ScopeFlags): void => {
  if (!flags.worktree && !flags.history)
    throw new AkscanError('--no-worktree and --no-history together leave nothing to read.', 'Leave one out.');
  if (!flags.worktree && !flags.ignore)
    throw new AkscanError('--no-ignore reads more files, and --no-worktree leaves all out.', 'Leave one out.');
  const [first] = OF_HISTORY.filter((name) => flags[name] !== undefined);
  if (!flags.history && first !== undefined)
    throw new AkscanError(`${optionOf(first)} is for history, and --no-history leaves it out.`, 'Leave one out.');
  // What is missing in a part that is not read harms nobody, so that --allow-partial may stand in every call of a pipeline.
  if (first === undefined || first === 'allowPartial' || targets.some(mayHaveHistory)) return;
  throw new AkscanError(
    `${optionOf(first)} is for history, and none would be read here.`,
    'Name the top of a repository, or leave it out.',
  );
};

const optionOf = (name: (typeof OF_HISTORY)[number]): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Of a target that is none it is said when it is read. */
const mayHaveHistory = (target: string): boolean => {
  try {
    return ['work-tree', 'bare'].includes(planTarget(target).kind);
  } catch {
    return true;
  }
};
