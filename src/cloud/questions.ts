// The single questions that inventory asks, each one API operation, signed with the auditor's credentials. Every answer is
// one of four: found, there is none, not permitted, or a fault.

import { AkscanError } from '../errors.js';
import { type Answer, readAnswer } from './answer.js';
import { answered, callApi } from './call.js';
import type { Keyring } from './credentials.js';
import {
  type Body,
  type LastUse,
  type ListedKey,
  type Owner,
  type Reading,
  readKeys,
  readLastUse,
  readOwner,
  readRecycled,
  readTrail,
  readUserPage,
  type Trail,
  type UserPage,
} from './readings.js';
import type { RamClient } from './sdk.js';
import type { Session } from './session.js';
import { apiTime, type Signer } from './sign.js';
import { explain, meaningOf } from './states.js';
import { TransportFault } from './transport/fault.js';
import { observed } from './transport/scope.js';
import type { Service } from './types.js';

export type Outcome<T> =
  | { readonly kind: 'found'; readonly value: T }
  | { readonly kind: 'none' }
  /** `action` is the RAM action to grant. */
  | { readonly kind: 'denied'; readonly action: string }
  /** `why` is one or two sentences; `restricted` when the key that signed is under Alibaba Cloud's leak protection. */
  | { readonly kind: 'fault'; readonly why: string; readonly restricted?: true };

export interface Questions {
  /** IMS GetUser: the RAM user that a key belongs to. */
  ownerOf(accessKeyId: string): Promise<Outcome<Owner>>;
  /** RAM ListAccessKeys, through the SDK. */
  keysOf(user: string): Promise<Outcome<readonly ListedKey[]>>;
  /** RAM ListUsers, through the SDK: the names of all. */
  users(): Promise<Outcome<readonly string[]>>;
  /** IMS ListAccessKeys of the caller itself: the root's own keys, for a root caller. */
  ownKeys(): Promise<Outcome<readonly ListedKey[]>>;
  /** IMS GetAccessKeyInfoInRecycleBin: the user that a deleted key belonged to. */
  recycled(accessKeyId: string): Promise<Outcome<string | null>>;
  /** ActionTrail GetAccessKeyLastUsedInfo: the only API that names a root key by its ID. */
  trail(accessKeyId: string): Promise<Outcome<Trail>>;
  /** IMS GetAccessKeyLastUsed. */
  lastUse(owner: Owner, accessKeyId: string): Promise<Outcome<LastUse>>;
}

interface Question<T> {
  readonly service: Service;
  readonly action: string;
  readonly read: (body: Body) => Reading<T>;
}

export const createQuestions = (
  session: Session,
  keyring: Keyring,
  makeRamClient: (endpoint: URL, date: string) => RamClient,
): Questions => {
  const ask = async <T>(question: Question<T>, query: Readonly<Record<string, string>>): Promise<Outcome<T>> => {
    const { service, action } = question;
    const signer = await renewed(keyring);
    if ('kind' in signer) return signer;
    const { answer } = await callApi(session, { service, action, query }, signer);
    return outcomeOf(question, answer, session.endpoints[service].host);
  };

  /** The SDK makes and signs the request; its answer is read from the wire, where nothing of it is lost. */
  const askSdk = async <T>(
    question: Question<T>,
    call: (client: RamClient) => Promise<unknown>,
  ): Promise<Outcome<T>> => {
    const endpoint = session.endpoints[question.service];
    const signer = await renewed(keyring);
    if ('kind' in signer) return signer;
    const answer = await session.persist(question.service, () =>
      answered(endpoint.host, async () => {
        const client = makeRamClient(endpoint, apiTime(session.now(question.service)));
        const { response, fault } = await observed(session.limits, () => call(client));
        if (response !== null) return readAnswer(response, endpoint.host);
        if (fault instanceof TransportFault || session.limits.signal.aborted) throw fault;
        // Not repeated here: messages of the SDK hold parts of what it was given.
        return {
          kind: 'no-answer',
          why: `${endpoint.host}: the SDK could not make the request`,
          advice: 'This is a defect of akscan.',
          passing: false,
        };
      }),
    );
    return outcomeOf(question, answer, endpoint.host);
  };

  const users = async (): Promise<Outcome<readonly string[]>> => {
    const question: Question<UserPage> = { service: 'ram', action: 'ListUsers', read: readUserPage };
    const names: string[] = [];
    const seen = new Set<string>();
    let marker: string | null = null;
    do {
      const from: string | null = marker;
      const page: Outcome<UserPage> = await askSdk(question, (client) => client.listUsers(from));
      if (page.kind !== 'found') return page;
      names.push(...page.value.names);
      marker = page.value.marker;
      // A server that repeats its pages would keep us for ever.
      if (marker !== null && seen.has(marker)) return { kind: 'fault', why: 'RAM ListUsers gave the same page twice.' };
      if (marker !== null) seen.add(marker);
    } while (marker !== null);
    return { kind: 'found', value: names };
  };

  return {
    users,
    keysOf: (user) =>
      askSdk({ service: 'ram', action: 'ListAccessKeys', read: readKeys }, (client) => client.listAccessKeys(user)),
    ownerOf: (id) => ask({ service: 'ims', action: 'GetUser', read: readOwner }, { UserAccessKeyId: id }),
    ownKeys: () => ask({ service: 'ims', action: 'ListAccessKeys', read: readKeys }, {}),
    recycled: (id) =>
      ask({ service: 'ims', action: 'GetAccessKeyInfoInRecycleBin', read: readRecycled(id) }, { UserAccessKeyId: id }),
    trail: (id) =>
      ask({ service: 'actiontrail', action: 'GetAccessKeyLastUsedInfo', read: readTrail(id) }, { AccessKey: id }),
    lastUse: ({ principalName }, id) =>
      ask(
        { service: 'ims', action: 'GetAccessKeyLastUsed', read: readLastUse },
        { UserPrincipalName: principalName, UserAccessKeyId: id },
      ),
  };
};

/** Temporary credentials may end in the middle of a run: a fault of this question, and the rest goes on. */
const renewed = async (keyring: Keyring): Promise<Signer | (Outcome<never> & { readonly kind: 'fault' })> => {
  try {
    return await keyring.signer();
  } catch (error) {
    if (error instanceof AkscanError) return { kind: 'fault', why: error.message };
    throw error;
  }
};

const outcomeOf = <T>({ service, action, read }: Question<T>, answer: Answer, host: string): Outcome<T> => {
  if (answer.kind === 'no-answer') return { kind: 'fault', why: `${answer.why}. ${answer.advice}` };
  if (answer.kind === 'success') {
    const reading = read(answer.body);
    if (reading === 'malformed')
      return { kind: 'fault', why: `${host} answered ${action} in a shape that is not its own.` };
    return reading === 'none' ? { kind: 'none' } : { kind: 'found', value: reading.value };
  }
  const meaning = meaningOf(answer);
  switch (meaning) {
    case 'no-entity':
      return { kind: 'none' };
    case 'not-permitted':
      return { kind: 'denied', action: answer.deniedAction ?? `${service === 'ims' ? 'ram' : service}:${action}` };
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
    default:
      return { kind: 'fault', why: explain(meaning, answer, host) };
  }
};
