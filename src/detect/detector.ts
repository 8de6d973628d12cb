// First cut, replaced soon: literal LTAI IDs and the next 30-character value within two lines.
import { createKernel } from '../kernel/kernel.js';
import type { BlobStream, Detection, Detector, DetectorOptions, Place, Scanned } from './types.js';

const CAPACITY = 4 << 20;

export const createDetector = (_options: DetectorOptions = {}): Detector => {
  const kernel = createKernel([Buffer.from('LTAI'), Buffer.from('STS.'), Buffer.from('CAIS')], CAPACITY);
  const placeOf = (text: string, offset: number): Place => {
    const before = text.slice(0, offset).split('\n');
    return { offset, line: before.length, column: (before.at(-1) ?? '').length + 1 };
  };
  const scan = (bytes: Uint8Array): Scanned => {
    const text = Buffer.from(bytes).toString('latin1');
    const detections: Detection[] = [];
    for (const match of text.matchAll(/(?<![0-9A-Za-z])LTAI(?:[0-9A-Za-z]{20}|[0-9A-Za-z]{12})(?![0-9A-Za-z])/g)) {
      const after = text
        .slice(match.index + match[0].length)
        .split('\n', 3)
        .join('\n');
      const secret = /(?<![0-9A-Za-z])[0-9A-Za-z]{30}(?![0-9A-Za-z])/.exec(after);
      detections.push({
        rule: 'alibaba-access-key',
        kind: secret ? 'pair' : 'id-only',
        accessKeyId: match[0],
        secret: secret?.[0] ?? null,
        token: null,
        confidence: secret ? 'high' : 'medium',
        place: placeOf(text, match.index),
        secretPlace: secret ? placeOf(text, match.index + match[0].length + secret.index) : null,
        encoding: [],
        allow: null,
        idName: null,
      });
    }
    return { detections, capped: false };
  };
  return {
    buffer: kernel.buffer,
    holdsAnchor: (length) => kernel.search(0, length) >= 0,
    scanBuffer: (length) =>
      kernel.search(0, length) < 0 ? { detections: [], capped: false } : scan(kernel.buffer.slice(0, length)),
    scan,
    stream: (): BlobStream => {
      const chunks: Uint8Array[] = [];
      return { push: (chunk) => void chunks.push(Uint8Array.from(chunk)), end: () => scan(Buffer.concat(chunks)) };
    },
    siblingSecret: () => null,
  };
};
