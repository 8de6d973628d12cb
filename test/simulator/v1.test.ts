import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src/simulator/refusal.js';
import { readV1 } from '../../src/simulator/v1.js';

// A request of Alibaba Cloud's own SDK, recorded with made-up credentials.
const parameters = {
  Action: 'ListUsers',
  Version: '2015-05-01',
  Format: 'json',
  AccessKeyId: 'testid',
  SignatureMethod: 'HMAC-SHA1',
  SignatureVersion: '1.0',
  SignatureNonce: '0123456789abcdef',
  Timestamp: '2026-01-01T00:00:00Z',
  MaxItems: '2',
  Marker: "a b+c~*'()!",
  Signature: '2VMmjdSQ9eWCevLpM2disNLCIHg=',
};

const inQuery = (all: Record<string, string>) => ({
  method: 'POST',
  target: `/?${new URLSearchParams(all)}`,
  headers: {},
  body: Buffer.alloc(0),
});

const inForm = (all: Record<string, string>) => ({
  method: 'POST',
  target: '/',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: Buffer.from(new URLSearchParams(all).toString()),
});

describe('readV1', () => {
  it.each([
    ['query', inQuery],
    ['form', inForm],
  ])('accepts the recorded request from the %s with its secret and with no other', (_, place) => {
    const request = readV1(place(parameters));
    expect(request.isSignedWith('testsecret')).toBe(true);
    expect(request.isSignedWith('other')).toBe(false);
    expect(request.parameters).toEqual({ MaxItems: '2', Marker: "a b+c~*'()!" });
  });

  it('covers every parameter with the signature', () => {
    expect(readV1(inQuery({ ...parameters, MaxItems: '3' })).isSignedWith('testsecret')).toBe(false);
    expect(readV1(inQuery({ ...parameters, Extra: '' })).isSignedWith('testsecret')).toBe(false);
  });

  // Signed by Alibaba Cloud's Python SDK (aliyun-python-sdk-core 2.16.0) with the same made-up credentials.
  it('rebuilds reserved and CJK characters, and empty parameters', () => {
    const Note = '上海 a+b~*\'()!/?&=%25;:@,"<>#[]{}|\\^`€🔑';
    const { MaxItems: _, Marker: __, ...common } = parameters;
    const all = { ...common, Note, Empty: '', SignatureType: '', Signature: 'fjrGZ5t9juVMy4YWvU9Pe+KdlAg=' };
    const request = readV1(inQuery(all));
    expect(request.isSignedWith('testsecret')).toBe(true);
    expect(request.parameters).toEqual({ Note, Empty: '' });
    expect(readV1({ ...inQuery(all), method: 'GET' }).isSignedWith('testsecret')).toBe(false);
  });

  it.each([
    ['twice in the query', { ...inQuery(parameters), target: `${inQuery(parameters).target}&MaxItems=2` }],
    ['in the query and in the form', { ...inForm(parameters), target: '/?Action=ListUsers' }],
  ])('refuses a parameter that is given %s', (_, raw) => {
    expect(() => readV1(raw)).toThrow(/more than once/);
  });

  it.each([
    ['another algorithm', { SignatureMethod: 'HMAC-SHA256' }],
    ['another version of the scheme', { SignatureVersion: '2.0' }],
    ['no nonce', { SignatureNonce: '' }],
    ['no time', { Timestamp: '' }],
  ])('refuses %s', (_, over) => {
    expect(() => readV1(inQuery({ ...parameters, ...over }))).toThrow(Refusal);
  });

  it('refuses a request that is not signed at all', () => {
    expect(() => readV1(inQuery({ Action: 'ListUsers', Version: '2015-05-01' }))).toThrow(Refusal);
  });
});
