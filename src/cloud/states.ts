// What an API error means for the key that signed the request: the one table of statuses and codes. A row counts only
// with both, the first that fits; whatever is in none is `other`, and says nothing about the key.
//
// Sources: [D] Alibaba Cloud documentation (common error codes of RAM, STS and the gateway; "Restrictive protection of
// leaked AccessKey pairs"), [S] source of Alibaba's own SDKs, [R] public issues that quote real answers.

import type { ApiError } from './answer.js';

export type Meaning =
  /** The request was authenticated and then not allowed: the key works. */
  | 'not-permitted'
  /** Works, under Alibaba's leak protection. */
  | 'restricted'
  | 'disabled'
  | 'not-found'
  /** The signature is wrong; the secret's fault only if the server signed the same text as we did. */
  | 'signature'
  | 'expired'
  | 'token'
  | 'clock'
  | 'nonce'
  | 'throttled'
  | 'server'
  /** Refused for a reason that tells nothing of the key: an IP allow-list, a firewall, an unpaid bill. */
  | 'blocked'
  /** The request itself is not as the API wants it: our own defect. */
  | 'request'
  /** What exists stands in the way of a change. */
  | 'conflict'
  /** Wrong host, version or operation. */
  | 'endpoint'
  /** The entity that an operation was asked about does not exist; the key that signed it is fine. */
  | 'no-entity'
  | 'other';

export interface Row {
  /** `5xx` is any from 500 on. */
  readonly statuses: readonly (number | '5xx')[];
  /** Empty and `open`: any. */
  readonly code: string;
  /** The row covers every code that begins so. */
  readonly open?: true;
  /** The message must hold this. */
  readonly saying?: string;
  readonly meaning: Meaning;
  readonly source: string;
}

/** Shown in docs/verdicts.md, which a test keeps in step. */
export const table: readonly Row[] = [
  {
    statuses: [404, 400],
    code: 'InvalidAccessKeyId.NotFound',
    meaning: 'not-found',
    source: '[D][R] 404; some products 400',
  },
  { statuses: [404, 400], code: 'InvalidAccessKeyId', meaning: 'not-found', source: '[R] the generic spelling' },
  { statuses: [400], code: 'InvalidAccessKeyId.Inactive', meaning: 'disabled', source: '[D]' },
  { statuses: [403], code: 'Forbidden.AccessKeyDisabled', meaning: 'disabled', source: '[S] ECS' },
  { statuses: [403], code: 'Forbidden.AccessKey', saying: 'not enabled', meaning: 'disabled', source: '[D] KMS' },
  { statuses: [403], code: 'NoEnabledAccessKey', meaning: 'disabled', source: '[R]' },
  { statuses: [400, 403], code: 'SignatureDoesNotMatch', meaning: 'signature', source: '[S][R] 400; OSS 403' },
  { statuses: [400], code: 'IncompleteSignature', meaning: 'signature', source: '[R] the spelling of the ECS family' },
  { statuses: [400], code: 'InvalidTimeStamp.Expired', meaning: 'clock', source: '[D]' },
  { statuses: [400], code: 'InvalidTimeStamp.Format', meaning: 'clock', source: '[D]' },
  { statuses: [400], code: 'SignatureNonceUsed', meaning: 'nonce', source: '[D]' },
  { statuses: [400, 403], code: 'InvalidSecurityToken.Expired', meaning: 'expired', source: '[D]' },
  {
    statuses: [400, 403],
    code: 'InvalidSecurityToken.',
    open: true,
    meaning: 'token',
    source: '[D] .Malformed, .MismatchWithAccessKey',
  },
  { statuses: [400, 403], code: 'MissingSecurityToken', meaning: 'token', source: '[D]' },
  {
    statuses: [400, 403, 429, 503],
    code: 'Throttling',
    open: true,
    meaning: 'throttled',
    source: '[D][S] .User, .Api',
  },
  { statuses: [400, 403, 429, 503], code: 'Rejected.Throttling', meaning: 'throttled', source: '[S]' },
  { statuses: [403, 400], code: 'NoPermission', meaning: 'not-permitted', source: '[D] 403; [R] once 400' },
  { statuses: [403], code: 'Forbidden.RAM', meaning: 'not-permitted', source: '[D]' },
  {
    statuses: [403],
    code: 'Forbidden.RiskControl',
    meaning: 'not-permitted',
    source: '[D] the account is held, the key known',
  },
  {
    statuses: [403],
    code: 'Forbidden.UserVerification',
    meaning: 'not-permitted',
    source: '[D] the account has no verified name',
  },
  {
    statuses: [403],
    code: 'Inactive',
    saying: 'ram service',
    meaning: 'not-permitted',
    source: '[D] RAM not activated',
  },
  {
    statuses: [403, 400],
    code: 'Forbidden',
    saying: 'risk of leakage',
    meaning: 'restricted',
    source: '[D] status not documented',
  },
  {
    statuses: [400, 403],
    code: 'Account.Arrearage',
    meaning: 'blocked',
    source: '[D] an unpaid bill; seen with products, not with STS',
  },
  {
    statuses: [400, 403],
    code: 'InsufficientBalance',
    meaning: 'blocked',
    source: '[D] an unpaid bill; seen with products, not with STS',
  },
  { statuses: [404], code: 'EntityNotExist.', open: true, meaning: 'no-entity', source: '[D] .User, .User.AccessKey' },
  { statuses: [409], code: 'DeleteConflict.', open: true, meaning: 'conflict', source: '[D] changes only' },
  { statuses: [409], code: 'EntityAlreadyExists.', open: true, meaning: 'conflict', source: '[D] changes only' },
  { statuses: [409], code: 'LimitExceeded.', open: true, meaning: 'conflict', source: '[D] changes only' },
  { statuses: [400], code: 'InvalidParameter', open: true, meaning: 'request', source: '[D] .UserName.Length' },
  { statuses: [400], code: 'MissingParameter', open: true, meaning: 'request', source: '[D][R]' },
  { statuses: [404], code: 'InvalidProduct.NotFound', meaning: 'endpoint', source: '[D]' },
  { statuses: [404], code: 'InvalidApi.NotFound', meaning: 'endpoint', source: '[D]' },
  { statuses: [400, 404], code: 'InvalidVersion', meaning: 'endpoint', source: '[D]' },
  { statuses: [400, 403, 404], code: 'InvalidProtocol.NeedSsl', meaning: 'endpoint', source: '[D]' },
  { statuses: [500], code: 'InternalError', meaning: 'server', source: '[D]' },
  { statuses: [503], code: 'ServiceUnavailable', meaning: 'server', source: '[D]' },
  { statuses: ['5xx'], code: '', open: true, meaning: 'server', source: 'whatever else a server that fails says' },
  { statuses: [429], code: '', open: true, meaning: 'throttled', source: 'RFC 6585' },
  {
    statuses: [403],
    code: '',
    open: true,
    meaning: 'blocked',
    source: 'the code for an address that is not allowed is not documented',
  },
];

