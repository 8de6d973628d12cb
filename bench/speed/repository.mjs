// Repositories to read, written with `git fast-import`, which is quick and always makes the same objects.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { randomness } from '../detection/values.mjs';
import { createWriter, makeBlocks } from './source-text.mjs';

const git = (folder, ...args) => {
  const ended = spawnSync('git', ['-C', folder, ...args], { encoding: 'utf8' });
  if (ended.status !== 0) throw new Error(`git ${args[0]}: ${ended.stderr}`);
};

/** A bare repository from commits, each a list of { path, bytes } it changes. */
const importCommits = async (folder, commits) => {
  mkdirSync(folder, { recursive: true });
  git(folder, 'init', '-q', '--bare');
  const importer = spawn('git', ['-C', folder, 'fast-import', '--quiet'], { stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = once(importer, 'close');
  const write = async (bytes) => {
    if (!importer.stdin.write(bytes)) await Promise.race([once(importer.stdin, 'drain'), ended]);
  };
  let time = 1_600_000_000;
  for (const changes of commits) {
    time += 3_600;
    await write(`commit refs/heads/main\ncommitter Wei <wei@example.com> ${time} +0800\ndata 8\nOne more\n`);
    for (const { path, bytes } of changes) {
      await write(`M 100644 inline ${path}\ndata ${bytes.length}\n`);
      await write(bytes);
      await write('\n');
    }
  }
  importer.stdin.end('done\n');
  const [code] = await ended;
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
};

/**
 * A repository of ordinary shape: many versions of many files, a few lines changed in each.
 * @param keys how many pairs are committed and removed again, spread over its history
 */
export const makeRepository = async (folder, shape) => {
  await importCommits(folder, ordinaryCommits(shape));
  git(folder, 'repack', '-adfq');
};

function* ordinaryCommits({ files, commits, lines, keys }) {
  const r = randomness(41);
  const pool = makeBlocks(42, 24_000).flatMap((block) => block.split('\n'));
  const line = () => pool[r.int(0, pool.length - 1)];
  const all = Array.from({ length: files }, (_, i) => ({
    path: `module-${i % 9}/src/main/java/com/example/${r.word()}/${r.word()}/${r.Word()}${i}.java`,
    lines: Array.from({ length: r.int(lines >> 3, lines) }, line),
  }));
  const change = ({ path, lines }) => ({ path, bytes: Buffer.from(`${lines.join('\n')}\n`) });
  yield all.map(change);
  const between = keys === 0 ? Number.POSITIVE_INFINITY : Math.floor(commits / (keys + 1));
  for (let i = 1; i < commits; i += 1) {
    // Some files change all the time, most hardly ever.
    const touched = Array.from({ length: r.int(1, 3) }, () => all[Math.floor(files * r.next() ** 2)]);
    for (const file of touched) {
      const at = r.int(0, file.lines.length - 1);
      file.lines.splice(at, r.int(0, 3), ...Array.from({ length: r.int(1, 4) }, line));
      file.lines = file.lines.filter((text) => !text.startsWith('accessKey'));
      if (i % between === 0 && file === touched[0]) {
        file.lines.push(`accessKeyId=${r.id24()}`, `accessKeySecret=${r.base58(30)}`);
      }
    }
    yield [...new Set(touched)].map(change);
  }
}

/** A repository with `bytes` of blobs that takes little disk: versions of a few files, and one file no memory should hold. */
export const makeLargeRepository = async (folder, bytes) => importCommits(folder, largeCommits(bytes));

function* largeCommits(bytes) {
  const r = randomness(51);
  const write = createWriter(52);
  const whole = write(Math.ceil(bytes / 30));
  yield [{ path: 'dump.sql', bytes: whole }];
  let made = whole.length;
  for (let i = 0; made < bytes; i += 1) {
    const text = write(r.pick([20_000, 200_000, 2_000_000, 6_000_000]));
    for (let version = 0; version < 20; version += 1) {
      text.write(`${i}.${version}\n`, r.int(0, text.length - 20));
      yield [{ path: `data/${i}.txt`, bytes: Buffer.from(text) }];
      made += text.length;
    }
  }
}
