// What every benchmark command does: reads its options, builds what is measured, measures, judges and writes its page.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { printText } from './print.mjs';

/**
 * @typedef {object} Bench
 * @property {'full' | 'short'} size
 * @property {string} akscan the program measured
 * @property {string} cache a folder outside any repository, for what is searched
 * @property {string | null} repository one more repository to read
 * @property {(usual: number) => number} runs how often to measure
 */

/** @typedef {(bench: Bench) => Promise<readonly import('./rows.mjs').Row[]>} Case */

/**
 * @typedef {object} Benchmark
 * @property {string} command how it is called: `node bench/run.mjs`
 * @property {Readonly<Record<string, Case>>} cases
 * @property {string} page the file a whole run writes
 * @property {(rows: readonly import('./rows.mjs').Row[], load: number) => string} print what it writes there
 */

const usage = ({ command, cases, page }) => `${command} [options]
  --check        exit 1 when a target is missed
  --short        small sizes, one run each: proves that everything runs, judges and writes nothing
  --only NAME    one of ${Object.keys(cases).join(', ')}; writes nothing
  --repo PATH    read the history of this repository, too
  --cache DIR    where what is searched is kept, outside any repository (a folder in the system's temporary one)
A whole run writes ${page}.
`;

const inProject = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

const options = () =>
  parseArgs({
    options: {
      check: { type: 'boolean', default: false },
      short: { type: 'boolean', default: false },
      only: { type: 'string' },
      repo: { type: 'string' },
      cache: { type: 'string', default: path.join(tmpdir(), 'akscan-bench') },
      help: { type: 'boolean', default: false },
    },
  }).values;

const measure = async (cases, names, bench) => {
  const rows = [];
  for (const name of names) {
    process.stderr.write(`bench: ${name}\n`);
    rows.push(...(await cases[name](bench)));
  }
  return rows;
};

/** @param {Benchmark} benchmark */
const run = async (benchmark) => {
  const { check, short, only, repo, cache, help } = options();
  const { cases, page, print } = benchmark;
  if (help) return { text: usage(benchmark), code: 0 };
  if (only !== undefined && !Object.hasOwn(cases, only))
    throw new Error(`--only takes one of ${Object.keys(cases).join(', ')}`);
  const akscan = inProject('dist/akscan.cjs');
  if (!existsSync(akscan)) throw new Error('there is no dist/akscan.cjs; run "npm run build" first');
  const folder = short ? mkdtempSync(path.join(tmpdir(), 'akscan-bench-')) : path.resolve(cache);
  mkdirSync(folder, { recursive: true });
  const [load] = loadavg();
  try {
    const rows = await measure(cases, only === undefined ? Object.keys(cases) : [only], {
      size: short ? 'short' : 'full',
      akscan,
      cache: folder,
      repository: repo === undefined ? null : path.resolve(repo),
      runs: (usual) => (short ? 1 : usual),
    });
    if (!short && only === undefined) writeFileSync(inProject(page), print(rows, load));
    const missed = rows.some(({ outcome }) => outcome === 'missed');
    return { text: `${printText(rows)}\n`, code: check && missed ? 1 : 0 };
  } finally {
    if (short) rmSync(folder, { recursive: true, force: true });
  }
};

/** Runs one, prints its rows, and sets the exit code. @param {Benchmark} benchmark */
export const runBenchmark = (benchmark) =>
  run(benchmark).then(
    ({ text, code }) => {
      process.stdout.write(text);
      process.exitCode = code;
    },
    (error) => {
      process.stderr.write(`bench: ${error.message}\n`);
      process.exitCode = 2;
    },
  );
