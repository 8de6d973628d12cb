// Faults by name: every error that the APIs are known to give, and everything else that may come instead of an answer. Tests
// run over the whole list; `akscan demo --serve --fault NAME` shows one of them to whoever wants to see it.

import { gzipSync } from 'node:zlib';
import type { Call, Envelope, Fault } from './fault.js';

export interface NamedFault {
  readonly name: string;
  /** In a few words, for people. */
  readonly what: string;
  /** `error`: one of the API's own. `envelope`: such an error, written in another way. `noise`: no answer of the API's at all. */
  readonly group: 'error' | 'envelope' | 'noise' | 'clock';
  /** Of an error: what the client has to understand. */
  readonly error?: { readonly status: number; readonly code: string };
  readonly fault: (call: Call) => Fault;
}

/** @returns null for a name that is none of the list's */
export const faultNamed = (name: string): NamedFault | null => faults.find((fault) => fault.name === name) ?? null;

/** For `World.fault`. @param action the only one that goes wrong; every one without */
export const failing =
  ({ fault }: NamedFault, action?: string): ((call: Call) => Fault | null) =>
  (call) =>
    action === undefined || call.action === action ? fault(call) : null;

type Row = readonly [code: string, statuses: readonly number[], message: string | ((call: Call) => string)];

const THROTTLED = 'Request was denied due to user flow control.';

/** Another text than was sent: as if something on the way had changed the request. */
const otherMismatch = (): string =>
  `Specified signature does not match our calculation. server StringToSign is [ACS3-HMAC-SHA256\n${'0'.repeat(64)}] server CanonicalRequest is [GET\n/other\n]`;

const incomplete = ({ mismatch }: Call): string =>
  `The request signature does not conform to Aliyun standards. ${mismatch.slice(mismatch.indexOf('server '))}`;

const ROWS: readonly Row[] = [
  ['InvalidAccessKeyId.NotFound', [404, 400], 'Specified access key is not found.'],
  ['InvalidAccessKeyId', [404, 400], 'Specified access key is not found or invalid.'],
  ['InvalidAccessKeyId.Inactive', [400], 'Specified access key is disabled.'],
  ['Forbidden.AccessKeyDisabled', [403], 'The AccessKey is disabled.'],
  ['Forbidden.AccessKey', [403], 'This AccessKey is not enabled.'],
  ['NoEnabledAccessKey', [403], 'No enabled AccessKey.'],
  ['SignatureDoesNotMatch', [400, 403], ({ mismatch }) => mismatch],
  ['IncompleteSignature', [400], incomplete],
  ['InvalidTimeStamp.Expired', [400], 'Specified time stamp or date value is expired.'],
  ['InvalidTimeStamp.Format', [400], 'Specified time stamp or date value is not well formatted.'],
  ['SignatureNonceUsed', [400], 'Specified signature nonce was used already.'],
  ['InvalidSecurityToken.Expired', [400, 403], 'Specified SecurityToken is expired.'],
  ['InvalidSecurityToken.Malformed', [400, 403], 'Specified SecurityToken is malformed.'],
  ['InvalidSecurityToken.MismatchWithAccessKey', [400, 403], 'Specified SecurityToken mismatch with the AccessKey.'],
  ['MissingSecurityToken', [400, 403], 'SecurityToken is mandatory for this action.'],
  ['Throttling', [400, 403, 429, 503], 'Request was denied due to request throttling.'],
  ['Throttling.User', [400, 403, 429, 503], THROTTLED],
  ['Throttling.Api', [400, 403, 429, 503], 'Request was denied due to api flow control.'],
  ['Rejected.Throttling', [400, 403, 429, 503], THROTTLED],
  ['NoPermission', [403, 400], 'You are not authorized to do this action.'],
  [
    'Forbidden.RAM',
    [403],
    "User not authorized to operate on the specified resource, or this API doesn't support RAM.",
  ],
  ['Forbidden.RiskControl', [403], 'This operation is forbidden by Aliyun Risk Control system.'],
  ['Forbidden.UserVerification', [403], 'Your account has not passed the real-name verification yet.'],
  ['Inactive', [403], 'Your ram service is inactive, please activate it.'],
  ['Forbidden', [403, 400], 'There is a risk of leakage of this AccessKey.'],
  ['EntityNotExist.User', [404], 'The user does not exist.'],
  ['EntityNotExist.User.AccessKey', [404], 'The user access key does not exist.'],
  ['EntityNotExist.Group', [404], 'The group does not exist.'],
  ['EntityNotExist.Policy', [404], 'The policy does not exist.'],
  ['EntityNotExist.Policy.Version', [404], 'The policy version does not exist.'],
  ['InvalidProduct.NotFound', [404], 'Cannot find product according to your specified domain.'],
  ['InvalidApi.NotFound', [404], 'Specified api is not found, please check your url and method.'],
  ['InvalidVersion', [400, 404], 'Specified parameter Version is not valid.'],
  ['InvalidProtocol.NeedSsl', [400, 403, 404], 'Your request is denied as lack of ssl protect.'],
  ['MissingParameter', [400], 'Parameter UserName is required.'],
  ['InvalidParameter.UserName.InvalidChars', [400], 'The parameter UserName has invalid characters.'],
  ['InvalidParameter.UserName.Length', [400], 'The length of the parameter UserName exceeds 64.'],
  ['InvalidParameter.PolicyType', [400], 'The parameter PolicyType is invalid.'],
  ['DeleteConflict.User.AccessKey', [409], 'The user has access keys.'],
  ['EntityAlreadyExists.User', [409], 'The user does already exist.'],
  ['LimitExceeded.User.AccessKey', [409], 'The count of access keys beyond the current limits.'],
  ['InternalError', [500], 'The request processing has failed due to some unknown error.'],
  ['ServiceUnavailable', [503], 'The request has failed due to a temporary failure of the server.'],
  ['Account.Arrearage', [400, 403], 'Your account has an outstanding payment.'],
  ['InsufficientBalance', [400, 403], 'Your account does not have enough balance.'],
  ['Forbidden.SourceIp', [403], 'The request is not from an address that is allowed.'],
  ['Unheard.Of', [400, 401, 403, 404, 429, 502], 'A code that nobody has written down.'],
];

