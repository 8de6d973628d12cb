// The server's half of the older RPC signature, HMAC-SHA1 over all parameters; the command line of Alibaba Cloud and many
// scanners still send it.

import { createHmac } from 'node:crypto';
import { Refusal } from './refusal.js';
import type { RawRequest, SignedRequest } from './request.js';

/** Parameters of the scheme itself; the rest belong to the API that is called. */
const COMMON: ReadonlySet<string> = new Set([
  'AccessKeyId',
  'Action',
  'Format',
  'SecurityToken',
  'Signature',
  'SignatureMethod',
  'SignatureNonce',
  'SignatureType',
  'SignatureVersion',
  'Timestamp',
  'Version',
]);

export const readV1 = (raw: RawRequest): SignedRequest => {
  const isForm = (raw.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  const all = new Map([
    ...new URL(raw.target, 'http://server').searchParams,
    ...(isForm ? new URLSearchParams(raw.body.toString('utf8')) : []),
  ]);
  const required = (name: string): string => {
    const value = all.get(name);
    if (value) return value;
    throw new Refusal(400, `Missing${name}`, `${name} is mandatory for this action.`);
  };
  const accessKeyId = required('AccessKeyId');
  const signature = required('Signature');
  if (required('SignatureMethod') !== 'HMAC-SHA1' || required('SignatureVersion') !== '1.0') {
    throw new Refusal(400, 'InvalidParameter.SignatureMethod', 'Only HMAC-SHA1 of version 1.0 is known here.');
  }
  const canonical = [...all.keys()]
    .filter((name) => name !== 'Signature')
    .sort()
    .map((name) => `${percent(name)}=${percent(all.get(name) ?? '')}`)
    .join('&');
  const toSign = `${raw.method}&%2F&${percent(canonical)}`;
  return {
    scheme: 'V1',
    action: required('Action'),
    version: required('Version'),
    accessKeyId,
    token: all.get('SecurityToken') || null,
    date: required('Timestamp'),
    nonce: required('SignatureNonce'),
    format: (all.get('Format') ?? 'XML').toLowerCase() === 'json' ? 'json' : 'xml',
    parameters: Object.fromEntries([...all].filter(([name]) => !COMMON.has(name))),
    isSignedWith: (secret) => createHmac('sha1', `${secret}&`).update(toSign).digest('base64') === signature,
    mismatch: `Specified signature is not matched with our calculation. server string to sign is:${toSign}`,
  };
};

const percent = (text: string): string =>
  encodeURIComponent(text)
    .replaceAll('!', '%21')
    .replaceAll("'", '%27')
    .replaceAll('(', '%28')
    .replaceAll(')', '%29')
    .replaceAll('*', '%2A');
