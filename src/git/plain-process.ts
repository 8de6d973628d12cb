// Runs a program whose output is short, without the part of Node that starts programs: `node:child_process` loads sockets and
// streams, which takes a commit hook as long as git takes for what it is asked.
//
// What it stands on, `process.binding`, is deprecated, and a wrong call of it ends Node: 24 takes other arguments than 20 does.
// So it is used with Node 20 alone, of which there are no more releases to come, and whoever calls this has the usual way
// beside it: for everywhere else, and for all that fails.

import { closeSync, constants, fstatSync, openSync, readSync, unlinkSync } from 'node:fs';
import path from 'node:path';

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
 * @param take gets the output in pieces, which are its own, when the program has ended well
 * @returns whether it has, or null where there is no such way. It rejects with the signal's reason
 */
export const runPlainly = (
  { program, args, cwd, env }: PlainCall,
  signal: AbortSignal,
  take: (piece: Buffer) => void,
): Promise<boolean> | null => {
  const handle = newHandle();
  const output = handle === null ? null : namelessFile();
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
    file: program,
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
      if (isWell) readAll(output, take);
      return isWell;
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

const readAll = (fd: number, take: (piece: Buffer) => void): void => {
  const { size } = fstatSync(fd);
  for (let at = 0; at < size; ) {
    const piece = Buffer.allocUnsafe(Math.min(size - at, PIECE));
    const length = readSync(fd, piece, 0, piece.length, at);
    if (length === 0) return;
    take(piece.subarray(0, length));
    at += length;
  }
};
