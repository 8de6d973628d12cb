// The names of all objects there are in a repository.

import type { Repository } from '../../git/repository.js';
import { gitReason, runGit } from '../../git/run.js';
import { allObjectNames, namesOfHex, type SortedNames } from '../../pack/all-names.js';

/** @throws Error when git, too, cannot list them */
export const namesIn = async (
  { objects, hash, place }: Repository,
  { signal }: { readonly signal: AbortSignal },
): Promise<SortedNames> => {
  try {
    return allObjectNames(objects, hash);
  } catch {
    // An index that is broken, or away for a moment: git may know better.
    const list = ['cat-file', '--batch-all-objects', '--batch-check=%(objectname)'];
    const { code, stdout, stderr } = await runGit(place, list, signal);
    if (code !== 0) throw new Error(`git could not list all objects: ${gitReason(stderr)}`);
    return namesOfHex(
      stdout
        .toString('latin1')
        .split('\n')
        .filter((line) => line !== ''),
    );
  }
};
