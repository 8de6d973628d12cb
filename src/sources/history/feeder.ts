// One `git cat-file --batch` that is told which objects to give. Git dies on a damaged object; the feeder then knows
// which one it was, names it, and starts git again with those that come after.

import { OutOfStep, WRONG_SIZE } from '../../git/batch-format.js';
import { startReading } from '../../git/object-programs.js';
import { type GitPlace, type GitProcess, gitReason } from '../../git/run.js';
import { SILENT_WEIGHT, watchOver } from '../../git/silence.js';
import { once } from '../../once.js';
import type { BlockReader } from './blocks.js';

export interface Feeder {
  /** Asks for objects; settles when git has taken the names in, which is the time to bring more. */
  ask(oids: readonly string[]): Promise<void>;
  /** No more is asked; settles when every answer was read. */
  finish(): Promise<void>;
}

export interface FeederEvents {
  /** A reader for the output of one process. `answered` must be called once for each object git has dealt with, in order. */
  reader(answered: (oid: string) => void): BlockReader;
  damaged(oid: string, reason: string): void;
  /** Git complained but gave every object. */
  warned(reason: string): void;
}

/** Beyond this many damaged objects a repository is ruined, and starting git for each of the rest helps nobody. */
const MOST_DAMAGED = 1_000;

/** @param begun `cat-file` where it was started before */
export const createFeeder = (
  place: GitPlace,
  events: FeederEvents,
  signal: AbortSignal,
  begun: GitProcess | null = null,
): Feeder => {
  const outstanding: string[] = [];
  let answered = 0;
  let finishing = false;
  let damaged = 0;
  let failure: unknown = null;
  let current: { readonly git: GitProcess; readonly over: Promise<void> } | null = null;

  const start = (git: GitProcess): { readonly git: GitProcess; readonly over: Promise<void> } => {
    let last: string | undefined;
    // Made when git has been asked.
    const reader = once(() =>
      events.reader((oid) => {
        // An object that says it is longer than it is takes what comes behind it for its own.
        if (oid !== outstanding[answered]) throw new OutOfStep('before');
        last = oid;
        answered += 1;
        // Names that were answered are dropped in bulk: shift() on each would be slow.
        if (answered === 4_096) answered -= outstanding.splice(0, answered).length;
      }),
    );
    // While more may be asked, git keeps back what it has not much of: it is idle as long as it takes in what it is asked.
    const owes = (): boolean => outstanding.length > answered && (finishing || git.stdin.writableLength > 0);
    const watch = watchOver(git, owes);
    git.stdout.on('data', (chunk: Buffer) => {
      watch.heard();
      try {
        reader().push(chunk);
      } catch (error) {
        failure ??= error;
        git.kill();
      }
    });
    const over = git.ended.finally(watch.stop).then(({ code, stderr }) => {
      const cut = failure === null && endOf(reader());
      outstanding.splice(0, answered);
      answered = 0;
      if (failure !== null) {
        // Where nothing came before, it is the first that git answers so oddly.
        const liar = last ?? outstanding.shift();
        if (!(failure instanceof OutOfStep) || liar === undefined) throw failure;
        failure = null;
        return goOnWithout(liar, WRONG_SIZE);
      }
      if (code === 0 && !cut && outstanding.length === 0) {
        if (stderr !== '') events.warned(gitReason(stderr));
        return;
      }
      const culprit = outstanding.shift();
      if (culprit === undefined) throw new Error(`git cat-file failed: ${gitReason(stderr)}`);
      return watch.isSilent()
        ? goOnWithout(culprit, 'git did not come back from it', SILENT_WEIGHT)
        : goOnWithout(culprit, gitReason(stderr));
    });
    over.catch(() => {});
    return { git, over };
  };

  /** Judges what came last; whether an object was cut short. */
  const endOf = (reader: BlockReader): boolean => {
    try {
      return reader.end().cut;
    } catch (error) {
      failure = error;
      return true;
    }
  };

  const goOnWithout = (oid: string, reason: string, weight = 1): Promise<void> => {
    events.damaged(oid, reason);
    damaged += weight;
    if (damaged > MOST_DAMAGED) throw new Error(`more than ${MOST_DAMAGED} objects are damaged`);
    return resume();
  };

  const resume = (): Promise<void> => {
    current = start(startReading(place, signal));
    if (outstanding.length > 0) current.git.stdin.write(lines(outstanding));
    if (finishing) current.git.stdin.end();
    return current.over;
  };

  return {
    ask: async (oids) => {
      current ??= start(begun ?? startReading(place, signal));
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
