// What an audit takes of the disk while it fetches over HTTP, from few repositories to many: mirrors at their most, and the
// store at the end.
import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startGitServer } from '../../audit/git-server.mjs';
import { audit, bytesBelow, namesIn, newStore, organisation } from '../../speed/audit-runs.mjs';
import { temporary } from '../../speed/cache.mjs';
import { diskRow } from '../../speed/rows.mjs';

const COUNTS = { full: [50, 200, 500], short: [3, 6] };
const MOST = { full: 32 << 20, short: 8 << 20 };
const SHAPES = { commits: [1, 60], large: 0.01 };
/** Milliseconds between looks at the disk. */
const LOOK = 50;

/** @type {import('../../speed/command.mjs').Case} */
export const disk = async ({ size, akscan, cache }) => {
  const counts = COUNTS[size];
  const all = await organisation(cache, `audit-disk-${counts.at(-1)}`, counts.at(-1), SHAPES);
  const server = await startGitServer(all);
  const rows = [];
  try {
    for (const count of counts) {
      await temporary(
        cache,
        'audit-mirrors',
        async () => {},
        async (folder) => {
          const list = path.join(folder, 'list.txt');
          const names = namesIn(all).slice(0, count);
          writeFileSync(list, names.map((name) => `${server.url}/${name}\n`).join(''));
          const store = newStore(cache, 'audit-disk');
          const mirrors = path.join(folder, 'mirrors');
          const most = MOST[size];
          const options = ['--store', store, '--cache-dir', mirrors, '--cache-size', `${most}`];
          let peak = 0;
          const look = setInterval(() => {
            peak = Math.max(peak, bytesBelow(mirrors));
          }, LOOK);
          try {
            const { seconds } = await audit(akscan, ['audit', `list:${list}`, ...options], count);
            const kept = { mirrors: peak, left: bytesBelow(mirrors), store: statSync(store).size };
            const row = diskRow(
              size,
              `disk: ${count.toLocaleString('en-GB')} repositories over HTTP`,
              seconds,
              kept,
              most,
            );
            rows.push({ ...row, disk: { count, ...kept } });
          } finally {
            clearInterval(look);
          }
        },
      );
    }
  } finally {
    await server.close();
  }
  return rows;
};
