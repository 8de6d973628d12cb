// Reads the output of `git cat-file --batch`, object after object. Whole objects gather in a block that is searched at once;
// only when an anchor stands somewhere in it is each object looked at. An object that no block can hold is streamed.

import type { BlobStream, Detector, Scanned } from '../../detect/types.js';
import { headOf, LONGEST_LINE, missingName, type ObjectHead, OutOfStep } from '../../git/batch-format.js';
import { LINE_FEED } from '../../git/lines.js';

export interface BlockEvents {
  /** An object was read to its end (or passed over: a tree, one above the limit). In the order git gave them. */
  done(head: ObjectHead): void;
  /** It held something. Comes after `done` of the same object. */
  hit(head: ObjectHead, scanned: Scanned): void;
  tooLarge(head: ObjectHead): void;
  /** For who wants a look of their own at each blob that is not streamed; the bytes are valid only during the call. */
  whole?(blob: ObjectHead, bytes: Uint8Array): void;
  /** The same for each commit, tag and tree. */
  structure?(head: ObjectHead, bytes: Uint8Array): void;
  /** Git has no object of this name. In the order git says so, as `done`. */
  missing(oid: string): void;
}

export interface BlockReader {
  /** @throws OutOfStep once all that could be read was judged: the size of the object told last is wrong */
  push(chunk: Uint8Array): void;
  /** Judges what has come so far; the object that was cut short, if there is one. */
  end(): { readonly cut: boolean };
}

/** Enough that the cost of a search is the bytes', small enough to stay in the processor's cache. */
const FLUSH = 1 << 18;

/** An object that is wholly in the block, and where it begins there. */
interface Whole {
  readonly head: ObjectHead;
  readonly from: number;
}

interface Missing {
  readonly missing: string;
}

type Answer = Whole | Missing;

interface Large {
  readonly head: ObjectHead;
  readonly stream: BlobStream | null;
  left: number;
}

export const createBlockReader = (detector: Detector, maxSize: number | null, events: BlockEvents): BlockReader => {
  const capacity = detector.buffer.length;
  const block = Buffer.allocUnsafeSlow(capacity);
  let filled = 0;
  let wanted = FLUSH;
  let large: Large | null = null;

  const wants = (head: ObjectHead): boolean => head.type !== 'tree' && (maxSize === null || head.size <= maxSize);

  /** Walks the whole objects of the block, searches them at once, and moves what is left to its front. */
  const drain = (): void => {
    const answers: Answer[] = [];
    let at = 0;
    let rest: Whole | null = null;
    let inStep = true;
    for (;;) {
      const lineEnd = block.subarray(at, Math.min(filled, at + LONGEST_LINE)).indexOf(LINE_FEED);
      if (lineEnd < 0) {
        inStep = filled - at < LONGEST_LINE;
        break;
      }
      const head = parseLine(block.toString('latin1', at, at + lineEnd));
      const from = at + lineEnd + 1;
      if (head === null) {
        inStep = false;
        break;
      }
      if ('missing' in head) {
        answers.push(head);
        at = from;
        continue;
      }
      if (from + head.size + 1 > filled) {
        rest = { head, from };
        break;
      }
      answers.push({ head, from });
      at = from + head.size + 1;
      if (block[at - 1] !== LINE_FEED) {
        inStep = false;
        break;
      }
    }
    judge(answers, at);
    if (!inStep) throw new OutOfStep('before');
    if (rest !== null && rest.from - at + rest.head.size + 1 > capacity) {
      startLarge(rest.head, rest.from);
      return;
    }
    block.copyWithin(0, at, filled);
    filled -= at;
    wanted = rest === null ? FLUSH : Math.max(FLUSH, rest.from - at + rest.head.size + 1);
  };

  const judge = (answers: readonly Answer[], end: number): void => {
    let anchored = false;
    if (end > 0) {
      detector.buffer.set(block.subarray(0, end));
      anchored = detector.holdsAnchor(end);
    }
    for (const answer of answers) {
      if ('missing' in answer) {
        events.missing(answer.missing);
        continue;
      }
      const { head, from } = answer;
      events.done(head);
      if (head.type !== 'blob') events.structure?.(head, block.subarray(from, from + head.size));
      if (!wants(head)) {
        if (head.type !== 'tree') events.tooLarge(head);
        continue;
      }
      if (head.type === 'blob') events.whole?.(head, block.subarray(from, from + head.size));
      if (anchored) {
        const scanned = detector.scan(block.subarray(from, from + head.size));
        if (scanned.detections.length > 0 || scanned.capped) events.hit(head, scanned);
      }
    }
  };

  const startLarge = (head: ObjectHead, from: number): void => {
    large = { head, stream: wants(head) ? detector.stream() : null, left: head.size + 1 };
    const start = block.subarray(from, filled);
    filled = 0;
    wanted = FLUSH;
    feedLarge(large, start);
  };

  const feedLarge = (current: Large, bytes: Uint8Array): void => {
    // The line feed after the object is git's, not the object's.
    const own = bytes.subarray(0, Math.max(0, Math.min(bytes.length, current.left - 1)));
    if (own.length > 0) current.stream?.push(own);
    current.left -= bytes.length;
    if (current.left > 0) return;
    large = null;
    events.done(current.head);
    if (current.stream !== null) {
      const scanned = current.stream.end();
      if (scanned.detections.length > 0 || scanned.capped) events.hit(current.head, scanned);
    } else if (current.head.type !== 'tree') events.tooLarge(current.head);
    if (bytes.at(-1) !== LINE_FEED) throw new OutOfStep('before');
  };

  return {
    push: (chunk) => {
      let rest = chunk;
      while (rest.length > 0) {
        if (large !== null) {
          const part = rest.subarray(0, large.left);
          rest = rest.subarray(part.length);
          feedLarge(large, part);
          continue;
        }
        const part = rest.subarray(0, capacity - filled);
        block.set(part, filled);
        filled += part.length;
        rest = rest.subarray(part.length);
        if (filled >= wanted || filled === capacity) drain();
      }
    },
    end: () => {
      if (large === null) drain();
      return { cut: large !== null || filled > 0 };
    },
  };
};

/** Null for what is neither. */
const parseLine = (line: string): ObjectHead | Missing | null => {
  const head = headOf(line);
  if (head !== null) return head;
  const missing = missingName(line);
  return missing === null ? null : { missing };
};
