// A git that speaks to another machine, within bounds: time, what it prints, what it writes to the disk, and memory. The other
// side decides how much of each git would take.

import { readdirSync } from 'node:fs';
import { type GitPlace, startGit } from '../../git/run.js';
import { statOf } from '../../running.js';
import { bytesIn } from './size.js';

export interface Bounds {
  readonly milliseconds: number;
  /** Bytes of its output. */
  readonly output: number;
  /** Bytes that it and the programs it started have in memory; not watched where there is no /proc. */
  readonly memory: number;
  /** Bytes in a folder that it writes to. */
  readonly disk: { readonly folder: string; readonly bytes: number } | null;
}

export type End =
  | { readonly within: true; readonly code: number; readonly stdout: Buffer; readonly stderr: string }
  | { readonly within: false; readonly beyond: 'milliseconds' | 'output' | 'memory' | 'disk' };

/** @throws what `signal` was aborted with, or why git cannot be started */
export const runBounded = async (
  place: GitPlace,
  args: readonly string[],
  { milliseconds, output, memory, disk }: Bounds,
  signal: AbortSignal,
): Promise<End> => {
  let beyond: Exclude<End, { within: true }>['beyond'] | null = null;
  const git = startGit(place, args, signal);
  const end = (bound: typeof beyond): void => {
    beyond ??= bound;
    git.kill();
  };
  git.stdin.end();
  const chunks: Buffer[] = [];
  let size = 0;
  git.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > output) end('output');
    else chunks.push(chunk);
  });
  let isOver = false;
  let timer: NodeJS.Timeout | null = null;
  const look = async (): Promise<void> => {
    const bytes = disk === null ? 0 : await bytesIn(disk.folder);
    // Its number may be another's by now.
    if (isOver) return;
    if (disk !== null && bytes > disk.bytes) end('disk');
    if (git.pid !== undefined && memoryOf(git.pid) > memory) end('memory');
    timer = setTimeout(look, EVERY_MS);
  };
  timer = setTimeout(look, EVERY_MS);
  const late = setTimeout(() => end('milliseconds'), milliseconds);
  try {
    const { code, stderr } = await git.ended;
    if (beyond !== null) return { within: false, beyond };
    return { within: true, code, stdout: Buffer.concat(chunks), stderr };
  } finally {
    isOver = true;
    clearTimeout(timer);
    clearTimeout(late);
  }
};

/** Most gits have ended by then, and cost nothing to watch. */
const EVERY_MS = 200;

const PAGE = 4_096;

/** Bytes that the processes of a group have in memory (proc_pid_stat(5): field 5 is the group, field 24 pages). */
const memoryOf = (group: number): number => {
  let pages = 0;
  for (const pid of pidsIn('/proc')) {
    const fields = statOf(pid);
    if (Number(fields[2]) === group) pages += Number(fields[21]);
  }
  return pages * PAGE;
};

const pidsIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder).filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
};
