import { describe, expect, it } from 'vitest';
import { readEvent, readEventPage } from '../../../src/cloud/activity/events.js';
import { id24, secret30 } from '../../support/keys.js';
import { EVERY_TIME, rawEvent, trailEvent } from '../../support/trail.js';

const AT = '2026-03-04T05:06:07Z';

describe('an event', () => {
  it('is read as ActionTrail writes it', () => {
    expect(trailEvent(AT, 'Ram:ListUsers', { eventId: 'X' })).toEqual({
      id: 'X',
      time: Date.parse(AT),
      at: AT,
      service: 'Ram',
      action: 'ListUsers',
      address: '192.0.2.1',
      region: 'cn-hangzhou',
      outcome: 'done',
      saysAkscan: false,
      made: [],
    });
  });

  it.each([
    ['', 'done'],
    [undefined, 'done'],
    [null, 'done'],
    ['NoPermission', 'denied'],
    ['Forbidden.RAM', 'denied'],
    ['AccessDenied', 'denied'],
    ['EntityAlreadyExists.User', 'failed'],
    ['InvalidAccessKeyId.Inactive', 'failed'],
    ['ForbiddenFruit', 'failed'],
    [{}, 'failed'],
  ])('with the error %j is %s', (errorCode, outcome) => {
    expect(trailEvent(AT, 'Ram:ListUsers', { errorCode }).outcome).toBe(outcome);
  });

  it.each([
    ['no object', 'text'],
    ['null', null],
    ['a list', []],
    ['one without a time', rawEvent('', 'Ram:ListUsers')],
    ['one with a time that is none', rawEvent('yesterday', 'Ram:ListUsers')],
    ['one without a service', rawEvent(AT, 'Ram:ListUsers', { serviceName: undefined })],
    ['one whose action moves the cursor', rawEvent(AT, 'Ram:ListUsers', { eventName: 'List\u001b[2JUsers' })],
    ['one whose action is a novel', rawEvent(AT, 'Ram:ListUsers', { eventName: 'x'.repeat(10_000) })],
    ['one of another key', rawEvent(AT, 'Ram:ListUsers', { userIdentity: { accessKeyId: 'another-key' } })],
    ['one of another time', rawEvent('2200-01-01T00:00:00Z', 'Ram:ListUsers')],
  ])('is not read from %s', (_, item) => {
    expect(readEvent(item, 'the-key', EVERY_TIME)).toBeNull();
  });

  it.each([
    ['no ID', {}],
    ['an ID with stars', { accessKeyId: 'the-k**' }],
    ['its identity as JSON text', JSON.stringify({ accessKeyId: 'the-key' })],
    ['JSON text that is none', '{'],
  ])('with %s is taken for what was asked', (_, userIdentity) => {
    expect(readEvent(rawEvent(AT, 'Ram:ListUsers', { userIdentity }), 'the-key', EVERY_TIME)).not.toBeNull();
  });

  it('tells a sender that calls itself akscan, alone or at the end of an SDK’s name', () => {
    const says = (userAgent: unknown) => trailEvent(AT, 'Sts:GetCallerIdentity', { userAgent }).saysAkscan;
    expect(says('akscan')).toBe(true);
    expect(says('AlibabaCloud (linux; x64) Node.js/v20 Core/1.0.1 TeaDSL/2 akscan')).toBe(true);
    expect(says('notakscan')).toBe(false);
    expect(says('akscan-like')).toBe(false);
    expect(says(undefined)).toBe(false);
  });

  it('keeps nothing of its parameters and answers but names', () => {
    const [id, secret, password] = [id24(), secret30(), 'correct horse battery staple'];
    const event = trailEvent(AT, 'Ims:CreateAccessKey', {
      requestParameters: { UserPrincipalName: 'bob@company.onaliyun.com', Password: password, Comments: secret },
      responseElements: { AccessKey: { AccessKeyId: id, AccessKeySecret: secret, Status: 'Active' } },
      errorMessage: secret,
      additionalEventData: { secret },
    });
    expect(event.made).toEqual([{ kind: 'access-key', name: 'bob', accessKeyId: id }]);
    expect(JSON.stringify(event)).not.toContain(secret);
    expect(JSON.stringify(event)).not.toContain(password);
  });

  it('made nothing when the call failed', () => {
    const made = (errorCode: string) =>
      trailEvent(AT, 'Ram:CreateUser', { errorCode, requestParameters: { UserName: 'eve' } }).made;
    expect(made('')).toEqual([{ kind: 'user', name: 'eve' }]);
    expect(made('EntityAlreadyExists.User')).toEqual([]);
  });
});

describe('a page of events', () => {
  const read = readEventPage('the-key', EVERY_TIME);

  it('counts what it leaves out', () => {
    const reading = read({ Events: [rawEvent(AT, 'Ram:ListUsers'), null, {}, 'x'], NextToken: 'more' });
    expect(reading).toMatchObject({ value: { events: [{ action: 'ListUsers' }], skipped: 3, next: 'more' } });
  });

  it('takes tokens longer than a name, and the last page without one', () => {
    const token = 'e'.repeat(1_000);
    expect(read({ Events: [], NextToken: token })).toMatchObject({ value: { next: token } });
    for (const none of [undefined, null, '']) {
      expect(read({ Events: [], NextToken: none })).toEqual({ value: { events: [], skipped: 0, next: null } });
    }
  });

  it.each([
    [{}],
    [{ Events: null }],
    [{ Events: { Event: [] } }],
    [{ Events: [], NextToken: 7 }],
    [{ Events: [], NextToken: 'a\r\nb' }],
    [{ Events: [], NextToken: 'x'.repeat(5_000) }],
  ])('is not %j', (body) => {
    expect(read(body)).toBe('malformed');
  });
});
