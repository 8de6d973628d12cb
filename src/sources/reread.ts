// Reports never hold a secret, so whoever wants to verify a report reads it once more where it was seen. What is read is
// trusted only when its SHA-256 is the recorded one.

import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { createDetector } from '../detect/detector.js';
import type { Detection, Detector, DetectorOptions } from '../detect/types.js';
import type { Finding, Occurrence } from '../findings/model.js';
import { looksLike } from '../git/discover.js';
import { pathOfText } from '../git/path-text.js';
import { readFile } from './files/read-file.js';
import { complete, LARGEST_SIBLING } from './siblings.js';

/** Places tried for one finding: they all hold the same secret, and one is enough. */
const MOST_PLACES = 20;

interface Reread {
  readonly secret: string;
  /** The security token beside it, for a temporary key. */
  readonly token: string | null;
}

/** The secret of a finding, read again at one of its places; null when no place holds it any more. */
export const rereadSecret = async (
  finding: Finding,
  options: { readonly detector: DetectorOptions },
): Promise<Reread | null> => {
  const { secretSha256, accessKeyId } = finding;
  if (secretSha256 === null) return null;
  const detector = createDetector(options.detector);
  const places = finding.occurrences.filter((occurrence) => occurrence.source !== 'stdin').slice(0, MOST_PLACES);
  for (const occurrence of places) {
    const target = occurrence.target ?? finding.target;
    const place = fromFiles(occurrence) ? placeInFiles(target) : placeInHistory(target, occurrence);
    const detections = await place.detections(occurrence.path, detector);
    const found = detections.map(({ secret, token }) => ({ secret, token }));
    const lone = detections.find((one) => one.secret === null && one.accessKeyId === accessKeyId);
    if (lone !== undefined && occurrence.path !== null && occurrence.secretPath !== undefined) {
      const bytes = await place.bytes(occurrence.secretPath);
      const siblings = bytes === null ? [] : [{ path: occurrence.secretPath, bytes }];
      const paired = complete(detector, lone, occurrence.path, siblings)?.detection;
      found.push({ secret: paired?.secret ?? null, token: lone.token });
    }
    const same = found.filter((one): one is Reread => one.secret !== null && sha256(one.secret) === secretSha256);
    // The same pair may stand in one file with its token and without.
    const best = same.find(({ token }) => token !== null) ?? same[0];
    if (best !== undefined) return best;
  }
  return null;
};

/** Reads what an occurrence names, or a file beside it, as it was seen: in the work tree, or in one commit. */
interface Place {
  detections(path: string | null, detector: Detector): Promise<readonly Detection[]>;
  /** Of a small file. */
  bytes(path: string): Promise<Uint8Array | null>;
}

const fromFiles = ({ source }: Occurrence): boolean => source === 'worktree' || source === 'file';

const placeInFiles = (target: string): Place => {
  // A target that is a file is called by its base name in reports.
  const isFolder = statSync(target, { throwIfNoEntry: false })?.isDirectory() ?? true;
  const fileOf = (name: string): string | Buffer => pathOfText(isFolder ? path.join(target, name) : target);
  return {
    detections: async (name, detector) => {
      if (name === null) return [];
      const links = isFolder ? 'refuse' : 'follow';
      const rules = { maxSize: null, links, signal: new AbortController().signal } as const;
      const outcome = await readFile(detector, fileOf(name), rules);
      return outcome.kind === 'read' ? (outcome.scanned?.detections ?? []) : [];
    },
    bytes: async (name) => {
      const file = isFolder ? fileOf(name) : pathOfText(path.join(path.dirname(target), name));
      const stats = lstatSync(file, { throwIfNoEntry: false });
      return stats?.isFile() && stats.size <= LARGEST_SIBLING ? readFileSync(file) : null;
    },
  };
};

const placeInHistory = (target: string, { blob, commit }: Occurrence): Place => {
  const read = async <Result>(use: (objects: typeof import('./history/one-object.js')) => Promise<Result>) =>
    use(await import('./history/one-object.js'));
  const top = topOf(target);
  return {
    detections: async (_path, detector) =>
      top === null || blob === undefined ? [] : read(({ judgeObject }) => judgeObject(top, blob, detector)),
    bytes: async (name) =>
      top === null || commit === undefined
        ? null
        : read(({ bytesOfObject }) => bytesOfObject(top, `${commit}:${name}`, LARGEST_SIBLING)),
  };
};

/** The repository that a target is, or null. */
const topOf = (target: string): string | null => {
  const exists = statSync(target, { throwIfNoEntry: false }) !== undefined;
  return exists && looksLike(target) !== 'neither' ? realpathSync(target) : null;
};

const sha256 = (secret: string): string => createHash('sha256').update(secret).digest('hex');
