// Tries the Action's bundle outside the tests: that a release built from the last commit holds exactly the bundle that is built
// here, and that it runs on other versions of Node and under GitHub's own local runner.
//   node scripts/check-action.mjs [NODE...]   NODE: further Node programs to run the bundle with
// With @github/local-action and tsx installed in build/local-action (.ci/run does that), under it, too.
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './virtual-modules.mjs';

const fail = (message) => {
  throw new Error(message);
};
const run = (program, args, cwd = root) =>
  execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
const random = (length) => {
  const letters = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
  return [...randomBytes(length)].map((byte) => letters[byte % letters.length]).join('');
};

const compareWithRelease = () => {
  const release = run(process.execPath, ['scripts/release-action.mjs']);
  const listed = run('git', ['ls-tree', '-r', release, 'action/'])
    .split('\n')
    .map((line) => line.replace(/^\d+ blob /, '').replace('\t', ' '));
  const built = readdirSync(path.join(root, 'action')).map(
    (name) => `${run('git', ['hash-object', '--no-filters', `action/${name}`])} action/${name}`,
  );
  if (listed.sort().join() !== built.sort().join()) fail('the bundle of a release is not what is built here');
  console.log(`action: a release of HEAD is ${release}, with the bundle that is built here`);
};

/** A pull request that adds a key, checked out as actions/checkout does it. */
const prepare = (folder) => {
  const origin = path.join(folder, 'origin');
  const workspace = path.join(folder, 'workspace');
  const git = (cwd, ...args) =>
    run(
      'git',
      ['-c', 'user.name=Wei', '-c', 'user.email=wei@example.com', '-c', 'protocol.file.allow=always', ...args],
      cwd,
    );
  const secret = `${random(29)}0`;
  mkdirSync(origin);
  mkdirSync(workspace);
  git(origin, 'init', '-q', '-b', 'main');
  git(origin, 'commit', '-q', '--allow-empty', '-m', 'The shop');
  git(origin, 'checkout', '-q', '-b', 'topic');
  writeFileSync(path.join(origin, 'oss.yml'), `accessKeyId: LTAI5t${random(18)}\naccessKeySecret: ${secret}\n`);
  git(origin, 'add', '.');
  git(origin, 'commit', '-q', '-m', 'Photos go to OSS');
  git(origin, 'checkout', '-q', '--detach', 'main');
  git(origin, 'merge', '-q', '--no-ff', '-m', 'Merge', 'topic');
  git(origin, 'update-ref', 'refs/pull/7/merge', 'HEAD');
  git(workspace, 'init', '-q');
  git(workspace, 'remote', 'add', 'origin', `file://${origin}`);
  git(workspace, 'fetch', '-q', '--depth=1', 'origin', '+refs/pull/7/merge:refs/remotes/pull/7/merge');
  git(workspace, 'checkout', '-q', '--detach', 'refs/remotes/pull/7/merge');
  const sha = (name) => git(origin, 'rev-parse', name);
  const event = path.join(folder, 'event.json');
  const pull = { number: 7, commits: 1, base: { ref: 'main', sha: sha('main') }, head: { sha: sha('topic') } };
  writeFileSync(event, JSON.stringify({ pull_request: pull }));
  const env = {
    GITHUB_WORKSPACE: workspace,
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_EVENT_PATH: event,
    GITHUB_SHA: sha('refs/pull/7/merge'),
    GITHUB_REPOSITORY: 'wei/shop',
    GITHUB_OUTPUT: path.join(folder, 'output'),
    GITHUB_STEP_SUMMARY: path.join(folder, 'summary'),
    RUNNER_TEMP: folder,
  };
  return { workspace, env, secret };
};

const judge = (name, { env, secret }, { status, stdout, stderr }) => {
  const output = existsSync(env.GITHUB_OUTPUT) ? readFileSync(env.GITHUB_OUTPUT, 'utf8') : '';
  const log = stdout.replace(/^::add-mask::.*$/gm, '');
  const right =
    status === 1 && /^findings<<(\S+)\n1\n\1$/m.test(output) && log.includes('::error file=oss.yml,line=1,');
  if (!right || log.includes(secret)) fail(`the Action on ${name} ended with ${status}:\n${log}${stderr}${output}`);
  console.log(`action: runs on ${name}`);
};

const inNewFolder = (work) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'akscan-action-'));
  try {
    work(folder, prepare(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

run(process.execPath, ['scripts/build-action.mjs']);
compareWithRelease();
for (const node of [process.execPath, ...process.argv.slice(2)]) {
  inNewFolder((_folder, world) => {
    const env = { PATH: process.env.PATH, HOME: '/nonexistent', GITHUB_ACTIONS: 'true', ...world.env };
    const ran = spawnSync(node, [path.join(root, 'action/index.mjs')], { cwd: world.workspace, env, encoding: 'utf8' });
    judge(`Node ${run(node, ['--version'])}`, world, ran);
  });
}
const local = path.join(root, 'build/local-action/node_modules');
if (existsSync(path.join(local, '@github/local-action'))) {
  inNewFolder((folder, world) => {
    // It looks beside the action for the toolkit that it would replace, and for tsx.
    const action = path.join(folder, 'action');
    mkdirSync(action);
    cpSync(path.join(root, 'action.yml'), path.join(action, 'action.yml'));
    cpSync(path.join(root, 'action'), path.join(action, 'action'), { recursive: true });
    symlinkSync(local, path.join(action, 'node_modules'));
    const { version } = JSON.parse(readFileSync(path.join(local, '@actions/core/package.json'), 'utf8'));
    const described = { name: 'tried', private: true, type: 'module', dependencies: { '@actions/core': version } };
    writeFileSync(path.join(action, 'package.json'), JSON.stringify(described));
    const lines = Object.entries(world.env).map(([name, value]) => `${name}=${value}\n`);
    writeFileSync(path.join(folder, 'env'), lines.join(''));
    const ran = spawnSync(path.join(local, '.bin/local-action'), ['run', '.', 'action/main.mjs', '../env'], {
      cwd: action,
      env: { ...process.env, PATH: `${path.join(local, '.bin')}:${process.env.PATH}` },
      encoding: 'utf8',
    });
    judge('@github/local-action', world, ran);
  });
}
