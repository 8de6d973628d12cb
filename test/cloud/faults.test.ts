// No fault, however it looks, is read as a word about a key: answers that are cut, changed, wrapped or made up, from a
// seeded generator, against an oracle of its own.

import { describe, expect, it } from 'vitest';
import { readAnswer } from '../../src/cloud/answer.js';
import type { Fault } from '../../src/simulator/world.js';
import { endpointsOf, isolate, pairOf, simulate, useCredentials, verifyAll } from '../support/verifying.js';
import { newKey, testCloud } from '../support/world.js';

isolate();

/** Statuses and codes that may say more than `unknown`, as Alibaba Cloud documents them. */
const DECIDES: Readonly<Record<string, readonly number[]>> = {
  'InvalidAccessKeyId.NotFound': [400, 404],
  InvalidAccessKeyId: [400, 404],
  'InvalidAccessKeyId.Inactive': [400],
  'Forbidden.AccessKeyDisabled': [403],
  NoEnabledAccessKey: [403],
  'InvalidSecurityToken.Expired': [400, 403],
  NoPermission: [400, 403],
  'Forbidden.RAM': [403],
  'Forbidden.RiskControl': [403],
  'Forbidden.UserVerification': [403],
};
const CODES = [
  ...Object.keys(DECIDES),
  'SignatureDoesNotMatch',
  'IncompleteSignature',
  'Forbidden',
  'Inactive',
  'EntityNotExist.User.AccessKey',
  'InternalError',
  'Account.Arrearage',
  'NotFound',
  'AccessKeyNotFound',
  'InvalidParameter.UserName.Length',
];
const STATUSES = [200, 201, 204, 206, 400, 401, 402, 403, 404, 405, 407, 409, 410, 418, 451, 500, 502, 503, 504, 511];

/** mulberry32 */
const generator = (seed: number) => {
  let state = seed;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  return { below, one: <T>(of: readonly [T, ...T[]]): T => of[below(of.length)] ?? of[0] };
};

const message = 'Specified signature does not match our calculation. server StringToSign is [ACS3-HMAC-SHA256\\n0';
const json = (code: string): string =>
  JSON.stringify({ RequestId: 'F00D', HostId: 'sts.example', Code: code, Message: message });
const xml = (code: string): string =>
  `<?xml version='1.0' encoding='UTF-8'?><Error><RequestId>F00D</RequestId><Code>${code}</Code><Message>no</Message></Error>`;

type Made = { readonly status: number; readonly body: string; readonly decides: boolean };

const made = (seed: number): Made => {
  const { below, one } = generator(seed);
  const code = one(CODES as [string, ...string[]]);
  const status = one([...STATUSES, ...Array<number>(20).fill(one([400, 403, 404]))] as [number, ...number[]]);
  const whole = one([json, xml])(code);
  const cut = below(whole.length - 1);
  const changed = one<() => string>([
    () => whole,
    () => whole,
    () => whole,
    () => whole.slice(0, cut),
    () => whole.slice(cut + 1),
    () => `<!doctype html><html><body>${whole}</body></html>`,
    () => `<html><head><title>${code}</title></head></html>`,
    () => json(code.toLowerCase()),
    () => json(`${code}.${below(9)}`),
    () => json(` ${code}`),
    () => JSON.stringify({ Message: code, Code: [code] }),
    () => JSON.stringify([JSON.parse(json(code))]),
    () => JSON.stringify({ error: JSON.parse(json(code)) }),
    () => JSON.stringify(json(code)),
    () => ['', 'null', '[]', '{}', '0', '"', '{"Code":null}', '<Error></Error>', '\0\0'][below(9)] ?? '',
    () => Array.from({ length: below(300) }, () => String.fromCharCode(below(256))).join(''),
  ]);
  const body = changed();
  return { status, body, decides: body === whole && (DECIDES[code]?.includes(status) ?? false) };
};

const CASES = Array.from({ length: 1_000 }, (_, index) => made(index + 1));

describe('an answer that is none of the API’s', () => {
  it('is made in both kinds by the generator', () => {
    expect(CASES.filter(({ decides }) => decides).length).toBeGreaterThan(10);
    expect(CASES.filter(({ decides }) => !decides).length).toBeGreaterThan(500);
  });

  it('never decides about a probed key', async () => {
    const cloud = testCloud();
    let next = 0;
    const asked = new Map<string, Made>();
    cloud.world.fault = ({ accessKeyId }): Fault | null => {
      const id = accessKeyId ?? '';
      const answer = asked.get(id) ?? CASES[next++ % CASES.length];
      if (answer === undefined) return null;
      asked.set(id, answer);
      // Node refuses bodies for statuses that have none; the client must cope all the same.
      return { kind: 'answer', status: answer.status, body: answer.status === 204 ? '' : answer.body };
    };
    const simulator = await simulate(cloud.world);
    const credentials = CASES.map(() => pairOf(newKey()));
    const options = { inventory: false, probe: true, endpoints: endpointsOf(simulator.url) };
    const verdicts = await verifyAll(credentials, options, { attempts: 1, parallel: 8 });
    const wrong = credentials.flatMap((credential) => {
      const answer = asked.get(credential.accessKeyId);
      const state = verdicts.get(credential)?.verdict.state;
      return answer !== undefined && !answer.decides && state !== 'unknown' ? [{ ...answer, state }] : [];
    });
    expect(wrong).toEqual([]);
    // Those that decide do, so that the test could fail.
    const states = new Set([...verdicts.values()].map(({ verdict }) => verdict.state));
    expect([...states]).toEqual(expect.arrayContaining(['disabled', 'live', 'not-found', 'unknown']));
  });

  it('never decides about a key that is looked up', async () => {
    const cloud = testCloud();
    const counts = { own: 0, faults: 0 };
    cloud.world.fault = ({ action, accessKeyId }): Fault | null => {
      if (action === 'GetCallerIdentity' && accessKeyId === cloud.auditor.id) return null;
      counts.faults += 1;
      const { status, body } = CASES[counts.faults % CASES.length] ?? { status: 500, body: '' };
      return { kind: 'answer', status, body: status === 204 ? '' : body };
    };
    const simulator = await simulate(cloud.world);
    useCredentials(cloud.auditor);
    const credentials = Array.from({ length: 60 }, () => ({ ...pairOf(newKey()), secret: null }));
    const options = { inventory: true, probe: false, endpoints: endpointsOf(simulator.url) };
    const verdicts = await verifyAll(credentials, options, { attempts: 1 });
    expect(new Set([...verdicts.values()].map(({ verdict }) => verdict.state))).toEqual(new Set(['unknown']));
    expect(counts.faults).toBeGreaterThan(120);
  });

  it('is read without an error of our own, cut anywhere', () => {
    for (const text of [json('InvalidAccessKeyId.NotFound'), xml('InvalidAccessKeyId.NotFound')]) {
      for (let length = 0; length < text.length; length++) {
        const response = { status: 404, headers: {}, body: Buffer.from(text.slice(0, length)) };
        expect(readAnswer(response, 'sts.example').kind, text.slice(0, length)).toBe('no-answer');
      }
    }
  });
});
