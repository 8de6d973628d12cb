// What is published, and nothing else: packs the project, compares the list of files with what is meant to ship, lets
// publint judge the tarball, installs it into an empty folder and runs it from there.
//   node scripts/check-package.mjs [NODE...]   NODE: further Node programs to run the installed command with
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { root } from './virtual-modules.mjs';

const SHIPPED = [
  /^package\.json$/,
  /^README(?:\.zh-CN)?\.md$/,
  /^LICENSE$/,
  /^dist\/(?:audit-worker|index)\.js$/,
  /^dist\/(?:akscan|history|judging|list-git|pack-(?:thread|worker)|program|(?:range|staged)(?:-judge)?|repository|scan(?:-worker)?)\.cjs$/,
  /^dist\/gate-id$/,
  /^dist\/licenses\.txt$/,
  /^dist\/chunks\/[\w.-]+\.js$/,
  /^dist\/schema\/[\w.-]+\.json$/,
  /^dist\/types\/[\w/.-]+\.d\.ts$/,
];
const NEEDED = [
  'package.json',
  'README.md',
  'LICENSE',
  'dist/akscan.cjs',
  'dist/audit-worker.js',
  'dist/gate-id',
  'dist/index.js',
  'dist/types/index.d.ts',
  'dist/licenses.txt',
];

const fail = (message) => {
  throw new Error(message);
};

const run = (program, args, cwd) =>
  execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

const checkFiles = (files) => {
  const names = files.map((file) => file.path);
  const strange = names.filter((name) => !SHIPPED.some((pattern) => pattern.test(name)));
  if (strange.length > 0) fail(`the package holds what is not meant to ship: ${strange.join(', ')}`);
  const missing = NEEDED.filter((name) => !names.includes(name));
  if (missing.length > 0) fail(`the package lacks ${missing.join(', ')}`);
};

const checkInstalled = (tarball, folder, nodes) => {
  writeFileSync(path.join(folder, 'package.json'), '{"private":true,"type":"module"}\n');
  run('npm', ['install', '--no-audit', '--no-fund', '--silent', tarball], folder);
  const installed = readdirSync(path.join(folder, 'node_modules')).filter((name) => !name.startsWith('.'));
  if (installed.join() !== 'akscan') fail(`the package brings others along: ${installed.join(', ')}`);
  writeFileSync(
    path.join(folder, 'library.mjs'),
    "import { scan } from 'akscan';\nconst report = await scan(['library.mjs']);\nif (report.findings.length !== 0 || report.summary.counts.files !== 1) process.exit(1);\n",
  );
  for (const node of nodes) {
    const command = path.join(folder, 'node_modules/akscan/dist/akscan.cjs');
    const version = run(node, [command, '--version'], folder).trim();
    run(node, [command, 'library.mjs'], folder);
    run(node, [command, 'demo'], folder);
    run(node, ['library.mjs'], folder);
    checkAudit(node, command, folder);
    checkKept(node, command, folder);
    console.log(`akscan ${version} installed from its tarball runs on Node ${run(node, ['--version'], folder).trim()}`);
  }
};

/** Code is kept for the next start: of programs by akscan, of the libraries it loads by Node where it can, for the user alone. */
const checkKept = (node, command, folder) => {
  const cache = path.join(folder, 'cache');
  rmSync(cache, { recursive: true, force: true });
  const { status } = spawnSync(node, [command, 'library.mjs', '--format', 'sarif'], {
    cwd: folder,
    env: { ...process.env, XDG_CACHE_HOME: cache },
  });
  const major = Number.parseInt(run(node, ['--version'], folder).slice(1), 10);
  const wanted = major < 22 ? ['code'] : ['code', 'modules'];
  const kept = readdirSync(path.join(cache, 'akscan')).sort();
  if (status !== 0 || kept.join() !== wanted.join()) fail(`Node ${major} kept ${kept.join(', ')} for the next start`);
  for (const name of kept) {
    const place = path.join(cache, 'akscan', name);
    const { mode } = statSync(place);
    if ((mode & 0o777) !== 0o700) fail(`${name} is kept with mode ${(mode & 0o777).toString(8)}`);
    if (readdirSync(place).length === 0) fail(`nothing is kept in ${name}`);
  }
};

/** Its database, its threads and the client of its queue are bundled, too; none of them may need anything beside the package. */
const checkAudit = (node, command, folder) => {
  const repositories = path.join(folder, 'repositories');
  rmSync(repositories, { recursive: true, force: true });
  const who = ['-c', 'user.name=A', '-c', 'user.email=a@example.com'];
  run('git', ['init', '--quiet', repositories], folder);
  run('git', [...who, '-C', repositories, 'commit', '--quiet', '--allow-empty', '--message', 'none'], folder);
  const audit = [command, 'audit', 'dir:repositories', '--store', 'audit.db', '--format', 'jsonl'];
  const states = [1, 2].map(() => JSON.parse(run(node, audit, folder)).audit.repositories.byState);
  if (states[0].scanned + states[0].unchanged !== 1 || states[1].unchanged !== 1)
    fail(`an audit of one repository ended as ${JSON.stringify(states)}`);
  const env = { ...process.env, AKSCAN_STORE_KEY: randomBytes(32).toString('hex') };
  const queue = ['worker', '--queue', 'redis://127.0.0.1:9', '--cache-dir', 'mirrors'];
  const { status, stderr } = spawnSync(node, [command, ...queue], { cwd: folder, encoding: 'utf8', env });
  if (status !== 2 || !/cannot be reached/.test(stderr))
    fail(`a worker without a queue ended with ${status}: ${stderr}`);
};

process.chdir(root);
const folder = mkdtempSync(path.join(tmpdir(), 'akscan-package-'));
try {
  const [packed] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], root));
  checkFiles(packed.files);
  const { messages, pkg } = await publint({ pkgDir: root, pack: false, strict: true });
  if (messages.length > 0) fail(messages.map((message) => formatMessage(message, pkg)).join('\n'));
  const empty = mkdtempSync(path.join(folder, 'empty-'));
  checkInstalled(path.join(folder, packed.filename), empty, [process.execPath, ...process.argv.slice(2)]);
  console.log(`package: ${packed.files.length} files, ${Math.round(packed.size / 1000)} kB packed`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
