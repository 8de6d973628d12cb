// Events as ActionTrail writes them, and a stand-in for asking it that keeps what it was asked.

import { randomBytes } from 'node:crypto';
import { readEvent, type TrailEvent } from '../../src/cloud/activity/events.js';
import type { Ask, Outcome, Query } from '../../src/cloud/ask.js';
import type { Body } from '../../src/cloud/body.js';
import { signV3 } from '../../src/cloud/sign.js';

export const EVERY_TIME = { from: 0, to: Date.parse('2100-01-01T00:00:00Z') };

let count = 0;

/** @param at ISO 8601 */
export const rawEvent = (at: string, call: string, over: Readonly<Record<string, unknown>> = {}): Body => {
  const [serviceName, eventName] = call.split(':');
  count += 1;
  return {
    eventId: `E-${count}`,
    eventName,
    serviceName,
    eventTime: at,
    eventType: 'ApiCall',
    eventVersion: '1',
    acsRegion: 'cn-hangzhou',
    sourceIpAddress: '192.0.2.1',
    userAgent: 'AlibabaCloud (linux; x64) Python/3.12 Core/2.15',
    userIdentity: { type: 'ram-user', accountId: '1234567890123456', userName: 'alice', accessKeyId: 'the-key' },
    ...over,
  };
};

/** Read as of the key `the-key`. */
export const trailEvent = (at: string, call: string, over: Readonly<Record<string, unknown>> = {}): TrailEvent => {
  const event = readEvent(rawEvent(at, call, over), 'the-key', EVERY_TIME);
  if (event === null) throw new Error('no event');
  return event;
};

type Reply = Body | Exclude<Outcome<never>, { kind: 'found' }>;

/** Answers each question with what `reply` says: an answer's body, or an outcome without one. */
export const askingOf = (
  reply: (name: string, query: Query) => Reply,
): { readonly ask: Ask; readonly asked: { readonly name: string; readonly query: Query }[] } => {
  const asked: { name: string; query: Query }[] = [];
  const ask: Ask = async (name, query, read) => {
    asked.push({ name, query });
    const body = reply(name, query);
    if (isOutcome(body)) return body;
    const reading = read(body);
    if (reading === 'malformed') return { kind: 'fault', why: 'A shape that is not its own.' };
    return reading === 'none' ? { kind: 'none' } : { kind: 'found', value: reading.value };
  };
  return { ask, asked };
};

const isOutcome = (reply: Reply): reply is Exclude<Reply, Body> => typeof reply['kind' as keyof Reply] === 'string';

/** LookupEvents over these events: whole seconds, tokens that are positions. */
export const trailOf =
  (events: readonly Body[]) =>
  (_: string, query: Query): Body => {
    const [from, to] = [query['StartTime'] ?? '', query['EndTime'] ?? ''];
    const matching = events
      .filter(({ eventTime }) => String(eventTime) >= from && String(eventTime) <= to)
      .sort((a, b) => (String(a['eventTime']) < String(b['eventTime']) ? 1 : -1));
    if (query['Direction'] === 'FORWARD') matching.reverse();
    const start = Number(query['NextToken'] ?? '0');
    const end = start + Number(query['MaxResults']);
    return {
      RequestId: 'R',
      Events: matching.slice(start, end),
      ...(end < matching.length ? { NextToken: String(end) } : {}),
    };
  };

/** Asks over the wire, signed with this key: the least that answers a question. */
export const askOverWire =
  (url: string, { id, secret }: { readonly id: string; readonly secret: string }): Ask =>
  async (name, query, read) => {
    const { host } = new URL(url);
    const { headers, query: signed } = signV3(
      {
        host,
        action: name.slice(name.indexOf(':') + 1),
        version: '2020-07-06',
        query,
        date: new Date(),
        nonce: randomBytes(16).toString('hex'),
      },
      { accessKeyId: id, secret, token: null },
    );
    const { host: _, ...sent } = headers;
    const response = await fetch(`${url}/?${signed}`, { method: 'POST', headers: sent });
    const body = (await response.json()) as Body;
    if (response.status === 403) return { kind: 'denied', action: name };
    if (!response.ok) return { kind: 'fault', why: `${body['Code']}` };
    const reading = read(body);
    return typeof reading === 'string' ? { kind: 'fault', why: reading } : { kind: 'found', value: reading.value };
  };
