import { createHash } from 'node:crypto';
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

const signing = (list: string) => withHeaders({ authorization: recorded.headers.authorization.replace(names, list) });

const inForm = (text: string) => ({
  ...withHeaders({
    'content-type': 'application/x-www-form-urlencoded',
    'x-acs-content-sha256': createHash('sha256').update(text).digest('hex'),
    authorization: recorded.headers.authorization.replace(names, `content-type;${names}`),
  }),
  body: Buffer.from(text),
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

  // Signed by Alibaba Cloud's Python SDK (alibabacloud-tea-openapi 0.4.6) with the same made-up credentials.
  const awkward = '上海 a+b~*\'()!/?&=%25;:@,"<>#[]{}|\\^`€🔑';

  it.each([
    ['percent signs', (text: string) => encodeURIComponent(text)],
    ['plus signs for spaces', (text: string) => new URLSearchParams({ '': text }).toString().slice(1)],
  ])('rebuilds reserved and CJK characters from a query written with %s', (_, written) => {
    const request = readV3({
      ...withHeaders({
        authorization: recorded.headers.authorization.replace(
          signature,
          '1641ed246e9f8854d01d490722cb90f1ac996aac76eae4d9f412c22a77a59d53',
        ),
      }),
      target: `/?Note=${written(awkward)}&MaxItems=2&Empty=`,
    });
    expect(request.parameters).toEqual({ MaxItems: '2', Note: awkward, Empty: '' });
    expect(request.isSignedWith('testsecret')).toBe(true);
  });

  it('reads a form, whose hash is signed', () => {
    const body = Buffer.from(
      'Note=%E4%B8%8A%E6%B5%B7+a%2Bb~%2A%27%28%29%21%2F%3F%26%3D%2525%3B%3A%40%2C%22%3C%3E%23%5B%5D%7B%7D%7C%5C%5E%60%E2%82%AC%F0%9F%94%91',
    );
    const request = readV3({
      ...withHeaders({
        'content-type': 'application/x-www-form-urlencoded',
        'x-acs-content-sha256': 'b3767a6fef3aa7fc80b21434b66953365568654fbb69cdd284ec0094de9ffded',
        authorization: `ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=content-type;${names},Signature=f613c83829b0985e1867adc4b7ff4d0f6c480cdbaef62eb789341cd73f751f55`,
      }),
      target: '/',
      body,
    });
    expect(request.parameters).toEqual({ Note: awkward });
    expect(request.isSignedWith('testsecret')).toBe(true);
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
    ['a parameter given twice', { ...recorded, target: `${recorded.target}&MaxItems=3` }],
    ['a parameter given in the query and in the form', { ...inForm('MaxItems=3') }],
    ['bytes that are no UTF-8', { ...recorded, target: '/?Marker=%ff' }],
    ['a signed header that is not there', signing(`${names};x-acs-zone`)],
    ['a nonce that is empty', withHeaders({ 'x-acs-signature-nonce': '' })],
    ['a signed header given twice', { ...recorded, rawHeaders: ['X-Acs-Date', 'one', 'x-acs-date', 'other'] }],
    ['two hosts', { ...recorded, rawHeaders: ['Host', 'ram.aliyuncs.com', 'host', 'evil.example'] }],
    ['names of headers given twice', signing(`host;${names}`)],
    ['a line feed among the names', signing(`${names}\nx-acs-zone`)],
    ['a malformed header', withHeaders({ authorization: 'ACS3-HMAC-SHA256 Credential=testid' })],
  ])('refuses %s', (_, raw) => {
    expect(() => readV3(raw)).toThrow(Refusal);
  });
});
