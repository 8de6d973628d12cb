// Standard input as one blob of any length.

import type { Readable } from 'node:stream';
import { createDetector } from '../detect/detector.js';
import type { BlobStream } from '../detect/types.js';
import { cappedReason } from './capped.js';
import type { Sink, SourceOptions } from './types.js';

export const scanStdin = async (
  target: string,
  input: Readable,
  { detector: rules, signal }: Pick<SourceOptions, 'detector' | 'signal'>,
  sink: Sink,
): Promise<void> => {
  const detector = createDetector(rules);
  let filled = 0;
  let bytes = 0;
  let stream: BlobStream | null = null;
  const start: Uint8Array[] = [];
  // Whoever waits for somebody to type must not wait for Ctrl-C's sake.
  const stop = (): void => void input.destroy(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  for await (const chunk of input as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (stream === null && filled + chunk.length <= detector.buffer.length) {
      start.push(chunk);
      filled += chunk.length;
      continue;
    }
    if (stream === null) {
      stream = detector.stream();
      for (const piece of start.splice(0)) stream.push(piece);
    }
    stream.push(chunk);
  }
  signal.removeEventListener('abort', stop);
  const scanned = stream?.end() ?? detector.scan(Buffer.concat(start));
  sink.count({ files: 1, bytes });
  for (const detection of scanned.detections) sink.sighting({ target, source: 'stdin', path: null, detection });
  if (scanned.capped) {
    const reason = cappedReason('file');
    sink.skipped({ type: 'skipped', schema: 1, target, what: null, reason, because: 'fault' });
  }
};
