// All of a repository's history, beside git printing the same objects into nothing.
import path from 'node:path';
import { cached } from '../speed/cache.mjs';
import { duel, watch } from '../speed/programs.mjs';
import { makeRepository } from '../speed/repository.mjs';
import { ratioRow } from '../speed/rows.mjs';

const SIZES = {
  full: { files: 500, commits: 6_000, lines: 500 },
  short: { files: 20, commits: 60, lines: 60 },
};
const MOST = 1.2;

const reference = (repository) => ({
  command: ['git', '-C', repository, 'cat-file', '--batch-all-objects', '--unordered', '--buffer', '--batch'],
});

/** Any number of findings: for those in history git is asked where they came from, which costs more than reading. */
const measure = async ({ size, akscan, runs }, repository, name) => {
  const args = [repository, '--no-worktree'];
  // 2: a clone may be shallow or partial, which is a fault of the scan and none here.
  const { summary, code } = await watch(akscan, args, [0, 1, 2]);
  if (summary.counts.objects === 0) throw new Error(`nothing of ${name} was read`);
  const { objects, bytes } = summary.counts;
  const times = duel({ command: [process.execPath, akscan, ...args], codes: [code] }, reference(repository), runs(7));
  const what = `${objects.toLocaleString('en-GB')} objects, ${Math.round(bytes / 1e6)} MB, findings: ${summary.findings}`;
  return ratioRow(size, `history: ${name} (${what})`, times, 'git cat-file', MOST);
};

/** @type {import('../speed/command.mjs').Case} */
export const history = async (bench) => {
  const wanted = SIZES[bench.size];
  const folder = await cached(bench.cache, 'history', { version: 3, ...wanted }, async (folder) => {
    for (const keys of [0, 4]) await makeRepository(path.join(folder, `keys-${keys}`), { ...wanted, keys });
  });
  const rows = [
    await measure(bench, path.join(folder, 'keys-0'), 'made up, clean'),
    await measure(bench, path.join(folder, 'keys-4'), 'made up, with keys'),
  ];
  if (bench.repository !== null) rows.push(await measure(bench, bench.repository, path.basename(bench.repository)));
  return rows;
};
