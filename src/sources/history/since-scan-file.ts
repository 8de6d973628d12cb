// The state file of `--since-scan`: which objects earlier scans have read, and which of them held something. It never holds
// a secret: what held one is named and read again.
//
// A line that says what it is, the length of a JSON text and that text, then for each repository the names of the objects
// read, sorted and in binary, and last the SHA-256 of all that.

import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { AkscanError, reasonOf } from '../../errors.js';
import type { ObjectHead } from '../../git/batch-format.js';
import { type HashFormat, hashFormat } from '../../git/hash.js';
import type { SortedNames } from '../../pack/all-names.js';
import type { Origin } from './origins.js';

export interface SeenHit {
  readonly head: ObjectHead;
  /** Where it came from, as far as that was known. */
  readonly origin: Origin | null;
}

/** What earlier scans know of one repository. */
export interface Seen {
  /** Where it is, links followed. */
  readonly folder: string;
  readonly hash: HashFormat;
  /** All objects that were read. */
  readonly names: SortedNames;
  /** Those of them that held something. */
  readonly hits: readonly SeenHit[];
  /** What refs named then. */
  readonly tips: readonly string[];
  /** Nothing was missing that commits name. */
  readonly complete: boolean;
}

export interface State {
  /** What detection looked for: another value finds other things. */
  readonly detection: string;
  /** Findings reported, by what makes them the same. */
  readonly findings: readonly string[];
  /** The repositories it was written for, read or not. */
  readonly folders: readonly string[];
  readonly repositories: readonly Seen[];
}

const FIRST_LINE = 'akscan state 1\n';
const DIGEST = 32;
const LENGTH = 4;
const LARGEST = 2 ** 31 - 1;

/** What was written last; null when there is no such file yet. */
export const readState = async (file: string): Promise<State | null> => {
  let bytes: Buffer;
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats === undefined) return null;
    // Reading a pipe would never end.
    if (!stats.isFile()) throw noState(file);
    if (stats.size > LARGEST) throw damaged(file);
    bytes = await readFile(file);
  } catch (error) {
    if (error instanceof AkscanError) throw error;
    throw new AkscanError(`Cannot read ${file}: ${reasonOf(error)}`);
  }
  if (bytes.toString('latin1', 0, FIRST_LINE.length) !== FIRST_LINE) {
    const ours = /^akscan state \d+\n/.test(bytes.toString('latin1', 0, 32));
    throw ours ? new AkscanError(`${file} was written by another version of akscan`, ANOTHER) : noState(file);
  }
  const end = bytes.length - DIGEST;
  if (end < FIRST_LINE.length + LENGTH || !digestOf([bytes.subarray(0, end)]).equals(bytes.subarray(end)))
    throw damaged(file);
  try {
    return parse(bytes.subarray(FIRST_LINE.length, end));
  } catch {
    throw damaged(file);
  }
};

const ANOTHER = 'Name another file, or delete this one to begin anew.';
const noState = (file: string): AkscanError => new AkscanError(`${file} is no state file of akscan`, ANOTHER);

const damaged = (file: string): AkscanError =>
  new AkscanError(`${file} is damaged`, 'Delete it: the next scan reads everything and writes it anew.');

const digestOf = (parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** What is written as JSON; names of objects follow in binary. */
interface Head extends Omit<State, 'repositories'> {
  readonly repositories: readonly (Omit<Seen, 'names' | 'hash'> & { readonly hash: string; readonly bytes: number })[];
}

/** The digest has vouched for the text: what is checked here is only what the types say. */
const parse = (bytes: Buffer): State => {
  const length = bytes.readUInt32LE(0);
  const head = JSON.parse(bytes.toString('utf8', LENGTH, LENGTH + length)) as Head;
  let at = LENGTH + length;
  const { detection, findings, folders } = head;
  const repositories = head.repositories.map(({ bytes: size, hash, ...seen }) => {
    const names = bytes.subarray(at, at + size);
    at += size;
    const format = hashFormat(hash);
    if (names.length % format.bytes !== 0) throw new RangeError('half a name');
    return { ...seen, hash: format, names };
  });
  if (at !== bytes.length) throw new RangeError('names are missing');
  return { detection, findings, folders, repositories };
};

/**
 * Writes it beside the old one, which it then replaces: whoever is interrupted leaves the old one.
 * @throws AkscanError
 */
export const writeState = (file: string, { repositories, ...state }: State): void => {
  const head: Head = {
    ...state,
    repositories: repositories.map(({ names, hash, ...seen }) => ({ ...seen, hash: hash.name, bytes: names.length })),
  };
  const json = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(LENGTH);
  length.writeUInt32LE(json.length);
  const parts = [Buffer.from(FIRST_LINE), length, json, ...repositories.map(({ names }) => names)];
  // What a link names is replaced, not the link.
  const place = existsSync(file) ? realpathSync(file) : file;
  const temporary = `${place}.${process.pid}.new`;
  try {
    rmSync(temporary, { force: true });
    writeAll(temporary, [...parts, digestOf(parts)]);
    renameSync(temporary, place);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new AkscanError(`Cannot write ${file}: ${reasonOf(error)}`);
  }
};

const writeAll = (file: string, parts: readonly Uint8Array[]): void => {
  // Paths and IDs in it are nobody else's to read; a link that waits here is not followed.
  const fd = openSync(file, 'wx', 0o600);
  try {
    for (const part of parts) for (let at = 0; at < part.length; ) at += writeSync(fd, part, at);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
};
