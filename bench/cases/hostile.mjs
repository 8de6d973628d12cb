// Files made to be slow: nothing but anchors, long words beside IDs, and more IDs than anyone has. They are searched in
// one run each, since what counts is that it ends, and with how much memory.
import { closeSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { L, randomness } from '../detection/values.mjs';
import { cached } from '../speed/cache.mjs';
import { watch } from '../speed/programs.mjs';
import { amount, secondsRow } from '../speed/rows.mjs';

const SIZES = { full: 100_000_000, short: 1_000_000 };
/** Fewer than are reported of one file: the words must be judged, not left out. */
const BESIDE = 9_000;
const PIECE = 1 << 20;

const base64Of = (before) =>
  Buffer.from(`${before}${L}   `)
    .toString('base64')
    .slice(before.length === 0 ? 0 : 2, 7);
const ANCHORS = [L, 'STS.', 'CAIS', base64Of(''), base64Of('.'), base64Of('..'), [...L].join('\0')];

/** Each gives the next few bytes of a file of `length` bytes. */
const FILES = {
  'of one anchor': () => () => L.repeat(4_096),
  'of all anchors': (r) => () => Array.from({ length: 4_096 }, () => r.pick(ANCHORS)).join(''),
  'of 30-letter words beside IDs': (r, length) => {
    const each = Math.max(4, Math.floor((length / BESIDE - 38) / 31));
    const words = Array.from({ length: 4_096 }, () => r.camel(30));
    return () => `accessKeyId: ${r.id24()}\n${Array.from({ length: each }, () => r.pick(words)).join('\n')}\n`;
  },
  // Four million of 25 bytes.
  'of distinct IDs': (r) => () => `${Array.from({ length: 4_096 }, () => r.id24()).join('\n')}\n`,
};

const build = (length) => (folder) => {
  for (const [name, make] of Object.entries(FILES)) {
    const fd = openSync(fileOf(folder, name), 'w');
    const next = make(randomness(31), length);
    let text = '';
    for (let left = length; left > 0; text = '') {
      while (text.length < Math.min(PIECE, left)) text += next();
      left -= writeSync(fd, text.slice(0, left), null, 'latin1');
    }
    closeSync(fd);
  }
};

const fileOf = (folder, name) => path.join(folder, `${name.replaceAll(' ', '-')}.txt`);

/** @type {import('../speed/command.mjs').Case} */
export const hostile = async ({ size, akscan, cache }) => {
  const length = SIZES[size];
  const folder = await cached(cache, 'hostile', { version: 1, length }, build(length));
  const rows = [];
  for (const name of Object.keys(FILES)) {
    // 2: the most findings that are reported of one file were reached, which is said.
    const run = await watch(akscan, [fileOf(folder, name)], [0, 1, 2]);
    if (run.code === 2 && run.summary.skipped.fault === 0) throw new Error(`${name}: exit code 2 without a reason`);
    rows.push(secondsRow(size, `${amount(length)} ${name}`, run, 10));
  }
  return rows;
};
