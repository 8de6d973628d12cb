// The pack engine against brute force on a real repository: what git prints of every object, searched whole, must name the
// same objects. For strings: those that hold each; without any: those in which the detector finds something.
//   node bench/brute-force.mjs [--record NAME] REPO [STRING...]     exit code 1 when they differ
// What is recorded goes into bench/brute-force.json, and from there into docs/benchmarks-history.md.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import esbuild from 'esbuild';
import { forEsbuild, root } from '../scripts/virtual-modules.mjs';

/** The engine and the detector, bundled as the product does, with the second thread's program beside them. */
const load = async () => {
  const outdir = path.join(root, 'build/brute-force');
  const options = {
    absWorkingDir: root,
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    plugins: [forEsbuild()],
  };
  await esbuild.build({
    ...options,
    entryPoints: { engine: 'src/pack/scan-database.ts', detector: 'src/detect/detector.ts' },
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
  });
  await esbuild.build({
    ...options,
    entryPoints: { 'pack-worker': 'src/pack/worker.ts' },
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
  });
  const of = (name) => import(pathToFileURL(path.join(outdir, `${name}.js`)).href);
  const [{ scanDatabase }, { createDetector }] = await Promise.all([of('engine'), of('detector')]);
  return { scanDatabase, createDetector };
};

const ask = (repository, ...args) =>
  spawnSync('git', ['-C', repository, 'rev-parse', ...args], { encoding: 'utf8' }).stdout.trim();

/** Objects that hold a string (or, for null, a finding), and those the engine leaves to other readers. */
const byEngine = async (scanDatabase, repository, string) => {
  const held = new Set();
  const name = ask(repository, '--show-object-format');
  const { unread } = await scanDatabase(
    {
      objects: path.resolve(repository, ask(repository, '--git-path', 'objects')),
      hash: { name, bytes: name === 'sha1' ? 20 : 32 },
      detector: {},
      maxSize: null,
      verify: 'hits',
      judge: string === null ? 'detector' : 'anchors',
      ...(string === null ? {} : { anchors: [string] }),
      threads: 2,
      check: () => 'nothing',
      named: async () => new Uint8Array(),
      signal: new AbortController().signal,
    },
    {
      held: (oid) => void held.add(oid),
      tooLarge: () => {},
      fault: (what, reason) => console.log(`  fault: ${what}: ${reason}`),
      expected: () => {},
      holds: () => {},
      progress: () => {},
    },
  );
  return { held, unread: new Set(unread) };
};

/** Every blob, commit and tag, once. */
async function* everyObject(repository) {
  const args = ['cat-file', '--batch-all-objects', '--batch', '--unordered', '--buffer'];
  const git = spawn('git', ['-C', repository, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let rest = Buffer.alloc(0);
  let wanted = 0;
  let parts = [];
  let have = 0;
  for await (const chunk of git.stdout) {
    parts.push(chunk);
    have += chunk.length;
    if (have < wanted) continue;
    rest = Buffer.concat(parts);
    for (;;) {
      const end = rest.indexOf(10);
      if (end < 0) break;
      const [oid, type, size] = rest.toString('latin1', 0, end).split(' ');
      wanted = end + 1 + Number(size) + 1;
      if (rest.length < wanted) break;
      if (type !== 'tree') yield { oid, bytes: rest.subarray(end + 1, wanted - 1) };
      rest = rest.subarray(wanted);
      wanted = 0;
    }
    parts = [rest];
    have = rest.length;
  }
}

/** One pass for all strings. */
const byBruteForce = async (repository, strings, createDetector) => {
  const found = new Map(strings.map((string) => [string, new Set()]));
  const detector = createDetector({});
  const holds = (bytes, string) =>
    string === null ? detector.scan(bytes).detections.length > 0 : bytes.includes(string, 0, 'latin1');
  for await (const { oid, bytes } of everyObject(repository))
    for (const string of strings) if (holds(bytes, string)) found.get(string).add(oid);
  return found;
};

const RECORD = path.join(root, 'bench/brute-force.json');

/** One row for each repository and string; a later run replaces an earlier one. */
const record = (rows) => {
  const known = existsSync(RECORD) ? JSON.parse(readFileSync(RECORD, 'utf8')) : [];
  const keyOf = ({ repository, string }) => `${repository} ${string}`;
  const all = new Map([...known, ...rows].map((row) => [keyOf(row), row]));
  writeFileSync(RECORD, `${JSON.stringify([...all.values()], null, 2)}\n`);
};

const main = async () => {
  const { values, positionals } = parseArgs({ options: { record: { type: 'string' } }, allowPositionals: true });
  const [repository, ...named] = positionals;
  if (repository === undefined) throw new Error('node bench/brute-force.mjs [--record NAME] REPO [STRING...]');
  const { scanDatabase, createDetector } = await load();
  const strings = named.length > 0 ? named : [null];
  const truth = await byBruteForce(repository, strings, createDetector);
  const rows = [];
  for (const string of strings) {
    const wanted = truth.get(string);
    const { held, unread } = await byEngine(scanDatabase, repository, string);
    const missed = [...wanted].filter((oid) => !held.has(oid) && !unread.has(oid));
    const madeUp = [...held].filter((oid) => !wanted.has(oid));
    const row = {
      repository: values.record ?? repository,
      string,
      bruteForce: wanted.size,
      engine: held.size,
      leftToGit: [...unread].filter((oid) => wanted.has(oid)).length,
      missed: missed.length,
      madeUp: madeUp.length,
    };
    rows.push(row);
    console.log(JSON.stringify(row));
    for (const oid of [...missed.slice(0, 5), ...madeUp.slice(0, 5)]) console.log(`  ${oid}`);
  }
  if (values.record !== undefined) record(rows);
  return rows.every(({ missed, madeUp }) => missed + madeUp === 0) ? 0 : 1;
};

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    process.stderr.write(`brute-force: ${error.stack}\n`);
    process.exitCode = 2;
  },
);
