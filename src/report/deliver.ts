// Brings reports to where they are wanted: standard output and files.

import { once } from 'node:events';
import { accessSync, chmodSync, constants, createWriteStream, existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { AkscanError, reasonOf } from '../errors.js';
import type { Report } from '../findings/model.js';
import { say } from '../lang/say.js';
import { push, writeOut } from '../standard-streams.js';
import { forTerminal } from './escape.js';
import { type FormatName, loadFormat } from './formats.js';
import { presentable, type Secrets } from './mask.js';
import type { WriteOptions } from './types.js';

/** One report somewhere. `file: null` is standard output. */
export interface Destination {
  readonly format: FormatName;
  readonly file: string | null;
}

export interface DeliverOptions extends WriteOptions {
  readonly secrets: Secrets;
}

/**
 * Says before a long scan that its report would have nowhere to go.
 *
 * @throws AkscanError that names the file
 */
export const checkDestinations = (destinations: readonly Destination[]): void => {
  const files = new Set<string>();
  for (const { file } of destinations) {
    if (file === null) continue;
    const resolved = path.resolve(file);
    const folder = path.dirname(resolved);
    if (!existsSync(folder)) throw new AkscanError(`Cannot write ${file}: there is no folder ${folder}.`);
    if (files.has(resolved)) {
      throw new AkscanError(`Two reports would be written to ${file}, and one be lost.`, 'Name a file for each.');
    }
    files.add(resolved);
    try {
      // What is there is written to; what is not is made.
      accessSync(existsSync(resolved) ? resolved : folder, constants.W_OK);
    } catch (error) {
      throw new AkscanError(`Cannot write ${file}: ${reasonOf(error)}`);
    }
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) {
      throw new AkscanError(`Cannot write ${file}: it is a directory.`);
    }
  }
};

/** @throws AkscanError when a file cannot be written; a reader of standard output that leaves early is no error */
export const deliver = async (
  report: Report,
  destinations: readonly Destination[],
  options: DeliverOptions,
): Promise<void> => {
  const masked = presentable(report, 'masked');
  for (const { format, file } of destinations) {
    const write = await loadFormat(format, report);
    const secrets = SHOWING.has(format) ? options.secrets : 'masked';
    const ready = secrets === 'masked' ? masked : presentable(report, secrets);
    const own = { ...options, detail: detailIn(format, report, options) };
    await put(
      write(ready, file === null ? own : { ...own, colour: false, columns: undefined, link: undefined }),
      file,
      secrets,
    );
  }
};

/** A page refers to its own end; and what is passed on never hides that something was not read. */
const detailIn = (format: FormatName, { summary }: Report, { detail }: DeliverOptions): WriteOptions['detail'] =>
  format === 'html' || (format === 'markdown' && summary.skipped.fault > 0) ? 'full' : detail;

/** --show-secrets is for one's own eyes and programs; what is made to be passed on has none, not even in a file's name. */
const SHOWING: ReadonlySet<FormatName> = new Set(['text', 'json', 'jsonl']);

/** Of a text, as they come. */
type Pieces = Iterable<string> | AsyncIterable<string>;

/**
 * Brings one text to where it is wanted.
 *
 * @param file null for standard output
 * @throws AkscanError when the file cannot be written
 */
export const put = (pieces: Pieces, file: string | null, secrets: Secrets): Promise<void> =>
  file === null ? pour(pieces, writeOut) : writeFile(pieces, file, secrets);

/** ` See out.json.`, after a sentence on standard error; empty where the report is on standard output. */
export const seeFile = (...files: readonly (string | null)[]): string => {
  const named = files.flatMap((file) => (file === null ? [] : [forTerminal(file)]));
  return named.length === 0 ? '' : ` ${say(`See ${named.join(', ')}.`)}`;
};

const writeFile = async (pieces: Pieces, file: string, secrets: Secrets): Promise<void> => {
  // A file that holds secrets is nobody else's to read.
  const stream = createWriteStream(file, secrets === 'shown' ? { mode: 0o600 } : {});
  try {
    await once(stream, 'open');
    // One that was there before has the mode that it had. What is no file, /dev/stdout say, keeps its own.
    if (secrets === 'shown' && statSync(file).isFile()) chmodSync(file, 0o600);
    await pour(pieces, (text) => push(stream, text));
    stream.end();
    await once(stream, 'finish');
  } catch (error) {
    throw new AkscanError(`Cannot write ${file}: ${reasonOf(error)}`);
  }
};

const BATCH = 64 << 10;

/** Writes in batches and waits when the other side is slow, so that memory stays flat. */
const pour = async (pieces: Pieces, take: (text: string) => Promise<boolean>): Promise<void> => {
  let batch = '';
  for await (const piece of pieces) {
    batch += piece;
    if (batch.length < BATCH) continue;
    if (!(await take(batch))) return;
    batch = '';
  }
  if (batch !== '') await take(batch);
};