const errorFault = ([code, , message]: Row, status: number, written: Envelope | null): NamedFault['fault'] => {
  const isThrottling = code.includes('Throttling');
  return (call) => ({
    kind: 'error',
    status,
    code,
    message: typeof message === 'string' ? message : message(call),
    ...(isThrottling ? { retryAfterMs: 20 } : {}),
    ...(code === 'NoPermission' ? { detail: { AccessDeniedDetail: deniedDetail(call) } } : {}),
    ...(written === null ? {} : { envelope: written }),
  });
};

const deniedDetail = ({ action }: Call): Readonly<Record<string, string>> => ({
  AuthAction: `ram:${action}`,
  AuthPrincipalType: 'SubUser',
  AuthPrincipalOwnerId: '1000000000000001',
  AuthPrincipalDisplayName: '200000000000000001',
  NoPermissionType: 'ImplicitDeny',
  PolicyType: 'AccountLevelIdentityBasedPolicy',
});

/** The usual status of a code gives its name alone, another one is said: `NoPermission-400`. */
const errors: readonly NamedFault[] = ROWS.flatMap((row) => {
  const [code, statuses, message] = row;
  return statuses.map((status, index) => ({
    name: index === 0 ? code : `${code}-${status}`,
    what: typeof message === 'string' ? message : 'The secret is wrong, says the server of this very request.',
    group: 'error' as const,
    error: { status, code },
    fault: errorFault(row, status, null),
  }));
});

const ENVELOPED = ['InvalidAccessKeyId.NotFound', 'InvalidAccessKeyId.Inactive', 'NoPermission', 'Throttling.User'];
const ENVELOPES: readonly Envelope[] = ['lower-case', 'xml', 'xml-other-charset', 'gzip'];

const enveloped: readonly NamedFault[] = ROWS.filter(([code]) => ENVELOPED.includes(code)).flatMap((row) =>
  ENVELOPES.map((written) => {
    const [code, [status = 400]] = row;
    return {
      name: `${code}-${written}`,
      what: `The error ${code}, written as ${written}.`,
      group: 'envelope' as const,
      error: { status, code },
      fault: errorFault(row, status, written),
    };
  }),
);

const noise = (name: string, what: string, fault: Fault): NamedFault => ({
  name,
  what,
  group: 'noise',
  fault: () => fault,
});

