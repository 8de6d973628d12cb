// How long akscan takes to say its version and to search one small file, beside Node doing nothing.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { cached } from '../speed/cache.mjs';
import { duel, watch } from '../speed/programs.mjs';
import { ratioRow } from '../speed/rows.mjs';
import { createWriter } from '../speed/source-text.mjs';

/** @type {import('../speed/command.mjs').Case} */
export const start = async ({ size, akscan, cache, runs }) => {
  const folder = await cached(cache, 'start', { version: 1 }, (folder) => {
    writeFileSync(path.join(folder, 'small.java'), createWriter(5)(2_048).subarray(0, 2_048));
  });
  const file = path.join(folder, 'small.java');
  const { summary } = await watch(akscan, [file]);
  if (summary.counts.bytes !== 2_048) throw new Error('the small file was not read');
  const node = { command: [process.execPath, '-e', '0'] };
  const times = runs(31);
  const against = (args) => duel({ command: [process.execPath, akscan, ...args] }, node, times);
  return [
    ratioRow(size, 'start: --version', against(['--version']), 'node -e 0', 1.6),
    ratioRow(size, 'start: a file of 2 KB', against([file]), 'node -e 0', 1.6),
  ];
};
