// Runs a plan in one thread: takes groups of windows off a counter that all threads share, reads their bytes into the kernel's
// memory and has it run them.

import { readSync } from 'node:fs';
import { type PackKernel, wordsAt } from './kernel.js';
import { fill, JOB, type Plan, RUN, WINDOW } from './plan.js';

/** Inflated bytes above which an object is left to another reader, which can stream it. */
export const LARGEST = 8 << 20;

/** What the kernel hands over beside objects that hold an anchor (assembly/run.ts). */
export const HANDS = { nothing: 0, trees: 1, everything: 2 } as const;

export interface WindowEvents {
  /** The window about to be run begins with this job of the plan: the kernel counts from there. */
  window(firstJob: number): void;
  /** What is returned is awaited before the next group. */
  group(): Promise<void> | null;
}

/**
 * The kernel has been told of the plan (`openRun`), and tells its host what it finds.
 * @param next the first group that no thread has taken
 * @returns false when the pack ends before its entries do
 */
export const runGroups = async (
  kernel: PackKernel,
  fd: number,
  plan: Plan,
  next: Int32Array,
  events: WindowEvents,
): Promise<boolean> => {
  const { jobs, windows, groups } = plan;
  let whole = true;
  for (let group = Atomics.add(next, 0, 1); group + 1 < groups.length; group = Atomics.add(next, 0, 1)) {
    const end = groups[group + 1] ?? 0;
    for (let window = groups[group] ?? 0; window < end; window++) {
      const at = window * WINDOW.words;
      const [first = 0, endJob = 0, firstRun = 0, endRun = 0] = windows.subarray(at, at + WINDOW.words);
      events.window(first);
      whole = readRuns(kernel, fd, plan, firstRun, endRun) && whole;
      const words = jobs.subarray(first * JOB.words, endJob * JOB.words);
      wordsAt(kernel, kernel.jobsAt(), words.length).set(words);
      kernel.runWindow(endJob - first);
    }
    const paused = events.group();
    if (paused !== null) await paused;
  }
  return whole;
};

/** False when the pack ends before its runs do; what is missing is zeros then, and fails in the kernel. */
const readRuns = (kernel: PackKernel, fd: number, { runs, origin }: Plan, first: number, end: number): boolean => {
  const memory = new Uint8Array(kernel.memory.buffer);
  const window = kernel.windowAt();
  let whole = true;
  for (let run = first * RUN.words; run < end * RUN.words; run += RUN.words) {
    const from = runs[run + RUN.from] ?? 0;
    const length = (runs[run + RUN.to] ?? 0) - from;
    const at = window + (runs[run + RUN.place] ?? 0);
    let got = readSync(fd, memory, at, length, origin + from);
    if (got < length) got += fill(fd, memory.subarray(at + got, at + length), origin + from + got);
    if (got < length) {
      memory.fill(0, at + got, at + length);
      whole = false;
    }
  }
  return whole;
};
