// One question: an operation of the table, signed with the auditor's credentials. Every answer is one of four: found, there
// is none, not permitted, or a fault.

import { AkscanError } from '../errors.js';
import { type Answer, readAnswer } from './answer.js';
import type { Body, Reading } from './body.js';
import { answered, callApi } from './call.js';
import type { Keyring } from './credentials.js';
import { type OperationName, operationOf, partsOf } from './operations.js';
import type { RamCall } from './sdk.js';
import type { Session } from './session.js';
import { apiTime, type Signer } from './sign.js';
import { explain, meaningOf, printableCode } from './states.js';
import { TransportFault } from './transport/fault.js';
import type { HttpResponse } from './transport/http.js';
import { observed } from './transport/scope.js';

export type Outcome<T> =
  | { readonly kind: 'found'; readonly value: T }
  | { readonly kind: 'none' }
  /** `action` is the RAM action to grant. */
  | { readonly kind: 'denied'; readonly action: string }
  /**
   * `why` is one or two sentences; `restricted` when the key that signed is under Alibaba Cloud's leak protection; `noApi`
   * when the host does not know the operation.
   */
  | { readonly kind: 'fault'; readonly why: string; readonly restricted?: true; readonly noApi?: true };

/** Parameters by their names on the wire: `UserName`, `LookupAttribute.1.Key`. */
export type Query = Readonly<Record<string, string>>;

export type Ask = <T>(name: OperationName, query: Query, read: (body: Body) => Reading<T>) => Promise<Outcome<T>>;

/** Makes a call of the SDK's RAM client; see `ramCaller` in sdk.ts. */
export type MakeRamCall = (signer: Signer, endpoint: URL, date: string) => RamCall;

/**
 * RAM is asked through Alibaba Cloud's SDK, the others in the same form by ourselves.
 * @param payer the account that the questions are counted against, or what stands for it
 */
export const createAsk = (session: Session, keyring: Keyring, payer: string, makeRamCall: MakeRamCall): Ask => {
  /** The SDK makes and signs the request; its answer is read from the wire, where nothing of it is lost. */
  const askSdk = (operation: OperationName, query: Query, signer: Signer): Promise<Answer> => {
    const { host } = session.endpoints.ram;
    return session.persist({ operation, payer }, () =>
      answered(host, async () => {
        const response = await sendBySdk(session, makeRamCall, { operation, query }, signer);
        if (response !== null) return readAnswer(response, host);
        return {
          kind: 'no-answer',
          why: `${host}: the SDK could not make the request`,
          advice: 'This is a defect of akscan.',
          passing: false,
        };
      }),
    );
  };

  return async (name, query, read) => {
    const { service } = partsOf(name);
    const signer = await renewed(keyring);
    if ('kind' in signer) return signer;
    const answer =
      service === 'ram'
        ? await askSdk(name, query, signer)
        : (await callApi(session, { operation: name, query, payer }, signer)).answer;
    return outcomeOf(name, answer, read, session.endpoints[service].host);
  };
};

/**
 * One request to RAM, once.
 *
 * @returns null when the SDK could not make it: its messages hold parts of what it was given, and are not repeated
 * @throws TransportFault, or the run's abort reason
 */
export const sendBySdk = async (
  session: Session,
  makeRamCall: MakeRamCall,
  { operation, query }: { readonly operation: OperationName; readonly query: Query },
  signer: Signer,
): Promise<HttpResponse | null> => {
  const call = makeRamCall(signer, session.endpoints.ram, apiTime(session.now('ram')));
  const { response, fault } = await observed(session.limits, () => call(partsOf(operation).action, query));
  if (response === null && (fault instanceof TransportFault || session.limits.signal.aborted)) throw fault;
  return response;
};

/** Temporary credentials may end in the middle of a run: a fault of this question, and the rest goes on. */
export const renewed = async (keyring: Keyring): Promise<Signer | (Outcome<never> & { readonly kind: 'fault' })> => {
  try {
    return await keyring.signer();
  } catch (error) {
    if (error instanceof AkscanError) return { kind: 'fault', why: error.message };
    throw error;
  }
};

/** What RAM says of a permission that is missing. */
const LACKING = /^(?:NoPermission|Forbidden\.RAM)$/;

const outcomeOf = <T>(
  name: OperationName,
  answer: Answer,
  read: (body: Body) => Reading<T>,
  host: string,
): Outcome<T> => {
  if (answer.kind === 'no-answer') return { kind: 'fault', why: `${answer.why}. ${answer.advice}` };
  if (answer.kind === 'success') {
    const reading = read(answer.body);
    if (reading === 'malformed')
      return { kind: 'fault', why: `${host} answered ${partsOf(name).action} in a shape that is not its own.` };
    return reading === 'none' ? { kind: 'none' } : { kind: 'found', value: reading.value };
  }
  const meaning = meaningOf(answer);
  switch (meaning) {
    case 'no-entity':
      return { kind: 'none' };
    case 'not-permitted':
      // No grant helps where the account itself is held back.
      if (answer.deniedAction === null && !LACKING.test(answer.code)) {
        const said = `${answer.status} ${printableCode(answer.code)}`;
        return { kind: 'fault', why: `${host} refuses whatever your account asks (${said}). See the RAM console.` };
      }
      return { kind: 'denied', action: answer.deniedAction ?? operationOf(name).permission ?? partsOf(name).action };
    // These speak of the key that signed: the auditor's.
    case 'restricted':
      return {
        kind: 'fault',
        why: 'Your own AccessKey is under leak protection, and RAM refuses it: use another.',
        restricted: true,
      };
    case 'disabled':
    case 'not-found':
    case 'expired':
    case 'signature':
      return { kind: 'fault', why: `Your own credentials were refused by ${host} (${answer.status}).` };
    case 'endpoint':
      return { kind: 'fault', why: explain(meaning, answer, host), noApi: true };
    default:
      return { kind: 'fault', why: explain(meaning, answer, host) };
  }
};

/** A page of a list, and what asks for the next. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Null on the last page. */
  readonly next: string | null;
}

/** A list of more pages has no end: 1,000 users stand on one of them. */
const MOST_PAGES = 1_000;

/**
 * All pages of a list.
 * @param page asks for the page that a marker of the page before stands for; null for the first
 */
export const allPages = async <T>(
  name: OperationName,
  page: (marker: string | null) => Promise<Outcome<Page<T>>>,
): Promise<Outcome<readonly T[]>> => {
  const items: T[] = [];
  const seen = new Set<string>();
  let marker: string | null = null;
  do {
    const asked: Outcome<Page<T>> = await page(marker);
    if (asked.kind !== 'found') return asked;
    items.push(...asked.value.items);
    marker = asked.value.next;
    // A server that repeats its pages would keep us for ever.
    if (marker !== null && seen.has(marker)) {
      return { kind: 'fault', why: `${partsOf(name).action} gave the same page twice.` };
    }
    if (seen.size >= MOST_PAGES) return { kind: 'fault', why: `${partsOf(name).action} gave pages without end.` };
    if (marker !== null) seen.add(marker);
  } while (marker !== null);
  return { kind: 'found', value: items };
};
