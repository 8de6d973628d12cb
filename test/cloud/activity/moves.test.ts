import { describe, expect, it } from 'vitest';
import type { TrailEvent } from '../../../src/cloud/activity/events.js';
import { movesOf } from '../../../src/cloud/activity/moves.js';
import { trailEvent } from '../../support/trail.js';

const HOME = { sourceIpAddress: '192.0.2.1' };
const AWAY = { sourceIpAddress: '203.0.113.7' };
const LEAKED = '2026-03-01T00:00:00Z';
const leakedAt = Date.parse(LEAKED);

/** Weeks of the owner's own work before it got out. */
const routine = [
  trailEvent('2026-02-01T00:00:00Z', 'Ecs:RunInstances', HOME),
  trailEvent('2026-02-02T00:00:00Z', 'Sts:GetCallerIdentity', HOME),
  trailEvent('2026-02-03T00:00:00Z', 'Ram:CreateUser', HOME),
];

const moves = (events: readonly TrailEvent[], leaked: number | null) => movesOf(events, leaked, 60).moves;

describe('moves', () => {
  it('are what an attacker does first, from an address that the owner never used', () => {
    const attack = [
      trailEvent('2026-03-02T00:00:00Z', 'Sts:GetCallerIdentity', AWAY),
      trailEvent('2026-03-02T00:01:00Z', 'Ram:ListUsers', { ...AWAY, errorCode: 'NoPermission' }),
      trailEvent('2026-03-02T00:02:00Z', 'Ims:CreateAccessKey', AWAY),
    ];
    expect(moves([...routine, ...attack], leakedAt)).toEqual([
      {
        at: '2026-03-02T00:00:00Z',
        action: 'GetCallerIdentity',
        address: '203.0.113.7',
        why: 'asks whose the key is, from a new address',
      },
      {
        at: '2026-03-02T00:01:00Z',
        action: 'ListUsers',
        address: '203.0.113.7',
        why: 'looks at users, from a new address',
        failed: true,
      },
      {
        at: '2026-03-02T00:02:00Z',
        action: 'CreateAccessKey',
        address: '203.0.113.7',
        why: 'creates an AccessKey',
      },
    ]);
  });

  it('are none of what was done before it got out, and none of the routine after', () => {
    const later = [
      trailEvent('2026-03-02T00:00:00Z', 'Ecs:RunInstances', HOME),
      trailEvent('2026-03-02T00:00:01Z', 'Sts:GetCallerIdentity', HOME),
      trailEvent('2026-03-02T00:00:02Z', 'Oss:PutObject', AWAY),
    ];
    expect(moves([...routine, ...later], leakedAt)).toEqual([]);
  });

  it('say of the gravest that they are nothing new', () => {
    const later = trailEvent('2026-03-02T00:00:00Z', 'Ram:CreateUser', HOME);
    expect(moves([...routine, later], leakedAt)).toMatchObject([
      { action: 'CreateUser', why: 'creates a user, as it did before it got out' },
    ]);
  });

  it('are what many programs do when this key never did it, or not from there', () => {
    const why = (call: string, from: Readonly<Record<string, string>>) =>
      moves([...routine, trailEvent('2026-03-02T00:00:00Z', call, from)], leakedAt).map((move) => move.why);
    expect(why('Ecs:RunInstances', HOME)).toEqual([]);
    expect(why('Ecs:RunInstances', AWAY)).toEqual(['starts machines']);
    expect(why('Ecs:RunCommand', HOME)).toEqual(['runs commands on machines']);
  });

  it('compare with the first half of the time when nobody knows when it got out', () => {
    const events = [
      trailEvent('2026-02-01T00:00:00Z', 'Sts:GetCallerIdentity', HOME),
      // Many at the end do not move the middle.
      ...Array.from({ length: 50 }, (_, second) =>
        trailEvent(`2026-03-01T00:00:${String(second).padStart(2, '0')}Z`, 'Oss:ListBuckets', AWAY),
      ),
      trailEvent('2026-03-01T00:01:00Z', 'Sts:GetCallerIdentity', HOME),
    ];
    expect(moves(events, null)).toMatchObject([
      { action: 'ListBuckets', why: 'lists buckets, from a new address, 50 times' },
    ]);
  });

  it('compare with the first half, too, when it got out before everything that was read', () => {
    const events = [
      trailEvent('2026-03-02T00:00:00Z', 'Sts:GetCallerIdentity', HOME),
      trailEvent('2026-03-09T00:00:00Z', 'Sts:GetCallerIdentity', AWAY),
    ];
    expect(moves(events, leakedAt)).toMatchObject([{ address: '203.0.113.7' }]);
  });

  it('are none in a single look, which nothing can be compared with', () => {
    expect(moves([trailEvent('2026-03-02T00:00:00Z', 'Sts:GetCallerIdentity', AWAY)], null)).toEqual([]);
    expect(moves([], null)).toEqual([]);
  });

  it('excuse a probe by its sender’s name, and nothing graver', () => {
    const akscan = { ...AWAY, userAgent: 'akscan' };
    const later = [
      trailEvent('2026-03-02T00:00:00Z', 'Sts:GetCallerIdentity', akscan),
      trailEvent('2026-03-02T00:00:01Z', 'Oss:ListBuckets', akscan),
      trailEvent('2026-03-02T00:00:02Z', 'Ram:CreateUser', akscan),
    ];
    expect(moves([...routine, ...later], leakedAt).map(({ action }) => action)).toEqual(['ListBuckets', 'CreateUser']);
  });

  it('know the console’s spelling of services', () => {
    const why = (call: string) => moves([trailEvent('2026-03-02T00:00:00Z', call, AWAY)], leakedAt)[0]?.why;
    expect(why('Ims:CreateUser')).toBe('creates a user');
    expect(why('ActionTrail:StopLogging')).toBe('turns the log off');
    expect(why('Actiontrail:StopLogging')).toBe('turns the log off');
    expect(why('Dms:CreateUser')).toBeUndefined();
    expect(why('constructor:toString')).toBeUndefined();
  });

  it('tell somebody who tries what the key may do', () => {
    const denied = ['Ecs:DescribeVpcs', 'Rds:DescribeRegions', 'Slb:DescribeLoadBalancers', 'Cdn:DescribeUserDomains'];
    const events = (pause: number) =>
      denied.map((call, index) =>
        trailEvent(new Date(leakedAt + 60_000 * (1 + pause * index)).toISOString(), call, {
          ...AWAY,
          errorCode: 'Forbidden.RAM',
        }),
      );
    expect(moves([...routine, ...events(1)], leakedAt)).toEqual([
      {
        at: '2026-03-01T00:01:00Z',
        action: 'DescribeVpcs',
        address: '203.0.113.7',
        why: 'tries what it may do: 4 different actions denied in a row',
        failed: true,
      },
    ]);
    expect(moves([...routine, ...events(60)], leakedAt)).toEqual([]);
    expect(moves([...routine, ...events(1).slice(1)], leakedAt)).toEqual([]);
  });

  it('are the gravest when there are more than are listed', () => {
    const at = (second: number) => new Date(leakedAt + 1_000 * second).toISOString();
    const from = (index: number) => ({ sourceIpAddress: `198.51.100.${index}` });
    const looks = Array.from({ length: 100 }, (_, index) => trailEvent(at(index), 'Ram:ListUsers', from(index)));
    const tries = Array.from({ length: 20 }, (_, index) =>
      trailEvent(at(200 + index), 'Ram:CreateUser', { ...from(index), errorCode: 'NoPermission' }),
    );
    const done = trailEvent(at(300), 'Ram:CreateUser', AWAY);
    const listed = movesOf([...routine, ...looks, ...tries, done], leakedAt, 10);
    expect(listed.leftOut).toBe(111);
    expect(listed.moves.map(({ action }) => action)).toEqual(Array(10).fill('CreateUser'));
    expect(listed.moves.filter(({ failed }) => failed !== true)).toHaveLength(1);
    expect(movesOf([...routine, ...looks, done], leakedAt, 10).moves.at(-1)).toMatchObject({ action: 'CreateUser' });
  });

  it('are no gropings when one call is denied again and again', () => {
    const events = Array.from({ length: 60 }, (_, second) =>
      trailEvent(`2026-03-02T00:00:${String(second).padStart(2, '0')}Z`, 'Oss:PutObject', {
        ...AWAY,
        errorCode: 'AccessDenied',
      }),
    );
    expect(moves([...routine, ...events], leakedAt)).toEqual([]);
  });
});