const page = (status: number, title: string, headers: Readonly<Record<string, string>> = {}): Fault => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
  body: `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
});

const json = (status: number, body: string): Fault => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'application/json;charset=utf-8' },
  body,
});

const TWO_MB = JSON.stringify({ Padding: 'x'.repeat(2 << 20) });
const CUT =
  '{"RequestId":"00000000-0000-0000-0000-000000000000","HostId":"sts.example","Code":"InvalidAccessKeyId.NotF';

const noises: readonly NamedFault[] = [
  noise('captive-portal', 'A log-in page of the network, as success.', page(200, 'Sign in to the network')),
  noise('redirect', 'A redirect to such a page.', page(302, 'Found', { location: 'http://portal.example/login' })),
  noise('redirect-home', 'A redirect to the same host.', page(307, 'Moved', { location: '/' })),
  noise('firewall-405', 'The page of a web application firewall.', page(405, 'Your request has been blocked')),
  noise('firewall-403', 'The page of a firewall that forbids.', page(403, 'Forbidden')),
  noise('not-found-404', 'The page of a web server that knows no such place.', page(404, '404 Not Found')),
  noise('proxy-407', 'A proxy that wants a password.', page(407, 'Proxy Authentication Required')),
  noise('too-many-429', 'Too many requests, without an envelope.', page(429, 'Too Many Requests')),
  noise('empty', 'Success, and nothing in it.', json(200, '')),
  noise('no-content', 'Success that says that there is nothing in it.', { kind: 'answer', status: 204, body: '' }),
  noise('null', 'Success: null.', json(200, 'null')),
  noise('array', 'Success: an empty list.', json(200, '[]')),
  noise('empty-object', 'Success: an object with nothing in it.', json(200, '{}')),
  noise('text', 'Success: a text.', json(200, '"ok"')),
  noise(
    'other-shape',
    "Success: another product's answer.",
    json(200, '{"code":200,"data":{"Arn":true},"success":true}'),
  ),
  noise('lists-of-numbers', 'Success: the right names, the wrong types.', json(200, wrongTypes())),
  noise(
    'error-as-success',
    'An error with the status of success.',
    json(200, '{"Code":"InvalidAccessKeyId.NotFound"}'),
  ),
  noise('code-only', 'A status and a code, but no envelope.', json(404, '"InvalidAccessKeyId.NotFound"')),
  noise('cut-json', 'JSON that ends in the middle, with the length that it has.', json(404, CUT)),
  noise('truncated', 'A body that ends before its length.', { kind: 'truncate' }),
  noise('server-error-json', 'The server failed, in JSON of no known shape.', json(500, '{"error":"oops"}')),
  noise('server-error-html', 'A gateway has no server behind it.', page(502, 'Bad Gateway')),
  noise('unavailable-html', 'A gateway that is down.', page(503, 'Service Temporarily Unavailable')),
  noise('gateway-timeout-html', 'A gateway that waited too long.', page(504, 'Gateway Time-out')),
  noise('binary', 'Bytes that are no text.', {
    kind: 'answer',
    status: 200,
    body: Uint8Array.of(0, 255, 254, 128, 13, 10),
  }),
  noise('gzip-rubbish', 'Said to be gzip, and is not.', {
    kind: 'answer',
    status: 200,
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: 'this is no gzip',
  }),
  noise('gzip-bomb', 'Two megabytes in a few hundred bytes of gzip.', {
    kind: 'answer',
    status: 200,
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: gzipSync(TWO_MB),
  }),
  noise('gzip', 'The right answer in gzip, which nobody asked for.', { kind: 'gzip' }),
  noise('two-megabytes', 'A body of 2 MB.', json(200, TWO_MB)),
  noise('reset', 'The connection is cut before the answer.', { kind: 'reset' }),
  noise('stall', 'The answer stops in the middle, and nothing follows.', { kind: 'stall' }),
  noise('hang', 'No answer ever.', { kind: 'hang' }),
];

function wrongTypes(): string {
  return JSON.stringify({ RequestId: 1, Arn: 1, IdentityType: [], User: [], AccessKeys: 1, Policies: { Policy: {} } });
}

const HOUR = 3_600_000;

const changed: NamedFault = {
  name: 'changed-on-the-way',
  what: 'The server signed another text: something between changed the request.',
  group: 'error',
  error: { status: 400, code: 'SignatureDoesNotMatch' },
  fault: () => ({ kind: 'error', status: 400, code: 'SignatureDoesNotMatch', message: otherMismatch() }),
};

const clocks: readonly NamedFault[] = [
  {
    name: 'clock-ahead',
    what: 'The server is an hour ahead.',
    group: 'clock',
    fault: () => ({ kind: 'clock', aheadMs: HOUR }),
  },
  {
    name: 'clock-behind',
    what: 'The server is an hour behind.',
    group: 'clock',
    fault: () => ({ kind: 'clock', aheadMs: -HOUR }),
  },
];

export const faults: readonly NamedFault[] = [...errors, changed, ...enveloped, ...noises, ...clocks];
