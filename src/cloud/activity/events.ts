// One event of ActionTrail, read. Events hold what strangers sent to APIs, so everything in one is hostile: what is not
// understood is counted and left out, and of its parameters and answers only a few names survive (created.ts).
// https://www.alibabacloud.com/help/en/actiontrail/product-overview/management-event-structure

import { type Body, isoTime, type Reading, record, text } from '../body.js';
import { type Made, madeBy } from './created.js';

export interface TrailEvent {
  readonly id: string | null;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** The same in ISO 8601, whole seconds. */
  readonly at: string;
  /** As ActionTrail writes it: `Ram`, `Ecs`. */
  readonly service: string;
  readonly action: string;
  /** An address, or the name of a service of Alibaba Cloud's own that made the call. */
  readonly address: string | null;
  /** Where it happened: `cn-hangzhou`. */
  readonly region: string | null;
  readonly outcome: 'done' | 'denied' | 'failed';
  /** Whether the sender calls itself akscan. Anybody may. */
  readonly saysAkscan: boolean;
  /** Empty when the call failed. */
  readonly made: readonly Made[];
}

export interface EventPage {
  readonly events: readonly TrailEvent[];
  /** Entries that are no events of this key. */
  readonly skipped: number;
  /** Null on the last page. */
  readonly next: string | null;
}

/** Milliseconds since 1970, both ends included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Tokens hold some hundred characters, too many for a name. */
const TOKEN = /^[\x21-\x7e]{1,4096}$/;

export const readEventPage =
  (accessKeyId: string, span: Span) =>
  (body: Body): Reading<EventPage> => {
    const listed = body['Events'];
    if (!Array.isArray(listed)) return 'malformed';
    const token = body['NextToken'];
    const isLast = token === undefined || token === null || token === '';
    if (!isLast && !(typeof token === 'string' && TOKEN.test(token))) return 'malformed';
    const events = listed.map((item) => readEvent(item, accessKeyId, span)).filter((event) => event !== null);
    return { value: { events, skipped: listed.length - events.length, next: isLast ? null : token } };
  };

/** @returns null for what is no event, one of another key, or one of another time than was asked for */
export const readEvent = (item: unknown, accessKeyId: string, span: Span): TrailEvent | null => {
  const event = unpacked(item);
  const identity = unpacked(event['userIdentity']);
  const service = text(event['serviceName']);
  const action = text(event['eventName']);
  const time = Date.parse(text(event['eventTime']) ?? '');
  const at = isoTime(time);
  if (service === null || action === null || at === null || time < span.from || time > span.to) return null;
  const signedBy = identity['accessKeyId'];
  // Some products leave the ID out, and some write stars: then the question itself vouches for it.
  if (typeof signedBy === 'string' && signedBy !== '' && !signedBy.includes('*') && signedBy !== accessKeyId)
    return null;
  const outcome = outcomeOf(event['errorCode']);
  return {
    id: text(event['eventId']),
    time,
    at,
    service,
    action,
    address: text(event['sourceIpAddress']),
    region: regionIn(event),
    outcome,
    saysAkscan: /(?:^|\s)akscan(?:\/\S+)?$/.test(text(event['userAgent']) ?? ''),
    made: outcome === 'done' ? madeBy(service, action, sourcesOf(event, identity)) : [],
  };
};

/** `cn-hangzhou`, of an event. */
export const regionIn = (event: Body): string | null => {
  const region = text(event['acsRegion']);
  return region !== null && /^[a-z]{2}-[a-z0-9-]{2,40}$/.test(region) ? region : null;
};

const sourcesOf = (event: Body, identity: Body) => ({
  request: unpacked(event['requestParameters'] ?? event['requestParameterJson']),
  response: unpacked(event['responseElements']),
  caller: text(identity['userName']),
});

/** Members that products write as an object or as its JSON text. */
export const unpacked = (value: unknown): Body => {
  if (typeof value !== 'string') return record(value);
  try {
    return record(JSON.parse(value));
  } catch {
    return {};
  }
};

/** Codes of a call that was understood and refused for want of a permission. */
const DENIED = /^(?:NoPermission|Forbidden|AccessDenied|Unauthorized|NotAuthorized|UnauthorizedOperation)(?:\.|$)/i;

const outcomeOf = (code: unknown): TrailEvent['outcome'] => {
  if (code === undefined || code === null || code === '') return 'done';
  return typeof code === 'string' && DENIED.test(code) ? 'denied' : 'failed';
};
