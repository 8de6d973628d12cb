// Takes the output of `git cat-file --batch` apart. For objects that are small, read by the thousand.

import { headOf, LONGEST_LINE, missingName, type ObjectHead, OutOfStep } from './batch-format.js';
import { LINE_FEED } from './lines.js';

/** `bytes` are valid only during the call; null for an object above the limit. A null head: git has no such object. */
export type EachObject = (head: ObjectHead | null, bytes: Buffer | null) => void;

/**
 * @param limit bytes; larger objects are passed over
 * @returns what takes the output in, chunk by chunk. @throws OutOfStep
 */
export const batchParser = (limit: number, each: EachObject): ((chunk: Buffer) => void) => {
  /** What has come of an object that is not whole yet, and how much there must be to go on. */
  let held: Buffer[] = [];
  let have = 0;
  let need = 0;
  /** Bytes of an object above the limit that are still to come, its line feed included. */
  let passing = 0;

  return (chunk) => {
    let bytes = chunk;
    if (passing > 0) {
      const passed = Math.min(passing, bytes.length);
      passing -= passed;
      bytes = bytes.subarray(passed);
    }
    if (have > 0) {
      held.push(bytes);
      have += bytes.length;
      if (have < need) return;
      bytes = Buffer.concat(held, have);
      held = [];
      have = 0;
    }
    let at = 0;
    while (at < bytes.length) {
      const lineEnd = bytes.indexOf(LINE_FEED, at);
      if (lineEnd < 0 && bytes.length - at <= LONGEST_LINE) {
        need = bytes.length - at + 1;
        break;
      }
      const line = lineEnd < 0 ? '' : bytes.toString('latin1', at, lineEnd);
      const head = headOf(line);
      const from = lineEnd + 1;
      if (head === null) {
        if (missingName(line) === null) throw new OutOfStep('before');
        each(null, null);
        at = from;
        continue;
      }
      const end = from + head.size + 1;
      if (head.size > limit) {
        each(head, null);
        passing = Math.max(0, end - bytes.length);
        at = Math.min(end, bytes.length);
      } else if (end > bytes.length) {
        need = end - at;
        break;
      } else {
        if (bytes[end - 1] !== LINE_FEED) throw new OutOfStep('this');
        each(head, bytes.subarray(from, end - 1));
        at = end;
      }
    }
    if (at < bytes.length) {
      held = [bytes.subarray(at)];
      have = bytes.length - at;
    }
  };
};
