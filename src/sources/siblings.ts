// An ID that stands alone may have its secret in another file of the same folder. What follows is the same for work
// trees and for history: which files are worth asking, and what the completed pair looks like.

import type { Detection, Detector } from '../detect/types.js';

/** Enough for a folder of settings; a folder of thousands of files says nothing about which belong together. */
export const MOST_SIBLINGS = 64;
export const LARGEST_SIBLING = 256 * 1024;
/** IDs alone for which folders are searched, in one target. */
export const MOST_LONE = 2_000;

export interface Sibling {
  /** As reported. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface Completed {
  readonly detection: Detection;
  readonly secretPath: string;
}

/** @param own the path of the file that holds the ID */
export const complete = (
  detector: Detector,
  lone: Detection,
  own: string,
  siblings: readonly Sibling[],
): Completed | null => {
  if (siblings.length === 0) return null;
  const files = siblings.map(({ path, bytes }) => ({ name: nameOf(path), bytes }));
  const found = detector.siblingSecret(lone, nameOf(own), files);
  const sibling = found === null ? undefined : siblings[found.sibling];
  if (found === null || sibling === undefined) return null;
  return {
    detection: { ...lone, kind: 'pair', secret: found.secret, secretPlace: found.place, confidence: 'high' },
    secretPath: sibling.path,
  };
};

/** `a/b` of `a/b/c`; '' of `c`. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** `c` of `a/b/c`. */
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

export const joined = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);
