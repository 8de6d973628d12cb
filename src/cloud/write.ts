// One change: an operation of the table that does something, signed with the auditor's credentials. It is never sent a second
// time once it may have arrived: whether it did is for whoever asked to read back. Sent again is only what surely was not
// carried out: throttled, signed with a wrong clock, or without a connection.

import type { Answer, ApiError } from './answer.js';
import { readAnswer } from './answer.js';
import { type MakeRamCall, type Query, renewed, sendBySdk } from './ask.js';
import { type Body, text } from './body.js';
import { noAnswerOf, sendSigned } from './call.js';
import type { Keyring } from './credentials.js';
import { type OperationName, operationOf, partsOf } from './operations.js';
import type { Session } from './session.js';
import type { Signer } from './sign.js';
import { explain, meaningOf, printableCode } from './states.js';
import { TransportFault } from './transport/fault.js';
import type { HttpResponse } from './transport/http.js';

/** How a call that changes something came back. */
export type Sent =
  | { readonly kind: 'done'; readonly requestId: string | null }
  /** Nothing was changed: the API said no, or, with the code `NotSent`, never heard of it. `why` is one or two sentences. */
  | { readonly kind: 'refused'; readonly code: string; readonly why: string; readonly requestId: string | null }
  /** It may have been carried out or not: only the state read back tells. */
  | { readonly kind: 'unsure'; readonly why: string };

/**
 * @param take is handed the body of a success, for what is told only once, such as a new secret; false when it is not in there
 * @throws the run's abort reason, only before anything was sent
 */
export type Write = (name: OperationName, query: Query, take?: Take) => Promise<Sent>;

type Take = (body: Body) => boolean;

/** @param payer the account that the calls are counted against, or what stands for it */
export const createWrite =
  (session: Session, keyring: Keyring, payer: string, makeRamCall: MakeRamCall): Write =>
  async (name, query, take = () => true) => {
    if (operationOf(name).effect !== 'write') throw new Error(`${name} changes nothing`);
    const { host } = session.endpoints[partsOf(name).service];
    const signer = await renewed(keyring);
    if ('kind' in signer) return notSent(signer.why);
    let settled: Sent | null = null;
    let requestId: string | null = null;
    const answer = await session.persist({ operation: name, payer }, async () => {
      const came = await attempt(session, makeRamCall, { operation: name, query, take }, signer);
      requestId = came.requestId;
      if (came.kind === 'answer') return came.answer;
      settled = { kind: 'unsure', why: came.why };
      return SETTLED;
    });
    if (settled !== null) return settled;
    switch (answer.kind) {
      case 'success':
        return { kind: 'done', requestId };
      case 'error':
        return { kind: 'refused', code: printableCode(answer.code), why: whyNot(name, answer, host), requestId };
      case 'no-answer':
        return notSent(`${answer.why}. ${answer.advice}`);
    }
  };

export const notSent = (why: string): Sent & { readonly kind: 'refused' } => ({
  kind: 'refused',
  code: 'NotSent',
  why,
  requestId: null,
});

/** Ends the session's patience. */
const SETTLED: Answer = { kind: 'no-answer', why: '', advice: '', passing: false };

type Attempt = { readonly requestId: string | null } /** Not carried out, unless it is a success. */ & (
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'unsure'; readonly why: string }
);

const attempt = async (
  session: Session,
  makeRamCall: MakeRamCall,
  call: { readonly operation: OperationName; readonly query: Query; readonly take: Take },
  signer: Signer,
): Promise<Attempt> => {
  const { service, action } = partsOf(call.operation);
  const { host } = session.endpoints[service];
  const unsure = (why: string, requestId: string | null = null): Attempt => ({ kind: 'unsure', why, requestId });
  session.limits.signal.throwIfAborted();
  let response: HttpResponse | null;
  try {
    response =
      service === 'ram'
        ? await sendBySdk(session, makeRamCall, call, signer)
        : (await sendSigned(session, call, signer)).response;
  } catch (error) {
    if (session.limits.signal.aborted) return unsure(`The run was interrupted before ${host} had answered.`);
    if (!(error instanceof TransportFault)) throw error;
    const answer = noAnswerOf(error, host);
    return error.unsent ? { kind: 'answer', answer, requestId: null } : unsure(`${answer.why}. ${answer.advice}`);
  }
  if (response === null)
    return unsure(`${host}: the SDK did not make the request as usual. This is a defect of akscan.`);
  const answer = readAnswer(response, host);
  const requestId = requestIdOf(answer, response);
  switch (answer.kind) {
    case 'no-answer':
      return unsure(`${answer.why}. ${answer.advice}`, requestId);
    case 'success':
      return text(answer.body['RequestId']) === null || !call.take(answer.body)
        ? unsure(`${host} answered ${action} in a shape that is not its own. Check --endpoint.`, requestId)
        : { kind: 'answer', answer, requestId };
    case 'error':
      return mayBeDone(answer)
        ? unsure(`${host} failed (${answer.status} ${printableCode(answer.code)}).`, requestId)
        : { kind: 'answer', answer, requestId };
  }
};

/**
 * A server that fails may fail after the work. A nonce is never used twice by us: one that was used says that the request
 * came twice, and the first may have been carried out.
 */
const mayBeDone = (error: ApiError): boolean => {
  const meaning = meaningOf(error);
  return meaning === 'server' || meaning === 'nonce' || error.status === 408;
};

/** What has another shape may be anything, and the record is to hold no secret. */
const REQUEST_ID = /^[\dA-F]{8}(?:-[\dA-F]{4}){3}-[\dA-F]{12}$/i;

const requestIdOf = (answer: Answer, { headers }: HttpResponse): string | null => {
  const said = answer.kind === 'success' ? answer.body['RequestId'] : headers['x-acs-request-id'];
  return typeof said === 'string' && REQUEST_ID.test(said) ? said : null;
};

/** One or two sentences; nothing was changed. */
const whyNot = (name: OperationName, error: ApiError, host: string): string => {
  const said = `${error.status} ${printableCode(error.code)}`;
  const meaning = meaningOf(error);
  switch (meaning) {
    case 'not-permitted':
      return /^(?:NoPermission|Forbidden\.RAM)$/.test(error.code)
        ? `Your credentials lack ${error.deniedAction ?? operationOf(name).permission ?? partsOf(name).action}.`
        : `${host} does not let this account do so (${said}).`;
    case 'restricted':
      return 'Your own AccessKey is under leak protection, and RAM refuses it: use another.';
    case 'disabled':
    case 'not-found':
    case 'expired':
    case 'token':
    case 'signature':
      return `Your own credentials were refused by ${host} (${said}).`;
    case 'no-entity':
      return 'The account does not have this user or this key any more.';
    case 'conflict':
      return error.code.startsWith('LimitExceeded.')
        ? `A quota of the account is used up (${said}).`
        : `The account's present state stands in the way (${said}).`;
    case 'blocked':
      return `${host} refused the request (${said}), as it does from an address that is not allowed.`;
    case 'request':
      return `${host} did not take the request as it was (${said}).`;
    case 'clock':
    case 'throttled':
    case 'endpoint':
      return explain(meaning, error, host);
    default:
      return `${host} answered ${said}.`;
  }
};
