// `--since-scan STATEFILE`: only objects are read that were not there at the last scan. Objects that held something are
// read again each time, so that their findings stay listed, with all that can be known of them today; one that git has
// swept up is gone from the report, too.

import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { detectionOf } from '../../detect/detection-id.js';
import type { DetectorOptions } from '../../detect/types.js';
import { AkscanError, reasonOf } from '../../errors.js';
import { readState, type Seen, type SeenHit, type State, writeState } from './since-scan-file.js';

export interface SinceScan {
  /**
   * The repositories that are about to be read, links followed.
   * @throws AkscanError when the file was written for others
   */
  expect(folders: readonly string[]): void;
  /** What the last scan knew of one; null when there was none. */
  before(folder: string): Seen | null;
  /** What is known of one now. */
  keep(seen: Seen): void;
  /** What earlier scans reported. */
  readonly reported: ReadonlySet<string>;
  /** Why everything is read anew, in a sentence; null when it is not. */
  readonly anew: string | null;
  /**
   * Writes what is known now, of repositories that could not be read to their end what was known before.
   * @param findings what makes those reported now the same another day
   * @param isClean whether a text may be kept: a path may be named after a secret
   * @throws AkscanError
   */
  write(findings: Iterable<string>, isClean: (text: string) => boolean): void;
}

/** @throws AkscanError when the file is damaged or none of ours, or cannot be written where it is */
export const openSinceScan = async (file: string, detector: DetectorOptions): Promise<SinceScan> => {
  const state = await readState(file);
  checkFolder(file);
  const detection = detectionOf(detector);
  const usable = state !== null && state.detection === detection ? state : null;
  const seen = new Map(usable?.repositories.map((one) => [one.folder, one]));
  const findings = new Set(state?.findings);
  let folders: readonly string[] = [];
  return {
    expect: (named) => {
      folders = [...new Set(named)].sort();
      checkRepositories(file, state, folders);
    },
    before: (folder) => seen.get(folder) ?? null,
    keep: (one) => void seen.set(one.folder, one),
    reported: findings,
    anew:
      state !== null && usable === null
        ? `detection has changed since ${file} was written, so everything was read anew`
        : null,
    write: (found, isClean) => {
      const repositories = [...seen.values()].map((one) => ({
        ...one,
        hits: one.hits.map((hit) => clean(hit, isClean)),
      }));
      writeState(file, { detection, findings: [...new Set(found)].sort(), folders, repositories });
    },
  };
};

/** Where it came from is found out again when it cannot be told without a secret. */
const clean = (hit: SeenHit, isClean: (text: string) => boolean): SeenHit => {
  const { path: file, provenance } = hit.origin ?? {};
  return [file, provenance?.author].every((text) => text === null || text === undefined || isClean(text))
    ? hit
    : { ...hit, origin: null };
};

const checkFolder = (file: string): void => {
  try {
    accessSync(path.dirname(path.resolve(file)), constants.W_OK);
  } catch (error) {
    throw new AkscanError(`Cannot write ${file}: ${reasonOf(error)}`);
  }
};

const checkRepositories = (file: string, state: State | null, folders: readonly string[]): void => {
  if (folders.length === 0) {
    throw new AkscanError(
      '--since-scan remembers what was read of repositories, and no target is one',
      'Name a repository by its top, or leave --since-scan out.',
    );
  }
  if (state === null) return;
  if (state.folders.join('\0') === folders.join('\0')) return;
  throw new AkscanError(
    `${file} was written for other repositories: ${state.folders.join(', ')}`,
    'Keep a file for each set of targets.',
  );
};
