// Speed and memory, measured against other programs on this machine. Writes docs/benchmarks.md after a whole run.
//   node bench/run.mjs [--check] [--short] [--only NAME] [--repo PATH] [--cache DIR]
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { history } from './cases/history.mjs';
import { hostile } from './cases/hostile.mjs';
import { largeFile } from './cases/large-file.mjs';
import { memory } from './cases/memory.mjs';
import { start } from './cases/start.mjs';
import { tree } from './cases/tree.mjs';
import { printMarkdown, printText } from './speed/print.mjs';

/**
 * @typedef {object} Bench
 * @property {'full' | 'short'} size
 * @property {string} akscan the program measured
 * @property {string} cache a folder outside any repository, for what is searched
 * @property {string | null} repository one more repository to read
 * @property {(usual: number) => number} runs how often to measure
 */

/** @typedef {(bench: Bench) => Promise<readonly import('./speed/rows.mjs').Row[]>} Case */

/** @type {Readonly<Record<string, Case>>} */
const CASES = { start, tree, 'large-file': largeFile, hostile, history, memory };

const USAGE = `node bench/run.mjs [options]
  --check        exit 1 when a target is missed
  --short        small sizes, one run each: proves that everything runs, judges and writes nothing
  --only NAME    one of ${Object.keys(CASES).join(', ')}; writes nothing
  --repo PATH    read the history of this repository, too
  --cache DIR    where what is searched is kept, outside any repository (a folder in the system's temporary one)
`;

const inProject = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

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

const measure = async (names, bench) => {
  const rows = [];
  for (const name of names) {
    process.stderr.write(`bench: ${name}\n`);
    rows.push(...(await CASES[name](bench)));
  }
  return rows;
};

const main = async () => {
  const { check, short, only, repo, cache, help } = options();
  if (help) return { text: USAGE, code: 0 };
  if (only !== undefined && !Object.hasOwn(CASES, only))
    throw new Error(`--only takes one of ${Object.keys(CASES).join(', ')}`);
  const akscan = inProject('dist/akscan.js');
  if (!existsSync(akscan)) throw new Error('there is no dist/akscan.js; run "npm run build" first');
  const folder = short ? mkdtempSync(path.join(tmpdir(), 'akscan-bench-')) : path.resolve(cache);
  mkdirSync(folder, { recursive: true });
  const [load] = loadavg();
  try {
    const rows = await measure(only === undefined ? Object.keys(CASES) : [only], {
      size: short ? 'short' : 'full',
      akscan,
      cache: folder,
      repository: repo === undefined ? null : path.resolve(repo),
      runs: (usual) => (short ? 1 : usual),
    });
    if (!short && only === undefined) writeFileSync(inProject('docs/benchmarks.md'), printMarkdown(rows, load));
    const missed = rows.some(({ outcome }) => outcome === 'missed');
    return { text: `${printText(rows)}\n`, code: check && missed ? 1 : 0 };
  } finally {
    if (short) rmSync(folder, { recursive: true, force: true });
  }
};

main().then(
  ({ text, code }) => {
    process.stdout.write(text);
    process.exitCode = code;
  },
  (error) => {
    process.stderr.write(`bench: ${error.message}\n`);
    process.exitCode = 2;
  },
);
