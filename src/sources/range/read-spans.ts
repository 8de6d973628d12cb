// Reads the objects of all spans, each once, and keeps what they hold until git has been asked where it came from.

import { amount } from '../../amount.js';
import type { Detection, Detector } from '../../detect/types.js';
import { reasonOf } from '../../errors.js';
import type { GitPlace } from '../../git/run.js';
import { cappedReason } from '../capped.js';
import { LARGEST_SIBLING } from '../siblings.js';
import type { Sink, SourceOptions } from '../types.js';
import { type Begun, listBetween } from './ask-range.js';
import { DEEPEN } from './base.js';
import type { Held } from './judge-span.js';
import { readChained } from './read-chained.js';
import { type PassOver, type ReachableEvents, readReachable } from './read-reachable.js';
import type { Span } from './revisions.js';

export type Skip = (what: string | null, reason: string, because?: 'fault' | 'limit') => void;

export interface ReadSpans {
  readonly place: GitPlace;
  readonly detector: () => Detector;
  readonly options: SourceOptions;
  readonly sink: Sink;
  readonly skip: Skip;
  /** Commits whose parents a shallow clone lacks. */
  readonly edges: ReadonlySet<string>;
}

/** Detections kept at once, about 300 bytes each. */
const MOST_DETECTIONS = 200_000;
/** Files that are told to hold half a pair; a range with more of them is no range but a repository. */
const MOST_SECRETS = 20_000;
/** Names are not known while objects are read, and a file may hold nothing but a secret: its name then decides later. */
const ANY_SECRET_FILE = 'accessKeySecret';

export const ACCEPT = '(--allow-partial accepts it)';

export interface SpanReader {
  /** What all that was read held. */
  readonly held: Held;
  /** Reads what git was asked before; null: all of it, else something went wrong behind what is given. */
  readBegun(begun: Begun): Promise<PassOver | null>;
  /** @param passOver what was read of the first, which was begun */
  read(spans: readonly Span[], passOver: PassOver | null): Promise<void>;
}

export const createSpanReader = (reading: ReadSpans): SpanReader => {
  const { place, detector, options, skip } = reading;
  const { maxSize, signal } = options;
  const keeping = createKeeping(reading);
  return {
    held: keeping.held,
    readBegun: async ({ name, programs }) => {
      const read = await readChained(programs, { detector, maxSize }, keeping.events);
      if (read !== 'all') return read;
      keeping.sayWhatIsMissing(name);
      return null;
    },
    read: async (spans, passOver) => {
      // One list names each object once.
      const done = spans.length > 1 ? new Set<string>() : null;
      for (const [index, span] of spans.entries()) {
        const { tips, not } = span;
        const list =
          passOver !== null && index === 0
            ? { passOver, args: listBetween(not, tips) }
            : { args: [...tips, '--not', ...not] };
        try {
          await readReachable({ ...list, place, detector, maxSize, done, signal }, keeping.events);
        } catch (error) {
          signal.throwIfAborted();
          skip(null, `${span.name} could not be read to its end: ${reasonOf(error)}`);
        }
        keeping.sayWhatIsMissing(span.name);
      }
    },
  };
};

interface Keeping {
  readonly held: Held;
  readonly events: ReachableEvents;
  /** Since the last call. */
  sayWhatIsMissing(name: string): void;
}

const createKeeping = ({ detector, options, sink, skip, edges }: ReadSpans): Keeping => {
  const detections = new Map<string, readonly Detection[]>();
  const secrets = new Set<string>();
  const spansCut = new Set<string>();
  const partial = options.allowPartial ? 'limit' : 'fault';
  let room = MOST_DETECTIONS;
  let absent = 0;
  let cut = false;
  let objects = 0;
  let bytes = 0;
  return {
    held: { detections, secrets, cut: spansCut },
    events: {
      hit: (head, scanned) => {
        if (scanned.capped) skip(head.oid, cappedReason('object'));
        room -= scanned.detections.length;
        if (room >= 0 && scanned.detections.length > 0) detections.set(head.oid, scanned.detections);
      },
      whole: ({ oid, size }, bytes) => {
        if (size > LARGEST_SIBLING || secrets.size >= MOST_SECRETS) return;
        if (detector().holdsLoneSecret({ name: ANY_SECRET_FILE, bytes })) secrets.add(oid);
      },
      tooLarge: ({ oid, size }) => skip(oid, `larger than --max-size: ${size} bytes`, 'limit'),
      fault: (oid, reason) => skip(oid, reason),
      listed: (oid) => {
        cut ||= edges.size > 0 && edges.has(oid);
      },
      absent: () => {
        absent += 1;
      },
      read: ({ type, size }) => {
        sink.count({ objects: 1, bytes: type === 'tree' ? 0 : size });
        objects += 1;
        bytes += type === 'tree' ? 0 : size;
        if (objects % 4096 === 0)
          options.progress.update(`range: ${amount(objects)} objects`, { done: objects, bytes });
      },
    },
    sayWhatIsMissing: (name) => {
      if (room < 0) skip(null, `${name} holds more credentials than can be reported at once`);
      if (absent > 0) skip(null, `${name}: objects missing from this clone: ${absent} ${ACCEPT}`, partial);
      if (cut)
        skip(null, `${name}: a shallow clone, history ends before it meets the base: ${DEEPEN} ${ACCEPT}`, partial);
      if (cut) spansCut.add(name);
      absent = 0;
      cut = false;
    },
  };
};
