// Detection measured on labelled synthetic keys: precision and recall for IDs and for pairs, at default options.
//   node bench/detection/run.mjs [--seed N] [--seeds N] [--keep DIR] [--program FILE] [--json] [--verbose] [--list]
// The generator knows only what it planted; the scanner is run as a program. It measures and judges nothing:
// the exit code is 0 unless something failed (2).
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildDataset, contexts } from './dataset.mjs';
import { printJson, printText } from './print.mjs';
import { scan } from './scan.mjs';
import { badness, score } from './score.mjs';

const USAGE = `node bench/detection/run.mjs [options]
  --seed N        the first seed (1)
  --seeds N       how many seeds (5)
  --keep DIR      write the files there, one folder a seed, and leave them
  --program FILE  the scanner, a Node program (dist/akscan.cjs)
  --json          print one JSON object
  --verbose       list contexts without a fault too
  --list          print the contexts and stop
`;

const options = () => {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      seeds: { type: 'string', default: '5' },
      keep: { type: 'string' },
      program: { type: 'string', default: fileURLToPath(new URL('../../dist/akscan.cjs', import.meta.url)) },
      json: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const whole = (name) => {
    if (!/^\d{1,6}$/.test(values[name])) throw new Error(`--${name} takes a whole number`);
    return Number(values[name]);
  };
  const seeds = whole('seeds');
  if (seeds === 0) throw new Error('--seeds takes at least 1');
  return { ...values, seed: whole('seed'), seeds };
};

/** Builds, scans and scores the set of one seed. */
const measure = async (program, seed, keep) => {
  const dir =
    keep === undefined ? mkdtempSync(path.join(tmpdir(), 'akscan-detection-')) : path.resolve(keep, `seed-${seed}`);
  if (keep !== undefined) {
    if (existsSync(dir)) throw new Error(`${dir} exists already; give another folder to --keep`);
    mkdirSync(dir, { recursive: true });
  }
  try {
    const dataset = buildDataset(dir, seed);
    const found = await scan(path.resolve(program), dir);
    const size = {
      credentials: dataset.truths.length,
      files: new Set(dataset.truths.map((truth) => truth.path)).size,
      contexts: contexts.length,
      kinds: dataset.kinds,
      clean: dataset.cleanFiles.size,
    };
    return { seed, size, score: score(dataset, found) };
  } finally {
    if (keep === undefined) rmSync(dir, { recursive: true, force: true });
  }
};

const main = async () => {
  const { seed, seeds, keep, program, json, verbose, list, help } = options();
  if (help) return USAGE;
  if (list) return `${contexts.map(({ family, name, encoding }) => `${family}: ${name} [${encoding}]`).join('\n')}\n`;
  if (!existsSync(program)) throw new Error(`there is no ${program}; run "npm run build" first`);
  const results = [];
  for (let i = 0; i < seeds; i += 1) results.push(await measure(program, seed + i, keep));
  const worst = results.reduce((a, b) => (badness(b.score) > badness(a.score) ? b : a));
  return json ? printJson({ results, worst }) : printText({ results, worst }, verbose);
};

// `bench:detection | head` is no failure.
process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 2));

main().then(
  (text) => process.stdout.write(text),
  (error) => {
    process.stderr.write(`bench:detection: ${error.message}\n`);
    process.exitCode = 2;
  },
);
