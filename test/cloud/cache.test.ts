import {
  appendFileSync,
  chmodSync,
  closeSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AskedHow, openCache } from '../../src/cloud/cache.js';
import type { CredentialVerdicts } from '../../src/cloud/types.js';
import type { VerdictState } from '../../src/findings/model.js';
import { id24, secret30, stsToken } from '../support/keys.js';
import { ACTIVITY } from '../support/verdicts.js';

const HOUR = 3_600_000;
const START = Date.parse('2026-01-01T00:00:00Z');

let base = '';
beforeEach(() => {
  base = mkdtempSync(path.join(os.tmpdir(), 'akscan-cache-'));
  vi.stubEnv('XDG_CACHE_HOME', base);
});
afterEach(() => vi.unstubAllEnvs());

const folder = (): string => path.join(base, 'akscan');
const file = (): string => path.join(folder(), readdirSync(folder())[0] ?? '');

const how = (over: Partial<AskedHow> = {}): AskedHow => ({
  auditors: ['acs:ram::1:user/auditor'],
  endpoints: { sts: new URL('https://sts.example.com') },
  ways: ['inventory'],
  ...over,
});

const open = ({ asked = how(), maxAgeMs = null as number | null, at = START } = {}) =>
  openCache(asked, { maxAgeMs }, () => at);

const credential = (over = {}) => ({ accessKeyId: id24(), secret: secret30(), token: null, ...over });

const said = (state: VerdictState = 'live'): CredentialVerdicts => {
  const verdict = { state, how: 'inventory', user: 'alice' } as const;
  return { verdict, verdicts: [verdict] };
};

