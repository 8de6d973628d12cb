// One API call over our own transport, signed with any key: the auditor's or a leaked one.

import { randomBytes } from 'node:crypto';
import { type Answer, type NoAnswer, readAnswer } from './answer.js';
import { type OperationName, partsOf } from './operations.js';
import { PROBE, type Session } from './session.js';
import { type Signer, signV3 } from './sign.js';
import { TransportFault } from './transport/fault.js';
import { type HttpResponse, send } from './transport/http.js';
import type { Service } from './types.js';

export interface ApiCall {
  readonly operation: OperationName;
  readonly query: Readonly<Record<string, string>>;
  /** Whose quota it is counted against; absent: that of the probes. */
  readonly payer?: string;
}

export interface Called {
  readonly answer: Answer;
  /** What the last request's signature covered. */
  readonly stringToSign: string;
}

/** (https://api.aliyun.com/product; one version each, unchanged since the year in its name) */
const VERSIONS: Readonly<Record<Service, string>> = {
  ram: '2015-05-01',
  ims: '2019-08-15',
  sts: '2015-04-01',
  actiontrail: '2020-07-06',
  sas: '2018-12-03',
};

/** @returns whatever came back; a fault of the network is an answer that is none. @throws the run's abort reason */
export const callApi = async (session: Session, call: ApiCall, signer: Signer): Promise<Called> => {
  const { service } = partsOf(call.operation);
  const endpoint = session.endpoints[service];
  let stringToSign = '';
  const answer = await session.persist({ operation: call.operation, payer: call.payer ?? PROBE }, () =>
    answered(endpoint.host, async () => {
      const sent = await sendSigned(session, call, signer);
      stringToSign = sent.stringToSign;
      return readAnswer(sent.response, endpoint.host);
    }),
  );
  return { answer, stringToSign };
};

/** One request, once. @throws TransportFault, or the run's abort reason */
export const sendSigned = async (
  session: Session,
  { operation, query }: Pick<ApiCall, 'operation' | 'query'>,
  signer: Signer,
): Promise<{ readonly response: HttpResponse; readonly stringToSign: string }> => {
  const { service, action } = partsOf(operation);
  const endpoint = session.endpoints[service];
  const signed = signV3(
    {
      host: endpoint.host,
      action,
      version: VERSIONS[service],
      query,
      date: session.now(service),
      nonce: randomBytes(16).toString('hex'),
    },
    signer,
  );
  const url = new URL(`/${signed.query === '' ? '' : `?${signed.query}`}`, endpoint);
  const response = await send({ method: 'POST', url, headers: signed.headers, body: null }, session.limits);
  return { response, stringToSign: signed.stringToSign };
};

/** Turns a fault of the network into an answer that is none. */
export const answered = async (host: string, ask: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof TransportFault)) throw error;
    return noAnswerOf(error, host);
  }
};

export const noAnswerOf = ({ message, advice, passing }: TransportFault, host: string): NoAnswer => ({
  kind: 'no-answer',
  why: message.includes(host) ? message : `${host}: ${message}`,
  advice,
  passing,
});
