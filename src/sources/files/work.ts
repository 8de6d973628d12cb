// What the threads that read files hand to each other: work, and what came of it. Names travel as one text, each ended
// by a NUL, which no name holds: a text is copied at once, thousands of names one by one.

import type { Detection, DetectorOptions } from '../../detect/types.js';

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

/** Files to be read, folders to be read with all that is below them, or one folder of which only the files are read. */
export interface Work {
  readonly kind: 'files' | 'folders' | 'folder';
  readonly root: Root;
  /** Paths below the root, each ended by a NUL. '' is the root itself. */
  readonly names: string;
  /** What is done with a folder that holds a `.git`: whoever listens lists it, or it is read like any other. */
  readonly repositories: 'told' | 'read';
}

export interface Found {
  readonly root: Root;
  /** As reported. */
  readonly path: string;
  readonly detections: readonly Detection[];
}

export interface Nested {
  readonly root: Root;
  /** Below the root. */
  readonly name: string;
}

export interface Refused {
  /** As reported; '' is the target itself. */
  readonly path: string;
  readonly reason: string;
  readonly because: 'fault' | 'limit';
}

/** What came of a part of some work. */
export interface Outcome {
  readonly files: number;
  readonly bytes: number;
  readonly found: readonly Found[];
  readonly refused: readonly Refused[];
  /** Folders that somebody else lists: submodules, where the index names a file, and nested repositories. */
  readonly nested: readonly Nested[];
  readonly links: number;
  readonly excluded: number;
  /**
   * What is still to be done, the folders in a folder whose files were read among it: a thread gives back what it has
   * not done within its spell, so that others can.
   */
  readonly rest: readonly Work[];
  /** Files that hold an anchor and that this thread leaves to one that has a detector. */
  readonly suspects: readonly Work[];
}

/** What a thread that reads files has to know. */
export interface Settings {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Bytes; null: no limit. */
  readonly maxSize: number | null;
  readonly detector: DetectorOptions;
}

export const namesOf = (text: string): string[] => (text === '' ? [] : text.slice(0, -1).split('\0'));

export const textOf = (names: readonly string[]): string => (names.length === 0 ? '' : `${names.join('\0')}\0`);

/** Cuts names where the first of them ends that reaches `length` characters. */
export const cut = (names: string, length: number): readonly [string, string] => {
  const end = names.indexOf('\0', Math.max(0, length - 1)) + 1;
  return end === 0 ? [names, ''] : [names.slice(0, end), names.slice(end)];
};