/** @returns what the error means; `signature` is settled by `secretIsWrong` */
export const meaningOf = (error: ApiError): Meaning => table.find((row) => fits(row, error))?.meaning ?? 'other';

const fits = ({ statuses, code: expected, open, saying }: Row, { status, code, message }: ApiError): boolean =>
  statuses.some((one) => (one === '5xx' ? status >= 500 : one === status)) &&
  (open === true ? code.startsWith(expected) : code === expected) &&
  (saying === undefined || message.toLowerCase().includes(saying));

/**
 * Whether a signature error blames the secret. The server says what it signed; when that is not the text that we signed,
 * something between us changed the request, and the secret may be right. (alibaba-cloud-sdk-go,
 * sdk/errors/signature_does_not_match_wrapper.go, compares in the same way.)
 */
export const secretIsWrong = (error: ApiError, stringToSign: string): boolean => {
  const said = /server string\s*to\s*sign is\s*:?\s*\[?(.*)/is.exec(error.message)?.[1];
  if (said === undefined) return false;
  // The line feed in the middle comes as such, escaped, or as any white space; a bracket or the end closes it.
  const [algorithm = '', hash = ''] = stringToSign.split('\n');
  const theirs = said.replaceAll('\\n', '\n');
  if (!theirs.startsWith(algorithm)) return false;
  const rest = theirs.slice(algorithm.length);
  return (
    /^\s+/.test(rest) && rest.trimStart().startsWith(hash) && !/^[0-9a-f]/.test(rest.trimStart().slice(hash.length))
  );
};

/** Why nothing is known, and what to do about it, for each meaning that decides nothing. */
export const explain = (meaning: Meaning, error: ApiError, host: string): string => {
  const code = printableCode(error.code);
  const said = `${error.status} ${code}`;
  switch (meaning) {
    case 'signature':
      return `${host} received another request than the one that was signed (${code}): a proxy may have changed it. Try without it.`;
    case 'token':
      return `The security token was not accepted (${code}): it may be cut off or belong to another key. Look for the whole one where it was found.`;
    case 'expired':
      return `${host} speaks of a token that has ended (${code}), and none was sent. Check --endpoint.`;
    case 'clock':
      return `${host} did not accept the time of the request (${code}), even corrected. Set this machine's clock.`;
    case 'nonce':
      return `${host} says that the request came twice (${code}). Try again.`;
    case 'throttled':
      return `${host} asked for fewer requests (${code}). Try again later.`;
    case 'server':
      return `${host} failed (${said}). Try again later.`;
    case 'blocked':
      return `${host} refused the request for a reason that tells nothing of the key (${said}), such as a list of allowed addresses. Try from another network.`;
    case 'endpoint':
      return `${host} does not serve this API (${code}). Check --endpoint.`;
    case 'request':
      return `${host} did not understand the request (${said}), which says nothing of the key. Report it as a defect of akscan.`;
    default:
      return `${host} answered ${said}, which says nothing of the key. Treat it as live, and check --endpoint.`;
  }
};

/**
 * A code is the server's text: only what a code may look like reaches a report. It is made of words and numbers, and a part
 * of a secret or a token, which mix the two, is not; nor is one that happens to have letters alone, which mixes their cases.
 */
export const printableCode = (code: string): string =>
  code.length <= 80 && /^(?:[A-Za-z]+|\d+)(?:[._-](?:[A-Za-z]+|\d+))*$/.test(code) && code.split(/[._-]/).every(isWords)
    ? code
    : 'an unreadable code';

/** Letters of one case, or words with a capital each, which are 3.5 letters long and more: the two cases of a secret take turns. */
const isWords = (part: string): boolean => {
  const capitals = part.replace(/[^A-Z]/g, '').length;
  return part.length < 13 || capitals === part.length || 7 * capitals <= 2 * part.length;
};
