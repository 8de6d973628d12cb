// Runs a program whose output is short, without the part of Node that starts programs: `node:child_process` loads sockets and
// streams, which takes a commit hook as long as git takes for what it is asked.
//
// The output is whole when the program ends only if it leaves nobody behind who still writes to it, as a script may that stands
// in for a program: those go the usual way, which reads until the last one is done.
//
// What it stands on, `process.binding`, is deprecated, and a wrong call of it ends Node: 24 takes other arguments than 20 does.
// So it is used with Node 20 alone, of which there are no more releases to come, and whoever calls this has the usual way
// beside it: for everywhere else, and for all that fails.

import { accessSync, closeSync, constants, fstatSync, openSync, readSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { openFile } from './open-file.js';

export interface PlainCall {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A process as libuv knows it (src/process_wrap.cc of Node 20); errors are negative numbers. */
interface Handle {
  onexit: (code: number, signal: string) => void;
  spawn(options: {
    readonly file: string;
    readonly args: readonly string[];
    readonly cwd: string;
    readonly envPairs: readonly string[];
    readonly stdio: readonly ({ readonly type: 'ignore' } | { readonly type: 'fd'; readonly fd: number })[];
  }): number;
  kill(signal: number): number;
  unref(): void;
  close(): void;
}

const SIGKILL = 9;
/** Bytes of output that are read at a time. */
const PIECE = 1 << 20;

/**
 * Starts it at once. Standard input is empty, and what it says on standard error is lost.
 *
 * @param take gets the output in pieces, which are its own, when the program has ended well and all of it could be read
 * @returns whether that was so, or null where there is no such way. It rejects with the signal's reason
 */
export const runPlainly = (
  { program, args, cwd, env }: PlainCall,
  signal: AbortSignal,
  take: (piece: Buffer) => void,
): Promise<boolean> | null => {
  const handle = newHandle();
  const file = handle === null ? null : binaryOf(program, env['PATH'] ?? '');
  const output = file === null ? null : namelessFile();
  if (handle === null || output === null) return null;
  let ended = (_: boolean): void => {};
  const end = new Promise<boolean>((resolve) => {
    ended = resolve;
  });
  handle.onexit = (code, killedBy) => {
    // Until it is closed, which takes a turn of the event loop, it counts as something that goes on.
    handle.unref();
    handle.close();
    ended(code === 0 && killedBy === '');
  };
  const failed = handle.spawn({
    file: file ?? program,
    args: [program, ...args],
    cwd,
    envPairs: Object.entries(env).map(([name, value]) => `${name}=${value}`),
    stdio: [{ type: 'ignore' }, { type: 'fd', fd: output }, { type: 'ignore' }],
  });
  if (failed !== 0) {
    handle.close();
    closeSync(output);
    return null;
  }
  const kill = (): void => void handle.kill(SIGKILL);
  signal.addEventListener('abort', kill, { once: true });
  return end
    .then((isWell) => {
      signal.throwIfAborted();
      const pieces = isWell ? allOf(output) : null;
      for (const piece of pieces ?? []) take(piece);
      return pieces !== null;
    })
    .finally(() => {
      signal.removeEventListener('abort', kill);
      closeSync(output);
    });
};

const newHandle = (): Handle | null => {
  if (process.platform !== 'linux' || !process.version.startsWith('v20.')) return null;
  // Somebody may have asked Node to warn of what is deprecated.
  const { NODE_OPTIONS = '', NODE_PENDING_DEPRECATION = '' } = process.env;
  if (/deprecation/.test([NODE_OPTIONS, ...process.execArgv].join(' ')) || NODE_PENDING_DEPRECATION !== '') return null;
  try {
    const { binding } = process as unknown as { binding(name: string): { Process: new () => Handle } };
    return new (binding.call(process, 'process_wrap').Process)();
  } catch {
    // Or to allow programs no more than they need.
    return null;
  }
};

/** A file that nobody else can find, and that is gone when it is closed: for less than a pipe, of which Node makes a stream. */
const namelessFile = (): number | null => {
  const { O_RDWR, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const file = path.join(process.env['TMPDIR'] || '/tmp', `akscan-${process.pid}-${process.hrtime.bigint()}`);
  try {
    const fd = openSync(file, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
    unlinkSync(file);
    return fd;
  } catch {
    return null;
  }
};

/** Null when it cannot be read to its end. */
const allOf = (fd: number): readonly Buffer[] | null => {
  try {
    const { size } = fstatSync(fd);
    const pieces: Buffer[] = [];
    for (let at = 0; at < size; ) {
      const piece = Buffer.allocUnsafe(Math.min(size - at, PIECE));
      const length = readSync(fd, piece, 0, piece.length, at);
      if (length === 0) return null;
      pieces.push(piece.subarray(0, length));
      at += length;
    }
    return pieces;
  } catch {
    return null;
  }
};

/** How a program of Linux begins. */
const ELF = Buffer.from('\x7fELF', 'latin1');

/** The first file of that name on the path that can be run (execvp), when it is no script; else null. */
const binaryOf = (program: string, searched: string): string | null => {
  for (const folder of searched.split(':')) {
    const file = path.resolve(folder, program);
    try {
      accessSync(file, constants.X_OK);
    } catch {
      continue;
    }
    return beginsWith(file, ELF) ? file : null;
  }
  return null;
};

const beginsWith = (file: string, bytes: Buffer): boolean => {
  let fd = -1;
  try {
    fd = openFile(file);
    const start = Buffer.alloc(bytes.length);
    return readSync(fd, start) === start.length && start.equals(bytes);
  } catch {
    return false;
  } finally {
    if (fd >= 0) closeSync(fd);
  }
};
