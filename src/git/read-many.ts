// Objects read in bulk by `git cat-file --batch`: all names are given at once, and answers come in their order.

import { OutOfStep } from './batch-format.js';
import { batchParser } from './batch-output.js';
import { type GitPlace, startGit } from './run.js';
import { watchOver } from './silence.js';

/** Names in hexadecimal, each with a line feed, as `cat-file` takes them. */
export type NameLines = Buffer;

export const linesOf = (oids: Iterable<string>): NameLines => {
  const lines = [...oids].join('\n');
  return Buffer.from(lines === '' ? '' : `${lines}\n`, 'latin1');
};

/** Gives an object's bytes, valid only during the call; null when it is missing, damaged or above the limit. */
export type EachRead = (index: number, bytes: Buffer | null) => void;

/** Git dies on a damaged object and is started again after it, as often as this; whatever is left then counts as missing. */
const MOST_DAMAGED = 100;
/** Of those, how many one counts for that git does not come back from: each costs a minute. */
const SILENT_WEIGHT = 20;

/** Settings of git that suit many objects, read in the order of the packs: mapping small pieces of a pack costs time. */
const ROOMY = ['-c', 'core.packedGitWindowSize=32m', '-c', 'core.packedGitLimit=128m'];

/**
 * @param names of one length, all of them
 * @param limit bytes; larger objects are passed over
 */
export const readMany = async (
  place: GitPlace,
  names: NameLines,
  limit: number,
  each: EachRead,
  signal: AbortSignal,
): Promise<void> => {
  if (names.length === 0) return;
  const width = names.indexOf('\n') + 1;
  const count = names.length / width;
  let index = 0;
  for (let damaged = 0; index < count && damaged <= MOST_DAMAGED; damaged++) {
    const git = startGit(place, [...ROOMY, 'cat-file', '--buffer', '--batch'], signal);
    const first = index;
    let failure: unknown = null;
    const parse = batchParser(limit, (head, bytes) => {
      const name = names.toString('latin1', index * width, index * width + width - 1);
      if (index === count || (head !== null && head.oid !== name)) throw new OutOfStep('before');
      each(index++, bytes);
    });
    const watch = watchOver(git, () => index < count);
    git.stdout.on('data', (chunk: Buffer) => {
      watch.heard();
      try {
        if (failure === null) parse(chunk);
      } catch (error) {
        failure = error;
        git.kill();
      }
    });
    git.stdin.end(names.subarray(index * width));
    await git.ended.finally(watch.stop);
    if (watch.isSilent()) damaged += SILENT_WEIGHT;
    if (failure !== null && !(failure instanceof OutOfStep)) throw failure;
    // Of one that was told before, what was given cannot be taken back.
    const isTold = failure !== null && failure.wrong === 'before' && index > first;
    if (index < count && !isTold) each(index++, null);
  }
  while (index < count) each(index++, null);
};