describe('the cache of verdicts', () => {
  it('gives what an interrupted run had to the next one', () => {
    const [one, other] = [credential(), credential()];
    const first = open();
    first.keep('verify', one, said());
    first.close('interrupted');
    const second = open({ at: START + HOUR - 1 });
    expect(second.take('verify', one)).toEqual(said());
    expect(second.take('verify', other)).toBeNull();
    expect(second.take('powers', one)).toBeNull();
  });

  it('gives what a killed run had, and survives its half line', () => {
    const [one, other] = [credential(), credential()];
    open().keep('verify', one, said());
    appendFileSync(file(), '{"run":"x","stage":"verify","key":"');
    const second = open();
    expect(second.take('verify', one)).toEqual(said());
    second.keep('verify', other, said('disabled'));
    expect(open().take('verify', other)).toEqual(said('disabled'));
  });

  it('takes nothing of a run that came to its end, nor of those that it took up', () => {
    const [one, other] = [credential(), credential()];
    const first = open();
    first.keep('verify', one, said());
    first.close('interrupted');
    const second = open();
    second.take('verify', one);
    second.keep('verify', other, said());
    second.close('done');
    const third = open();
    expect([third.take('verify', one), third.take('verify', other)]).toEqual([null, null]);
  });

  it('leaves an interrupted run to be taken up when another run asked about other keys', () => {
    const [one, other] = [credential(), credential()];
    open().keep('verify', one, said());
    const second = open();
    second.keep('verify', other, said());
    second.close('done');
    expect(open().take('verify', one)).toEqual(said());
  });

  it('gives nothing of an interrupted run to whoever types an ID', () => {
    const one = credential();
    open().keep('verify', one, said());
    expect(open().take('verify', { ...one, byHand: true })).toBeNull();
    expect(open({ maxAgeMs: HOUR }).take('verify', { ...one, byHand: true })).toEqual(said());
  });

  it.each([
    ['powers that could not be read', { powersReason: 'Your credentials lack ram:GetPolicy.' }],
    ['events that could not be read', { activity: { ...ACTIVITY, complete: false } }],
  ])('gives %s to the run that goes on where it stopped, and to no other', (_, over) => {
    const one = credential();
    const verdict = { state: 'live', how: 'inventory', ...over } as const;
    const partial = { verdict, verdicts: [verdict] };
    const first = open();
    first.keep('powers', one, partial);
    expect(open().take('powers', one)).toEqual(partial);
    first.close('done');
    expect(open({ maxAgeMs: HOUR }).take('powers', one)).toBeNull();
  });

  it('writes nothing once it is closed: its number may be another file’s by then', () => {
    const cache = open();
    cache.close('interrupted');
    const other = path.join(base, 'other');
    const fd = openSync(other, 'w');
    cache.keep('verify', credential(), said());
    closeSync(fd);
    expect(readFileSync(other, 'utf8')).toBe('');
  });

  it('forgets an interrupted run after an hour', () => {
    const one = credential();
    open().keep('verify', one, said());
    expect(open({ at: START + HOUR }).take('verify', one)).toBeNull();
  });

  it('takes what is younger than the age that the user names, however its run ended', () => {
    const one = credential();
    const first = open();
    first.keep('verify', one, said());
    first.close('done');
    expect(open({ at: START + 2 * HOUR, maxAgeMs: 3 * HOUR }).take('verify', one)).toEqual(said());
    expect(open({ at: START + 3 * HOUR, maxAgeMs: 3 * HOUR }).take('verify', one)).toBeNull();
    // A clock that was set back: how old it is cannot be told.
    expect(open({ at: START - 1, maxAgeMs: 3 * HOUR }).take('verify', one)).toBeNull();
  });

  it('takes the later of two', () => {
    const one = credential();
    open({ at: START }).keep('verify', one, said('live'));
    open({ at: START + 1 }).keep('verify', one, said('disabled'));
    expect(open({ at: START + 2 }).take('verify', one)).toEqual(said('disabled'));
  });

  it('takes no later stage of a key that was asked anew', () => {
    const one = credential();
    open().keep('powers', one, said());
    const second = open();
    expect(second.take('verify', one)).toBeNull();
    second.keep('verify', one, said('disabled'));
    expect(second.take('powers', one)).toBeNull();
  });

  it.each(['unknown', 'unchecked'] as const)('does not keep %s', (state) => {
    const one = credential();
    open().keep('verify', one, said(state));
    expect(open().take('verify', one)).toBeNull();
  });

  it('knows a credential by all its parts', () => {
    const one = credential({ token: stsToken(), leakedAt: '2025-01-01T00:00:00Z' });
    open().keep('verify', one, said());
    const again = open();
    expect(again.take('verify', { ...one })).toEqual(said());
    for (const changed of [
      { ...one, accessKeyId: id24() },
      { ...one, secret: secret30() },
      { ...one, secret: null },
      { ...one, token: null },
      { ...one, leakedAt: '2025-01-02T00:00:00Z' },
    ]) {
      expect(again.take('verify', changed)).toBeNull();
    }
  });

  it.each<[string, Partial<AskedHow>]>([
    ['another auditor', { auditors: ['acs:ram::2:user/auditor'] }],
    ['one auditor more', { auditors: ['acs:ram::1:user/auditor', 'acs:ram::2:user/auditor'] }],
    ['another endpoint', { endpoints: { sts: new URL('https://sts.example.org') } }],
    ['another way of asking', { ways: ['inventory', 'probe'] }],
  ])('takes nothing that was asked by %s', (_, over) => {
    const one = credential();
    open().keep('verify', one, said());
    expect(open({ asked: how(over) }).take('verify', one)).toBeNull();
  });

  it('does not care for the order of accounts', () => {
    const one = credential();
    open({ asked: how({ auditors: ['a', 'b'] }) }).keep('verify', one, said());
    expect(open({ asked: how({ auditors: ['b', 'a'] }) }).take('verify', one)).toEqual(said());
  });

  it('holds neither secrets nor the IDs of keys', () => {
    const one = credential({ token: stsToken() });
    open().keep('verify', one, said());
    const content = readFileSync(file(), 'utf8');
    for (const part of [one.accessKeyId, one.secret, one.token]) expect(content).not.toContain(part);
    expect(JSON.parse(content.split('\n')[0] ?? '')).toEqual({ akscan: 'verdicts', schema: 1 });
  });

  it('is for the user alone', () => {
    open();
    expect(lstatSync(folder()).mode & 0o777).toBe(0o700);
    expect(lstatSync(file()).mode & 0o777).toBe(0o600);
  });

  it('lets two runs write at the same time', () => {
    const ones = Array.from({ length: 50 }, () => credential());
    const [first, second] = [open(), open()];
    for (const [index, one] of ones.entries()) (index % 2 === 0 ? first : second).keep('verify', one, said());
    first.close('interrupted');
    second.close('interrupted');
    const third = open();
    expect(ones.every((one) => third.take('verify', one) !== null)).toBe(true);
  });

  it('starts anew when the file is of another making', () => {
    const one = credential();
    open().keep('verify', one, said());
    writeFileSync(file(), readFileSync(file(), 'utf8').replace('"schema":1', '"schema":2'));
    expect(open().take('verify', one)).toBeNull();
    open().keep('verify', one, said());
    expect(open().take('verify', one)).toEqual(said());
  });

  it.each([
    'null',
    '[]',
    '{"run":1}',
    '{"run":"r","stage":"verify","key":"k","at":1,"said":null}',
    '{"run":"r","stage":"verify","key":"k","at":1,"said":{"verdict":{"state":"fine"},"verdicts":[]}}',
    '\u0000\ufffd',
  ])('passes over the line %s', (line) => {
    const one = credential();
    open().keep('verify', one, said());
    appendFileSync(file(), `${line}\n`);
    expect(open().take('verify', one)).toEqual(said());
  });

  it('removes files that nobody has written to for a week', () => {
    open().close('done');
    const old = file();
    utimesSync(old, new Date(START - 8 * 24 * HOUR), new Date(START - 8 * 24 * HOUR));
    open({ asked: how({ ways: ['probe'] }) });
    expect(existsSync(old)).toBe(false);
  });

  const isNone = (): void => {
    const one = credential();
    const cache = open();
    cache.keep('verify', one, said());
    cache.close('interrupted');
    expect(open().take('verify', one)).toBeNull();
  };

  it('is none, and no error, where it cannot be written', () => {
    writeFileSync(folder(), '');
    isNone();
    vi.stubEnv('XDG_CACHE_HOME', '/dev/null/nowhere');
    isNone();
  });

  it('writes through no link, neither of the folder nor of the file', () => {
    const elsewhere = mkdtempSync(path.join(os.tmpdir(), 'akscan-elsewhere-'));
    symlinkSync(elsewhere, folder());
    isNone();
    expect(readdirSync(elsewhere)).toEqual([]);
    vi.stubEnv('XDG_CACHE_HOME', elsewhere);
    base = elsewhere;
    open().close('done');
    const name = file();
    const target = path.join(elsewhere, 'target');
    for (const put of [symlinkSync, linkSync]) {
      writeFileSync(target, 'mine', { mode: 0o600 });
      chmodSync(name, 0o600);
      unlinkSync(name);
      put(target, name);
      isNone();
      expect(readFileSync(target, 'utf8')).toBe('mine');
    }
  });

  it('trusts no file and no folder that others can write to', () => {
    open().close('done');
    chmodSync(file(), 0o666);
    isNone();
    chmodSync(file(), 0o600);
    chmodSync(folder(), 0o777);
    isNone();
  });

  it('is never in the scanned tree', () => {
    vi.stubEnv('XDG_CACHE_HOME', '');
    vi.stubEnv('HOME', '.');
    isNone();
    vi.stubEnv('XDG_CACHE_HOME', 'cache');
    isNone();
    expect(existsSync('cache')).toBe(false);
  });

  it('makes no home that is not there', () => {
    const home = path.join(base, 'missing');
    vi.stubEnv('XDG_CACHE_HOME', undefined);
    vi.stubEnv('HOME', home);
    isNone();
    expect(existsSync(home)).toBe(false);
  });

  it('follows the home where nothing else is said', () => {
    vi.stubEnv('XDG_CACHE_HOME', undefined);
    vi.stubEnv('HOME', base);
    open();
    expect(readdirSync(path.join(base, '.cache', 'akscan'))).toHaveLength(1);
  });
});
