// What git is given to fetch from a host over HTTP: from the environment, from a GitHub App, or from git's own helpers.

import { send } from '../../cloud/transport/http.js';
import { isLoopback } from '../../cloud/transport/loopback.js';
import type { Forge } from '../types.js';
import { askHelper } from './credential-helper.js';
import { appIn, installationToken } from './github-app.js';
import { homeOf } from './places.js';
import { Refusal } from './refusal.js';
import { FORGE_NAMES, gitUser, tokenAt, variableOf } from './tokens.js';
import type { Credential, Send } from './types.js';

export interface TokenOptions {
  /** `ask` for hosts that the person named: git's credential helpers, when the environment holds nothing. */
  readonly helper?: 'ask' | 'never';
  readonly signal?: AbortSignal;
  readonly http?: Send;
}

/**
 * A credential for fetching from `url`, and for no other host; null when there is none. Ask again before each fetch: that
 * of a GitHub App lives for an hour and is renewed in time.
 * @throws AkscanError for an environment that cannot be meant, Refusal when GitHub gives the App no token
 */
export const tokenFor = async (
  url: URL,
  env: NodeJS.ProcessEnv,
  { helper = 'never', signal = new AbortController().signal, http = send }: TokenOptions = {},
): Promise<Credential | null> => {
  if (!mayCarry(url)) return null;
  const forge = forgeAt(url.host, env);
  return (
    (await fromEnvironment(url, forge, env, { signal, http })) ?? (helper === 'ask' ? askHelper(url, signal) : null)
  );
};

/** In the clear nothing goes further than this machine: a list, or whoever wrote it, could say http: for https:. */
const mayCarry = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));

const forgeAt = (host: string, env: NodeJS.ProcessEnv): Forge =>
  FORGE_NAMES.find((forge) => homeOf(forge, env).origins.some((origin) => new URL(origin).host === host)) ?? 'git';

const fromEnvironment = async (
  url: URL,
  forge: Forge,
  env: NodeJS.ProcessEnv,
  deps: { readonly signal: AbortSignal; readonly http: Send },
): Promise<Credential | null> => {
  const isNamed = (env[variableOf(url.host)] ?? '') !== '';
  if (forge === 'codeup' && !isNamed) return forCodeup(env);
  const app = forge === 'github' && !isNamed ? await fromApp(url, env, deps) : null;
  if (app !== null) return { username: gitUser('github'), password: app };
  const token = tokenAt(forge, url.host, env);
  if (token === null) return null;
  // An e-mail address is what Bitbucket's API knows a person by, and its git does not.
  const username = token.username?.includes('@') === true ? 'x-bitbucket-api-token-auth' : token.username;
  return { username: username ?? gitUser(forge), password: token.secret };
};

/** Null also where the App is not installed: what is public there is given to everybody. */
const fromApp = async (
  url: URL,
  env: NodeJS.ProcessEnv,
  deps: { readonly signal: AbortSignal; readonly http: Send },
): Promise<string | null> => {
  const app = appIn(env, url.host);
  // Gists are nothing that an App is installed for.
  if (app === null || new URL(app.place.origins[0] ?? '').host !== url.host) return null;
  const [owner = ''] = url.pathname.split('/').filter((name) => name !== '');
  try {
    return await installationToken(app, owner, deps);
  } catch (error) {
    if (error instanceof Refusal && error.state === 'gone') return null;
    throw error;
  }
};

/** Codeup knows an account for cloning, apart from the token of its API (Yunxiao, "HTTPS password"). */
const forCodeup = (env: NodeJS.ProcessEnv): Credential | null => {
  const { CODEUP_USERNAME: username = '', CODEUP_PASSWORD: password = env['YUNXIAO_ACCESS_TOKEN'] ?? '' } = env;
  return username === '' || password === '' ? null : { username, password };
};
