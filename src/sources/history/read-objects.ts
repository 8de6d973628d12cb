// Gives every object of a repository to the detector, each once: blobs, commits and tags. Trees hold names only and are
// counted, not read. Git lists the objects in the order of its packs, which keeps deltas near their bases, and as many
// `cat-file` as there are threads share the list.

import { createDetector } from '../../detect/detector.js';
import type { DetectorOptions, Scanned } from '../../detect/types.js';
import type { ObjectHead } from '../../git/batch-format.js';
import { LINE_FEED, splitter } from '../../git/lines.js';
import { type GitPlace, gitReason, startGitAlone } from '../../git/run.js';
import { createBlockReader } from './blocks.js';
import { createFeeder, type Feeder } from './feeder.js';

export interface ObjectEvents {
  hit(head: ObjectHead, scanned: Scanned): void;
  tooLarge(head: ObjectHead): void;
  /** As in BlockEvents. */
  structure?(head: ObjectHead, bytes: Uint8Array): void;
  /** An object (or, with null, the repository) that git could not give. */
  fault(oid: string | null, reason: string): void;
  /** Trees that were listed, which is all that is done with them: far ahead of the reading where packs begin with them. */
  trees(count: number): void;
  /** Objects read and bytes searched since the last call. */
  progress(objects: number, bytes: number): void;
}

export type WhichObjects =
  /** All there are, reachable or not. */
  | { readonly which: 'all' }
  /** Those that arguments of `rev-list` reach. */
  | { readonly which: 'reached'; readonly range: readonly string[] }
  | { readonly which: 'named'; readonly oids: Iterable<string> };

export interface ReadObjects {
  readonly place: GitPlace;
  readonly objects: WhichObjects;
  readonly threads: number;
  readonly maxSize: number | null;
  readonly detector: DetectorOptions;
  readonly signal: AbortSignal;
}

/** Few enough that the last batch does not keep one process busy alone. */
const BATCH = 512;

export const readObjects = async (options: ReadObjects, events: ObjectEvents): Promise<void> => {
  // Whatever goes wrong with one process ends the others.
  const stop = new AbortController();
  try {
    await shareOut({ ...options, signal: AbortSignal.any([options.signal, stop.signal]) }, events);
  } finally {
    stop.abort();
  }
};

const shareOut = async (options: ReadObjects, events: ObjectEvents): Promise<void> => {
  const { place, signal } = options;
  const feeders: Feeder[] = [];
  const addFeeder = (): Feeder => {
    const detector = createDetector(options.detector);
    const feeder = createFeeder(
      place,
      {
        reader: (answered) =>
          createBlockReader(detector, options.maxSize, {
            done: (head) => {
              answered(head.oid);
              events.progress(1, head.type === 'tree' ? 0 : head.size);
            },
            hit: events.hit,
            tooLarge: events.tooLarge,
            ...(events.structure === undefined ? {} : { structure: events.structure }),
            missing: (oid) => {
              answered(oid);
              events.fault(oid, 'git has no such object, although it lists it');
            },
          }),
        damaged: (oid, reason) => events.fault(oid, `damaged: ${reason}`),
        warned: (reason) => events.fault(null, reason),
      },
      signal,
    );
    feeders.push(feeder);
    return feeder;
  };

  const idle: Feeder[] = [];
  let busy: Promise<void>[] = [];
  for await (const oids of namesOf(options, events)) {
    if (idle.length === 0 && feeders.length < options.threads) idle.push(addFeeder());
    while (idle.length === 0) await Promise.race(busy);
    const feeder = idle.shift();
    if (feeder === undefined) continue;
    const asked: Promise<void> = feeder.ask(oids).then(() => {
      idle.push(feeder);
      busy = busy.filter((other) => other !== asked);
    });
    // Awaited below, but perhaps only after another has failed.
    asked.catch(() => {});
    busy.push(asked);
  }
  await Promise.all(busy);
  await Promise.all(feeders.map((feeder) => feeder.finish()));
};

/** The names of the objects to read, in batches. */
/** What is missing does not end the list: it is counted elsewhere. */
const REACHED = ['rev-list', '--objects', '--no-object-names', '--missing=print'];

const namesOf = (options: ReadObjects, events: ObjectEvents): AsyncGenerator<readonly string[]> => {
  switch (options.objects.which) {
    case 'all':
      return listObjects(options, ALL_OBJECTS, events);
    case 'reached':
      return listObjects(options, [...REACHED, ...options.objects.range], events);
    case 'named':
      return inBatches(options.objects.oids);
  }
};

async function* inBatches(oids: Iterable<string>): AsyncGenerator<readonly string[]> {
  let batch: string[] = [];
  for (const oid of oids) {
    batch.push(oid);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** @param list a command of git that prints a name at the beginning of each line */
async function* listObjects(
  { place, signal }: ReadObjects,
  list: readonly string[],
  events: ObjectEvents,
): AsyncGenerator<readonly string[]> {
  const git = startGitAlone(place, list, signal);
  let batch: string[] = [];
  let trees = 0;
  const lines = splitter(LINE_FEED, (line) => {
    const end = line.indexOf(SPACE);
    // `<oid> tree`: told by one letter, since there are many.
    if (end > 0 && line[end + 1] === LETTER_T && line[end + 2] === LETTER_R) trees += 1;
    else if (line[0] !== QUESTION_MARK) batch.push(line.toString('latin1', 0, end < 0 ? line.length : end));
  });
  for await (const chunk of git.stdout) {
    lines.push(chunk as Buffer);
    events.trees(trees);
    trees = 0;
    for (; batch.length >= BATCH; batch = batch.slice(BATCH)) yield batch.slice(0, BATCH);
  }
  const { code, stderr } = await git.ended;
  if (code !== 0) events.fault(null, `git could not list all objects: ${gitReason(stderr)}`);
  if (batch.length > 0) yield batch;
}

const ALL_OBJECTS = [
  'cat-file',
  '--batch-all-objects',
  '--unordered',
  '--buffer',
  '--batch-check=%(objectname) %(objecttype)',
];
const SPACE = 32;
const QUESTION_MARK = 63;
const LETTER_T = 116;
const LETTER_R = 114;
