// The leaked pair itself asks STS who it is. GetCallerIdentity needs no permission, so every key that works gets an answer.
// https://help.aliyun.com/document_detail/371868.html (STS 2015-04-01, GetCallerIdentity)

import { randomBytes } from 'node:crypto';
import type { Principal, Verdict } from '../findings/model.js';
import type { ApiError, Success } from './answer.js';
import { callApi } from './call.js';
import type { Session } from './session.js';
import type { Signer } from './sign.js';
import { explain, meaningOf, printableCode, secretIsWrong } from './states.js';
import type { CredentialToVerify } from './types.js';

const CALL = { service: 'sts', action: 'GetCallerIdentity', query: {} } as const;

/** @returns the verdict; null when there is nothing to sign with, so that nothing was sent */
export const probe = async (session: Session, credential: CredentialToVerify): Promise<Verdict | null> => {
  if (credential.secret === null) return null;
  const problem = unaskable(credential);
  if (problem !== null) return { state: 'unknown', how: 'probe', reason: problem };
  return asked(session, { accessKeyId: credential.accessKeyId, secret: credential.secret, token: credential.token });
};

/**
 * Asks about an ID without its secret, by signing with a made-up one: a key that exists and is on is told by the complaint
 * about the signature.
 */
export const probeId = async (session: Session, accessKeyId: string): Promise<Verdict> => {
  const problem = unaskable({ accessKeyId, secret: null, token: null });
  if (problem !== null) return { state: 'unknown', how: 'probe', reason: problem };
  const verdict = await asked(session, { accessKeyId, secret: randomBytes(15).toString('hex'), token: null });
  if (verdict.state !== 'wrong-secret') return verdict;
  return {
    ...verdict,
    state: 'live',
    secretProven: false,
    reason: 'STS knows this ID and it is on; its secret was not asked about.',
  };
};

/** Text that would not survive in a header, or a temporary key without the token that it is nothing without. */
const unaskable = ({ accessKeyId, secret, token }: CredentialToVerify): string | null => {
  if (!/^[\w.-]{8,128}$/.test(accessKeyId)) return 'This text is no AccessKey ID, and was not sent.';
  if (secret !== null && !/^[\w+/=.-]{8,128}$/.test(secret))
    return 'The secret holds characters that no secret has; it was not tried.';
  if (token !== null && !/^[\w+/=.-]{1,4096}$/.test(token)) return 'The security token is no token; it was not tried.';
  if (accessKeyId.startsWith('STS.') && token === null) {
    return 'A temporary key cannot be asked about without its security token, which was not found.';
  }
  return null;
};

const asked = async (session: Session, signer: Signer): Promise<Verdict> => {
  const { answer, stringToSign } = await callApi(session, CALL, signer);
  const { host } = session.endpoints.sts;
  switch (answer.kind) {
    case 'success':
      return identified(answer, host);
    case 'error':
      return refused(answer, stringToSign, host);
    case 'no-answer':
      return { state: 'unknown', how: 'probe', reason: `${answer.why}. ${answer.advice}` };
  }
};

/** Account and principal: `acs:ram::1234567890123456:user/alice`. */
const ARN = /^acs:(?:ram|sts)::(\d{1,20}):([^\s\x00-\x1f\x7f]{1,400})$/;

const identified = ({ body }: Success, host: string): Verdict => {
  const { Arn: arn, IdentityType: type } = body;
  const [, account, name] = typeof arn === 'string' ? (ARN.exec(arn) ?? []) : [];
  if (typeof arn !== 'string' || typeof type !== 'string' || account === undefined || name === undefined) {
    const reason = `${host} answered 200 without saying whose key it is. A wrong --endpoint answers like this.`;
    return { state: 'unknown', how: 'probe', reason };
  }
  return { state: 'live', how: 'probe', account, arn, ...principalOf(name, type), secretProven: true };
};

/** The ARN and the type each name the root account; a kind of principal that is new stays without a name. */
const principalOf = (name: string, type: string): { readonly principal?: Principal; readonly user?: string } => {
  if (name === 'root' || type === 'Account') return { principal: 'root' };
  const [kind, user] = name.split('/');
  if (user === undefined) return {};
  if (kind === 'user') return { principal: 'ram-user', user };
  return kind === 'assumed-role' ? { principal: 'assumed-role', user } : {};
};

const refused = (error: ApiError, stringToSign: string, host: string): Verdict => {
  const meaning = meaningOf(error);
  const code = printableCode(error.code);
  const verdict = { how: 'probe', code } as const;
  switch (meaning) {
    case 'not-permitted':
      return {
        ...verdict,
        state: 'live',
        secretProven: true,
        reason: `STS knows the pair and does not allow this call (${code}).`,
      };
    case 'restricted':
      return {
        ...verdict,
        state: 'restricted',
        secretProven: true,
        reason: "The pair works, under Alibaba Cloud's leak protection.",
      };
    case 'disabled':
      return { ...verdict, state: 'disabled', secretProven: false };
    case 'not-found':
      return { ...verdict, state: 'not-found' };
    case 'expired':
      return { ...verdict, state: 'expired' };
    case 'signature':
      if (!secretIsWrong(error, stringToSign)) break;
      return { ...verdict, state: 'wrong-secret', secretProven: false };
    default:
      break;
  }
  return { ...verdict, state: 'unknown', reason: explain(meaning, error, host) };
};
