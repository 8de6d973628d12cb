// Histories of any size that look like those of source code: many versions of text files, a few hunks changed in each, in
// deep folders, on branches that are merged again, with messages and tags. The mixture is that of rails (a pack of 395 MB: 1.8
// files, five trees a commit; files of 20 KB on average; deltas of 500 bytes). All versions of a file are given to git one
// after the other, so that it finds the deltas itself and nothing has to be packed again: 300 MB take about a minute.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { randomness } from '../detection/values.mjs';
import { makeBlocks } from './source-text.mjs';

/** What makes about a megabyte of pack. */
const COMMITS = 395;
const FILES = 66;

/**
 * A bare repository whose pack has about `megabytes` MB.
 * @param keys how many pairs are committed and removed again, spread evenly over its history
 */
export const makeSourceHistory = async (folder, { megabytes, keys }) => {
  mkdirSync(folder, { recursive: true });
  const init = spawnSync('git', ['-C', folder, 'init', '-q', '--bare'], { encoding: 'utf8' });
  if (init.status !== 0) throw new Error(`git init: ${init.stderr}`);
  const args = ['-C', folder, '-c', 'fastimport.unpackLimit=1', 'fast-import', '--quiet', '--done'];
  const importer = spawn('git', args, { stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = once(importer, 'close');
  const write = async (bytes) => {
    if (!importer.stdin.write(bytes)) await Promise.race([once(importer.stdin, 'drain'), ended]);
  };
  const schedule = makeSchedule(Math.round(megabytes * FILES), Math.round(megabytes * COMMITS), keys);
  for (const bytes of versions(schedule)) await write(bytes);
  for (const text of commits(schedule)) await write(text);
  importer.stdin.end('done\n');
  const [code] = await ended;
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
};

/** Bytes of all packs of a repository. */
export const packedBytes = (repository) => {
  const packs = path.join(
    spawnSync('git', ['-C', repository, 'rev-parse', '--git-common-dir'], { encoding: 'utf8' }).stdout.trim(),
    'objects/pack',
  );
  const folder = path.resolve(repository, packs);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.pack'))
    .reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0);
};

/**
 * Which commit changes which files: `changes[commit]` are files, `perFile[file]` has for each of its versions whether that
 * holds a key. `first` is the mark of a file's first version, `marks` the first that is free for commits.
 */
const makeSchedule = (files, count, keys) => {
  const r = randomness(61);
  const changes = [];
  const perFile = Array.from({ length: files }, () => []);
  // Few folders at the top, many below, as trees of any size have.
  const folders = Array.from({ length: Math.ceil(files / 20) }, () =>
    [12, 40, 200, 200]
      .slice(0, r.pick([2, 3, 3, 4]))
      .map((names) => `part${r.int(1, names)}`)
      .join('/'),
  );
  const paths = perFile.map(
    (_, i) => `${r.pick(folders)}/${r.word()}_${i}.${r.pick(['rb', 'java', 'ts', 'yml', 'md'])}`,
  );
  const between = keys === 0 ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor(count / (keys + 1)));
  let planted = 0;
  let added = 0;
  for (let commit = 0; commit < count; commit += 1) {
    // Some files change all the time, most hardly ever; new ones come all along.
    const known = Math.max(5, Math.ceil((files * commit) / count));
    const touched = new Set(
      Array.from({ length: r.pick([1, 1, 1, 2, 2, 4]) }, () =>
        Math.min(files - 1, known - 1 - Math.floor(known * r.next() ** 3)),
      ),
    );
    // A file is there from the day it was added.
    for (; added < known && added < files; added += 1) touched.add(added);
    changes.push([...touched]);
    const key = commit > 0 && commit % between === 0 && planted < keys;
    planted += key ? 1 : 0;
    for (const [i, file] of [...touched].entries()) perFile[file].push(key && i === 0);
  }
  const first = [];
  let mark = 1;
  for (const all of perFile) {
    // Before its versions, each file has a small one beside it.
    first.push(mark + 1);
    mark += all.length + 1;
  }
  return { changes, perFile, paths, first, marks: mark };
};

