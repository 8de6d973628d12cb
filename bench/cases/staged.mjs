// A commit hook: ten changed files staged in a repository of 5,000, beside Node doing nothing. For akscan itself what git takes
// for the one question it is asked is taken off; for the hook that is installed, which asks git before it starts Node, nothing.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cached } from '../speed/cache.mjs';
import { contest, duel } from '../speed/programs.mjs';
import { ratioRow } from '../speed/rows.mjs';
import { createWriter } from '../speed/source-text.mjs';

const SIZES = { full: { files: 5_000, staged: 10 }, short: { files: 200, staged: 10 } };
const MEAN = 8_000;
/** What akscan asks with (src/git/index-diff.ts). */
const COMPARE = ['git', 'diff', '--cached', '--raw', '-z', '--no-abbrev', '--no-renames'];

const git = (folder, ...args) => {
  const identity = ['-c', 'user.name=Wei', '-c', 'user.email=wei@example.com'];
  const ended = spawnSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8' });
  if (ended.status !== 0) throw new Error(`git ${args[0]}: ${ended.stderr}`);
};

const build =
  ({ files, staged }) =>
  (folder) => {
    const write = createWriter(21);
    const pathOf = (index) => path.join(folder, `module-${index % 500}/src`, `File${index}.java`);
    for (let i = 0; i < files; i += 1) {
      mkdirSync(path.dirname(pathOf(i)), { recursive: true });
      writeFileSync(pathOf(i), write(MEAN));
    }
    git(folder, 'init', '-q');
    git(folder, 'add', '.');
    git(folder, 'commit', '-qm', 'All of it');
    for (let i = 0; i < staged; i += 1) appendFileSync(pathOf(i * 17), '// one line more\n');
    git(folder, 'add', '.');
  };

/** @type {import('../speed/command.mjs').Case} */
export const staged = async ({ size, akscan, cache, runs }) => {
  const wanted = SIZES[size];
  const cwd = await cached(cache, 'staged', { version: 1, ...wanted }, build(wanted));
  const ended = spawnSync(process.execPath, [akscan, 'staged', '--format', 'jsonl'], { cwd, encoding: 'utf8' });
  const summary = JSON.parse(ended.stdout.trim().split('\n').at(-1) ?? '{}');
  if (ended.status !== 0 || summary.counts?.files !== wanted.staged) throw new Error('what is staged was misread');
  const own = { command: [process.execPath, akscan, 'staged'], cwd };
  const times = duel(own, { command: [process.execPath, '-e', '0'] }, runs(31));
  const [asked] = contest([{ command: COMPARE, cwd }], runs(31));
  const without = { ...times, ours: Math.max(0, times.ours - asked) };
  const what = `${wanted.staged} files in a repository of ${wanted.files.toLocaleString('en-GB')}`;
  return [
    ratioRow(size, `staged: ${what}, without git's time`, without, 'node -e 0', 1.6),
    ratioRow(size, `the installed hook: ${what}`, hook({ akscan, cwd, runs }), 'node -e 0', 0.5),
  ];
};

/** All of it, git's time too. */
const hook = ({ akscan, cwd, runs }) => {
  const installed = spawnSync(process.execPath, [akscan, 'hook', 'install'], { cwd, encoding: 'utf8' });
  if (installed.status !== 0) throw new Error(installed.stderr);
  return duel({ command: ['.git/hooks/pre-commit'], cwd }, { command: [process.execPath, '-e', '0'] }, runs(31));
};
