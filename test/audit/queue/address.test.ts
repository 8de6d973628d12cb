import { describe, expect, it } from 'vitest';
import { queueAddressOf } from '../../../src/audit/queue/address.js';

const PASSWORD = ['open', 'sesame'].join('-');

describe('the address of a queue', () => {
  it('is what was typed, its password what the environment has', () => {
    expect(queueAddressOf('redis://queue.example', { REDIS_PASSWORD: PASSWORD })).toEqual({
      host: 'queue.example',
      port: 6379,
      username: null,
      password: PASSWORD,
      database: 0,
      encrypted: false,
      shown: 'queue.example:6379',
    });
  });

  it('is the environment’s where none was typed, password and all', () => {
    const env = { AKSCAN_QUEUE_URL: `rediss://alice:${PASSWORD}%21@[::1]:7000/3`, REDIS_PASSWORD: 'another' };
    expect(queueAddressOf(null, env)).toEqual({
      host: '::1',
      port: 7000,
      username: 'alice',
      password: `${PASSWORD}!`,
      database: 3,
      encrypted: true,
      shown: '[::1]:7000/3',
    });
  });

  it('holds no password when it is typed, and the refusal does not say it again', () => {
    const typed = `redis://:${PASSWORD}@queue.example`;
    expect(() => queueAddressOf(typed, {})).toThrow(/everybody on this machine can read the command line/);
    expect(() => queueAddressOf(typed, {})).not.toThrow(PASSWORD);
  });

  it.each([
    'http://queue.example',
    'queue.example:6379',
    'redis://',
    'redis://h/one',
    'redis://h?x=1',
    'redis://%zz@h',
    `http://:${PASSWORD}@h`,
  ])('%# is none', (typed) => {
    expect(() => queueAddressOf(typed, {})).toThrow(/^--queue/);
    expect(() => queueAddressOf(typed, {})).not.toThrow(PASSWORD);
  });

  it('is missed where there is neither', () => {
    expect(() => queueAddressOf(null, {})).toThrow('There is no queue to work with.');
  });
});
