// The credentials that look IDs up, made ready: who they are, what can be asked with them, and the crawl for accounts in
// which the direct question is not permitted.

import { AkscanError } from '../errors.js';
import { type Ask, createAsk } from './ask.js';
import { findCredentials, type Keyring } from './credentials.js';
import { inParallel } from './limiter.js';
import { probe } from './probe.js';
import { createQuestions, type Questions } from './questions.js';
import type { ListedKey } from './readings.js';
import type { Session } from './session.js';

export interface Auditor {
  readonly from: string;
  /** The ID of these very credentials: it may be among those that leaked. */
  readonly accessKeyId: string;
  /** The account's UID; null when it could not be read. */
  readonly account: string | null;
  /** Root credentials can list the root's own keys. */
  readonly isRoot: boolean;
  /** Any operation of the table, signed with these credentials. */
  readonly ask: Ask;
  readonly questions: Questions;
  /** Every key of every user, asked for once in a run. */
  readonly crawl: () => Promise<Crawled>;
}

interface Crawled {
  readonly keys: ReadonlyMap<string, { readonly user: string; readonly key: ListedKey }>;
  /** Why it is not complete; empty when it is. */
  readonly problems: readonly string[];
}

/**
 * One auditor for each profile, or one from the default chain.
 * @throws AkscanError when there are no credentials, or they are refused
 */
export const openAuditors = async (session: Session, profiles: readonly string[]): Promise<readonly Auditor[]> => {
  // Heavy: loaded only by those who look something up.
  const sdk = await import('./sdk.js');
  const names: readonly (string | null)[] = profiles.length === 0 ? [null] : [...new Set(profiles)];
  const auditors: Auditor[] = [];
  for (const name of names) {
    const keyring = await findCredentials(sdk.providerOf, name);
    const ask = createAsk(session, keyring, (endpoint, date) => sdk.ramCaller(keyring.provider, endpoint, date));
    const questions = createQuestions(ask);
    const identity = await identify(session, keyring);
    auditors.push({ from: keyring.from, ...identity, ask, questions, crawl: once(() => crawl(questions)) });
  }
  return auditors;
};

/** Users asked about at the same time; the run's rate still holds. */
const CRAWLERS = 4;

/** The auditor's own key asks STS who it is: refused here, it would be refused everywhere. */
const identify = async (
  session: Session,
  keyring: Keyring,
): Promise<Pick<Auditor, 'accessKeyId' | 'account' | 'isRoot'>> => {
  const { accessKeyId, secret, token } = await keyring.signer();
  const verdict = await probe(session, { accessKeyId, secret, token });
  switch (verdict?.state) {
    case 'disabled':
    case 'not-found':
    case 'wrong-secret':
    case 'expired':
      throw new AkscanError(
        `The credentials from ${keyring.from} were refused (${verdict.code ?? verdict.state}), so no AccessKey can be looked up.`,
        'Give credentials that work, or leave --verify out; --probe alone needs none.',
      );
    default:
      return { accessKeyId, account: verdict?.account ?? null, isRoot: verdict?.principal === 'root' };
  }
};

const crawl = async (questions: Questions): Promise<Crawled> => {
  const users = await questions.users();
  const keys = new Map<string, { user: string; key: ListedKey }>();
  if (users.kind === 'denied') return { keys, problems: [`Your credentials lack ${users.action}.`] };
  if (users.kind !== 'found') return { keys, problems: users.kind === 'fault' ? [users.why] : [] };
  const problems = new Set<string>();
  let isDenied = false;
  await inParallel(users.value, CRAWLERS, async (user) => {
    // What is not permitted for one user is not permitted for the next.
    if (isDenied) return;
    const listed = await questions.keysOf(user);
    if (listed.kind === 'found') for (const key of listed.value) keys.set(key.id, { user, key });
    else if (listed.kind === 'fault') problems.add(listed.why);
    else if (listed.kind === 'denied') {
      isDenied = true;
      problems.add(`Your credentials lack ${listed.action}.`);
    }
  });
  return { keys, problems: [...problems] };
};

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make();
    return made;
  };
};
