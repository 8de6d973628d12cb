// A batch is what one thread reads in one go: names as bytes, so that a thread can be handed thousands of them at the
// cost of one buffer. What comes back is only what there is to say.

import { lstatSync } from 'node:fs';
import type { Detection, Detector } from '../../detect/types.js';
import { pathOfText, textOfPath } from '../../git/path-text.js';
import { createBreather } from '../breather.js';
import { createFilter } from '../filter.js';
import { folderOf } from '../siblings.js';
import { type ReadOutcome, type ReadRules, readFile } from './read-file.js';

/** A folder whose files are read, and how they are called in reports. */
export interface Root {
  /** In the file system; no slash at its end. */
  readonly folder: string;
  /** Before every reported path: '' for the target itself, `sub/` for what is nested in it. */
  readonly prefix: string;
  /**
   * The top of the work tree when git listed the names: then a file may be deleted, replaced by a folder or a link, or
   * lie behind a folder that has become a link out of the tree. Null when the names were there a moment ago.
   */
  readonly top: string | null;
}

export interface Batch {
  readonly root: Root;
  /** Paths below the root, each ended by a NUL. */
  readonly paths: Uint8Array;
}

interface Found {
  readonly root: Root;
  /** As reported. */
  readonly path: string;
  readonly detections: readonly Detection[];
}

interface Nested {
  readonly root: Root;
  /** Below the root. */
  readonly name: string;
}

interface Refused {
  readonly path: string;
  readonly reason: string;
  readonly because: 'fault' | 'limit';
}

export interface BatchResult {
  readonly files: number;
  readonly bytes: number;
  readonly found: readonly Found[];
  readonly refused: readonly Refused[];
  /** Folders that stood where a file was expected: submodules. */
  readonly folders: readonly Nested[];
  readonly links: number;
  readonly excluded: number;
}

export interface BatchSettings {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly maxSize: number | null;
}

export interface BatchReader {
  read(batch: Batch): Promise<BatchResult>;
}

type Tally = {
  -readonly [Name in keyof BatchResult]: BatchResult[Name] extends readonly (infer One)[] ? One[] : number;
};

export const createBatchReader = async (
  detector: Detector,
  settings: BatchSettings,
  signal: AbortSignal,
): Promise<BatchReader> => {
  const filter = createFilter(settings.include, settings.exclude);
  const breather = createBreather(signal);
  const rules: ReadRules = { maxSize: settings.maxSize, links: 'refuse', signal };
  return {
    read: async ({ root, paths }) => {
      const tally: Tally = { files: 0, bytes: 0, found: [], refused: [], folders: [], links: 0, excluded: 0 };
      const within = root.top !== null ? createLinkGuard(root.folder) : () => true;
      for (const name of namesIn(paths)) {
        if (breather.due()) await breather.take();
        const path = root.prefix + name;
        if (!filter.admits(path)) tally.excluded += 1;
        else if (!within(folderOf(name)) || DOTS.test(name)) tally.links += 1;
        else take(tally, root, name, await readFile(detector, pathOfText(`${root.folder}/${name}`), rules));
      }
      return tally;
    },
  };
};

const take = (tally: Tally, root: Root, name: string, outcome: ReadOutcome): void => {
  const path = root.prefix + name;
  const refuse = (reason: string, because: Refused['because']): void =>
    void tally.refused.push({ path, reason, because });
  switch (outcome.kind) {
    case 'read': {
      tally.files += 1;
      tally.bytes += outcome.bytes;
      const { scanned } = outcome;
      if (scanned === null) return;
      if (scanned.detections.length > 0) tally.found.push({ root, path, detections: scanned.detections });
      if (scanned.capped) refuse('holds more credentials than are reported of one file', 'fault');
      return;
    }
    case 'gone':
      // A tracked file may be deleted, or not checked out; nothing is lost, since history holds it.
      if (root.top === null) refuse('disappeared while it was about to be read', 'fault');
      return;
    case 'folder':
      tally.folders.push({ root, name });
      return;
    case 'link':
      tally.links += 1;
      return;
    case 'special':
      refuse(`${outcome.what}, not a file`, 'limit');
      return;
    case 'too-large':
      refuse(`larger than --max-size: ${outcome.bytes} bytes`, 'limit');
      return;
    case 'failed':
      refuse(outcome.reason, 'fault');
      return;
  }
};

const namesIn = (paths: Uint8Array): readonly string[] => {
  const bytes = Buffer.from(paths.buffer, paths.byteOffset, paths.byteLength);
  const text = bytes.toString('utf8');
  if (!text.includes('\uFFFD')) return text.split('\0').slice(0, -1);
  const names: string[] = [];
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(0, from);
    names.push(textOfPath(bytes.subarray(from, end)));
    from = end + 1;
  }
  return names;
};

/** A made-up index may name `..`. */
const DOTS = /(^|\/)\.\.?$/;

/** Whether a folder below `root` is reached without passing a link; the index may name files behind one. */
const createLinkGuard = (root: string): ((folder: string) => boolean) => {
  const known = new Map<string, boolean>([['', true]]);
  const isWithin = (folder: string): boolean => {
    const answer = known.get(folder);
    if (answer !== undefined) return answer;
    const fresh = isWithin(folderOf(folder)) && !isLink(pathOfText(`${root}/${folder}`)) && !DOTS.test(folder);
    known.set(folder, fresh);
    return fresh;
  };
  return isWithin;
};

const isLink = (path: string | Buffer): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
