// Pairs across the files of one folder, for a change that brought in some of them: an ID in a changed file and its secret in
// another, or a changed secret beside an ID nobody touched.

import type { Detection, Detector } from '../../detect/types.js';
import type { Batch } from '../../git/batch.js';
import { complete, folderOf, MOST_SIBLINGS, type Sibling } from '../siblings.js';
import { smallFile } from './siblings-in-tree.js';

export interface FolderFile {
  readonly path: string;
  readonly blob: string;
}

/** A file that a change brought in, as far as it may be half of a pair. */
export interface ChangedHalf extends FolderFile {
  /** IDs that stand alone in it. */
  readonly lone: readonly Detection[];
  /** Whether it holds a secret without an ID (`Detector.holdsLoneSecret`). */
  readonly secret: boolean;
}

/** An ID alone in a file of the folder, and where its secret stands, if that was found. */
export interface AcrossFiles {
  readonly file: FolderFile;
  readonly detection: Detection;
  readonly secretPath: string | null;
}

export interface FolderOptions {
  readonly batch: Batch;
  readonly detector: Detector;
  readonly admits: (path: string) => boolean;
}

/**
 * What the changed files of one folder mean together with the others: every ID that stands alone in a changed file, completed
 * or not, and those of other files that a changed file completes.
 * @param files all of the folder, after the change
 */
export const acrossFiles = async (
  changed: readonly ChangedHalf[],
  files: readonly FolderFile[],
  { batch, detector, admits }: FolderOptions,
): Promise<readonly AcrossFiles[]> => {
  const byPath = new Map(changed.map((half) => [half.path, half]));
  const admitted = files.filter(({ path }) => byPath.has(path) || admits(path));
  // A file has one fewer sibling than its folder has files.
  const read = admitted.length - 1 > MOST_SIBLINGS ? [] : await readAll(admitted, batch);
  const holders = changed.some(({ secret }) => secret) ? read : read.filter(({ path }) => byPath.has(path));
  const found: AcrossFiles[] = [];
  const met = new Set<string>();
  for (const { path, blob, bytes } of holders) {
    met.add(`${path}\0${blob}`);
    const half = byPath.get(path);
    const lone = half?.lone ?? detector.scan(bytes).detections.filter(({ kind }) => kind === 'id-only');
    const siblings = lone.length === 0 ? [] : read.filter((file) => file.path !== path);
    for (const detection of lone) {
      const completed = complete(detector, detection, path, siblings);
      const touched = half !== undefined || (completed !== null && byPath.has(completed.secretPath));
      if (!touched) continue;
      found.push({
        file: { path, blob },
        detection: completed?.detection ?? detection,
        secretPath: completed?.secretPath ?? null,
      });
    }
  }
  // Too large to be read as a sibling, in too full a folder, or one side of a conflict.
  for (const { path, blob, lone } of changed) {
    if (met.has(`${path}\0${blob}`)) continue;
    for (const detection of lone) found.push({ file: { path, blob }, detection, secretPath: null });
  }
  return found;
};

const readAll = async (
  files: readonly FolderFile[],
  batch: Batch,
): Promise<readonly (Sibling & { readonly blob: string })[]> => {
  const read = await Promise.all(files.map(async (file) => ({ ...file, bytes: await smallFile(batch, file.blob) })));
  return read.flatMap(({ path, blob, bytes }) => (bytes === null ? [] : [{ path, blob, bytes }]));
};

export const byFolder = <File extends { readonly path: string }>(
  files: readonly File[],
): ReadonlyMap<string, readonly File[]> => {
  const folders = new Map<string, File[]>();
  for (const file of files) {
    const folder = folderOf(file.path);
    const known = folders.get(folder);
    if (known === undefined) folders.set(folder, [file]);
    else known.push(file);
  }
  return folders;
};
