// Reads the events of one key from ActionTrail's LookupEvents: the newest first, up to a bound, and beyond it the oldest, so
// that when it all began is known whatever came between.
//
// Traps: without StartTime only the last seven days are searched; a longer time than 90 days is refused; 50 events a page and
// two requests a second; the region that is asked knows its own events and, of the global services, RAM and STS among them,
// those that the account stores there. (https://www.alibabacloud.com/help/en/actiontrail/developer-reference/api-actiontrail-2020-07-06-lookupevents)

import { amount } from '../../amount.js';
import type { Ask, Outcome } from '../ask.js';
import { isoTime } from '../body.js';
import { type EventPage, readEventPage, type Span, type TrailEvent } from './events.js';

export interface EventLog {
  /** Oldest first. */
  readonly events: readonly TrailEvent[];
  readonly complete: boolean;
  /** Every event from here on was read, milliseconds since 1970; null when none is known to be missing. */
  readonly wholeSince: number | null;
  /** What was not read and why, whole sentences. */
  readonly problems: readonly string[];
}

export interface Reach {
  readonly span: Span;
  readonly maxEvents: number;
  readonly signal: AbortSignal;
}

/** Events of one page: the API's most, and few for when a whole page is too large for an answer (1 MiB). */
const PAGE = 50;
const SMALL_PAGE = 5;

/** Pages may be empty and have a next one. */
const SPARE_PAGES = 20;

/** @throws the signal's reason when it was aborted */
export const readEventLog = async (ask: Ask, accessKeyId: string, reach: Reach): Promise<EventLog> => {
  const collected = createCollection(reach.maxEvents);
  const asking = { ask, accessKeyId, reach };
  const end = await readBackwards(asking, collected);
  const newest = collected.events().length;
  const wholeSince = end.kind === 'all' ? null : (collected.events()[0]?.time ?? reach.span.to);
  const isMore = end.kind === 'bound';
  if (isMore) await readOldest(asking, collected);
  const oldest = collected.events().length - newest;
  const problems = [
    ...(isMore ? [boundInWords(newest, oldest)] : []),
    ...(end.kind === 'stopped' ? [end.why] : []),
    ...(collected.skipped() > 0 ? [skippedInWords(collected.skipped())] : []),
  ];
  return {
    events: collected.events(),
    complete: end.kind === 'all' && collected.skipped() === 0,
    wholeSince,
    problems,
  };
};

const boundInWords = (newest: number, oldest: number): string =>
  `It has more events than were read: the newest ${amount(newest)}${oldest === 0 ? '' : ` and the oldest ${oldest}`}.`;

const skippedInWords = (skipped: number): string =>
  skipped === 1 ? '1 entry was no event of this key.' : `${amount(skipped)} entries were no events of this key.`;

interface Collection {
  /** Takes what is new of a page, as far as there is room. */
  add(page: EventPage): { readonly added: number; readonly isWhole: boolean };
  /** Oldest first. */
  events(): readonly TrailEvent[];
  skipped(): number;
  isFull(): boolean;
  /** For so many more than there are. */
  makeRoom(more: number): void;
}

const createCollection = (maxEvents: number): Collection => {
  const ids = new Set<string>();
  const events: TrailEvent[] = [];
  let skipped = 0;
  let most = maxEvents;
  return {
    add: (page) => {
      skipped += page.skipped;
      const fresh = page.events.filter(({ id }) => id === null || (!ids.has(id) && ids.add(id)));
      const taken = fresh.slice(0, Math.max(0, most - events.length));
      events.push(...taken);
      return { added: taken.length, isWhole: taken.length === fresh.length };
    },
    events: () => events.toSorted((a, b) => a.time - b.time),
    skipped: () => skipped,
    isFull: () => events.length >= most,
    makeRoom: (more) => {
      most = events.length + more;
    },
  };
};

interface Asking {
  readonly ask: Ask;
  readonly accessKeyId: string;
  readonly reach: Reach;
}

/** `all`: to the last page. `bound`: as many as were wanted. `stopped`: something went wrong. */
type End = { readonly kind: 'all' | 'bound' } | { readonly kind: 'stopped'; readonly why: string };

const stopped = (why: string): End => ({ kind: 'stopped', why });

const readBackwards = async (asking: Asking, collected: Collection): Promise<End> => {
  const { signal, maxEvents, span } = asking.reach;
  const tokens = new Set<string>();
  const mostPages = Math.ceil(maxEvents / PAGE) + SPARE_PAGES;
  let wanted: Wanted = { direction: 'BACKWARD', to: span.to, size: PAGE, token: null };
  for (let pages = 0; pages < mostPages; pages++) {
    signal.throwIfAborted();
    const asked = await askPage(asking, wanted);
    if (asked.kind === 'denied') return stopped(`Your credentials lack ${asked.action}.`);
    if (asked.kind === 'none') return stopped('ActionTrail says that there is no such AccessKey.');
    if (asked.kind === 'fault') {
      // The page may be too large: commands and documents that were sent are part of the events. Tokens hold for one size.
      if (wanted.size === SMALL_PAGE || asked.restricted) return stopped(asked.why);
      wanted = { ...wanted, to: collected.events()[0]?.time ?? span.to, size: SMALL_PAGE, token: null };
      tokens.clear();
      continue;
    }
    const { next, events } = asked.value;
    const { added, isWhole } = collected.add(asked.value);
    if (next === null) return { kind: isWhole ? 'all' : 'bound' };
    if (collected.isFull()) return { kind: 'bound' };
    // A server that repeats its pages would keep us for ever.
    const isRepeated = wanted.token !== null && events.length > 0 && added === 0;
    if (isRepeated || tokens.has(next)) return stopped('ActionTrail gave the same page twice.');
    tokens.add(next);
    wanted = { ...wanted, token: next };
  }
  return { kind: 'bound' };
};

/** One page is cheap, and a fault costs no more than its events. */
const readOldest = async (asking: Asking, collected: Collection): Promise<void> => {
  asking.reach.signal.throwIfAborted();
  const asked = await askPage(asking, { direction: 'FORWARD', to: asking.reach.span.to, size: PAGE, token: null });
  if (asked.kind !== 'found') return;
  collected.makeRoom(PAGE);
  collected.add(asked.value);
};

interface Wanted {
  readonly direction: 'BACKWARD' | 'FORWARD';
  /** Milliseconds since 1970. */
  readonly to: number;
  readonly size: number;
  readonly token: string | null;
}

const askPage = ({ ask, accessKeyId, reach }: Asking, wanted: Wanted): Promise<Outcome<EventPage>> =>
  ask(
    'actiontrail:LookupEvents',
    {
      'LookupAttribute.1.Key': 'EventAccessKeyId',
      'LookupAttribute.1.Value': accessKeyId,
      // Both, on every page: the one without the other is refused, and neither means seven days.
      StartTime: isoTime(reach.span.from) ?? '',
      EndTime: isoTime(wanted.to) ?? '',
      MaxResults: String(wanted.size),
      Direction: wanted.direction,
      ...(wanted.token === null ? {} : { NextToken: wanted.token }),
    },
    readEventPage(accessKeyId, reach.span),
  );
