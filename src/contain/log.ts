// The record of containment: append-only JSON lines, each bound to the one before by its SHA-256, written to the disk before
// a call is made and after it was answered. `restore` works from it, and a run that was killed is finished from it.
//
// The chain shows lines that were changed, reordered or taken out of the middle. Nothing follows from the last line: whoever
// changes it, or cuts lines off the end, leaves a whole chain. What they said is then told by the account itself, whose state
// is read before anything is done, and by the last line's hash where somebody noted it.

import { createHash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { AkscanError, reasonOf } from '../errors.js';
import { makeFolder } from '../make-folder.js';
import { stateFolder } from '../state-folder.js';
import { hasShape } from './shape.js';
import type { Entry, LogLine } from './types.js';

/** @throws AkscanError when there is no home to keep it in */
export const defaultLogFile = (env: NodeJS.ProcessEnv): string => path.join(neededFolder(env), 'containment.jsonl');

/** The state folder, where there must be one. @throws AkscanError */
export const neededFolder = (env: NodeJS.ProcessEnv): string => {
  const folder = stateFolder(env);
  if (folder !== null) return folder;
  const home = env['HOME'] ?? '';
  throw new AkscanError(
    path.isAbsolute(home)
      ? `The record of containment is kept in the home folder, and HOME is ${home}, which is not there.`
      : 'There is no home folder to keep the record of containment in.',
    'Set HOME to a folder that is there, or XDG_STATE_HOME to an absolute path.',
  );
};

export interface Log {
  readonly file: string;
  /** Of this run. */
  readonly run: string;
  /** What earlier runs wrote, in their order. */
  readonly earlier: readonly LogLine[];
  /** On the disk when it returns. @throws AkscanError when it cannot be written: then nothing may be done */
  append(entry: Entry): LogLine;
  close(): void;
}

export interface LogOptions {
  readonly file: string;
  readonly run: string;
  readonly now: () => Date;
}

/**
 * Opens a log to write on; one that does not exist is made, with its folder.
 * @throws AkscanError for a log whose chain is broken, or that cannot be written
 */
export const openLog = ({ file, run, now }: LogOptions): Log => {
  const descriptor = opened(file);
  try {
    const content = readFileSync(file, 'utf8');
    const { lines, problem } = readLines(content);
    if (problem !== null) throw brokenLog(file, problem);
    // A last line that a crash cut off, by its line feed alone or by more, ends here.
    if (content !== '' && !content.endsWith('\n')) writeDown(descriptor, '\n', file);
    let last = lines.at(-1) ?? null;
    return {
      file,
      run,
      earlier: lines.map(({ value }) => value),
      append: (entry) => {
        const value: LogLine = {
          v: 1,
          seq: (last?.value.seq ?? 0) + 1,
          at: now().toISOString(),
          run,
          prev: last === null ? null : sha256(last.text),
          ...entry,
        };
        const text = JSON.stringify(value);
        writeDown(descriptor, `${text}\n`, file);
        last = { text, value };
        return value;
      },
      close: () => closeSync(descriptor),
    };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
};

/** @throws AkscanError for a file that is none, that everybody may write, or that holds no log with a whole chain */
export const readLog = (file: string): readonly LogLine[] => {
  const lines = linesIn(file);
  if (lines.length === 0) throw noRecord(file);
  return lines;
};

const noRecord = (file: string): AkscanError => new AkscanError(`${file} holds no record of containment.`);

/** @returns nothing where there is no such file yet. @throws AkscanError like readLog */
export const earlierIn = (file: string): readonly LogLine[] => (existsSync(file) ? linesIn(file) : []);

const linesIn = (file: string): readonly LogLine[] => {
  const { lines, problem } = readLines(textOf(file));
  refuseOpen(file);
  if (problem !== null) throw brokenLog(file, problem);
  return lines.map(({ value }) => value);
};

/** A chain can be made anew by whoever can write the file: what everybody may write is nothing to act by. */
const refuseOpen = (file: string): void => {
  const { mode } = statSync(file);
  if (process.platform === 'win32' || (mode & 0o002) === 0) return;
  throw new AkscanError(`Everybody may write the log ${file}, so nothing is done by it.`, `chmod 600 ${file}`);
};

export interface Verified {
  readonly lines: number;
  readonly runs: number;
  /** Null for a whole chain; otherwise the first line that does not fit and why. */
  readonly problem: string | null;
  /** A last line that a crash cut off. */
  readonly torn: boolean;
  /** SHA-256 of the last line that is whole, hex: the line after it will hold it as `prev`. Null without one. */
  readonly last: string | null;
}

/** @throws AkscanError for a file that cannot be read, or that holds no log at all */
export const verifyLog = (file: string): Verified => {
  const content = textOf(file);
  const { lines, problem, torn } = readLines(content);
  if (lines.length === 0 && content.split('\n').every((text) => parsed(text) === null)) throw noRecord(file);
  const last = lines.at(-1);
  return {
    lines: lines.length,
    runs: new Set(lines.map(({ value }) => value.run)).size,
    problem,
    torn,
    last: last === undefined ? null : sha256(last.text),
  };
};

interface Line {
  readonly text: string;
  readonly value: LogLine;
}

interface Lines {
  readonly lines: readonly Line[];
  readonly problem: string | null;
  readonly torn: boolean;
}

/**
 * Reads as far as the chain is whole. A line that a crash cut off is passed over: the next run's first line follows from the
 * one before it, which a line changed into nonsense would not allow.
 */
const readLines = (content: string): Lines => {
  const parts = content.split('\n');
  const lines: Line[] = [];
  let torn = false;
  for (const [index, text] of parts.entries()) {
    if (text === '') continue;
    const value = parsed(text);
    if (value === null) {
      if (!isCutOff(text)) return { lines, problem: `line ${index + 1} is no line of a record`, torn: false };
      torn = true;
      continue;
    }
    const last = lines.at(-1);
    // A run that was cut off writes nothing more.
    const isInside = torn && last !== undefined && last.value.run === value.run;
    const problem = isInside ? 'follows what is no line of a record' : breakBetween(last, value);
    torn = false;
    if (problem !== null) return { lines, problem: `line ${index + 1} ${problem}`, torn: false };
    lines.push({ text, value });
  }
  return { lines, problem: null, torn };
};

/** Every line begins so. */
const HEAD = '{"v":1,"seq":';

/** Whether a crash may have left a line so: its beginning and no more, or what a disk has where nothing was written. */
const isCutOff = (text: string): boolean => {
  const written = text.replace(/\0+$/, '');
  if (!written.startsWith(HEAD.slice(0, written.length))) return false;
  try {
    JSON.parse(written);
    return false;
  } catch {
    return true;
  }
};

const breakBetween = (last: Line | undefined, { prev, seq }: LogLine): string | null => {
  if (prev !== (last === undefined ? null : sha256(last.text))) return 'does not follow from the line before it';
  return seq === (last?.value.seq ?? 0) + 1 ? null : `has the number ${seq}`;
};

const TYPES: ReadonlySet<unknown> = new Set<Entry['type']>([
  'begin',
  'intent',
  'answer',
  'state',
  'proof',
  'create-intent',
  'create-answer',
  'create-state',
  'handed-over',
  'end',
]);

const parsed = (text: string): LogLine | null => {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    const { v, seq, at, run, prev, type } = value as Record<string, unknown>;
    const isEntry =
      v === 1 &&
      typeof seq === 'number' &&
      typeof at === 'string' &&
      typeof run === 'string' &&
      (prev === null || typeof prev === 'string') &&
      TYPES.has(type) &&
      hasShape(value as Record<string, unknown>);
    return isEntry ? (value as LogLine) : null;
  } catch {
    return null;
  }
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const opened = (file: string): number => {
  try {
    makeFolder(path.dirname(path.resolve(file)), 0o700);
    const descriptor = openSync(file, 'a+', 0o600);
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) {
      closeSync(descriptor);
      throw new AkscanError(`${file} is no regular file, so no record can be kept in it.`, 'Name another with --log.');
    }
    return descriptor;
  } catch (error) {
    if (error instanceof AkscanError) throw error;
    throw new AkscanError(
      `Cannot keep a record of containment in ${file} (${reasonOf(error)}), and without one nothing is done.`,
      'Name another file with --log.',
    );
  }
};

const textOf = (file: string): string => {
  try {
    // A device may never end, and nobody may write to a pipe.
    if (!statSync(file).isFile()) throw new AkscanError(`Cannot read the log ${file}: it is not a regular file.`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof AkscanError) throw error;
    throw new AkscanError(`Cannot read the log ${file}: ${reasonOf(error)}.`);
  }
};

const writeDown = (descriptor: number, text: string, file: string): void => {
  try {
    const bytes = Buffer.from(text);
    let from = 0;
    while (from < bytes.length) from += writeSync(descriptor, bytes, from);
    fsyncSync(descriptor);
  } catch (error) {
    throw new AkscanError(
      `Cannot write the record of containment to ${file} (${reasonOf(error)}), so nothing more was done.`,
      'Make room, or name another file with --log.',
    );
  }
};

const brokenLog = (file: string, problem: string): AkscanError =>
  new AkscanError(
    `The log ${file} was changed or damaged: ${problem}.`,
    'Keep it as evidence, and name another file with --log.',
  );
