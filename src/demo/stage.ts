// A place for the demo that leaves nothing behind: a temporary folder, an environment without this machine's configuration,
// and the real command line run inside them.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AkscanError, reasonOf } from '../errors.js';

export interface Theatre {
  readonly repository: string;
  /** For reports: beside the repository, not in it. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  remove(): void;
}

/** What a program needs of the environment to run and to look right; all else could change what the demo shows. */
const KEPT = [
  'PATH',
  'Path',
  'SystemRoot',
  'TEMP',
  'TMP',
  'TMPDIR',
  'TERM',
  'COLORTERM',
  'NO_COLOR',
  'FORCE_COLOR',
  'COLUMNS',
];

export const openTheatre = (): Theatre => {
  const folder = temporaryFolder();
  const home = path.join(folder, 'home');
  mkdirSync(home);
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  // Whatever ends the process, the keys in the folder go with it, made up as they are. A git that has just been killed may
  // still write there: what cannot go at once is no reason to end with another error than the one there is.
  const atExit = (): void => {
    try {
      remove();
    } catch {}
  };
  process.once('exit', atExit);
  // The terminal was closed: an ending that the run does not handle by itself (128 + 1).
  const hangUp = (): void => process.exit(129);
  process.once('SIGHUP', hangUp);
  const kept = KEPT.flatMap((name): readonly [string, string][] => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    repository: path.join(folder, 'shop'),
    folder,
    env: {
      ...Object.fromEntries(kept),
      HOME: home,
      USERPROFILE: home,
      XDG_CONFIG_HOME: home,
      GIT_CONFIG_NOSYSTEM: '1',
    },
    remove: () => {
      process.off('exit', atExit);
      process.off('SIGHUP', hangUp);
      remove();
    },
  };
};

const temporaryFolder = (): string => {
  try {
    return realpathSync(mkdtempSync(path.join(os.tmpdir(), 'akscan-demo-')));
  } catch (error) {
    const why = `The demo needs a temporary folder and cannot make one in ${os.tmpdir()} (${reasonOf(error)}).`;
    throw new AkscanError(why, 'Name another in TMPDIR.');
  }
};

export interface Played {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Runs a program that writes straight to our own output. @returns its exit code; null when a signal ended it */
export const play = async ({ command, args, cwd, env, signal }: Played): Promise<number | null> => {
  signal.throwIfAborted();
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
  const stop = (): void => void child.kill();
  // Before the folder is removed: what still runs in it would leave something behind.
  const end = (): void => void child.kill('SIGKILL');
  process.prependOnceListener('exit', end);
  signal.addEventListener('abort', stop, { once: true });
  try {
    // Also when it was stopped: nothing is removed while it still runs.
    const [code] = (await once(child, 'close')) as [number | null];
    signal.throwIfAborted();
    return code;
  } finally {
    process.off('exit', end);
    signal.removeEventListener('abort', stop);
  }
};
