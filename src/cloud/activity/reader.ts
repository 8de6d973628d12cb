// What a key did, as one answer: asked of ActionTrail with the auditor's credentials, over the last 90 days.

import { amount } from '../../amount.js';
import type { Activity } from '../../findings/model.js';
import type { Ask, Outcome } from '../ask.js';
import { isoTime } from '../body.js';
import { joined } from '../facts.js';
import { isOurs } from '../own-probes.js';
import type { ProbeTime } from '../probe-log.js';
import { type EventLog, readEventLog } from './event-log.js';
import type { Span, TrailEvent } from './events.js';
import { elsewhere, type Product, readProducts } from './products.js';
import { summarise } from './summarise.js';

export interface ActivityOptions {
  readonly now: () => Date;
  /** Where ActionTrail is asked: its name tells the region. */
  readonly endpoint: URL;
  /** Events read for one key at most, 50 a request and two requests a second. Default: 2,000. */
  readonly maxEvents?: number;
  readonly signal: AbortSignal;
  /** Our own probes of a key: no uses of it. */
  readonly ownProbes?: (accessKeyId: string) => readonly ProbeTime[];
}

/** ActionTrail keeps 90 days and refuses an earlier beginning: an hour less, for clocks that differ. */
const REACH_MS = 90 * 86_400_000 - 3_600_000;

const MAX_EVENTS = 2_000;

/**
 * Nothing is kept between two calls: ask once for each ID.
 * @returns what was read, however little: `complete` is false and `reason` says why when it is not all.
 * It throws the signal's reason when that ends the run.
 */
export const createActivityReader =
  (ask: Ask, options: ActivityOptions): ((accessKeyId: string, leakedAt: string | null) => Promise<Activity>) =>
  async (accessKeyId, leakedAt) => {
    const now = Math.floor(options.now().getTime() / 1000) * 1000;
    const span = { from: now - REACH_MS, to: now };
    const reach = { span, maxEvents: options.maxEvents ?? MAX_EVENTS, signal: options.signal };
    const read = await readEventLog(ask, accessKeyId, reach);
    const probes = options.ownProbes?.(accessKeyId) ?? [];
    const log = { ...read, events: read.events.filter(isNotOurs(probes)) };
    const left = read.events.length - log.events.length;
    const asked = await ask('actiontrail:GetAccessKeyLastUsedProducts', { AccessKey: accessKeyId }, readProducts);
    const products = asked.kind === 'found' ? asked.value : [];
    const region = regionOf(options.endpoint) ?? regionAmong(log.events) ?? options.endpoint.host;
    const leaked = leakTime(leakedAt, now);
    return {
      from: isoTime(span.from) ?? '',
      to: isoTime(span.to) ?? '',
      region,
      complete: log.complete,
      ...summarise(log.events, { from: span.from, leakedAt: leaked, now }),
      ...(isAtLeast(log, span, leaked) ? { sinceLeakAtLeast: true as const } : {}),
      ...(products.length === 0 ? {} : { products: products.map(({ service, last }) => ({ service, last })) }),
      reason: joined(
        reasonOf(log, products, unaskedOf(asked), span, region),
        ...(left === 0 ? [] : [oursInWords(left)]),
      ),
    };
  };

/** Known by their times: anybody may call himself akscan. */
const isNotOurs =
  (probes: readonly ProbeTime[]) =>
  ({ service, action, at }: TrailEvent): boolean =>
    action !== 'GetCallerIdentity' || !isOurs({ service, last: at }, probes);

const oursInWords = (left: number): string =>
  `${left === 1 ? 'A probe' : `${amount(left)} probes`} of akscan's own ${left === 1 ? 'is' : 'are'} left out.`;

/** Whoever commits may write any date: one that is none, or has not come yet, tells nothing. */
const leakTime = (leakedAt: string | null, now: number): number | null => {
  const time = Date.parse(leakedAt ?? '');
  return Number.isNaN(time) || time > now ? null : time;
};

const isAtLeast = (log: EventLog, span: Span, leakedAt: number | null): boolean => {
  if (leakedAt === null) return false;
  return leakedAt < span.from || (!log.complete && (log.wholeSince === null || leakedAt <= log.wholeSince));
};

const unaskedOf = (asked: Outcome<unknown>): readonly string[] => {
  if (asked.kind === 'denied') return [`Your credentials lack ${asked.action}, which tells of other regions.`];
  return asked.kind === 'fault' ? [`Whether it was used in others is not known: ${asked.why}`] : [];
};

const reasonOf = (
  log: EventLog,
  products: readonly Product[],
  unasked: readonly string[],
  span: Span,
  region: string,
): string => {
  // Nothing of it could be read: then what its limits are does not matter.
  const isUnread = log.events.length === 0 && !log.complete && products.length === 0;
  if (isUnread) return [...log.problems, ...unasked].join(' ');
  const { length: probes } = log.events.filter(({ saysAkscan }) => saysAkscan);
  return [
    ...log.problems,
    // https://www.alibabacloud.com/help/en/actiontrail/product-overview/terms: none of operations on the data plane.
    `Only management events of ${region} were read: objects that were read or written in OSS are not among them.`,
    ...unasked,
    ...elsewhere(products, log.events, span, region),
    ...(probes === 0 ? [] : [probesInWords(probes)]),
  ].join(' ');
};

const probesInWords = (probes: number): string =>
  `${probes === 1 ? '1 event names' : `${amount(probes)} events name`} akscan as the sender, as a probe does; anybody can.`;

/** `cn-hangzhou` of `actiontrail.cn-hangzhou.aliyuncs.com`; null for a host that does not tell. */
export const regionOf = ({ hostname }: URL): string | null =>
  /^actiontrail(?:-vpc)?\.([a-z]{2}-[a-z0-9-]+)\.aliyuncs\.com$/.exec(hostname)?.[1] ?? null;

/** The region of most events, for hosts of another name: a private cloud's. */
const regionAmong = (events: readonly TrailEvent[]): string | null => {
  const counts = new Map<string, number>();
  for (const { region } of events) if (region !== null) counts.set(region, (counts.get(region) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
};
