// Sentences that git and curl were seen to write, where they are hard to bring about here.

import { describe, expect, it } from 'vitest';
import { failureOf, isRedirect } from '../../../src/audit/mirror/failure.js';

const ASKED = { host: 'git.example.com', hasCredential: true, stalled: 120 };

describe('what git wrote', () => {
  it.each([
    [
      'fatal: write error: No space left on device\nfatal: fetch-pack: invalid index-pack output',
      /the disk that mirrors are kept on is full/,
      'not away',
    ],
    [
      'error: RPC failed; curl 28 Operation too slow. Less than 1000 bytes/sec transferred the last 120 seconds\nfatal: early EOF',
      /next to nothing for 120 seconds/,
      'another time',
    ],
    [
      "fatal: unable to access 'https://git.example.com/a/': SSL certificate problem: self-signed certificate",
      /no safe connection to git.example.com: SSL certificate problem: self-signed certificate/,
      'another time',
    ],
    [
      'error: RPC failed; curl 18 transfer closed with outstanding read data remaining\nfatal: early EOF\nfatal: fetch-pack: invalid index-pack output',
      /broke off in the middle/,
      'another time',
    ],
    ['fatal: pack has bad object at offset 12: inflate returned -3', /is damaged/, 'not away'],
    ['fatal: protocol error: bad line length character: <htm', /is damaged/, 'not away'],
    [
      'fatal: bad object refs/heads/main\nerror: https://git.example.com/a did not send all necessary objects',
      /is damaged/,
      'not away',
    ],
    [
      "fatal: unable to access 'https://git.example.com/a/': Failed to connect to git.example.com port 443",
      /cannot be reached/,
      'another time',
    ],
    [
      "fatal: unable to access 'https://git.example.com/a/': Could not resolve host: git.example.com",
      /cannot be resolved/,
      'another time',
    ],
    ['fatal: something that nobody has seen', /^git says: something that nobody has seen$/, 'not away'],
    ['', /gave no reason/, 'not away'],
  ])('%s', (stderr, reason, away) => {
    const { away: isAway = false, ...failure } = failureOf(stderr, ASKED);
    expect(failure).toEqual({ state: 'broken', reason: expect.stringMatching(reason), look: null });
    expect(isAway).toBe(away === 'another time');
  });

  it('counts, and not what the other side had it say', () => {
    const said =
      'remote: fatal: The requested URL returned error: 404\rReceiving objects:  50% (1/2)\rfatal: early EOF';
    expect(failureOf(said, ASKED)).toMatchObject({ state: 'broken' });
    expect(isRedirect('remote: The requested URL returned error: 301')).toBe(false);
    expect(failureOf(`fatal: remote error: \x1b[2Jhello${'!'.repeat(500)}`, ASKED).reason).toMatch(
      /^git says: [ -~]{1,200}$/,
    );
  });
});
