import { describe, expect, it } from 'vitest';
import type { ApiError } from '../../src/cloud/answer.js';
import {
  explain,
  type Meaning,
  meaningOf,
  printableCode,
  type Row,
  secretIsWrong,
  table,
} from '../../src/cloud/states.js';
import { createKeys } from '../support/keys.js';

const error = (status: number, code: string, message = ''): ApiError => ({
  kind: 'error',
  status,
  code,
  message,
  deniedAction: null,
  retryAfterMs: null,
  serverTime: null,
});

// Written from the documentation, not from the table under test.
const documented: readonly (readonly [number, string, string, Meaning])[] = [
  [404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.', 'not-found'],
  [400, 'InvalidAccessKeyId.NotFound', 'The Access Key ID provided does not exist in our records.', 'not-found'],
  [404, 'InvalidAccessKeyId', 'Specified access key is not found or invalid.', 'not-found'],
  [400, 'InvalidAccessKeyId.Inactive', 'Specified access key is disabled.', 'disabled'],
  [403, 'Forbidden.AccessKeyDisabled', '', 'disabled'],
  [403, 'Forbidden.AccessKey', 'This AccessKey is not enabled.', 'disabled'],
  [403, 'NoEnabledAccessKey', '', 'disabled'],
  [400, 'SignatureDoesNotMatch', '', 'signature'],
  [403, 'SignatureDoesNotMatch', '', 'signature'],
  [400, 'IncompleteSignature', '', 'signature'],
  [400, 'InvalidTimeStamp.Expired', '', 'clock'],
  [400, 'InvalidTimeStamp.Format', '', 'clock'],
  [400, 'SignatureNonceUsed', '', 'nonce'],
  [400, 'InvalidSecurityToken.Expired', '', 'expired'],
  [400, 'InvalidSecurityToken.Malformed', '', 'token'],
  [400, 'InvalidSecurityToken.MismatchWithAccessKey', '', 'token'],
  [400, 'MissingSecurityToken', '', 'token'],
  [400, 'Throttling', '', 'throttled'],
  [400, 'Throttling.User', '', 'throttled'],
  [429, 'Throttling.Api', '', 'throttled'],
  [400, 'Rejected.Throttling', '', 'throttled'],
  [403, 'NoPermission', 'You are not authorized to do this action.', 'not-permitted'],
  [403, 'Forbidden.RAM', 'User not authorized to operate on the specified resource.', 'not-permitted'],
  [403, 'Forbidden', 'There is a risk of leakage of this AccessKey.', 'restricted'],
  [403, 'Forbidden.RiskControl', '', 'not-permitted'],
  [403, 'Forbidden.UserVerification', '', 'not-permitted'],
  [403, 'Inactive', 'Your ram service is inactive, please activate it.', 'not-permitted'],
  [404, 'EntityNotExist.User', '', 'no-entity'],
  [404, 'EntityNotExist.User.AccessKey', '', 'no-entity'],
  [404, 'InvalidProduct.NotFound', '', 'endpoint'],
  [404, 'InvalidApi.NotFound', '', 'endpoint'],
  [400, 'InvalidProtocol.NeedSsl', '', 'endpoint'],
  [404, 'EntityNotExist.Group', '', 'no-entity'],
  [404, 'EntityNotExist.Policy', '', 'no-entity'],
  [404, 'EntityNotExist.Policy.Version', '', 'no-entity'],
  [400, 'InvalidParameter.UserName.InvalidChars', '', 'request'],
  [400, 'InvalidParameter.UserName.Length', '', 'request'],
  [400, 'InvalidParameter.PolicyType', '', 'request'],
  [400, 'MissingParameter', 'Parameter UserName is required', 'request'],
  [409, 'DeleteConflict.User.AccessKey', '', 'conflict'],
  [409, 'EntityAlreadyExists.User', '', 'conflict'],
  [409, 'LimitExceeded.User.AccessKey', '', 'conflict'],
  [400, 'NoPermission', '', 'not-permitted'],
  [400, 'Account.Arrearage', '', 'blocked'],
  [400, 'InsufficientBalance', '', 'blocked'],
  [400, 'InvalidVersion', '', 'endpoint'],
  [599, 'Anything', '', 'server'],
  [500, 'InternalError', '', 'server'],
  [503, 'ServiceUnavailable', '', 'server'],
];

describe('meaningOf', () => {
  it.each(documented)('%i %s %s', (status, code, message, meaning) => {
    expect(meaningOf(error(status, code, message))).toBe(meaning);
  });

  it.each([
    [500, 'InvalidAccessKeyId.NotFound', 'server'],
    [502, 'InvalidAccessKeyId.Inactive', 'server'],
    [403, 'InvalidAccessKeyId.NotFound', 'blocked'],
    [403, 'Forbidden', 'blocked'],
    [403, 'Forbidden.AccessKey', 'blocked'],
    [403, 'Anything', 'blocked'],
    [404, 'InvalidAccessKeyId.Inactive', 'other'],
    [404, 'NotFound', 'other'],
    [429, 'Anything', 'throttled'],
  ] as const)('does not take %i %s for a word about the key', (status, code, meaning) => {
    expect(meaningOf(error(status, code))).toBe(meaning);
  });
});

describe('the table', () => {
  it.each(table.map((row) => [`${row.statuses.join(', ')} ${row.code}${row.saying ?? ''}`, row] as const))(
    'can be hit at %s',
    (_, row) => {
      for (const status of row.statuses) {
        const code = row.open === true ? `${row.code}Some` : row.code;
        const hit = error(status === '5xx' ? 505 : status, code, `It has ${row.saying ?? 'no'} reason.`);
        expect(table.find((one) => meaningOf(hit) === one.meaning && fitsIn(one, hit))).toBe(row);
      }
    },
  );

  it('gives every row a source', () => {
    expect(table.filter(({ source }) => source === '')).toEqual([]);
  });
});

/** The first row that has the status and the code, found in another way than the code does. */
const fitsIn = (row: Row, { status, code, message }: ApiError): boolean => {
  const pattern = new RegExp(`^${row.code.replaceAll('.', '\\.')}${row.open === true ? '.*' : ''}$`);
  const statuses = row.statuses.map((one) => (one === '5xx' ? '5\\d\\d' : String(one)));
  return (
    pattern.test(code) &&
    new RegExp(`^(?:${statuses.join('|')})$`).test(String(status)) &&
    message.includes(row.saying ?? '')
  );
};

describe('secretIsWrong', () => {
  const hash = 'ab'.repeat(32);
  const ours = `ACS3-HMAC-SHA256\n${hash}`;
  const said = (text: string) => error(400, 'SignatureDoesNotMatch', text);

  it.each([
    `Specified signature does not match our calculation. server StringToSign is [${ours}] server CanonicalRequest is [POST\n/]`,
    `Specified signature does not match our calculation. server StringToSign is [ACS3-HMAC-SHA256\\n${hash}] server CanonicalRequest is [...]`,
    `The request signature does not conform to Aliyun standards. server string to sign is:${ours}`,
  ])('blames the secret when the server signed what we signed: %s', (message) => {
    expect(secretIsWrong(said(message), ours)).toBe(true);
  });

  it.each([
    'Specified signature does not match our calculation.',
    `server StringToSign is [ACS3-HMAC-SHA256\n${'cd'.repeat(32)}]`,
    `server StringToSign is [ACS3-HMAC-SHA256\n${hash}00]`,
    `server StringToSign is [ACS3-HMAC-SM3\n${hash}]`,
    `server string to sign is:POST&%2F&${hash}`,
    `our hash ${hash} somewhere else`,
    `server StringToSign is [ACS3-HMAC-SHA256\n${'cd'.repeat(32)}] ours was server StringToSign is [${ours}]`,
    `server string to sign is:POST&%2F&AccessKeyId%3Dtestid%26Action%3DGetCallerIdentity ${ours}`,
  ])('does not blame it otherwise: %s', (message) => {
    expect(secretIsWrong(said(message), ours)).toBe(false);
  });
});

describe('what reaches a report', () => {
  it('is only what a code can look like', () => {
    expect(printableCode('Throttling.User')).toBe('Throttling.User');
    expect(printableCode('\u001b[31m<script>')).toBe('an unreadable code');
  });

  it('no secret that happens to have letters alone, and all that the documentation has', () => {
    const made = createKeys(30);
    const drawn = Array.from({ length: 3_000 }, () =>
      made.text('base62', 30).replace(/\d/g, (digit) => 'aQzKxRbLmT'[+digit] ?? ''),
    );
    expect(drawn.filter((secret) => printableCode(secret) === secret).length).toBeLessThan(60);
    const codes = [
      ...documented.map(([, code]) => code),
      'InvalidDBInstanceId.NotFound',
      'EntityAlreadyExists.User.AccessKey',
      'SERVICE_UNAVAILABLE',
      'unauthenticated',
    ];
    expect(codes.filter((code) => code !== '' && printableCode(code) !== code)).toEqual([]);
  });

  it('never the message of the server', () => {
    const secretive = error(400, 'SignatureDoesNotMatch', 'server string to sign is:AccessKeyId%3Dtestid');
    expect(explain('signature', secretive, 'sts.example')).not.toContain('testid');
  });
});
