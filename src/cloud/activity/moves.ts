// What of a key's events looks like an attacker's first moves: judged by what is done (suspects.ts), from where, and
// whether the key did it before.

import type { Activity } from '../../findings/model.js';
import { operations } from '../operations.js';
import type { TrailEvent } from './events.js';
import { type Suspect, suspectOf } from './suspects.js';

type Move = Activity['moves'][number];

/**
 * @param events oldest first
 * @param leakedAt milliseconds since 1970: what was done before is no attacker's; null when it is not known
 * @param most of them are listed: the gravest, so that nobody hides behind many harmless ones
 * @returns oldest first, one for each action, address and outcome
 */
export const movesOf = (
  events: readonly TrailEvent[],
  leakedAt: number | null,
  most: number,
): { readonly moves: readonly Move[]; readonly leftOut: number } => {
  const usual = usualOf(events, leakedAt);
  const later = leakedAt === null ? events : events.filter(({ time }) => time >= leakedAt);
  const groups = new Map<string, { readonly first: TrailEvent; readonly suspicion: Suspicion; count: number }>();
  for (const event of later) {
    const suspicion = suspicionOf(event, usual);
    if (suspicion === null) continue;
    const key = JSON.stringify([event.service, event.action, event.address, event.outcome === 'done']);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: event, suspicion, count: 1 });
    else group.count += 1;
  }
  const single = [...groups.values()].map(({ first, suspicion: { why, grave }, count }) => ({
    grave: first.outcome === 'done' ? grave : grave + 0.5,
    move: moveOf(first, count === 1 ? why : `${why}, ${count} times`),
  }));
  const all = [...single, ...gropingsIn(later).map((move) => ({ grave: GRAVE.unusual, move }))];
  return {
    moves: all
      .sort((a, b) => a.grave - b.grave)
      .slice(0, most)
      .map(({ move }) => move)
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    leftOut: Math.max(0, all.length - most),
  };
};

/** The gravest first. */
const GRAVE: Readonly<Record<Suspect['when'], number>> = { always: 0, unusual: 1, 'new-address': 2 };

interface Suspicion {
  readonly why: string;
  readonly grave: number;
}

const moveOf = ({ at, action, address, outcome }: TrailEvent, why: string): Move => ({
  at,
  action,
  address,
  why,
  ...(outcome === 'done' ? {} : { failed: true as const }),
});

/**
 * A call that akscan makes, by a sender of its name: a probe, or the inventory when its own key is the one. Anybody can take
 * the name, so that it excuses looking around and nothing else.
 */
const isOurs = ({ service, action, saysAkscan }: TrailEvent): boolean =>
  saysAkscan && Object.hasOwn(operations, `${service.toLowerCase()}:${action}`);

interface Usual {
  readonly addresses: ReadonlySet<string | null>;
  /** `service:action`. */
  readonly calls: ReadonlySet<string>;
  readonly isBeforeLeak: boolean;
}

const callOf = ({ service, action }: TrailEvent): string => `${service}:${action}`;

/** What the key did, and from where, while it was its owner's alone: before it got out, otherwise the first half of the time. */
const usualOf = (events: readonly TrailEvent[], leakedAt: number | null): Usual => {
  const before = leakedAt === null ? [] : events.filter(({ time }) => time < leakedAt);
  const own = before.length > 0 ? before : firstHalf(events);
  return {
    addresses: new Set(own.map(({ address }) => address)),
    calls: new Set(own.map(callOf)),
    isBeforeLeak: before.length > 0,
  };
};

/** By time and not by number: a burst at the end must not make itself the usual. */
const firstHalf = (events: readonly TrailEvent[]): readonly TrailEvent[] => {
  const first = events[0]?.time ?? 0;
  const last = events.at(-1)?.time ?? 0;
  return events.filter(({ time }) => time <= first + (last - first) / 2);
};

const suspicionOf = (event: TrailEvent, usual: Usual): Suspicion | null => {
  const suspect = suspectOf(event.service, event.action);
  const why = suspect === null ? null : whyOf(event, suspect, usual);
  return suspect === null || why === null ? null : { why, grave: GRAVE[suspect.when] };
};

const whyOf = (event: TrailEvent, suspect: Suspect, usual: Usual): string | null => {
  const isNew = !usual.addresses.has(event.address);
  const isFirst = !usual.calls.has(callOf(event));
  switch (suspect.when) {
    case 'always':
      return usual.isBeforeLeak && !isNew && !isFirst ? `${suspect.why}, as it did before it got out` : suspect.why;
    case 'unusual':
      return isNew || isFirst ? suspect.why : null;
    case 'new-address':
      return isNew && !isOurs(event) ? `${suspect.why}, from a new address` : null;
  }
};

/** So many different calls denied within so long, from one address, are somebody who tries what the key can do. */
const DENIED_ACTIONS = 4;
const WITHIN_MS = 10 * 60_000;

const gropingsIn = (events: readonly TrailEvent[]): readonly Move[] => {
  const byAddress = new Map<string | null, TrailEvent[]>();
  for (const event of events) {
    if (event.outcome !== 'denied' || isOurs(event)) continue;
    const denied = byAddress.get(event.address);
    if (denied === undefined) byAddress.set(event.address, [event]);
    else denied.push(event);
  }
  return [...byAddress.values()].flatMap((denied) => runsOf(denied).flatMap(gropingOf));
};

/** Parts between whose events there are no long pauses. */
const runsOf = (events: readonly TrailEvent[]): readonly (readonly TrailEvent[])[] => {
  const runs: TrailEvent[][] = [];
  let previous = Number.NEGATIVE_INFINITY;
  for (const event of events) {
    const run = runs.at(-1);
    if (run === undefined || event.time - previous > WITHIN_MS) runs.push([event]);
    else run.push(event);
    previous = event.time;
  }
  return runs;
};

const gropingOf = (run: readonly TrailEvent[]): readonly Move[] => {
  const first = run[0];
  const actions = new Set(run.map(callOf)).size;
  if (first === undefined || actions < DENIED_ACTIONS) return [];
  return [moveOf(first, `tries what it may do: ${actions} different actions denied in a row`)];
};
