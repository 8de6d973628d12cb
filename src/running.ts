// Whether the process that wrote its number into a file is still there. A number alone may have a new owner, so that when a
// process began is kept beside it.

import { readFileSync } from 'node:fs';

/** Linux: field 22 of /proc/PID/stat, in ticks since boot (proc_pid_stat(5)); null where the system does not say. */
export const beganOf = (pid: number): string | null => statOf(pid)[19] ?? null;

/**
 * Fields of /proc/PID/stat from the third on, the state: the second, a program's name, may hold anything. None where the
 * system does not say.
 */
export const statOf = (pid: number | string): readonly string[] => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
};

/** @param began what `beganOf` said of it on this machine when it was running for certain */
export const isRunning = (pid: number, began: string | null): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  const [state] = statOf(pid);
  // Killed, and its parent has not asked yet, or never will: it does nothing any more.
  if (state === 'Z' || state === 'X') return false;
  const now = beganOf(pid);
  return began === null || now === null || now === began;
};
