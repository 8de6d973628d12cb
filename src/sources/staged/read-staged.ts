// Reads the blobs that are staged, each once.

import type { Detection, Detector } from '../../detect/types.js';
import type { Answer, Batch } from '../../git/batch.js';
import { cappedReason } from '../capped.js';
import { judgeBlob } from '../diff/judge-blob.js';
import { LARGEST_SIBLING } from '../siblings.js';
import type { Sink, SourceOptions } from '../types.js';

export interface StagedFile {
  readonly path: string;
  /** What git is asked for: a blob, or a path at one stage of a conflict. */
  readonly name: string;
}

export interface ReadFile {
  readonly path: string;
  readonly blob: string;
  readonly detections: readonly Detection[];
  /** Whether it holds a secret without its ID. */
  readonly secret: boolean;
}

interface ReadOptions {
  readonly target: string;
  readonly batch: Batch;
  readonly detector: Detector;
  readonly options: SourceOptions;
  readonly sink: Sink;
}

/** Questions put to git at once. */
const ROUND = 256;

/** The files that hold something, one for each path. */
export const readStaged = async (files: readonly StagedFile[], options: ReadOptions): Promise<readonly ReadFile[]> => {
  const held: ReadFile[] = [];
  const byName = new Map<string, string[]>();
  for (const { name, path } of files) {
    // Grown in place: a hundred thousand empty files are one blob.
    const paths = byName.get(name);
    if (paths === undefined) byName.set(name, [path]);
    else paths.push(path);
  }
  const names = [...byName];
  for (let at = 0; at < names.length; at += ROUND) {
    options.options.signal.throwIfAborted();
    const round = names.slice(at, at + ROUND);
    const read = await Promise.all(round.map(([name, paths]) => readOne(name, paths, options)));
    held.push(...read.flat());
  }
  return held;
};

const readOne = async (name: string, paths: readonly string[], options: ReadOptions): Promise<readonly ReadFile[]> => {
  const { batch, detector, sink, target } = options;
  const { maxSize } = options.options;
  const skip = (reason: string, because: 'fault' | 'limit'): void => {
    for (const what of paths) sink.skipped({ type: 'skipped', schema: 1, target, what, reason, because });
  };
  const { answer, scanned } = await judgeBlob(batch, detector, name, maxSize);
  if (answer.kind !== 'object') {
    // Of a conflict not every stage is there.
    if (answer.kind === 'damaged' || !name.startsWith(':') || name.includes('\n')) skip(unreadable(answer), 'fault');
    return [];
  }
  const { oid: blob, size } = answer;
  if (scanned === null) {
    skip(`larger than --max-size: ${size} bytes`, 'limit');
    return [];
  }
  const { detections, capped } = scanned;
  sink.count({ files: paths.length, bytes: size });
  if (capped) skip(cappedReason('file'), 'fault');
  const small = answer.bytes !== null && size <= LARGEST_SIBLING ? answer.bytes : null;
  return paths.flatMap((path) => {
    const secret = small !== null && detector.holdsLoneSecret({ name: path, bytes: small });
    return detections.length > 0 || secret ? [{ path, blob, detections, secret }] : [];
  });
};

const unreadable = (answer: Exclude<Answer, { kind: 'object' }>): string =>
  answer.kind === 'damaged' ? `what is staged is damaged: ${answer.reason}` : 'git cannot give what is staged';
