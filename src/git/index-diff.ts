// What the index holds that HEAD does not, by name: which paths, with which blobs.
//
// `git diff` is a command for people, and run.ts says why those are not called. This one form of it compares index entries
// with tree entries: no file of the work tree and no attribute is looked at, so no filter, textconv or external diff can
// run, and settings that change its output are overridden. Unlike `diff-index` it serves before the first commit, too.

import { NUL, splitter } from './lines.js';
import { textOfPath } from './path-text.js';
import { type GitEnd, type GitPlace, readGit } from './run.js';

export type IndexChange =
  /** `before` is HEAD's blob at the path, if it has one; equal to `blob` when only the mode changed. */
  | { readonly kind: 'put'; readonly path: string; readonly blob: string; readonly before: string | null }
  | { readonly kind: 'removed'; readonly path: string; readonly before: string }
  /** Stages 1 to 3 stand in the index: nothing is decided yet. */
  | { readonly kind: 'conflict'; readonly path: string }
  /** Another repository's commit: none of its bytes are here. */
  | { readonly kind: 'submodule'; readonly path: string };

const COMPARE = [
  'diff',
  '--cached',
  '--raw',
  '-z',
  '--no-abbrev',
  '--no-renames',
  '--no-relative',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--ignore-submodules=none',
  '-O/dev/null',
];

/** In the order of paths. */
export const indexChanges = async (
  place: GitPlace,
  signal: AbortSignal,
): Promise<GitEnd & { readonly changes: readonly IndexChange[] }> => {
  const changes: IndexChange[] = [];
  let description: string | null = null;
  const pieces = splitter(NUL, (piece) => {
    if (description === null) {
      description = piece.toString('latin1');
      return;
    }
    const change = changeOf(description, textOfPath(piece));
    if (change !== null) changes.push(change);
    description = null;
  });
  const end = await readGit(place, COMPARE, signal, (piece) => pieces.push(piece));
  return { ...end, changes };
};

/** `:<mode> <mode> <oid> <oid> <status>` (git-diff, RAW OUTPUT FORMAT). */
const changeOf = (description: string, path: string): IndexChange | null => {
  const match = /^:(\d{6}) (\d{6}) ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) ([A-Z])/.exec(description);
  if (match === null) return null;
  const [, modeBefore = '', mode = '', before = '', blob = '', status = ''] = match;
  if (status === 'U') return { kind: 'conflict', path };
  const held = isZero(before) || modeBefore === SUBMODULE ? null : before;
  if (status === 'D') return held === null ? null : { kind: 'removed', path, before: held };
  if (mode === SUBMODULE) return { kind: 'submodule', path };
  // An entry that is only announced (`git add -N`) has no content yet.
  return isZero(blob) ? null : { kind: 'put', path, blob, before: held };
};

const SUBMODULE = '160000';

const isZero = (oid: string): boolean => /^0+$/.test(oid);
