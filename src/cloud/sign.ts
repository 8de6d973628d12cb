// Alibaba Cloud's request signature V3, ACS3-HMAC-SHA256, for RPC-style calls.
// https://help.aliyun.com/document_detail/2593177.html ("V3 request body and signature mechanism")

import { createHash, createHmac } from 'node:crypto';

export interface Signer {
  readonly accessKeyId: string;
  readonly secret: string;
  /** The security token of a temporary key. */
  readonly token: string | null;
}

export interface UnsignedCall {
  /** Host and port, as the `host` header says it. */
  readonly host: string;
  readonly action: string;
  readonly version: string;
  readonly query: Readonly<Record<string, string>>;
  readonly date: Date;
  /** Never used before. */
  readonly nonce: string;
  /** Further `x-acs-*` headers in lower case: every one that is sent is signed. */
  readonly extra?: Readonly<Record<string, string>>;
}

export interface SignedCall {
  readonly headers: Readonly<Record<string, string>>;
  /** The query string to put after `/?`; empty without parameters. */
  readonly query: string;
  /** What the signature covers, to compare with what a server says it calculated. */
  readonly canonicalRequest: string;
  readonly stringToSign: string;
}

const ALGORITHM = 'ACS3-HMAC-SHA256';

/** SHA-256 of the empty body: RPC calls carry their parameters in the query. */
const EMPTY_HASH = createHash('sha256').digest('hex');

export const signV3 = (call: UnsignedCall, signer: Signer): SignedCall => {
  const signed: Record<string, string> = {
    host: call.host,
    'x-acs-action': call.action,
    'x-acs-content-sha256': EMPTY_HASH,
    'x-acs-date': apiTime(call.date),
    'x-acs-signature-nonce': call.nonce,
    'x-acs-version': call.version,
    ...call.extra,
    ...(signer.token === null
      ? {}
      : { 'x-acs-accesskey-id': signer.accessKeyId, 'x-acs-security-token': signer.token }),
  };
  const names = Object.keys(signed).sort();
  // By name alone: sorting whole pairs would put `A.1=` before `A=`.
  const query = Object.entries(call.query)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${percent(name)}=${percent(value)}`)
    .join('&');
  const canonicalRequest = [
    'POST',
    '/',
    query,
    ...names.map((name) => `${name}:${(signed[name] ?? '').trim()}`),
    '',
    names.join(';'),
    EMPTY_HASH,
  ].join('\n');
  const stringToSign = `${ALGORITHM}\n${createHash('sha256').update(canonicalRequest).digest('hex')}`;
  const signature = createHmac('sha256', signer.secret).update(stringToSign).digest('hex');
  return {
    headers: {
      ...signed,
      accept: 'application/json',
      // Not signed. Whoever reads the account's trail should see who asked.
      'user-agent': 'akscan',
      authorization: `${ALGORITHM} Credential=${signer.accessKeyId},SignedHeaders=${names.join(';')},Signature=${signature}`,
    },
    query,
    canonicalRequest,
    stringToSign,
  };
};

/** `2026-01-01T00:00:00Z`: UTC, whole seconds. */
export const apiTime = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

/** RFC 3986: encodeURIComponent leaves five characters bare that the specification reserves. */
const percent = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
