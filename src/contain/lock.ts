// One run at a time on an account, and on a log: two that read the same state and both act on it would each record the
// other's work as their own. A lock is a file that says who holds it; one whose holder is gone is taken over.

import { closeSync, fstatSync, fsyncSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AkscanError, reasonOf } from '../errors.js';
import { makeFolder } from '../make-folder.js';
import { beganOf, isRunning } from '../running.js';

export interface Lock {
  release(): void;
}

/** Longer than anybody needs between creating a file and writing it. */
const STALE_MS = 10_000;

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process began, as the system says it; null where it says nothing. A process id alone may have a new owner. */
  readonly began: string | null;
}

/**
 * @param file the lock itself; its folder is made when it is not there
 * @param what is locked, for a sentence: `account 1234`
 * @throws AkscanError while another run holds it
 */
export const takeLock = (file: string, what: string): Lock => {
  makeFolder(path.dirname(file), 0o700);
  const mine: Holder = { pid: process.pid, host: os.hostname(), began: beganOf(process.pid) };
  for (let attempt = 0; attempt < 5; attempt++) {
    const descriptor = created(file, mine);
    if (descriptor !== null) return lockOn(file, descriptor);
    const holder = holderOf(file);
    if (holder !== null && isThere(holder)) {
      throw new AkscanError(
        `Another run works on ${what} (process ${holder.pid}${holder.host === mine.host ? '' : ` on ${holder.host}`}).`,
        `Wait for it to end; if it is gone, remove ${file}.`,
      );
    }
    takeOver(file);
  }
  throw new AkscanError(`The lock ${file} cannot be had.`, `Remove it if no other run works on ${what}.`);
};

/**
 * Removes the lock of a holder that is gone. Only one process at a time may: another that saw the same dead holder would
 * remove the lock that the first has taken meanwhile.
 */
const takeOver = (file: string): void => {
  const guard = `${file}.takeover`;
  const age = ageOf(guard);
  if (age !== null && age > STALE_MS) rmSync(guard, { force: true });
  const descriptor = created(guard, { pid: process.pid, host: os.hostname(), began: null });
  if (descriptor === null) return;
  try {
    const holder = holderOf(file);
    if (holder === null || !isThere(holder)) rmSync(file, { force: true });
  } finally {
    closeSync(descriptor);
    rmSync(guard, { force: true });
  }
};

const lockOn = (file: string, descriptor: number): Lock => {
  const { ino } = fstatSync(descriptor);
  return {
    release: () => {
      closeSync(descriptor);
      // Only our own: somebody may have removed it by hand and begun anew.
      try {
        if (statSync(file).ino === ino) rmSync(file, { force: true });
      } catch {
        // It is gone already.
      }
    },
  };
};

const created = (file: string, holder: Holder): number | null => {
  try {
    const descriptor = openSync(file, 'wx', 0o600);
    writeSync(descriptor, JSON.stringify(holder));
    fsyncSync(descriptor);
    return descriptor;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return null;
    throw new AkscanError(`Cannot make the lock ${file}: ${reasonOf(error)}.`);
  }
};

/** Null for a lock that says nothing: its maker may be between creating and writing it. */
const holderOf = (file: string): Holder | null => {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as Partial<Holder>;
    const { pid, host, began } = value;
    if (typeof pid !== 'number' || typeof host !== 'string') return null;
    return { pid, host, began: typeof began === 'string' ? began : null };
  } catch {
    const age = ageOf(file);
    // Its maker writes at once; one that says nothing for longer was killed between the two.
    return age !== null && age < STALE_MS ? { pid: 0, host: os.hostname(), began: null } : null;
  }
};

const ageOf = (file: string): number | null => {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return null;
  }
};

/** On another machine nobody can tell: taken to be there. */
const isThere = ({ pid, host, began }: Holder): boolean => pid === 0 || host !== os.hostname() || isRunning(pid, began);
