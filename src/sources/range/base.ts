// The commits whose files tell what was there before a range.

import { type GitPlace, runGit } from '../../git/run.js';
import type { Span } from './revisions.js';

export const baseCommits = async (span: Span, place: GitPlace, signal: AbortSignal): Promise<readonly string[]> => {
  switch (span.base.kind) {
    case 'commit':
      return [span.base.commit];
    case 'merge-base':
      return listed(place, ['merge-base', '--all', ...span.base.of], signal);
    case 'fork': {
      // The commits outside that the new ones were built on.
      const lines = await listed(place, ['rev-list', '--boundary', ...span.tips, '--not', ...span.not], signal);
      return lines.filter((line) => line.startsWith('-')).map((line) => line.slice(1));
    }
  }
};

export const DEEPEN = 'git fetch --unshallow brings the rest';

/** Whether a span begins where its base is, as far as this clone knows. @param base as `baseCommits` gives it */
export const meets = async (
  span: Span,
  base: readonly string[],
  place: GitPlace,
  signal: AbortSignal,
): Promise<boolean> => {
  if (span.base.kind === 'merge-base') return base.length > 0;
  // What was never pushed need not have a base.
  if (span.base.kind === 'fork') return true;
  for (const tip of span.tips) {
    if ((await listed(place, ['merge-base', span.base.commit, `${tip}^{commit}`], signal)).length === 0) return false;
  }
  return true;
};

/** Lines of output; none when git has none to give: histories that never met. */
const listed = async (place: GitPlace, args: readonly string[], signal: AbortSignal): Promise<readonly string[]> => {
  const { stdout } = await runGit(place, args, signal);
  return stdout.toString('latin1').split('\n').filter(Boolean);
};
