// A large source tree, as a plain folder, without and with a few keys, and as a git work tree, beside ripgrep looking for
// the one literal prefix.
import { spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { randomness } from '../detection/values.mjs';
import { cached } from '../speed/cache.mjs';
import { duel, exists, watch } from '../speed/programs.mjs';
import { ratioRow, skippedRow } from '../speed/rows.mjs';
import { createWriter, NEARLY, NEARLY_EVERY } from '../speed/source-text.mjs';

const SIZES = { full: { files: 50_000, mean: 13_600 }, short: { files: 400, mean: 2_000 } };
const PLANTED = 7;
const KINDS = ['plain', 'clean', 'git'];
const NAMES = ['java', 'js', 'py', 'yml', 'json', 'md', 'txt', 'properties'];

/** Some ten files a folder, four folders deep. */
const pathOf = (r, index, files) => {
  const folder = index % Math.ceil(files / 10);
  return `module-${folder % 97}/src/main/part-${folder}/${r.Word()}${index}.${r.pick(NAMES)}`;
};

/** Most files are small and a few large, as in any tree: sizes are spread log-normally. */
const sizeOf = (r, mean) => {
  const normal = Math.sqrt(-2 * Math.log(1 - r.next())) * Math.cos(2 * Math.PI * r.next());
  return Math.min(Math.round(mean * Math.exp(1.2 * normal - 0.72)), 2_000_000);
};

const build =
  ({ files, mean }) =>
  (folder) => {
    const r = randomness(11);
    const write = createWriter(12);
    const made = new Set();
    let sinceNearly = 0;
    for (const kind of KINDS) mkdirSync(path.join(folder, kind));
    for (let i = 0; i < files; i += 1) {
      const name = pathOf(r, i, files);
      const text = write(sizeOf(r, mean));
      const planted = i % Math.ceil(files / PLANTED) === 3;
      const key = planted ? `accessKeyId=${r.id24()}\naccessKeySecret=${r.base58(30)}\n` : '';
      const nearly = sinceNearly > NEARLY_EVERY ? NEARLY : '';
      sinceNearly = nearly === '' ? sinceNearly + text.length : 0;
      for (const kind of KINDS) {
        const parent = path.join(folder, kind, path.dirname(name));
        if (made.has(parent)) continue;
        mkdirSync(parent, { recursive: true });
        made.add(parent);
      }
      writeFileSync(path.join(folder, 'plain', name), Buffer.concat([text, Buffer.from(nearly + key)]));
      // The same files again, not as many more in memory.
      for (const kind of planted ? ['git'] : ['git', 'clean'])
        linkSync(path.join(folder, 'plain', name), path.join(folder, kind, name));
    }
    const git = (...args) => {
      const ended = spawnSync(
        'git',
        ['-c', 'core.compression=0', '-c', 'user.name=Wei', '-c', 'user.email=w@example.com', ...args],
        {
          cwd: path.join(folder, 'git'),
          encoding: 'utf8',
        },
      );
      if (ended.status !== 0) throw new Error(`git ${args[0]}: ${ended.stderr}`);
    };
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'All of it');
  };

/** @type {import('../speed/command.mjs').Case} */
export const tree = async ({ size, akscan, cache, runs }) => {
  if (!exists('rg')) return [skippedRow('tree', 'there is no rg to measure against')];
  const wanted = SIZES[size];
  const folder = await cached(cache, 'tree', { version: 3, ...wanted }, build(wanted));
  const place = (kind) => path.join(folder, kind);
  const rows = [];
  for (const [kind, args, keys, what] of [
    ['clean', [place('clean')], 0, 'a plain folder without keys'],
    ['plain', [place('plain')], PLANTED, `a plain folder, keys: ${PLANTED}`],
    ['git', [place('git'), '--no-history'], PLANTED, `a git work tree, keys: ${PLANTED}`],
  ]) {
    const codes = [keys === 0 ? 0 : 1];
    const { summary } = await watch(akscan, args, codes);
    const { files, bytes } = summary.counts;
    if (files !== wanted.files - PLANTED + keys) throw new Error(`${files} files in the ${kind} tree`);
    if (summary.findings !== keys) throw new Error(`the ${kind} tree gave ${summary.findings} findings`);
    const rg = {
      command: ['rg', '-uu', '-a', '-c', 'LTAI', place(kind === 'git' ? 'plain' : kind)],
      codes: [1 - codes[0]],
    };
    const times = duel({ command: [process.execPath, akscan, ...args], codes }, rg, runs(9));
    const name = `tree: ${files.toLocaleString('en-GB')} files, ${Math.round(bytes / 1e6)} MB, ${what}`;
    rows.push(ratioRow(size, name, times, 'rg', 1.6));
  }
  return rows;
};
