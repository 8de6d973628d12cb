// Whole histories from small to large, with one thread and with two, beside git printing the same objects into nothing: speed,
// memory, and what a byte of pack costs.
import path from 'node:path';
import { cached } from '../speed/cache.mjs';
import { contest, median, watch } from '../speed/programs.mjs';
import { evenRow, fasterRow, memoryRow } from '../speed/rows.mjs';
import { makeSourceHistory, packedBytes } from '../speed/source-history.mjs';

/** Megabytes of pack. What the smallest takes is what a start takes; it is shown nowhere. */
const SIZES = { full: [1, 10, 50, 100, 300, 500], short: [0.1, 0.3, 0.6] };
/** How many times faster than git, by size: with one thread, with two. */
const LEAST = { 50: [null, 4.5], 300: [4, 8] };
const MOST_MEMORY = 200_000_000;
const EVEN = 1.2;

const reference = (repository) => [
  'git',
  '-C',
  repository,
  ...['cat-file', '--batch-all-objects', '--batch', '--unordered', '--buffer'],
];

const argsFor = (repository, threads) => ['scan', '--no-worktree', '--threads', `${threads}`, repository];

/** A made-up history without findings. */
export const sourceHistory = (cache, megabytes, keys) =>
  cached(cache, `source-history-${megabytes}${keys > 0 ? '-keys' : ''}`, { version: 1, megabytes, keys }, (folder) =>
    makeSourceHistory(folder, { megabytes, keys }),
  );

/** Seconds with one thread, with two, and of git. */
export const race = (akscan, repository, codes, runs) =>
  contest(
    [
      ...[1, 2].map((threads) => ({ command: [process.execPath, akscan, ...argsFor(repository, threads)], codes })),
      { command: reference(repository) },
    ],
    runs,
  );

/** One watched run, whose counts are looked at. */
export const look = async (akscan, repository, threads, codes) => {
  const run = await watch(akscan, argsFor(repository, threads), codes);
  if (run.summary.counts.objects === 0) throw new Error(`nothing of ${repository} was read`);
  return run;
};

const measure = async ({ akscan, runs }, repository, codes, times) => {
  const [one, two, git] = race(akscan, repository, codes, runs(times));
  const processor = [];
  for (let i = 0; i < runs(5); i += 1) processor.push((await look(akscan, repository, 1, codes)).processor);
  const watched = await look(akscan, repository, 2, codes);
  return { bytes: packedBytes(repository), one, two, git, processor: median(processor), watched };
};

/** @type {import('../speed/command.mjs').Case} */
export const packs = async (bench) => {
  const { size, cache, repository } = bench;
  const [smallest, ...sizes] = SIZES[size];
  const rows = [];
  const start = await measure(bench, await sourceHistory(cache, smallest, 0), [0], 5);
  const costs = [];
  for (const megabytes of sizes) {
    const it = await measure(bench, await sourceHistory(cache, megabytes, 0), [0], megabytes < 200 ? 9 : 5);
    rows.push(...rowsOf(size, `${Math.round(it.bytes / 1e6)} MB packed`, it, LEAST[megabytes] ?? [null, null]));
    costs.push(((it.processor - start.processor) * 1e9) / (it.bytes - start.bytes));
  }
  rows.push(evenRow(size, `a byte of pack, ${sizes.join(' to ')} MB`, costs, 'ns', EVEN));
  if (repository !== null) {
    // 2: a clone may be shallow or partial, which is a fault of the scan and none here.
    const { code } = await look(bench.akscan, repository, 2, [0, 1, 2]);
    const it = await measure(bench, repository, [code], 5);
    const name = `${path.basename(repository)}, ${Math.round(it.bytes / 1e6)} MB packed, findings: ${it.watched.summary.findings}`;
    rows.push(...rowsOf(size, name, it, [null, null]));
  }
  return rows;
};

const rowsOf = (size, name, { bytes, one, two, git, watched }, [leastOne, leastTwo]) => [
  {
    ...fasterRow(size, `${name}, one thread`, { ours: one, reference: git }, 'git cat-file', leastOne),
    point: { bytes, threads: 1, seconds: one },
  },
  {
    ...fasterRow(size, `${name}, two threads`, { ours: two, reference: git }, 'git cat-file', leastTwo),
    point: { bytes, threads: 2, seconds: two },
  },
  memoryRow(size, `${name}, memory`, watched, MOST_MEMORY),
];
