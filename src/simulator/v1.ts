// The server's half of the older RPC signature, HMAC-SHA1 over all parameters; the command line of Alibaba Cloud and many
// scanners still send it.

import { createHmac, timingSafeEqual } from 'node:crypto';
import { parametersOf } from './parameters.js';
import { Refusal } from './refusal.js';
import type { OpenRequest, RawRequest, SignedRequest } from './request.js';

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

/** Says nothing of a key at all, as AssumeRoleWithOIDC may. */
export const isUnsigned = (raw: RawRequest): boolean => {
  const all = parametersOf(raw);
  return !all.has('AccessKeyId') && !all.has('Signature') && all.has('Action') && all.has('Version');
};

export const readOpen = (raw: RawRequest): OpenRequest => {
  const all = parametersOf(raw);
  return {
    scheme: null,
    action: all.get('Action') ?? '',
    version: all.get('Version') ?? '',
    format: formatOf(all),
    parameters: ownOf(all),
  };
};

export const readV1 = (raw: RawRequest): SignedRequest => {
  const all = parametersOf(raw);
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
    format: formatOf(all),
    parameters: ownOf(all),
    isSignedWith: (secret) => {
      const expected = Buffer.from(createHmac('sha1', `${secret}&`).update(toSign).digest('base64'));
      const given = Buffer.from(signature);
      return expected.length === given.length && timingSafeEqual(expected, given);
    },
    mismatch: `Specified signature is not matched with our calculation. server string to sign is:${toSign}`,
  };
};

/** XML when nothing is said, as the RPC gateway has it. */
const formatOf = (all: ReadonlyMap<string, string>): 'json' | 'xml' =>
  (all.get('Format') ?? 'XML').toLowerCase() === 'json' ? 'json' : 'xml';

const ownOf = (all: ReadonlyMap<string, string>): Readonly<Record<string, string>> =>
  Object.fromEntries([...all].filter(([name]) => !COMMON.has(name)));

const percent = (text: string): string =>
  encodeURIComponent(text)
    .replaceAll('!', '%21')
    .replaceAll("'", '%27')
    .replaceAll('(', '%28')
    .replaceAll(')', '%29')
    .replaceAll('*', '%2A');
