// From a key's events to what a person wants of them. Pure; every list is bounded, whatever the events are.

import type { Activity } from '../../findings/model.js';
import type { TrailEvent } from './events.js';
import { movesOf } from './moves.js';

export type Summed = Omit<Activity, 'region' | 'complete' | 'reason' | 'products' | 'from' | 'to' | 'sinceLeakAtLeast'>;

/** Entries of one list at most. */
const MOST = { services: 40, actions: 30, addresses: 50, moves: 60, created: 100 } as const;

/** Milliseconds since 1970. */
export interface Times {
  /** The beginning of the time that was asked about. */
  readonly from: number;
  /** When the key got out; null when it is not known. */
  readonly leakedAt: number | null;
  /** Sessions that are over by now are not listed. */
  readonly now: number;
}

/** @param events oldest first */
export const summarise = (events: readonly TrailEvent[], { from, leakedAt, now }: Times): Summed => {
  const services = servicesOf(events);
  // Of a key that got out earlier, no address is known from before.
  const addresses = addressesOf(events, leakedAt === null || leakedAt < from ? null : leakedAt);
  const { moves, leftOut: movesLeftOut } = movesOf(events, leakedAt, MOST.moves);
  const created = createdIn(events, now);
  const listed = services.slice(0, MOST.services);
  const leftOut =
    beyond(services, MOST.services) +
    listed.reduce((sum, { actions }) => sum + beyond(actions, MOST.actions), 0) +
    beyond(addresses, MOST.addresses) +
    movesLeftOut +
    beyond(created, MOST.created);
  const first = events[0]?.at;
  const last = events.at(-1)?.at;
  return {
    events: events.length,
    failures: events.filter(hasFailed).length,
    ...(first === undefined ? {} : { first }),
    ...(last === undefined ? {} : { last }),
    ...(leakedAt === null ? {} : { sinceLeak: events.filter(({ time }) => time >= leakedAt).length }),
    services: listed.map((service) => ({ ...service, actions: service.actions.slice(0, MOST.actions) })),
    addresses: mostTelling(addresses, MOST.addresses, (address) => address.sinceLeak === true),
    moves,
    created: mostTelling(created, MOST.created, ({ kind }) => kind !== 'instance'),
    ...(leftOut === 0 ? {} : { leftOut }),
  };
};

/** As many as fit, in their order: the telling ones before any other. */
const mostTelling = <T>(list: readonly T[], most: number, isTelling: (item: T) => boolean): readonly T[] => {
  if (list.length <= most) return list;
  const kept = new Set([...list.filter(isTelling), ...list.filter((item) => !isTelling(item))].slice(0, most));
  return list.filter((item) => kept.has(item));
};

const beyond = (list: readonly unknown[], most: number): number => Math.max(0, list.length - most);

const hasFailed = ({ outcome }: TrailEvent): boolean => outcome !== 'done';

const grouped = (
  events: readonly TrailEvent[],
  nameOf: (event: TrailEvent) => string | null,
): readonly (readonly [name: string, events: readonly TrailEvent[]])[] => {
  const groups = new Map<string, TrailEvent[]>();
  for (const event of events) {
    const name = nameOf(event);
    if (name === null) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [event]);
    else group.push(event);
  }
  return [...groups].sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1));
};

const servicesOf = (events: readonly TrailEvent[]): Activity['services'] =>
  grouped(events, ({ service }) => service).map(([service, ofService]) => ({
    service,
    events: ofService.length,
    failures: ofService.filter(hasFailed).length,
    actions: grouped(ofService, ({ action }) => action).map(([action, ofAction]) => ({
      action,
      events: ofAction.length,
      failures: ofAction.filter(hasFailed).length,
    })),
  }));

const addressesOf = (events: readonly TrailEvent[], leakedAt: number | null): Activity['addresses'] =>
  grouped(events, ({ address }) => address).flatMap(([address, of]) => {
    const first = of[0];
    const last = of.at(-1);
    if (first === undefined || last === undefined) return [];
    const isNew = leakedAt !== null && first.time >= leakedAt;
    return [
      { address, events: of.length, first: first.at, last: last.at, ...(isNew ? { sinceLeak: true as const } : {}) },
    ];
  });

/** A role's session lasts so long at most. (https://help.aliyun.com/zh/ram/developer-reference/api-sts-2015-04-01-assumerole) */
const LONGEST_SESSION_MS = 12 * 3_600_000;

/** Oldest first. Of sessions those that still run, of one role and name the last alone. */
const createdIn = (events: readonly TrailEvent[], now: number): Activity['created'] => {
  const sessions = new Map<string, Activity['created'][number]>();
  const created: Activity['created'][number][] = [];
  for (const { at, time, made } of events) {
    for (const thing of made) {
      if (thing.kind !== 'session') created.push({ ...thing, at });
      else if ((thing.until === undefined ? time + LONGEST_SESSION_MS : Date.parse(thing.until)) > now) {
        sessions.set(thing.name, { ...thing, at });
      }
    }
  }
  return [...created, ...sessions.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
};