/** Every version of every file, as `blob` commands. */
function* versions({ perFile }) {
  const r = randomness(62);
  const pool = makeBlocks(63, 24_000).map((block) => Buffer.from(block));
  const some = (bytes) => {
    const parts = [];
    for (let have = 0; have < bytes; ) {
      const block = r.pick(pool);
      parts.push(block);
      have += block.length;
    }
    return Buffer.concat(parts);
  };
  const blob = (mark, bytes) =>
    Buffer.concat([Buffer.from(`blob\nmark :${mark}\ndata ${bytes.length}\n`), bytes, LINE_FEED]);
  let mark = 1;
  for (const [file, all] of perFile.entries()) {
    // Git tries each file as a delta against the one before it: after one of a line, the next is stored whole.
    yield blob(mark, Buffer.from(`owner ${file}\n`));
    mark += 1;
    const normal = Math.sqrt(-2 * Math.log(1 - r.next())) * Math.cos(2 * Math.PI * r.next());
    // Files that change often are long.
    let text = some(Math.min(200_000, 2_000 * Math.exp(0.8 * normal) * (1 + 1.2 * Math.log2(all.length + 1))));
    for (const key of all) {
      for (let hunks = r.pick([1, 1, 1, 2, 2, 3, 5, 8]); hunks > 0; hunks -= 1) text = changed(text, r, some);
      const at = lineStart(text, r.int(0, text.length));
      const planted = key
        ? Buffer.concat([
            text.subarray(0, at),
            Buffer.from(`accessKeyId=${r.id24()}\naccessKeySecret=${r.base58(30)}\n`),
            text.subarray(at),
          ])
        : text;
      yield blob(mark, planted);
      mark += 1;
    }
  }
}

const LINE_FEED = Buffer.from('\n');
const lineStart = (text, at) => text.lastIndexOf(10, Math.max(0, at - 1)) + 1;

const changed = (text, r, some) => {
  const from = lineStart(text, r.int(0, text.length));
  const to = Math.max(from, lineStart(text, Math.min(text.length, from + r.pick([0, 60, 200, 400, 900]))));
  const added = some(1);
  const kept = added.subarray(0, lineStart(added, r.pick([60, 120, 200, 400, 900])) || 80);
  return Buffer.concat([text.subarray(0, from), kept, text.subarray(to)]);
};

/** Every commit, with its branches, merges and tags. */
function* commits({ changes, paths, first, marks }) {
  const r = randomness(64);
  const people = Array.from({ length: 300 }, () => `${r.Word()} ${r.Word()} <${r.word()}.${r.word()}@example.com>`);
  const sentence = () => Array.from({ length: r.int(3, 9) }, () => r.word()).join(' ');
  const next = [...first];
  let time = 1_300_000_000;
  let main = null;
  // A side branch: its tip, how many commits it still gets, and what it changed.
  let side = null;
  for (const [index, files] of changes.entries()) {
    time += r.int(60, 4_000);
    if (side === null && main !== null && r.chance(0.05)) side = { tip: main, left: r.int(1, 6), lines: [] };
    const aside = side !== null && side.left > 0;
    const lines = files.map((file) => {
      const own = next[file] === first[file] ? `M 100644 :${first[file] - 1} ${paths[file]}.owner\n` : '';
      next[file] += 1;
      return `${own}M 100644 :${next[file] - 1} ${paths[file]}\n`;
    });
    const mark = marks + index;
    const who = r.pick(people);
    const message = `${sentence()}\n\n${sentence()}\n${r.chance(0.3) ? `${sentence()}\n${sentence()}\n` : ''}\nReviewed-by: ${r.pick(people)}\nChange-Id: I${r.hex(40)}\n`;
    const head = (ref, from) =>
      `commit ${ref}\nmark :${mark}\nauthor ${who} ${time - 500} +0800\ncommitter ${who} ${time} +0800\ndata ${Buffer.byteLength(message)}\n${message}` +
      (from === null ? '' : `from :${from}\n`);
    if (aside) {
      yield `${head('refs/heads/topic', side.tip)}${lines.join('')}\n`;
      side = { tip: mark, left: side.left - 1, lines: [...side.lines, ...lines] };
    } else if (side !== null) {
      yield `${head('refs/heads/main', main)}merge :${side.tip}\n${side.lines.join('')}${lines.join('')}\n`;
      main = mark;
      side = null;
    } else {
      yield `${head('refs/heads/main', main)}${lines.join('')}\n`;
      main = mark;
    }
    if (index % 600 === 599)
      yield `tag v${index}\nfrom :${mark}\ntagger ${who} ${time} +0800\ndata ${Buffer.byteLength(message)}\n${message}\n`;
  }
}
