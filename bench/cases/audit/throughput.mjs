// Many repositories of mixed size: all at once against a scan of each; a second run; one that is killed and resumed.

import { spawn } from 'node:child_process';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { audit, auditOf, cores, namesIn, newStore, organisation, spend } from '../../speed/audit-runs.mjs';
import { median } from '../../speed/programs.mjs';
import { atLeastRow, extraRow, perRow } from '../../speed/rows.mjs';

const REPOSITORIES = { full: 500, short: 12 };
const LEAST = 0.9;
/** Milliseconds a repository. */
const MOST_UNCHANGED = 20;
const MOST_EXTRA = 0.02;

/** @type {import('../../speed/command.mjs').Case} */
export const throughput = async ({ size, akscan, cache, runs }) => {
  const count = REPOSITORIES[size];
  const folder = await organisation(cache, `audit-${count}`, count);
  const store = newStore(cache, 'audit-throughput');
  const singles = await scanEach(akscan, folder);
  const first = await audit(akscan, auditOf(folder, store), count);
  const again = [];
  for (let turn = 0; turn < runs(3); turn += 1) {
    again.push((await audit(akscan, auditOf(folder, store), count)).seconds);
  }
  const name = `${count} repositories`;
  return [
    atLeastRow(size, `${name}: an audit, a scan of each`, first.seconds, singles, `${cores} scans at a time`, LEAST),
    perRow(size, `${name}: a second run, nothing new`, median(again), count, MOST_UNCHANGED),
    await resumed({ size, akscan, cache, folder, name, runs }),
  ];
};

/** Seconds for a scan of each repository's history, as many at a time as there are cores. */
const scanEach = async (akscan, folder) => {
  const left = namesIn(folder);
  const from = performance.now();
  const one = async () => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      await ended(akscan, ['scan', '--no-worktree', '--threads', '1', path.join(folder, next)]);
    }
  };
  await Promise.all(Array.from({ length: cores }, one));
  return (performance.now() - from) / 1000;
};

const ended = (akscan, args) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [akscan, ...args, '--format', 'jsonl'], { stdio: 'ignore' });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 || code === 1 ? resolve() : reject(new Error(`${args.at(-1)}: ${code}`))));
  });

/** Processor time, since it is the same whatever else the machine does. The second start of akscan is counted, too. */
const resumed = async ({ size, akscan, cache, folder, name, runs }) => {
  const whole = [];
  const parts = [];
  for (let turn = 0; turn < runs(3); turn += 1) {
    const one = newStore(cache, 'audit-whole');
    whole.push((await spend(akscan, auditOf(folder, one))).processor);
    const other = newStore(cache, 'audit-resumed');
    const half = whole[0] / 2;
    const before = await spend(akscan, auditOf(folder, other), (processor) => processor > half);
    const resume = ['audit', '--resume', '--store', other, '--threads', `${cores}`];
    const after = before.killed ? (await spend(akscan, resume)).processor : 0;
    parts.push(before.processor + after);
  }
  return extraRow(size, `${name}: killed half-way and resumed`, median(parts), median(whole), 'without', MOST_EXTRA);
};
