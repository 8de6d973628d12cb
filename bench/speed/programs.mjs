// Runs programs and measures them: from their start to their end, as whoever calls them waits for it.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';

/**
 * What is measured runs as it does for anybody, whatever this shell has set. With certificates of its own Node starts so late
 * (37 ms for those of a system) that a program that starts twice as slowly as Node alone would look quick beside it.
 */
const environment = () => {
  const env = { ...process.env };
  const unusual = ['NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS', 'NODE_V8_COVERAGE', 'GIT_DIR', 'FORCE_COLOR'];
  for (const name of unusual) delete env[name];
  return env;
};

/** @returns seconds; throws unless it ends with one of `codes` */
const timed = ({ command, codes = [0], cwd }) => {
  const [program, ...args] = command;
  const from = performance.now();
  const { status, error } = spawnSync(program, args, { cwd, env: environment(), stdio: 'ignore' });
  const seconds = (performance.now() - from) / 1000;
  if (error !== undefined) throw error;
  if (!codes.includes(status)) throw new Error(`${program} ${args.join(' ')} ended with ${status}`);
  return seconds;
};

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** The median of each, in seconds. They take turns, so that whatever else the machine does slows all alike. */
export const contest = (programs, runs) => {
  for (const program of programs) timed(program);
  const times = programs.map(() => []);
  for (let i = 0; i < runs; i += 1)
    for (const [index, program] of programs.entries()) times[index].push(timed(program));
  return times.map(median);
};

/** The same for two. */
export const duel = (ours, reference, runs) => {
  const [mine, theirs] = contest([ours, reference], runs);
  return { ours: mine, reference: theirs };
};

export const exists = (program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;

/** First line of `PROGRAM --version`, its number alone. */
export const versionOf = (program) =>
  /\d+(?:\.\d+)+/.exec(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[0] ?? 'unknown';

/**
 * One watched run of akscan, with all its words read: how long, its exit code, its summary, the most memory it had
 * (`peak`, bytes, its threads included), the processor time it took (`processor`, seconds, the same) and the most that it and the programs it had started held at one moment
 * (`together`; null where there is no /proc to read that from).
 */
export const watch = async (akscan, args, codes = [0]) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'akscan-watch-'));
  const note = path.join(folder, 'peak');
  try {
    const from = performance.now();
    const child = spawn(
      process.execPath,
      ['--import', new URL('peak.mjs', import.meta.url).href, akscan, ...args, '--format', 'jsonl'],
      { env: { ...environment(), AKSCAN_BENCH_PEAK: note }, stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const ended = new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    let together = null;
    const sampler = setInterval(() => {
      together = Math.max(together ?? 0, heldBy(child.pid)) || null;
    }, 50);
    let last = '';
    for await (const line of createInterface({ input: child.stdout })) if (line !== '') last = line;
    const code = await ended;
    clearInterval(sampler);
    const seconds = (performance.now() - from) / 1000;
    if (!codes.includes(code))
      throw new Error(`akscan ${args.join(' ')} ended with ${code}, not ${codes.join(' or ')}`);
    return { seconds, code, summary: JSON.parse(last), ...JSON.parse(readFileSync(note, 'utf8')), together };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Bytes of memory that a process and all below it hold; those that ended meanwhile hold none. */
const heldBy = (pid) => {
  try {
    const own = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
    );
    return children.reduce((sum, child) => sum + heldBy(child), Number(own?.[1] ?? 0) * 1024);
  } catch {
    return 0;
  }
};
