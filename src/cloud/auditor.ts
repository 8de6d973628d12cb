// The credentials that look IDs up, made ready: who they are, what can be asked with them, and the crawl for accounts in
// which the direct question is not permitted.

import { AkscanError } from '../errors.js';
import { type Ask, createAsk } from './ask.js';
import { type Crawled, crawl } from './crawl.js';
import { findCredentials, type Keyring } from './credentials.js';
import { rerouteSts } from './endpoints.js';
import { probe } from './probe.js';
import { createQuestions, type Questions } from './questions.js';
import type { Session } from './session.js';
import type { Tell } from './types.js';
import { createWrite, type Write } from './write.js';

export interface Auditor {
  readonly from: string;
  /** The ID of these very credentials: it may be among those that leaked. */
  readonly accessKeyId: string;
  /** This and the IDs that it was got with. */
  readonly signedWith: readonly string[];
  /** The account's UID; null when it could not be read. */
  readonly account: string | null;
  /** Who asks, the same in the next run: an ARN, without the name of a session. */
  readonly identity: string;
  /** Root credentials can list the root's own keys. */
  readonly isRoot: boolean;
  /** Any operation of the table, signed with these credentials. */
  readonly ask: Ask;
  /** Those of them that change something. */
  readonly write: Write;
  readonly questions: Questions;
  /** Every key of every user, asked for once in a run. */
  readonly crawl: () => Promise<Crawled>;
}

/**
 * One auditor for each account that the profiles are of, or one from the default chain. A profile that fails is told, and
 * the others go on.
 * @throws AkscanError when none has credentials that work
 */
export const openAuditors = async (
  session: Session,
  profiles: readonly string[],
  tell: Tell = () => {},
): Promise<readonly Auditor[]> => {
  const names: readonly (string | null)[] = profiles.length === 0 ? [null] : [...new Set(profiles)];
  const auditors = new Map<string, Auditor>();
  const failures: AkscanError[] = [];
  for (const name of names) {
    try {
      const auditor = await openAuditor(session, name);
      if (auditor.account === null) tell('note', nameless(auditor));
      const key = auditor.account ?? auditor.accessKeyId;
      const same = auditors.get(key);
      // Root credentials see what others of the account do, and the root's own keys besides.
      if (same === undefined || (auditor.isRoot && !same.isRoot)) auditors.set(key, auditor);
      if (same !== undefined) tell('note', twice(auditors.get(key) === same ? [same, auditor] : [auditor, same]));
    } catch (error) {
      if (!(error instanceof AkscanError)) throw error;
      failures.push(error);
    }
  }
  const [first] = failures;
  if (auditors.size === 0 && first !== undefined) {
    throw failures.length === 1 ? first : new AkscanError(failures.map(({ message }) => message).join(' '), first.hint);
  }
  for (const { message } of failures) tell('fault', message);
  return [...auditors.values()];
};

const nameless = ({ from }: Auditor): string =>
  `STS did not say whose the credentials from ${from} are: their account has no number here, and root credentials are not seen to be that.`;

/** @param of the one that asks, and the one that does not */
const twice = ([kept, left]: readonly [Auditor, Auditor]): string =>
  `${sentence(left.from)} is of the same account as ${kept.from}, which was asked instead. Leave that out to ask with the other.`;

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const openAuditor = async (session: Session, profile: string | null): Promise<Auditor> => {
  // Heavy: loaded only by those who look something up.
  const sdk = await import('./sdk.js');
  const { limits, pace, endpoints } = session;
  const keyring = await findCredentials(sdk.providerOf, profile, { limits, pace, reroute: rerouteSts(endpoints) });
  const identity = await identify(session, keyring);
  const payer = identity.account ?? identity.accessKeyId;
  const ask = createAsk(session, keyring, payer, sdk.ramCaller);
  const write = createWrite(session, keyring, payer, sdk.ramCaller);
  const questions = createQuestions(ask);
  const signedWith = [...new Set([identity.accessKeyId, ...keyring.roots])];
  return { from: keyring.from, signedWith, ...identity, ask, write, questions, crawl: once(() => crawl(questions)) };
};

/** The auditor's own key asks STS who it is: refused here, it would be refused everywhere. */
const identify = async (
  session: Session,
  keyring: Keyring,
): Promise<Pick<Auditor, 'accessKeyId' | 'account' | 'identity' | 'isRoot'>> => {
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
      return {
        accessKeyId,
        account: verdict?.account ?? null,
        identity: verdict?.arn?.replace(/(:assumed-role\/[^/]+)\/.*/, '$1') ?? accessKeyId,
        isRoot: verdict?.principal === 'root',
      };
  }
};

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make();
    return made;
  };
};
