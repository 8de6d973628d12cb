// A pull request of fifty commits, beside git listing its objects and Node starting.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { cached } from '../speed/cache.mjs';
import { duel } from '../speed/programs.mjs';
import { makeRepository } from '../speed/repository.mjs';
import { ratioRow } from '../speed/rows.mjs';

const SIZES = {
  full: { files: 5_000, commits: 2_000, lines: 300, keys: 0 },
  short: { files: 40, commits: 80, lines: 40, keys: 0 },
};
const COMMITS = 50;
const RANGE = `main~${COMMITS}..main`;

/** @type {import('../speed/command.mjs').Case} */
export const range = async ({ size, akscan, cache, runs }) => {
  const shape = SIZES[size];
  const folder = await cached(cache, 'range', { version: 1, ...shape }, (folder) =>
    makeRepository(path.join(folder, 'repository'), shape),
  );
  const cwd = path.join(folder, 'repository');
  const listed = spawnSync('git', ['rev-list', '--objects', RANGE], { cwd, encoding: 'utf8' });
  const ended = spawnSync(process.execPath, [akscan, 'range', RANGE, '--format', 'jsonl'], { cwd, encoding: 'utf8' });
  const summary = JSON.parse(ended.stdout.trim().split('\n').at(-1) ?? '{}');
  const objects = listed.stdout.trim().split('\n').length;
  if (ended.status !== 0 || summary.counts?.objects !== objects) throw new Error('the range was misread');
  const own = { command: [process.execPath, akscan, 'range', RANGE], cwd };
  const times = duel(own, { command: [process.execPath, '-e', '0'] }, runs(21));
  const asked = duel(
    { command: ['git', 'rev-list', '--objects', RANGE], cwd },
    { command: ['git', 'version'], cwd },
    runs(21),
  );
  const together = { ...times, reference: times.reference + asked.ours };
  const name = `range: ${COMMITS} commits, ${objects} objects of a history of ${shape.commits.toLocaleString('en-GB')} commits`;
  return [ratioRow(size, name, together, 'git rev-list --objects and node -e 0', 2)];
};
