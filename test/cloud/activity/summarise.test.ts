import { describe, expect, it } from 'vitest';
import { summarise } from '../../../src/cloud/activity/summarise.js';
import { trailEvent } from '../../support/trail.js';

const FROM = Date.parse('2026-01-01T00:00:00Z');
const NOW = Date.parse('2026-04-01T00:00:00Z');
const times = (leakedAt: string | null) => ({
  from: FROM,
  now: NOW,
  leakedAt: leakedAt === null ? null : Date.parse(leakedAt),
});

describe('a summary', () => {
  it('of nothing is empty', () => {
    expect(summarise([], times(null))).toEqual({
      events: 0,
      failures: 0,
      services: [],
      addresses: [],
      moves: [],
      created: [],
    });
  });

  const events = [
    trailEvent('2026-02-01T00:00:00Z', 'Oss:PutObject'),
    trailEvent('2026-02-02T00:00:00Z', 'Oss:PutObject', { errorCode: 'AccessDenied' }),
    trailEvent('2026-02-03T00:00:00Z', 'Oss:GetObject', { sourceIpAddress: '203.0.113.7' }),
    trailEvent('2026-02-04T00:00:00Z', 'Ecs:DescribeDisks', { sourceIpAddress: undefined, errorCode: 'X' }),
  ];

  it('counts services and actions, most events first, and the failures among them', () => {
    expect(summarise(events, times(null))).toMatchObject({
      events: 4,
      failures: 2,
      first: '2026-02-01T00:00:00Z',
      last: '2026-02-04T00:00:00Z',
      services: [
        {
          service: 'Oss',
          events: 3,
          failures: 1,
          actions: [
            { action: 'PutObject', events: 2, failures: 1 },
            { action: 'GetObject', events: 1, failures: 0 },
          ],
        },
        { service: 'Ecs', events: 1, failures: 1, actions: [{ action: 'DescribeDisks', events: 1, failures: 1 }] },
      ],
    });
  });

  it('says from where and when, and what is new since it got out', () => {
    const { addresses, sinceLeak } = summarise(events, times('2026-02-03T00:00:00Z'));
    expect(sinceLeak).toBe(2);
    expect(addresses).toEqual([
      { address: '192.0.2.1', events: 2, first: '2026-02-01T00:00:00Z', last: '2026-02-02T00:00:00Z' },
      {
        address: '203.0.113.7',
        events: 1,
        first: '2026-02-03T00:00:00Z',
        last: '2026-02-03T00:00:00Z',
        sinceLeak: true,
      },
    ]);
  });

  it('calls no address new when it is not known what there was before', () => {
    for (const leakedAt of [null, '2025-12-31T00:00:00Z']) {
      const { addresses } = summarise(events, times(leakedAt));
      expect(addresses.filter((address) => address.sinceLeak === true)).toEqual([]);
    }
  });

  it('lists what was made, oldest first', () => {
    const made = [
      trailEvent('2026-02-01T00:00:00Z', 'Ram:CreateUser', { requestParameters: { UserName: 'eve' } }),
      trailEvent('2026-02-02T00:00:00Z', 'Ram:CreateLoginProfile', { requestParameters: { UserName: 'eve' } }),
    ];
    expect(summarise(made, times(null)).created).toEqual([
      { kind: 'user', name: 'eve', at: '2026-02-01T00:00:00Z' },
      { kind: 'login', name: 'eve', at: '2026-02-02T00:00:00Z' },
    ]);
  });

  it('lists sessions that still run, of one name the last alone', () => {
    const session = (at: string, Expiration?: string) =>
      trailEvent(at, 'Sts:AssumeRole', {
        requestParameters: { RoleArn: 'acs:ram::1234567890123456:role/r', RoleSessionName: 's' },
        responseElements: { Credentials: { Expiration } },
      });
    const created = (...of: readonly ReturnType<typeof session>[]) => summarise(of, times(null)).created;
    expect(created(session('2026-03-31T20:00:00Z', '2026-03-31T21:00:00Z'))).toEqual([]);
    expect(created(session('2026-03-31T11:00:00Z'))).toEqual([]);
    expect(created(session('2026-03-31T13:00:00Z'))).toMatchObject([{ name: 'r/s' }]);
    expect(
      created(
        session('2026-03-31T23:00:00Z', '2026-04-01T00:30:00Z'),
        session('2026-03-31T23:30:00Z', '2026-04-01T01:00:00Z'),
      ),
    ).toEqual([{ kind: 'session', name: 'r/s', at: '2026-03-31T23:30:00Z', until: '2026-04-01T01:00:00Z' }]);
  });

  it('is small whatever the events are, and counts what is not listed', () => {
    const many = Array.from({ length: 2_000 }, (_, index) =>
      trailEvent(new Date(FROM + index * 1_000).toISOString(), `Service${index % 500}:Action${index}`, {
        sourceIpAddress: `address-${index}-${'x'.repeat(200)}`,
      }),
    );
    const users = Array.from({ length: 500 }, (_, index) =>
      trailEvent('2026-03-01T00:00:00Z', 'Ram:CreateUser', {
        requestParameters: { UserName: `u${index}` },
        sourceIpAddress: `other-${index}`,
      }),
    );
    const summary = summarise([...many, ...users], times(null));
    expect(JSON.stringify(summary).length).toBeLessThan(100_000);
    const { services, addresses, moves, created } = summary;
    // 501 services, 4 actions each but for one; 2,500 addresses; 500 moves; 500 users.
    expect(summary.leftOut).toBe(
      501 - services.length + (2_500 - addresses.length) + (500 - moves.length) + (500 - created.length),
    );
  });

  it('lists what tells most when there is too much', () => {
    const own = Array.from({ length: 200 }, (_, index) => [
      trailEvent('2026-02-01T00:00:00Z', 'Oss:PutBucket', { sourceIpAddress: `own-${index}` }),
      trailEvent('2026-02-01T00:00:01Z', 'Ecs:RunInstances', {
        sourceIpAddress: `own-${index}`,
        responseElements: { InstanceIdSets: { InstanceIdSet: [`i-${index}`] } },
      }),
    ]).flat();
    const other = trailEvent('2026-03-01T00:00:00Z', 'Ram:CreateUser', {
      sourceIpAddress: '203.0.113.7',
      requestParameters: { UserName: 'eve' },
    });
    const { addresses, created } = summarise([...own, other], times('2026-02-15T00:00:00Z'));
    expect(addresses.at(-1)).toMatchObject({ address: '203.0.113.7' });
    expect(created.at(-1)).toMatchObject({ name: 'eve' });
  });
});
