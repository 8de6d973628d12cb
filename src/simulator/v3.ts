// The server's half of ACS3-HMAC-SHA256: rebuilds what was signed from the request itself.

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { parametersOf, queryOf } from './parameters.js';
import { Refusal } from './refusal.js';
import type { RawRequest, SignedRequest } from './request.js';

const SHAPE = /^ACS3-HMAC-SHA256 Credential=([^,\s]+),SignedHeaders=([a-z0-9;-]+),Signature=([0-9a-f]{64})$/;

/** Without these in the signature, a request could be replayed or turned to another purpose. */
const ALWAYS_SIGNED = [
  'host',
  'x-acs-action',
  'x-acs-content-sha256',
  'x-acs-date',
  'x-acs-signature-nonce',
  'x-acs-version',
];

export const readV3 = (raw: RawRequest): SignedRequest => {
  const [, accessKeyId, list, signature] = SHAPE.exec(raw.headers.authorization ?? '') ?? [];
  if (accessKeyId === undefined || list === undefined || signature === undefined) {
    throw incomplete('The Authorization header is malformed.');
  }
  refuseRepeated(raw.rawHeaders ?? []);
  const names = list.split(';');
  if (names.join() !== [...new Set(names)].sort().join()) throw incomplete('SignedHeaders is not sorted.');
  const unsigned = [...ALWAYS_SIGNED, ...Object.keys(raw.headers).filter(mustBeSigned)].find(
    (name) => !names.includes(name),
  );
  if (unsigned !== undefined) throw incomplete(`The header ${unsigned} is not signed.`);
  const absent = names.find((name) => raw.headers[name] === undefined);
  if (absent !== undefined) throw incomplete(`The header ${absent} is signed and not there.`);
  const empty = ALWAYS_SIGNED.find((name) => header(raw.headers, name).trim() === '');
  if (empty !== undefined) throw incomplete(`The header ${empty} is empty.`);

  const bodyHash = sha256(raw.body);
  if (header(raw.headers, 'x-acs-content-sha256') !== bodyHash)
    throw incomplete('x-acs-content-sha256 is not that of the body.');

  const parameters = parametersOf(raw);
  const canonical = [
    raw.method,
    '/',
    canonicalQuery(queryOf(raw)),
    names.map((name) => `${name}:${header(raw.headers, name).trim()}\n`).join(''),
    list,
    bodyHash,
  ].join('\n');
  const toSign = `ACS3-HMAC-SHA256\n${sha256(Buffer.from(canonical))}`;
  return {
    scheme: 'V3',
    action: header(raw.headers, 'x-acs-action'),
    version: header(raw.headers, 'x-acs-version'),
    accessKeyId,
    token: header(raw.headers, 'x-acs-security-token') || null,
    date: header(raw.headers, 'x-acs-date'),
    nonce: header(raw.headers, 'x-acs-signature-nonce'),
    format: /xml/.test(header(raw.headers, 'accept')) ? 'xml' : 'json',
    parameters: Object.fromEntries(parameters),
    isSignedWith: (secret) =>
      timingSafeEqual(createHmac('sha256', secret).update(toSign).digest(), Buffer.from(signature, 'hex')),
    mismatch: `Specified signature does not match our calculation. server StringToSign is [${toSign}] server CanonicalRequest is [${canonical}]`,
  };
};

const mustBeSigned = (name: string): boolean => name.startsWith('x-acs-') || name === 'content-type';

const header = (headers: IncomingHttpHeaders, name: string): string => {
  const value = headers[name];
  return typeof value === 'string' ? value : (value?.[0] ?? '');
};

/** Node takes the first of some headers and joins others: what is signed must come once. */
const refuseRepeated = (rawHeaders: readonly string[]): void => {
  const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  const signed = names.filter((name) => name === 'host' || name === 'authorization' || mustBeSigned(name));
  const twice = signed.find((name, index) => signed.indexOf(name) !== index);
  if (twice !== undefined) throw incomplete(`The header ${twice} is given more than once.`);
};

/** From the decoded parameters: clients disagree about which characters they escape on the wire. */
const canonicalQuery = (parameters: URLSearchParams): string =>
  [...parameters]
    .sort(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
    .map(([name, value]) => `${percent(name)}=${percent(value)}`)
    .join('&');

/** Everything but A-Z a-z 0-9 - _ . ~ as upper-case percent escapes of its UTF-8 bytes. */
const percent = (text: string): string => [...Buffer.from(text)].map((byte) => ESCAPED[byte] ?? '').join('');

const ESCAPED: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return /[\w.~-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
});

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const incomplete = (why: string): Refusal =>
  new Refusal(400, 'IncompleteSignature', `The request signature does not conform to Aliyun standards. ${why}`);
