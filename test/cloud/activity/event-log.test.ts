import { describe, expect, it } from 'vitest';
import { readEventLog } from '../../../src/cloud/activity/event-log.js';
import type { Ask } from '../../../src/cloud/ask.js';
import type { Body } from '../../../src/cloud/body.js';
import { askingOf, rawEvent, trailOf } from '../../support/trail.js';

const FROM = '2026-01-01T00:00:00Z';
const TO = '2026-03-31T23:00:00Z';
const SECOND = 1_000;

/** One a minute from `FROM` on. */
const some = (count: number): readonly Body[] =>
  Array.from({ length: count }, (_, minute) =>
    rawEvent(`${new Date(Date.parse(FROM) + 60_000 * minute).toISOString().slice(0, 19)}Z`, 'Oss:PutObject'),
  );

const read = (ask: Ask, maxEvents = 2_000, signal = new AbortController().signal) =>
  readEventLog(ask, 'the-key', { span: { from: Date.parse(FROM), to: Date.parse(TO) }, maxEvents, signal });

describe('the log of a key', () => {
  it('asks for the whole time on every page: without it, only a week is searched', async () => {
    const { ask, asked } = askingOf(trailOf(some(120)));
    const log = await read(ask);
    expect(log).toMatchObject({ complete: true, wholeSince: null, problems: [] });
    expect(log.events).toHaveLength(120);
    const query = {
      'LookupAttribute.1.Key': 'EventAccessKeyId',
      'LookupAttribute.1.Value': 'the-key',
      StartTime: FROM,
      EndTime: TO,
      MaxResults: '50',
      Direction: 'BACKWARD',
    };
    expect(asked).toEqual(
      [query, { ...query, NextToken: '50' }, { ...query, NextToken: '100' }].map((each) => ({
        name: 'actiontrail:LookupEvents',
        query: each,
      })),
    );
  });

  it('is in the order of time', async () => {
    const times = (await read(askingOf(trailOf(some(120))).ask)).events.map(({ time }) => time);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('is bounded, newest first, with the oldest page', async () => {
    const { ask, asked } = askingOf(trailOf(some(1_000)));
    const log = await read(ask, 200);
    expect(asked.map(({ query }) => query['Direction'])).toEqual([...Array(4).fill('BACKWARD'), 'FORWARD']);
    expect(log.events).toHaveLength(250);
    expect(log.events[0]?.at).toBe(FROM);
    expect(log).toMatchObject({
      complete: false,
      wholeSince: Date.parse(FROM) + 800 * 60 * SECOND,
      problems: ['It has more events than were read: the newest 200 and the oldest 50.'],
    });
  });

  it('is complete when there are as many as are wanted and no more', async () => {
    expect(await read(askingOf(trailOf(some(200))).ask, 200)).toMatchObject({ complete: true, problems: [] });
    expect((await read(askingOf(trailOf(some(201))).ask, 200)).events).toHaveLength(201);
  });

  it('takes no more than it wants of a page that is larger than was asked for', async () => {
    const log = await read(askingOf(() => ({ Events: some(5_000) })).ask, 100);
    expect(log.events.length).toBeLessThanOrEqual(150);
    expect(log.complete).toBe(false);
  });

  it('ends at pages that repeat, by their token or by their events', async () => {
    const page = some(50);
    const sameToken = askingOf(() => ({ Events: some(1), NextToken: 'again' }));
    const sameEvents = askingOf((_, { NextToken }) => ({ Events: page, NextToken: `${NextToken ?? ''}x` }));
    for (const { ask, asked } of [sameToken, sameEvents]) {
      const log = await read(ask);
      expect(log).toMatchObject({ complete: false, problems: ['ActionTrail gave the same page twice.'] });
      expect(asked).toHaveLength(2);
    }
  });

  it('ends at empty pages that go on for ever', async () => {
    const { ask, asked } = askingOf((_, { NextToken }) => ({ Events: [], NextToken: `${NextToken ?? ''}x` }));
    expect(await read(ask)).toMatchObject({ events: [], complete: false });
    expect(asked.length).toBeLessThan(100);
  });

  it('goes on behind an empty page', async () => {
    const pages: Readonly<Record<string, Body>> = {
      '': { Events: [], NextToken: 'a' },
      a: { Events: some(1), NextToken: 'b' },
      b: { Events: [] },
    };
    const log = await read(askingOf((_, { NextToken }) => pages[NextToken ?? ''] ?? {}).ask);
    expect(log).toMatchObject({ complete: true, events: [{ action: 'PutObject' }] });
  });

  it('counts an event once', async () => {
    const [event] = some(1);
    const reply = (_: string, { NextToken }: Readonly<Record<string, string>>): Body =>
      NextToken === undefined ? { Events: [event], NextToken: 'a' } : { Events: [event, ...some(1)] };
    expect((await read(askingOf(reply).ask)).events).toHaveLength(2);
  });

  it('counts what is no event, and does not end of it', async () => {
    const log = await read(askingOf(() => ({ Events: [null, {}, ...some(1)] })).ask);
    expect(log.events).toHaveLength(1);
    expect(log).toMatchObject({ complete: false, problems: ['2 entries were no events of this key.'] });
  });

  it('names the action that is missing', async () => {
    const { ask, asked } = askingOf(() => ({ kind: 'denied', action: 'actiontrail:LookupEvents' }));
    expect(await read(ask)).toEqual({
      events: [],
      complete: false,
      wholeSince: Date.parse(TO),
      problems: ['Your credentials lack actiontrail:LookupEvents.'],
    });
    expect(asked).toHaveLength(1);
  });

  it('keeps what it has when the rest fails', async () => {
    const trail = trailOf(some(120));
    const { ask } = askingOf((name, query) =>
      query['NextToken'] === undefined && query['MaxResults'] === '50'
        ? trail(name, query)
        : { kind: 'fault', why: 'It is away.' },
    );
    const log = await read(ask);
    expect(log.events).toHaveLength(50);
    expect(log).toMatchObject({ complete: false, problems: ['It is away.'] });
  });

  it('asks for smaller pages when one is too large to be answered', async () => {
    const trail = trailOf(some(70));
    // From the 20th of the newest on, events carry half a megabyte each.
    const { ask } = askingOf((name, query) => {
      const page = trail(name, query);
      const heavy = (page['Events'] as readonly Body[]).filter(
        ({ eventTime }) => Date.parse(String(eventTime)) < Date.parse(FROM) + 20 * 60 * SECOND,
      );
      return heavy.length > 10 ? { kind: 'fault', why: 'It answered with more than 1 MiB.' } : page;
    });
    const log = await read(ask);
    expect(log).toMatchObject({ complete: true, problems: [] });
    expect(log.events).toHaveLength(70);
  });

  it('does not ask on behalf of a key under leak protection again', async () => {
    const { ask, asked } = askingOf(() => ({ kind: 'fault', why: 'It is restricted.', restricted: true }));
    await read(ask);
    expect(asked).toHaveLength(1);
  });

  it('ends with the run', async () => {
    const ending = new AbortController();
    const trail = trailOf(some(500));
    const { ask, asked } = askingOf((name, query) => {
      if (query['NextToken'] === '100') ending.abort(new Error('stopped'));
      return trail(name, query);
    });
    await expect(read(ask, 2_000, ending.signal)).rejects.toThrow('stopped');
    expect(asked).toHaveLength(3);
  });
});
