import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src/simulator/refusal.js';
import { readV3 } from '../../src/simulator/v3.js';

// A request of Alibaba Cloud's own SDK, recorded with made-up credentials; it leaves !'()* bare in the query.
const names =
  'host;x-acs-action;x-acs-content-sha256;x-acs-credentials-provider;x-acs-date;x-acs-signature-nonce;x-acs-version';
const signature = 'ec5ba7dc1474a531a40c780c2839acad4420e2056322d88563ccf61f392e72e6';
const recorded = {
  method: 'POST',
  target: "/?MaxItems=2&Marker=a%20b%2Bc~*'()!",
  headers: {
    host: 'ram.aliyuncs.com',
    accept: 'application/json',
    'x-acs-action': 'ListUsers',
    'x-acs-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'x-acs-credentials-provider': 'static_ak',
    'x-acs-date': '2026-01-01T00:00:00Z',
    'x-acs-signature-nonce': '0123456789abcdef',
    'x-acs-version': '2015-05-01',
    authorization: `ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=${names},Signature=${signature}`,
  },
  body: Buffer.alloc(0),
};

const withHeaders = (headers: Record<string, string>) => ({
  ...recorded,
  headers: { ...recorded.headers, ...headers },
});

describe('readV3', () => {
  it('accepts the recorded request with its secret and with no other', () => {
    const request = readV3(recorded);
    expect(request.isSignedWith('testsecret')).toBe(true);
    expect(request.isSignedWith('testsecrets')).toBe(false);
  });

  it('reads what the request asks for', () => {
    expect(readV3(recorded)).toMatchObject({
      action: 'ListUsers',
      version: '2015-05-01',
      accessKeyId: 'testid',
      parameters: { MaxItems: '2', Marker: "a b+c~*'()!" },
    });
  });

  it.each([
    ['another parameter', { ...recorded, target: '/?MaxItems=3' }],
    ['another method', { ...recorded, method: 'GET' }],
    ['another date', withHeaders({ 'x-acs-date': '2026-01-01T00:00:01Z' })],
    ['another host', withHeaders({ host: 'ims.aliyuncs.com' })],
  ])('does not accept the signature over %s', (_, raw) => {
    expect(readV3(raw).isSignedWith('testsecret')).toBe(false);
  });

  it.each([
    ['a public header that is not signed', withHeaders({ 'x-acs-security-token': 'token' })],
    ['a content type that is not signed', withHeaders({ 'content-type': 'application/json' })],
    ['a body that is not the one hashed', { ...recorded, body: Buffer.from('x') }],
    [
      'an action outside the signature',
      withHeaders({ authorization: recorded.headers.authorization.replace('x-acs-action;', '') }),
    ],
    [
      'names out of order',
      withHeaders({ authorization: recorded.headers.authorization.replace('host;x-acs-action', 'x-acs-action;host') }),
    ],
    ['a malformed header', withHeaders({ authorization: 'ACS3-HMAC-SHA256 Credential=testid' })],
  ])('refuses %s', (_, raw) => {
    expect(() => readV3(raw)).toThrow(Refusal);
  });
});
