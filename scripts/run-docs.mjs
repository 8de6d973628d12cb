// Runs the shell blocks of the README and of docs/: each ```sh block, in a made-up repository that holds keys, with akscan
// on the PATH. A block says how it ends when that is not 0: ```sh exits 1. Those marked ```sh story share one repository and
// one simulated cloud (`akscan demo --serve`), in their order; they run with the credentials of its operator.
//   node scripts/run-docs.mjs [FILE...]
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './virtual-modules.mjs';

const BLOCK = /^```sh( story)?(?: exits (\d+))?\n([\s\S]*?)^```$/gm;

const blocksOf = (file) =>
  [...readFileSync(path.join(root, file), 'utf8').matchAll(BLOCK)].map(([, story, code, script]) => ({
    file,
    script,
    isStory: story !== undefined,
    code: Number(code ?? 0),
  }));

const random = (alphabet, length) => [...randomBytes(length)].map((byte) => alphabet[byte % alphabet.length]).join('');
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** A bin folder with akscan, and a repository that holds what is given: a file a commit. */
const prepare = (folder, commits) => {
  const bin = path.join(folder, 'bin');
  const repository = path.join(folder, 'shop');
  mkdirSync(bin);
  mkdirSync(repository);
  const shim = path.join(bin, 'akscan');
  writeFileSync(shim, `#!/bin/sh\nexec '${process.execPath}' '${path.join(root, 'dist/akscan.cjs')}' "$@"\n`);
  chmodSync(shim, 0o755);
  const git = (...args) =>
    execFileSync('git', ['-c', 'user.name=Wei', '-c', 'user.email=wei@example.com', ...args], { cwd: repository });
  git('init', '-q', '-b', 'main');
  for (const [name, content, message] of commits) {
    mkdirSync(path.dirname(path.join(repository, name)), { recursive: true });
    writeFileSync(path.join(repository, name), content);
    git('add', '.');
    git('commit', '-qm', message);
  }
  return { repository, env: { PATH: `${bin}:${process.env.PATH}`, HOME: folder, TERM: 'dumb' } };
};

const pair = ({ id, secret }) => `accessKeyId: ${id}\naccessKeySecret: ${secret}\n`;

/** As a reader has it: a key in a file and in history. */
const ordinary = (folder) => {
  const id = `LTAI5t${random(BASE58, 18)}`;
  const world = prepare(folder, [
    ['config/oss.yml', pair({ id, secret: random(`${BASE58}0OIl`, 30) }), 'Photos go to OSS'],
    ['README.md', 'The shop\n', 'Say what this is'],
  ]);
  return { ...world, env: { ...world.env, ID: id } };
};

/** In the middle of an incident: keys of the served cloud, one that nobody uses, one in use, one of the root. */
const incident = async (folder) => {
  const state = path.join(folder, 'cloud.json');
  const served = spawn(process.execPath, [path.join(root, 'dist/akscan.cjs'), 'demo', '--serve', '--state', state], {
    env: { PATH: process.env.PATH, HOME: folder },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let text = '';
  for await (const chunk of served.stdout) {
    text += chunk;
    if (/^# .*\n/m.test(text)) break;
  }
  const set = [...text.matchAll(/(?:export )(\w+)='([^']*)'/g)].map(([, name, value]) => [name, value]);
  const [{ uid, users, rootKeys }] = JSON.parse(readFileSync(state, 'utf8')).accounts;
  const keyOf = (name) => users.find((user) => user.name === name).keys[0];
  const world = prepare(folder, [
    ['k8s/reports.yml', pair(keyOf('report-runner')), 'Reports'],
    ['deploy/ci.yml', pair(keyOf('ci-deployer')), 'Deployment'],
    ['scripts/root.yml', pair(rootKeys[0]), 'A script'],
  ]);
  const ids = { ACCOUNT: uid, ID: keyOf('report-runner').id, USED: keyOf('ci-deployer').id, ROOT: rootKeys[0].id };
  // The operator's stand last, in the comment, and count.
  return {
    ...world,
    env: { ...world.env, ...Object.fromEntries(set), ...ids },
    close: async () => {
      const ended = once(served, 'close');
      served.kill();
      await ended;
    },
  };
};

const runBlock = ({ file, script, code }, { repository, env }) => {
  const ended = spawnSync('bash', ['-uo', 'pipefail', '-c', script], {
    cwd: repository,
    encoding: 'utf8',
    env,
    timeout: 60_000,
  });
  if (ended.status === code) return null;
  return `${file}: ended with ${ended.status}, not ${code}:\n${script}${ended.stdout}${ended.stderr}`;
};

const within = async (make, work) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'akscan-docs-'));
  try {
    const world = await make(folder);
    try {
      return work(world);
    } finally {
      await world.close?.();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const runFile = async (blocks) => {
  const told = blocks.filter(({ isStory }) => isStory);
  const alone = blocks.filter(({ isStory }) => !isStory);
  const complaints = [];
  for (const block of alone) complaints.push(await within(ordinary, (world) => runBlock(block, world)));
  if (told.length > 0)
    complaints.push(...(await within(incident, (world) => told.map((block) => runBlock(block, world)))));
  return complaints;
};

const named = process.argv.slice(2);
const files =
  named.length > 0
    ? named
    : ['README.md', ...readdirSync(path.join(root, 'docs')).map((name) => `docs/${name}`)].filter((name) =>
        name.endsWith('.md'),
      );
const perFile = files.map(blocksOf);
const blocks = perFile.flat();
const complaints = [];
for (const one of perFile) complaints.push(...(await runFile(one)).filter((complaint) => complaint !== null));
for (const complaint of complaints) console.error(complaint);
console.log(`documentation: ${blocks.length} blocks run, ${complaints.length} failed`);
process.exitCode = complaints.length === 0 && (blocks.length > 0 || named.length > 0) ? 0 : 1;
