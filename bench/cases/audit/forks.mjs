// One repository alone, and the same with a hundred forks, each with a commit of its own.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fastImport } from '../../audit/bare.mjs';
import { addedStream } from '../../audit/contents.mjs';
import { audit, auditOf, newStore } from '../../speed/audit-runs.mjs';
import { cached, temporary } from '../../speed/cache.mjs';
import { timesRow } from '../../speed/rows.mjs';
import { makeSourceHistory } from '../../speed/source-history.mjs';

const FORKS = { full: 100, short: 3 };
/** Megabytes of pack. */
const PACKED = { full: 20, short: 0.3 };

/** @type {import('../../speed/command.mjs').Case} */
export const forks = async ({ size, akscan, cache }) => [
  await compare({ size, akscan, cache, keys: 0, name: 'nothing in them' }),
  await compare({ size, akscan, cache, keys: 20, name: '20 keys in each' }),
];

const compare = async ({ size, akscan, cache, keys, name }) => {
  const megabytes = PACKED[size];
  const origin = await cached(cache, `audit-origin-${megabytes}-${keys}`, { version: 1, megabytes, keys }, (folder) =>
    makeSourceHistory(path.join(folder, 'origin.git'), { megabytes, keys }),
  );
  const one = await audit(akscan, auditOf(origin, newStore(cache, 'audit-one')), 1);
  const count = FORKS[size];
  const all = await temporary(
    cache,
    'audit-forks',
    (folder) => makeForks(path.join(origin, 'origin.git'), folder, count),
    (folder) => audit(akscan, auditOf(folder, newStore(cache, 'audit-forks')), count + 1),
  );
  return timesRow(
    size,
    `a repository of ${megabytes} MB with ${count} forks, ${name}`,
    all.seconds,
    one.seconds,
    'alone',
  );
};

/** Files are shared as `git clone --local` shares them. */
const makeForks = async (origin, folder, count) => {
  execFileSync('cp', ['-rl', origin, path.join(folder, 'origin.git')]);
  for (let index = 0; index < count; index += 1) {
    const fork = path.join(folder, `fork-${index}.git`);
    execFileSync('git', ['clone', '--quiet', '--bare', '--local', origin, fork]);
    await fastImport(fork, addedStream(index + 1, 1, [], 1_700_000_000));
  }
};
