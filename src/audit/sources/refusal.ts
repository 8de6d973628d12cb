// Why something cannot be listed, in a sentence that says what to do about it.

import { TransportFault } from '../../cloud/transport/fault.js';
import type { HttpResponse } from '../../cloud/transport/http.js';
import { AkscanError, reasonOf } from '../../errors.js';
import type { UnlistedState } from './types.js';

export class Refusal extends Error {
  override readonly name = 'Refusal';

  /**
   * @param message one or two sentences without secrets
   * @param reach whether it is about what was asked for, or whatever else the same host were asked would end alike
   */
  constructor(
    readonly state: UnlistedState,
    message: string,
    readonly reach: 'this' | 'host' = 'this',
  ) {
    super(message);
  }
}

/** Any error as a refusal: what a client library throws carries ours as its cause. */
export const refusalOf = (error: unknown): Refusal => {
  for (let each = error; each instanceof Error; each = each.cause) {
    if (each instanceof Refusal) return each;
    if (each instanceof TransportFault) return ofTransport(each);
  }
  const hint = error instanceof AkscanError && error.hint !== null ? ` ${error.hint}` : '';
  return new Refusal('fault', `${reasonOf(error)}.${hint}`);
};

const ofTransport = (fault: TransportFault): Refusal => {
  const advice: Partial<Record<TransportFault['kind'], string>> = {
    redirect: 'It may have been renamed, or the address is not that of the API: give its present name and address.',
    'plain-http': 'Give an https:// address; plain HTTP is spoken to this machine only.',
    'too-large': 'That is no answer of a forge: check the address.',
    refused: 'Check the network, HTTPS_PROXY and the address.',
    dns: 'Check the network, HTTPS_PROXY and the address.',
    'dns-timeout': 'Check the network, HTTPS_PROXY and the address.',
    'connect-timeout': 'Check the network, HTTPS_PROXY and the address.',
  };
  return new Refusal('fault', `${fault.message}. ${advice[fault.kind] ?? fault.advice}`, 'host');
};

/** Where an answer came from, and what it was asked with. */
export interface Asked {
  /** `github.com`. */
  readonly host: string;
  /** What was to be listed: `the repositories of acme`. */
  readonly what: string;
  /** The variable whose token was sent; null: none was. */
  readonly variable: string | null;
  /** What to set, for who has not: `GITHUB_TOKEN (scope repo)`. */
  readonly wanted: string;
}

export const refusalFor = ({ status, headers }: HttpResponse, asked: Asked): Refusal => {
  const { host, what, variable, wanted } = asked;
  if (status === 401) {
    return new Refusal(
      'denied',
      variable === null
        ? `${host} tells nobody without a token of ${what}. Set ${wanted}.`
        : `${host} does not accept the token in ${variable}. It may have expired: set ${wanted}.`,
    );
  }
  if (status === 403) {
    if (headers['x-github-sso'] !== undefined) {
      return new Refusal('denied', `${host} wants the token in ${variable ?? wanted} authorised for single sign-on.`);
    }
    return new Refusal(
      'denied',
      variable === null
        ? `${host} does not show ${what} without a token. Set ${wanted}.`
        : `${host} does not show ${what} to the token in ${variable}. Set ${wanted}.`,
    );
  }
  if (status === 404 || status === 410) {
    const unless = variable === null ? 'without a token' : `to the token in ${variable}`;
    return new Refusal(
      'gone',
      `${host} does not know ${what}, or does not show it ${unless}. If it exists, set ${wanted}.`,
    );
  }
  return new Refusal('fault', `${host} answered with ${status} when asked for ${what}. Try again later.`);
};
