// Where a new secret goes: a file that nobody else can read, or the standard input of a command. Whether that place can be
// had is found out before a key is made, because its secret is told only once.

import { spawn } from 'node:child_process';
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  realpathSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { AkscanError, reasonOf } from '../../errors.js';
import { commandOf } from './command-line.js';

export interface SecretPlace {
  readonly kind: 'file' | 'command';
  /** For a sentence: `the file alice.json`. It holds nothing that was given to a command. */
  readonly name: string;
  /** @throws Error, whose message holds nothing of the text */
  put(text: string): Promise<void>;
  /** Nothing was made, or it could not be put there: what was prepared goes again. What is there stays. */
  discard(): void;
}

export interface PlaceFlags {
  readonly secretFile?: string;
  readonly secretCommand?: string;
}

/**
 * @returns what opens the place, once a key is about to be made
 * @throws AkscanError for none, for both, and for a command that will not do; what it returns throws it for a file
 */
export const placeFor = ({ secretFile, secretCommand }: PlaceFlags, env: NodeJS.ProcessEnv): (() => SecretPlace) => {
  if (secretFile !== undefined && secretCommand !== undefined) {
    throw new AkscanError(
      'A new secret goes to one place, and --secret-file and --secret-command are two.',
      'Leave either out.',
    );
  }
  if (secretFile !== undefined) return () => fileAt(secretFile);
  if (secretCommand !== undefined) {
    const place = inputOf(secretCommand, env);
    return () => place;
  }
  throw new AkscanError(
    '--rotate --yes makes a key, and its secret is told only once: it needs a place.',
    'Give --secret-file FILE or --secret-command COMMAND; it is never printed.',
  );
};

const fileAt = (typed: string): SecretPlace => {
  const file = path.join(safeFolder(typed), path.basename(typed));
  let descriptor: number | null = created(file, typed);
  let isThere = false;
  const close = (): void => {
    if (descriptor !== null) closeSync(descriptor);
    descriptor = null;
  };
  return {
    kind: 'file',
    name: `the file ${typed}`,
    put: async (text) => {
      if (descriptor === null) throw new Error('it is closed');
      const bytes = Buffer.from(text);
      let from = 0;
      while (from < bytes.length) from += writeSync(descriptor, bytes, from);
      fsyncSync(descriptor);
      isThere = true;
      close();
    },
    discard: () => {
      if (isThere) return;
      try {
        // A part of it may have been written.
        if (descriptor !== null) ftruncateSync(descriptor);
      } finally {
        close();
        rmSync(file, { force: true });
      }
    },
  };
};

/** New, and nobody else's to read, whatever the umask; O_EXCL follows no symbolic link. */
const created = (file: string, typed: string): number => {
  try {
    const descriptor = openSync(file, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
    fchmodSync(descriptor, 0o600);
    return descriptor;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw new AkscanError(
        `--secret-file: ${typed} is there already, and nothing is overwritten.`,
        'Name a new file.',
      );
    }
    throw new AkscanError(`--secret-file: ${typed} cannot be made (${reasonOf(error)}).`, 'Name another file.');
  }
};

/** Whoever may write to a folder may put another file in the place of ours. */
const safeFolder = (typed: string): string => {
  let folder: string;
  try {
    folder = realpathSync(path.dirname(path.resolve(typed)));
  } catch (error) {
    throw new AkscanError(
      `--secret-file: ${typed} has no folder (${reasonOf(error)}).`,
      'Make it first, with mode 0700.',
    );
  }
  for (let at = folder; process.platform !== 'win32'; at = path.dirname(at)) {
    const { mode } = statSync(at);
    const isSticky = (mode & 0o1000) !== 0;
    // In a sticky folder further up nobody can rename what is not theirs; the file itself is to stand in none such.
    if ((mode & 0o002) !== 0 && !(isSticky && at !== folder)) {
      throw new AkscanError(
        `--secret-file: everybody may write to ${at}, so no secret is put there.`,
        'Name a file in a folder of your own, with mode 0700.',
      );
    }
    if (at === path.dirname(at)) break;
  }
  return folder;
};

/** Longer than anything that stores a secret takes. */
const COMMAND_MS = 60_000;

const inputOf = (typed: string, env: NodeJS.ProcessEnv): SecretPlace => {
  const [program, args] = commandOf(typed);
  if (!canRun(program, env)) {
    throw new AkscanError(
      '--secret-command: its program cannot be found or run.',
      'Give its path; it is run without a shell, as it stands.',
    );
  }
  return {
    kind: 'command',
    name: `the command ${path.basename(program)}`,
    put: (text) => give(program, args, text, env),
    discard: () => {},
  };
};

/** What it prints is thrown away: it may be what it was given. */
const give = (program: string, args: readonly string[], text: string, env: NodeJS.ProcessEnv): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: ['pipe', 'ignore', 'ignore'], shell: false });
    const patience = setTimeout(() => void child.kill('SIGKILL'), COMMAND_MS);
    let isTaken = true;
    child.stdin.on('error', () => {
      isTaken = false;
    });
    child.once('error', () => {
      clearTimeout(patience);
      reject(new Error('it could not be run'));
    });
    child.once('close', (code, signal) => {
      clearTimeout(patience);
      if (code === 0 && isTaken) resolve();
      else if (code === 0) reject(new Error('it ended without having read the secret'));
      else
        reject(
          new Error(code === null ? `it was ended by ${signal ?? 'a signal'}` : `it ended with exit code ${code}`),
        );
    });
    child.stdin.end(text);
  });

/** On Windows only trying tells. */
const canRun = (program: string, env: NodeJS.ProcessEnv): boolean => {
  if (process.platform === 'win32') return true;
  const folders = program.includes('/') ? [''] : (env['PATH'] ?? '').split(path.delimiter);
  return folders.some((folder) => {
    const file = program.includes('/') ? program : path.join(folder === '' ? '.' : folder, program);
    try {
      accessSync(file, constants.X_OK);
      return statSync(file).isFile();
    } catch {
      return false;
    }
  });
};
