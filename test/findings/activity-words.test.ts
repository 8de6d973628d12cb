import { describe, expect, it } from 'vitest';
import { activityInWords } from '../../src/findings/activity-words.js';
import type { Activity } from '../../src/findings/model.js';
import { id24 } from '../support/keys.js';

const activity = (over: Partial<Activity> = {}): Activity => ({
  from: '2026-01-01T01:00:00Z',
  to: '2026-04-01T00:00:00Z',
  region: 'cn-hangzhou',
  events: 0,
  complete: true,
  failures: 0,
  services: [],
  addresses: [],
  moves: [],
  created: [],
  ...over,
});

const used = {
  events: 1_234,
  first: '2026-02-01T00:00:00Z',
  last: '2026-03-02T00:00:00Z',
  services: [
    { service: 'Oss', events: 1_200, failures: 0, actions: [] },
    { service: 'Ram', events: 34, failures: 2, actions: [] },
  ],
  addresses: [
    { address: '192.0.2.1', events: 1_200, first: '2026-02-01T00:00:00Z', last: '2026-02-28T00:00:00Z' },
    {
      address: '203.0.113.7',
      events: 34,
      first: '2026-03-02T00:00:00Z',
      last: '2026-03-02T00:00:00Z',
      sinceLeak: true as const,
    },
  ],
} satisfies Partial<Activity>;

const move = (action: string, why: string, over: Partial<Activity['moves'][number]> = {}) => ({
  at: '2026-03-02T04:05:06Z',
  action,
  address: '203.0.113.7',
  why,
  ...over,
});

describe('what a key did, in words', () => {
  it('is nothing when it did nothing, and no more than that when it is not known', () => {
    expect(activityInWords(activity())).toEqual(['No management events in cn-hangzhou from 2026-01-01 to 2026-04-01']);
    expect(activityInWords(activity({ complete: false, reason: 'Your credentials lack it.' }))).toEqual([
      'What it did from 2026-01-01 to 2026-04-01 is not known',
      'Your credentials lack it.',
    ]);
  });

  it('is how often, when, for what and from where', () => {
    expect(activityInWords(activity(used))).toEqual([
      '1,234 calls from 2026-02-01 to 2026-03-02: Oss 1,200, Ram 34',
      'From 192.0.2.1, 203.0.113.7',
    ]);
    expect(activityInWords(activity({ ...used, failures: 2, complete: false }))[0]).toBe(
      'At least 1,234 calls from 2026-02-01 to 2026-03-02, 2 of them in vain: Oss 1,200, Ram 34',
    );
    expect(activityInWords(activity({ ...used, events: 1, first: used.last }))[0]).toContain('1 call on 2026-03-02');
  });

  it('is what came since it got out', () => {
    expect(activityInWords(activity({ ...used, sinceLeak: 34 }))[1]).toBe(
      'Since it got out: 34 calls; addresses not seen before: 203.0.113.7',
    );
    expect(activityInWords(activity({ ...used, sinceLeak: 1, sinceLeakAtLeast: true }))[1]).toContain(
      'at least 1 call;',
    );
    const before = used.addresses.slice(0, 1);
    expect(activityInWords(activity({ ...used, sinceLeak: 34, addresses: before }))[1]).toBe(
      'Since it got out: 34 calls; from 192.0.2.1',
    );
    expect(activityInWords(activity({ ...used, sinceLeak: 0, addresses: before }))[1]).toBe(
      'Since it got out: 0 calls',
    );
  });

  it('tells moves by address, looking around in short and what was done in full', () => {
    const moves = [
      move('GetCallerIdentity', 'asks whose the key is, from a new address'),
      move('ListUsers', 'looks at users, from a new address, 3 times', { failed: true }),
      move('CreateUser', 'creates a user'),
      move('StopLogging', 'turns the log off', { failed: true }),
    ];
    expect(activityInWords(activity({ moves }))[1]).toBe(
      'Possibly an attacker, at 203.0.113.7, 2026-03-02 04:05 UTC: ' +
        'looks around (GetCallerIdentity, ListUsers), creates a user, turns the log off (in vain)',
    );
  });

  it('tells first of the address that did most, however much others look around', () => {
    const looks = Array.from({ length: 9 }, (_, index) =>
      move(`List${index}`, 'looks, from a new address', { address: 'b' }),
    );
    const lines = activityInWords(
      activity({
        moves: [
          ...looks,
          move('CreateUser', 'creates a user'),
          move('X', 'y', { address: 'c' }),
          move('X', 'y', { address: null }),
        ],
      }),
    );
    expect(lines[1]).toContain('203.0.113.7');
    expect(lines[2]).toContain('and 2 more');
    expect(lines).toHaveLength(3);
  });

  it('names what was made, keys by their ID', () => {
    const id = id24();
    const at = '2026-03-02T04:05:06Z';
    const created: Activity['created'] = [
      { kind: 'user', name: 'backup', at },
      { kind: 'login', name: 'backup', at },
      { kind: 'access-key', name: 'backup', accessKeyId: id, at },
      { kind: 'access-key', name: 'alice', at },
      { kind: 'attachment', name: 'AdministratorAccess to user backup', at },
      { kind: 'session', name: 'deployer/x', until: '2026-03-02T05:05:06Z', at },
    ];
    expect(activityInWords(activity({ created }))[1]).toBe(
      `Made with it: user backup, password of backup, AccessKey ${id} of backup, AccessKey of alice, ` +
        'rights: AdministratorAccess to user backup, session deployer/x until 2026-03-02 05:05 UTC',
    );
  });

  it('is six lines at most, and short ones', () => {
    const many = <T>(make: (index: number) => T): T[] => Array.from({ length: 100 }, (_, index) => make(index));
    const lines = activityInWords(
      activity({
        ...used,
        sinceLeak: 5,
        services: many((index) => ({ service: `S${index}`, events: 1, failures: 0, actions: [] })),
        addresses: many((index) => ({ address: `a${index}`, events: 1, first: '', last: '', sinceLeak: true })),
        moves: many((index) => move(`A${index}`, `does ${index}`, { address: `a${index % 9}` })),
        created: many((index) => ({ kind: 'user', name: `u${index}`, at: '' })),
        reason: 'Only the events of cn-hangzhou were read.',
      }),
    );
    expect(lines).toHaveLength(6);
    for (const line of lines) expect(line.length).toBeLessThan(250);
  });
});
