// Gives the detector every object that some commits reach and others do not: blobs, commit and tag messages. Merge commits and
// what was taken back later are among them, since objects are read and not differences.

import type { Detector, Scanned } from '../../detect/types.js';
import type { ObjectHead } from '../../git/batch-format.js';
import { LINE_FEED, splitter } from '../../git/lines.js';
import { endBoth, startBoth } from '../../git/object-programs.js';
import { type GitPlace, gitReason } from '../../git/run.js';
import { type BlockEvents, createBlockReader } from '../history/blocks.js';
import { createFeeder } from '../history/feeder.js';

export interface ReachableEvents {
  hit(head: ObjectHead, scanned: Scanned): void;
  /** Every blob that is no larger than the detector's memory. */
  whole?(head: ObjectHead, bytes: Uint8Array): void;
  tooLarge(head: ObjectHead): void;
  fault(oid: string | null, reason: string): void;
  /** An object was listed; once for each of a list. */
  listed?(oid: string): void;
  /** Named by another object and not here. */
  absent(oid: string): void;
  read(head: ObjectHead): void;
}

/** Objects at the beginning of a list that were read already, if it begins as it did then. */
export interface PassOver {
  readonly count: number;
  readonly first: string | null;
}

export interface Reachable {
  readonly place: GitPlace;
  /** Of `rev-list`: object names, `--not`, `--all`. */
  readonly args: readonly string[];
  readonly passOver?: PassOver;
  /** Asked for when git is at work. */
  readonly detector: () => Detector;
  readonly maxSize: number | null;
  /** Objects that need not be read again, grown by those that are; null: none is read twice anyway. */
  readonly done: Set<string> | null;
  /** Asked now and then: whether enough was read. */
  readonly enough?: () => boolean;
  readonly signal: AbortSignal;
}

const BATCH = 512;
const NOTHING: PassOver = { count: 0, first: null };

export const readReachable = async (
  { place, args, passOver = NOTHING, detector, maxSize, done, enough = () => false, signal }: Reachable,
  events: ReachableEvents,
): Promise<void> => {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const programs = startBoth(place, args, either);
  const { listing, reading } = programs;
  const feeder = createFeeder(
    place,
    {
      reader: (answered) =>
        createBlockReader(detector(), maxSize, {
          ...blockEvents(events, answered),
          missing: (oid) => {
            answered(oid);
            events.absent(oid);
          },
        }),
      damaged: (oid, reason) => events.fault(oid, `damaged: ${reason}`),
      warned: (reason) => events.fault(null, reason),
    },
    either,
    reading,
  );
  try {
    let batch: string[] = [];
    let left = 0;
    let isFirst = true;
    const lines = splitter(LINE_FEED, (line) => {
      const isAbsent = line[0] === ABSENT.charCodeAt(0);
      const oid = line.toString('latin1', isAbsent ? 1 : 0);
      if (isFirst && oid === passOver.first) left = passOver.count;
      isFirst = false;
      left -= 1;
      if (left >= 0) return;
      if (isAbsent) {
        events.absent(oid);
        return;
      }
      events.listed?.(oid);
      if (done?.has(oid) === true) return;
      done?.add(oid);
      batch.push(oid);
    });
    for await (const chunk of listing.stdout) {
      lines.push(chunk as Buffer);
      for (; batch.length >= BATCH; batch = batch.slice(BATCH)) await feeder.ask(batch.slice(0, BATCH));
      if (enough()) return;
    }
    const { code, stderr } = await listing.ended;
    if (code !== 0) events.fault(null, `git could not list all objects: ${gitReason(stderr)}`);
    if (batch.length > 0) await feeder.ask(batch);
    await feeder.finish();
  } finally {
    stop.abort();
    endBoth(programs);
  }
};

/** What both ways tell of each object alike. */
export const blockEvents = (
  events: ReachableEvents,
  answered: (oid: string) => void,
): Omit<BlockEvents, 'missing'> => ({
  done: (head) => {
    answered(head.oid);
    events.read(head);
  },
  hit: events.hit,
  tooLarge: events.tooLarge,
  ...(events.whole === undefined ? {} : { whole: events.whole }),
});

/** How `rev-list --missing=print` marks the name of what is not there. */
export const ABSENT = '?';
