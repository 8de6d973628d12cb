// Where every scan begins: each target is read for what it is. What only some targets need is loaded for those.

import { AkscanError } from '../errors.js';
import type { Repository } from '../git/repository.js';
import { idleBecause } from './idle.js';
import { filterFor } from './lazy-filter.js';
import { type Plan, planTarget } from './plan.js';
import { checkSince } from './since.js';
import type { Sink, SourceOptions } from './types.js';

/**
 * Reads all targets, one after the other, and tells the sink what they hold. What cannot be read is told the sink too,
 * and the rest goes on.
 * @throws AkscanError before anything is read, when no target is one or nothing of them would be read, or for a date that is none
 */
export const readTargets = async (targets: readonly string[], options: SourceOptions, sink: Sink): Promise<void> => {
  if (options.since !== null) checkSince(options.since);
  // What is wrong with a glob is said before anything is read.
  await filterFor(options.include, options.exclude);
  const plans = planAll(targets, options, sink);
  options.sinceScan?.expect(
    plans.flatMap(({ plan }) => (plan.kind === 'work-tree' || plan.kind === 'bare' ? [plan.folder] : [])),
  );
  for (const { target, plan } of plans) {
    options.signal.throwIfAborted();
    await readTarget(target, plan, options, sink);
  }
};

/** A target that is none, or of which nothing is read, does not keep the others from being read; when all are, there is nothing to report. */
const planAll = (
  targets: readonly string[],
  options: SourceOptions,
  sink: Sink,
): readonly { readonly target: string; readonly plan: Plan }[] => {
  const failures: { readonly target: string; readonly error: AkscanError }[] = [];
  const plans = targets.flatMap((target) => {
    try {
      const plan = planTarget(target);
      const idle = idleBecause(target, plan, options);
      if (idle === null) return [{ target, plan }];
      failures.push({ target, error: idle });
      return [];
    } catch (error) {
      if (!(error instanceof AkscanError)) throw error;
      failures.push({ target, error });
      return [];
    }
  });
  const [first] = failures;
  if (first !== undefined && plans.length === 0) throw first.error;
  for (const { target, error } of failures) {
    sink.skipped({ type: 'skipped', schema: 1, target, what: null, reason: sentenceOf(error), because: 'fault' });
  }
  return plans;
};

const readTarget = async (target: string, plan: Plan, options: SourceOptions, sink: Sink): Promise<void> => {
  switch (plan.kind) {
    case 'stdin': {
      const { scanStdin } = await import('./stdin.js');
      return scanStdin(target, process.stdin, options, sink);
    }
    case 'file': {
      const { scanFile } = await import('./files/scan-file.js');
      return scanFile(target, plan.file, plan.top === null ? 'file' : 'worktree', options, sink);
    }
    case 'special': {
      const reason = `${plan.what}, not a file: give what it holds to akscan on stdin, as -`;
      return sink.skipped({ type: 'skipped', schema: 1, target, what: null, reason, because: 'fault' });
    }
    case 'folder':
      return scanFiles({ target, folder: plan.folder, top: null }, options, sink);
    case 'inside': {
      const repository = await open(target, plan.top, options, sink);
      await scanFiles({ target, folder: plan.folder, top: repository === null ? null : plan.top }, options, sink);
      if (options.history && repository !== null)
        sink.note(
          `the history of ${target} was not read, since it is a folder inside ${plan.top}: name that to read it`,
        );
      return;
    }
    case 'work-tree': {
      const repository = await open(target, plan.folder, options, sink);
      await scanFiles({ target, folder: plan.folder, top: repository === null ? null : plan.folder }, options, sink);
      return scanCommits(target, repository, options, sink);
    }
    case 'bare':
      return scanCommits(target, await open(target, plan.folder, options, sink), options, sink);
  }
};

const sentenceOf = ({ message, hint }: AkscanError): string => (hint === null ? message : `${message}. ${hint}`);

/** Null, and the sink told, when git will not read it; its files are then read as those of any folder. */
const open = async (target: string, top: string, { signal }: SourceOptions, sink: Sink): Promise<Repository | null> => {
  try {
    const { openRepository } = await import('../git/repository.js');
    return await openRepository(top, signal);
  } catch (error) {
    if (!(error instanceof AkscanError)) throw error;
    sink.skipped({ type: 'skipped', schema: 1, target, what: null, reason: sentenceOf(error), because: 'fault' });
    return null;
  }
};

const scanFiles = async (
  tree: { readonly target: string; readonly folder: string; readonly top: string | null },
  options: SourceOptions,
  sink: Sink,
): Promise<void> => {
  if (!options.worktree) return;
  const { scanTree } = await import('./files/scan-tree.js');
  return scanTree(tree, options, sink);
};

const scanCommits = async (
  target: string,
  repository: Repository | null,
  options: SourceOptions,
  sink: Sink,
): Promise<void> => {
  if (!options.history || repository === null) return;
  const { scanHistory } = await import('./history/scan-history.js');
  return scanHistory(target, repository, options, sink);
};
