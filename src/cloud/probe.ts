// The leaked pair itself asks STS who it is. GetCallerIdentity needs no permission, so every key that works gets an answer.
// https://help.aliyun.com/document_detail/371868.html (STS 2015-04-01, GetCallerIdentity)

import { randomBytes } from 'node:crypto';
import type { Verdict } from '../findings/model.js';
import type { ApiError, Success } from './answer.js';
import { unaskable } from './askable.js';
import { isoTime } from './body.js';
import { callApi } from './call.js';
import type { Session } from './session.js';
import type { Signer } from './sign.js';
import { explain, meaningOf, printableCode, secretIsWrong } from './states.js';
import type { CredentialToVerify } from './types.js';

const CALL = { operation: 'sts:GetCallerIdentity', query: {} } as const;

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
  switch (verdict.state) {
    case 'wrong-secret': {
      const reason = 'STS knows this ID and it is on; its secret was not asked about.';
      return { ...verdict, state: 'live', secretProven: false, reason };
    }
    case 'live':
      // Nobody guesses a secret: who accepts a made-up one, with an identity, checks no signatures.
      if (verdict.arn !== undefined) return madeUp(session, verdict);
      return { ...verdict, secretProven: false };
    default:
      return verdict;
  }
};

const madeUp = ({ endpoints }: Session, { checkedAt }: Verdict): Verdict => ({
  state: 'unknown',
  how: 'probe',
  ...(checkedAt === undefined ? {} : { checkedAt }),
  reason: `${endpoints.sts.host} accepted a made-up secret, so it is not Alibaba Cloud's STS. Check --endpoint.`,
});

const asked = async (session: Session, signer: Signer): Promise<Verdict> => {
  const checkedAt = isoTime(Date.now()) ?? '';
  return { ...(await answerOf(session, signer)), checkedAt };
};

const answerOf = async (session: Session, signer: Signer): Promise<Verdict> => {
  const { answer, stringToSign } = await callApi(session, CALL, signer);
  const { host } = session.endpoints.sts;
  switch (answer.kind) {
    case 'success':
      return identified(answer, host);
    case 'error':
      return refused(answer, { stringToSign, host, hasToken: signer.token !== null });
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
    const reason = `${host} answered 200 without saying whose key it is. Check --endpoint.`;
    return { state: 'unknown', how: 'probe', reason };
  }
  return { state: 'live', how: 'probe', account, arn, ...principalOf(name, type), secretProven: true };
};

/** The ARN and the type each name the root account; a kind of principal that is new stays without a name. */
const principalOf = (name: string, type: string): Pick<Verdict, 'principal' | 'user' | 'session'> => {
  if (name === 'root' || type === 'Account') return { principal: 'root' };
  const [kind, user, session] = name.split('/');
  if (user === undefined || user === '') return {};
  if (kind === 'user') return { principal: 'ram-user', user };
  if (kind !== 'assumed-role') return {};
  return { principal: 'assumed-role', user, ...(session ? { session } : {}) };
};

interface Sent {
  readonly stringToSign: string;
  readonly host: string;
  readonly hasToken: boolean;
}

const refused = (error: ApiError, { stringToSign, host, hasToken }: Sent): Verdict => {
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
        // Whether the signature was looked at before is not documented.
        secretProven: false,
        reason: "It is on, and refused under Alibaba Cloud's leak protection.",
      };
    case 'disabled':
      return { ...verdict, state: 'disabled', secretProven: false };
    case 'not-found':
      return { ...verdict, state: 'not-found' };
    case 'expired':
      // Without a token there was nothing that could have ended.
      if (!hasToken) break;
      return { ...verdict, state: 'expired' };
    case 'signature':
      if (!secretIsWrong(error, stringToSign)) break;
      return { ...verdict, state: 'wrong-secret', secretProven: false };
    default:
      break;
  }
  return { ...verdict, state: 'unknown', reason: explain(meaning, error, host) };
};
