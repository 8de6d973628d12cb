// The commit that a release tag of the Action names: a source commit's tree and, beside it, the bundle that action.yml runs, which
// no branch holds. Made from a clone of its own, with dates and names of its source, so that the same source gives the same
// commit, byte for byte, wherever it is built.
//   node scripts/release-action.mjs [COMMIT]          makes it, and prints its name (default: of HEAD)
//   node scripts/release-action.mjs --check RELEASE   builds it again from its parent; exit code 1 when it differs
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { root } from './virtual-modules.mjs';

const run = (program, args, options = {}) =>
  execFileSync(program, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], ...options }).trim();
const git = (...args) => run('git', args);

const release = (source) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'akscan-release-'));
  try {
    const clone = path.join(folder, 'source');
    run('git', ['clone', '--quiet', '--no-checkout', root, clone]);
    run('git', ['checkout', '--quiet', '--detach', source], { cwd: clone });
    run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'], { cwd: clone });
    run(process.execPath, ['scripts/build-action.mjs'], { cwd: clone });
    checkLoads(clone);
    run('git', ['add', '--force', 'action'], { cwd: clone });
    const tree = run('git', ['write-tree'], { cwd: clone });
    const [name, email, date, whole] = git('log', '-1', '--format=%cn%n%ce%n%cI%n%H', source).split('\n');
    const { version } = JSON.parse(readFileSync(path.join(clone, 'package.json'), 'utf8'));
    const env = {
      PATH: process.env.PATH,
      ...Object.fromEntries(
        ['AUTHOR', 'COMMITTER'].flatMap((who) => [
          [`GIT_${who}_NAME`, name],
          [`GIT_${who}_EMAIL`, email],
          [`GIT_${who}_DATE`, date],
        ]),
      ),
    };
    const message = `akscan ${version}, the Action with its bundle`;
    const made = run('git', ['commit-tree', tree, '-p', whole, '-m', message], { cwd: clone, env });
    run('git', ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', clone, made]);
    return made;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** What action.yml names is there, and Node can load it. */
const checkLoads = (clone) => {
  const { main } = parse(readFileSync(path.join(clone, 'action.yml'), 'utf8')).runs;
  run(process.execPath, ['--check', main], { cwd: clone });
  run(process.execPath, ['--input-type=module', '-e', "import './main.mjs'"], {
    cwd: path.join(clone, path.dirname(main)),
  });
};

const [first = 'HEAD', named] = process.argv.slice(2);
if (first === '--check') {
  if (named === undefined) throw new Error('--check needs the release to check');
  const wanted = git('rev-parse', '--verify', `${named}^{commit}`);
  const made = release(git('rev-parse', '--verify', `${wanted}^`));
  console.log(
    made === wanted ? `${named} is what its source builds` : `${named} is ${wanted}; its source builds ${made}`,
  );
  process.exitCode = made === wanted ? 0 : 1;
} else {
  console.log(release(git('rev-parse', '--verify', `${first}^{commit}`)));
}
