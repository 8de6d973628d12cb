// One large file that holds nothing: how many bytes akscan gets through in a second of one core.
import { closeSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { randomness } from '../detection/values.mjs';
import { cached } from '../speed/cache.mjs';
import { duel, exists, median, watch } from '../speed/programs.mjs';
import { amount, speedRow } from '../speed/rows.mjs';
import { createWriter, NEARLY, NEARLY_EVERY } from '../speed/source-text.mjs';

const SIZES = { full: 1_000_000_000, short: 20_000_000 };

/** Writes source text of `length` bytes; pieces of it come again, in no order. */
export const writeLarge = (file, length) => {
  const r = randomness(21);
  const write = createWriter(22);
  const pieces = Array.from({ length: 32 }, () => write(500_000));
  const fd = openSync(file, 'w');
  let sinceNearly = 0;
  for (let left = length; left > 0; ) {
    const piece = (sinceNearly > NEARLY_EVERY ? Buffer.from(NEARLY) : r.pick(pieces)).subarray(0, left);
    sinceNearly = sinceNearly > NEARLY_EVERY ? 0 : sinceNearly + piece.length;
    writeSync(fd, piece);
    left -= piece.length;
  }
  closeSync(fd);
};

/** @type {import('../speed/command.mjs').Case} */
export const largeFile = async ({ size, akscan, cache, runs }) => {
  const bytes = SIZES[size];
  const folder = await cached(cache, 'large-file', { version: 2, bytes }, (folder) =>
    writeLarge(path.join(folder, 'large.log'), bytes),
  );
  const file = path.join(folder, 'large.log');
  const processor = [];
  for (let i = 0; i < runs(5); i += 1) {
    const run = await watch(akscan, [file]);
    const { counts, findings } = run.summary;
    if (counts.bytes !== bytes || findings !== 0) throw new Error('the large file was misread');
    processor.push(run.processor);
  }
  // What reading the file costs anybody who uses Node.
  const read = `const fs=require('fs'),b=Buffer.allocUnsafe(1<<20),f=fs.openSync(process.argv[1]);while(fs.readSync(f,b));`;
  const reference = exists('rg')
    ? { name: 'rg', command: ['rg', '-uu', '-a', '-c', 'LTAI', file], codes: [0, 1] }
    : { name: 'reading it', command: [process.execPath, '-e', read, file] };
  const times = duel({ command: [process.execPath, akscan, file] }, reference, runs(7));
  const measured = { ...times, processor: median(processor) };
  return [speedRow(size, `one file of ${amount(bytes)}, no findings`, measured, reference.name, bytes, 1.5)];
};
