// Whether the process that wrote its number into a file is still there. A number alone may have a new owner, so that when a
// process began is kept beside it.

import { readFileSync } from 'node:fs';

/** Linux: field 22 of /proc/PID/stat, in ticks since boot (proc_pid_stat(5)); null where the system does not say. */
export const beganOf = (pid: number): string | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
};

/** @param began what `beganOf` said of it on this machine when it was running for certain */
export const isRunning = (pid: number, began: string | null): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  const now = beganOf(pid);
  return began === null || now === null || now === began;
};
