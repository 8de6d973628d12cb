// One `git cat-file --batch` that is told which objects to give. Git dies on a damaged object; the feeder then knows
// which one it was, names it, and starts git again with those that come after.

import { type GitPlace, type GitProcess, gitReason, startGit } from '../../git/run.js';
import type { BlockReader } from './blocks.js';

export interface Feeder {
  /** Asks for objects; settles when git has taken the names in, which is the time to bring more. */
  ask(oids: readonly string[]): Promise<void>;
  /** No more is asked; settles when every answer was read. */
  finish(): Promise<void>;
}

export interface FeederEvents {
  /** A reader for the output of one process. `answered` must be called once for each object git has dealt with. */
  reader(answered: () => void): BlockReader;
  damaged(oid: string, reason: string): void;
  /** Git complained but gave every object. */
  warned(reason: string): void;
}

/** Beyond this many damaged objects a repository is ruined, and starting git for each of the rest helps nobody. */
const MOST_DAMAGED = 1_000;

export const createFeeder = (place: GitPlace, events: FeederEvents, signal: AbortSignal): Feeder => {
  const outstanding: string[] = [];
  let answered = 0;
  let finishing = false;
  let damaged = 0;
  let failure: unknown = null;
  let current: { readonly git: GitProcess; readonly over: Promise<void> } | null = null;

  const start = (): { readonly git: GitProcess; readonly over: Promise<void> } => {
    const git = startGit(place, ['cat-file', '--buffer', '--batch'], signal);
    const reader = events.reader(() => {
      answered += 1;
      // Names that were answered are dropped in bulk: shift() on each would be slow.
      if (answered === 4_096) answered -= outstanding.splice(0, answered).length;
    });
    git.stdout.on('data', (chunk: Buffer) => {
      try {
        reader.push(chunk);
      } catch (error) {
        failure ??= error;
        git.kill();
      }
    });
    const over = git.ended.then(({ code, stderr }) => {
      if (failure !== null) throw failure;
      const { cut } = reader.end();
      outstanding.splice(0, answered);
      answered = 0;
      if (code === 0 && !cut && outstanding.length === 0) {
        if (stderr !== '') events.warned(gitReason(stderr));
        return;
      }
      const culprit = outstanding.shift();
      if (culprit === undefined) throw new Error(`git cat-file failed: ${gitReason(stderr)}`);
      events.damaged(culprit, gitReason(stderr));
      damaged += 1;
      if (damaged > MOST_DAMAGED) throw new Error(`more than ${MOST_DAMAGED} objects are damaged`);
      return resume();
    });
    over.catch(() => {});
    return { git, over };
  };

  const resume = (): Promise<void> => {
    current = start();
    if (outstanding.length > 0) current.git.stdin.write(lines(outstanding));
    if (finishing) current.git.stdin.end();
    return current.over;
  };

  return {
    ask: async (oids) => {
      current ??= start();
      const { git, over } = current;
      outstanding.push(...oids);
      const taken = new Promise<void>((resolve) => git.stdin.write(lines(oids), () => resolve()));
      // When git ends first, whatever it has not read is asked again by `resume`.
      await Promise.race([taken, over]);
    },
    finish: async () => {
      finishing = true;
      if (current === null) return;
      current.git.stdin.end();
      await current.over;
    },
  };
};

const lines = (oids: readonly string[]): string => `${oids.join('\n')}\n`;
