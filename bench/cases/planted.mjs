// A large history with a thousand keys, each in one commit and gone in a later one: each has to be reported with where it
// came from.
import { fasterRow, memoryRow } from '../speed/rows.mjs';
import { look, race, sourceHistory } from './packs.mjs';

const SIZES = { full: { megabytes: 300, keys: 1_000 }, short: { megabytes: 0.5, keys: 10 } };
const LEAST = 1.5;
const MOST_MEMORY = 200_000_000;

/** @type {import('../speed/command.mjs').Case} */
export const planted = async ({ size, akscan, cache, runs }) => {
  const { megabytes, keys } = SIZES[size];
  const repository = await sourceHistory(cache, megabytes, keys);
  const watched = await look(akscan, repository, 2, [1]);
  const { findings } = watched.summary;
  if (findings !== keys) throw new Error(`${findings} findings, not ${keys}`);
  const [one, two, git] = race(akscan, repository, [1], runs(5));
  const name = `${megabytes} MB, ${keys.toLocaleString('en-GB')} findings`;
  return [
    fasterRow(size, `${name}, one thread`, { ours: one, reference: git }, 'git cat-file', null),
    fasterRow(size, `${name}, two threads`, { ours: two, reference: git }, 'git cat-file', LEAST),
    memoryRow(size, `${name}, memory`, watched, MOST_MEMORY),
  ];
};
