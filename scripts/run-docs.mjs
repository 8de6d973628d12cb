// Runs the shell blocks of the README and of docs/: each ```sh block, in a made-up repository that holds keys, with akscan
// on the PATH and a simulated cloud behind it. A block says how it ends when that is not 0: ```sh exits 1
//   node scripts/run-docs.mjs [FILE...]
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './virtual-modules.mjs';

const BLOCK = /^```sh(?: exits (\d+))?\n([\s\S]*?)^```$/gm;

const blocksOf = (file) =>
  [...readFileSync(path.join(root, file), 'utf8').matchAll(BLOCK)].map(([, code, script]) => ({
    file,
    script,
    code: Number(code ?? 0),
  }));

const random = (alphabet, length) => [...randomBytes(length)].map((byte) => alphabet[byte % alphabet.length]).join('');
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** A repository as a reader has it: a key in a file, another in history only, a bin folder with akscan. */
const prepare = (folder) => {
  const bin = path.join(folder, 'bin');
  const repository = path.join(folder, 'shop');
  mkdirSync(bin);
  mkdirSync(path.join(repository, 'config'), { recursive: true });
  const shim = path.join(bin, 'akscan');
  writeFileSync(shim, `#!/bin/sh\nexec '${process.execPath}' '${path.join(root, 'dist/akscan.cjs')}' "$@"\n`);
  chmodSync(shim, 0o755);
  const id = `LTAI5t${random(BASE58, 18)}`;
  const git = (...args) =>
    execFileSync('git', ['-c', 'user.name=Wei', '-c', 'user.email=wei@example.com', ...args], { cwd: repository });
  git('init', '-q', '-b', 'main');
  writeFileSync(
    path.join(repository, 'config/oss.yml'),
    `accessKeyId: ${id}\naccessKeySecret: ${random(`${BASE58}0OIl`, 30)}\n`,
  );
  git('add', '.');
  git('commit', '-qm', 'Photos go to OSS');
  writeFileSync(path.join(repository, 'README.md'), 'The shop\n');
  git('add', '.');
  git('commit', '-qm', 'Say what this is');
  return { repository, id, path: `${bin}:${process.env.PATH}` };
};

const runBlock = ({ file, script, code }) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'akscan-docs-'));
  try {
    const world = prepare(folder);
    const ended = spawnSync('bash', ['-uo', 'pipefail', '-c', script], {
      cwd: world.repository,
      encoding: 'utf8',
      env: { PATH: world.path, HOME: folder, TERM: 'dumb', ID: world.id },
      timeout: 60_000,
    });
    if (ended.status === code) return null;
    return `${file}: ended with ${ended.status}, not ${code}:\n${script}${ended.stdout}${ended.stderr}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const named = process.argv.slice(2);
const files =
  named.length > 0
    ? named
    : ['README.md', ...readdirSync(path.join(root, 'docs')).map((name) => `docs/${name}`)].filter((name) =>
        name.endsWith('.md'),
      );
const blocks = files.flatMap(blocksOf);
const complaints = blocks.map(runBlock).filter((complaint) => complaint !== null);
for (const complaint of complaints) console.error(complaint);
console.log(`documentation: ${blocks.length} blocks run, ${complaints.length} failed`);
process.exitCode = complaints.length === 0 && (blocks.length > 0 || named.length > 0) ? 0 : 1;
