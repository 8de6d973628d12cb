// One object through a batch into the detector, whatever its size.

import type { Detector, Scanned } from '../../detect/types.js';
import type { Answer, Batch } from '../../git/batch.js';

export interface Judged {
  readonly answer: Answer;
  /** Null when there was nothing to judge. */
  readonly scanned: Scanned | null;
}

const NOTHING: Scanned = { detections: [], capped: false };

/**
 * @param name as `Batch.read` takes it
 * @param maxSize bytes; a larger object is not judged. Null: no limit
 */
export const judgeBlob = async (
  batch: Batch,
  detector: Detector,
  name: string,
  maxSize: number | null = null,
): Promise<Judged> => {
  const answer = await batch.read(name, Math.min(detector.buffer.length, maxSize ?? Number.POSITIVE_INFINITY));
  if (answer.kind !== 'object' || answer.size > (maxSize ?? answer.size)) return { answer, scanned: null };
  if (answer.bytes !== null) return { answer, scanned: judgeBytes(detector, answer.bytes) };
  const stream = detector.stream();
  const streamed = await batch.stream(answer.oid, (piece) => stream.push(piece));
  return streamed.kind === 'object' ? { answer, scanned: stream.end() } : { answer: streamed, scanned: null };
};

const judgeBytes = (detector: Detector, bytes: Buffer): Scanned => {
  detector.buffer.set(bytes);
  return detector.holdsAnchor(bytes.length) ? detector.scanBuffer(bytes.length) : NOTHING;
};
