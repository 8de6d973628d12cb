// The most memory akscan has while it reads a file and a history that are far larger.
import path from 'node:path';
import { temporary } from '../speed/cache.mjs';
import { watch } from '../speed/programs.mjs';
import { makeLargeRepository } from '../speed/repository.mjs';
import { amount, memoryRow } from '../speed/rows.mjs';
import { writeLarge } from './large-file.mjs';

const SIZES = { full: 3_000_000_000, short: 30_000_000 };
const MOST = 300_000_000;

/** @type {import('../speed/command.mjs').Case} */
export const memory = async ({ size, akscan, cache }) => {
  const bytes = SIZES[size];
  const row = async (name, args) => {
    const run = await watch(akscan, args);
    if (run.summary.counts.bytes < bytes)
      throw new Error(`of the ${name} only ${run.summary.counts.bytes} bytes were read`);
    return memoryRow(size, `memory: a ${name} of ${amount(bytes)}`, run, MOST);
  };
  const file = await temporary(
    cache,
    'memory-file',
    (folder) => writeLarge(path.join(folder, 'large.log'), bytes),
    (folder) => row('file', [path.join(folder, 'large.log')]),
  );
  const history = await temporary(
    cache,
    'memory-history',
    (folder) => makeLargeRepository(folder, bytes),
    (folder) => row('history', [folder, '--no-worktree']),
  );
  return [file, history];
};
