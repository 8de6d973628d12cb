// 500 keys of one report, and 100,000 findings of 2,000 keys, verified by the program as it ships against the simulated cloud
// with Alibaba Cloud's own quotas. Prints the time, the calls by operation, and what was throttled.
//   node bench/verify.mjs [--keys N] [--latency MS] [--check]
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import esbuild from 'esbuild';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: {
    keys: { type: 'string', default: '500' },
    latency: { type: 'string', default: '0' },
    check: { type: 'boolean', default: false },
  },
});

const LONGEST_S = 30;

const folder = mkdtempSync(path.join(os.tmpdir(), 'akscan-bench-verify-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const bundle = path.join(folder, 'cloud.mjs');
await esbuild.build({
  stdin: {
    contents: `
      export { startSimulator } from './src/simulator/server.ts';
      export { company } from './test/support/company.ts';
      export { NOTHING_SUPPRESSED, reportOf } from './src/findings/summary.ts';
      export { findingFor } from './src/verify.ts';`,
    resolveDir: root,
    loader: 'ts',
  },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // Of the program only what makes a finding is wanted here.
  external: ['akscan:*', '@alicloud/*'],
  outfile: bundle,
});
const { startSimulator, company, findingFor, reportOf, NOTHING_SUPPRESSED } = await import(pathToFileURL(bundle).href);

/** Runs the program on a report of `findings` for each of `keys`. */
const run = async (keys, findings) => {
  const made = company(keys);
  const latency = Number(values.latency);
  const simulator = await startSimulator({
    accounts: [made.account],
    quotas: 'real',
    ...(latency > 0 ? { latencyMs: latency } : {}),
  });
  const report = path.join(folder, `report-${keys}-${findings}.jsonl`);
  const lines = made.keys.flatMap(({ id }) => {
    const finding = findingFor({ accessKeyId: id, secret: null, token: null });
    return Array.from({ length: findings }, (_, index) => {
      const secretSha256 = createHash('sha256').update(`${id} ${index}`).digest('hex');
      return JSON.stringify({ ...finding, target: `copy-${index}`, secretSha256 });
    });
  });
  const nothing = { skipped: [], skippedCounts: { fault: 0, limit: 0 }, counts: { files: 0, objects: 0, bytes: 0 } };
  const { summary } = reportOf([], nothing, { suppressed: NOTHING_SUPPRESSED, notes: [], interrupted: false });
  writeFileSync(report, `${[...lines, JSON.stringify(summary)].join('\n')}\n`);
  const began = performance.now();
  const { code, rss, stderr } = await akscan(['verify', report, '--no-cache', '-f', 'jsonl', '-o', `${report}.out`], {
    ...Object.fromEntries(
      ['RAM', 'IMS', 'STS', 'ACTIONTRAIL'].map((name) => [`AKSCAN_ENDPOINT_${name}`, simulator.url]),
    ),
    ALIBABA_CLOUD_ACCESS_KEY_ID: made.auditor.id,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: made.auditor.secret,
  });
  if (code !== 0 && code !== 1) throw new Error(stderr);
  const seconds = (performance.now() - began) / 1000;
  const calls = new Map();
  for (const { action } of simulator.requests) calls.set(action, (calls.get(action) ?? 0) + 1);
  const throttled = simulator.requests.filter(({ code: refusal }) => refusal?.startsWith('Throttling')).length;
  await simulator.close();
  return { keys, findings: lines.length, code, seconds, rss, calls, throttled };
};

const akscan = (args, env) =>
  new Promise((resolve, reject) => {
    const time = ['-f', '%M', process.execPath, path.join(root, 'dist/akscan.cjs'), ...args];
    const child = spawn('/usr/bin/time', time, { env: { PATH: process.env.PATH, HOME: '/nonexistent', ...env } });
    let stderr = '';
    child.stdout.resume();
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stderr, rss: Number(stderr.trim().split('\n').at(-1)) / 1024 }));
  });

const print = ({ keys, findings, code, seconds, rss, calls, throttled }) => {
  const total = [...calls.values()].reduce((sum, count) => sum + count, 0);
  console.log(`${findings} findings of ${keys} keys: ${seconds.toFixed(1)} s, exit code ${code}, ${rss.toFixed(0)} MB`);
  console.log(`  ${total} calls, ${throttled} throttled`);
  for (const [action, count] of [...calls].sort(([, a], [, b]) => b - a)) console.log(`    ${count}  ${action}`);
};

const keys = Number(values.keys);
const report = await run(keys, 1);
print(report);
const few = await run(2_000, 1);
print(few);
const many = await run(2_000, 50);
print(many);

const problems = [
  ...(report.seconds < LONGEST_S ? [] : [`${keys} keys took ${report.seconds.toFixed(1)} s, more than ${LONGEST_S} s`]),
  ...[report, few, many].flatMap(({ throttled, keys: of }) => (throttled === 0 ? [] : [`${of} keys were throttled`])),
  ...(JSON.stringify([...few.calls].sort()) === JSON.stringify([...many.calls].sort())
    ? []
    : ['100,000 findings need other calls than their 2,000 keys']),
];
for (const problem of problems) console.log(problem);
if (values.check && problems.length > 0) process.exitCode = 1;
