// The most memory an audit has, from few repositories to many.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { audit, auditOf, namesIn, newStore, organisation } from '../../speed/audit-runs.mjs';
import { temporary } from '../../speed/cache.mjs';
import { memoryRow } from '../../speed/rows.mjs';

const COUNTS = { full: [50, 500, 2_000], short: [4, 8] };
const MOST = 400_000_000;
/** Many small ones: what is held for each is what matters. */
const SHAPES = { commits: [1, 40], large: 0.002 };

/** @type {import('../../speed/command.mjs').Case} */
export const memory = async ({ size, akscan, cache }) => {
  const counts = COUNTS[size];
  const most = counts.at(-1);
  const all = await organisation(cache, `audit-small-${most}`, most, SHAPES);
  const rows = [];
  for (const count of counts) {
    const measure = async (folder) => {
      const run = await audit(akscan, auditOf(folder, newStore(cache, 'audit-memory')), count);
      const row = memoryRow(size, `memory: ${count.toLocaleString('en-GB')} repositories`, run, MOST);
      rows.push({ ...row, point: { count, bytes: run.peak } });
    };
    if (count === most) await measure(all);
    else await temporary(cache, 'audit-some', (folder) => linkSome(all, folder, count), measure);
  }
  return rows;
};

/** The first repositories of a folder; files are shared. */
const linkSome = async (from, to, count) => {
  for (const name of namesIn(from).slice(0, count)) {
    execFileSync('cp', ['-rl', path.join(from, name), path.join(to, name)]);
  }
};
