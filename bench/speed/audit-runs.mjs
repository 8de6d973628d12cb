// Runs of `akscan audit` over folders of repositories.
import { spawn } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { buildOrganisation } from '../audit/organisation.mjs';
import { cached } from './cache.mjs';
import { watch } from './programs.mjs';

/** Nothing found, or something. */
const ENDED = [0, 1];

export const cores = availableParallelism();

/** A folder of repositories of mixed size, none of them broken. */
export const organisation = (cache, name, repositories, shapes = {}) => {
  const recipe = { version: 1, repositories, shapes: { ...shapes, broken: 0 } };
  return cached(cache, name, recipe, (folder) => buildOrganisation({ folder, seed: 8, ...recipe }));
};

export const namesIn = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.git'))
    .sort();

/** Bytes of all files below a folder; what goes meanwhile does not count. */
export const bytesBelow = (folder) => {
  try {
    return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
      const name = path.join(folder, entry.name);
      return sum + (entry.isDirectory() ? bytesBelow(name) : (lstatSync(name, { throwIfNoEntry: false })?.size ?? 0));
    }, 0);
  } catch {
    return 0;
  }
};

/** The options of an audit of all repositories in a folder. */
export const auditOf = (folder, store, ...more) => [
  'audit',
  `dir:${folder}`,
  ...(store === null ? [] : ['--store', store]),
  '--threads',
  `${cores}`,
  ...more,
];

/** A store that nobody has written to yet. */
export const newStore = (cache, name) => {
  const file = path.join(cache, `${name}.db`);
  for (const ending of ['', '-wal', '-shm', '-journal', '.key', '.lock']) {
    rmSync(`${file}${ending}`, { recursive: true, force: true });
  }
  return file;
};

/** One whole run: seconds, the most memory (bytes), and its summary, which must speak of as many repositories as there are. */
export const audit = async (akscan, args, expected) => {
  const run = await watch(akscan, args, ENDED);
  const { total } = run.summary.audit.repositories;
  if (total !== expected) throw new Error(`of ${expected} repositories ${total} were told of`);
  return run;
};

/** Processor time in seconds of a process and of the programs that it has waited for, as long as it lives (proc(5), stat). */
const processorOf = (pid) => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1].split(' ');
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100;
  } catch {
    return null;
  }
};

/**
 * One run, and what it took of the processors, its programs included; killed when `until` says so.
 * @param until asked with seconds of processor time, often
 */
export const spend = async (akscan, args, until = () => false) => {
  const child = spawn(process.execPath, [akscan, ...args, '--format', 'jsonl'], {
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
  let processor = 0;
  const look = setInterval(() => {
    processor = processorOf(child.pid) ?? processor;
    if (until(processor)) child.kill('SIGKILL');
  }, 10);
  const { code, signal } = await ended;
  clearInterval(look);
  if (signal === null && !ENDED.includes(code)) throw new Error(`akscan ${args.join(' ')} ended with ${code}`);
  return { processor, killed: signal !== null };
};
