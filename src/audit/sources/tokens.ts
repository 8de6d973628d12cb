// Whose token goes where. A token of the environment goes to the server that it belongs to and to no other: to the forge's own
// (gitlab.com), or to the one that the environment names in its place (GITLAB_URL). Any other host has a variable with its name.

import { AkscanError } from '../../errors.js';
import type { Forge } from '../types.js';
import { homeOf, homeVariable } from './places.js';
import type { ForgeName } from './spec.js';

export interface Token {
  readonly secret: string;
  /** The user that it was given with; null: it says by itself whose it is. */
  readonly username: string | null;
  /** Where it came from. */
  readonly variable: string;
}

interface Variables {
  readonly token: readonly string[];
  readonly username: string | null;
  /** What it has to be allowed to do. */
  readonly scope: string;
  /** What git gives as the user when there is none (each forge's documentation of cloning over HTTPS). */
  readonly git: string;
}

const VARIABLES: Readonly<Record<ForgeName, Variables>> = {
  github: {
    token: ['GITHUB_TOKEN', 'GH_TOKEN'],
    username: null,
    scope: 'scope repo, or read access to contents and metadata',
    git: 'x-access-token',
  },
  gitlab: { token: ['GITLAB_TOKEN'], username: null, scope: 'scopes read_api and read_repository', git: 'oauth2' },
  gitee: { token: ['GITEE_TOKEN'], username: 'GITEE_USERNAME', scope: 'scope projects', git: 'oauth2' },
  gitea: {
    token: ['GITEA_TOKEN'],
    username: null,
    scope: 'scopes read:repository, read:organization, read:user',
    git: 'oauth2',
  },
  codeup: {
    token: ['YUNXIAO_ACCESS_TOKEN', 'CODEUP_TOKEN'],
    username: null,
    scope: 'code repositories: read-only',
    git: '',
  },
  bitbucket: {
    token: ['BITBUCKET_TOKEN'],
    username: 'BITBUCKET_USERNAME',
    scope: 'read access to repositories',
    git: 'x-token-auth',
  },
};

const isForgeName = (forge: Forge): forge is ForgeName => forge in VARIABLES;
export const FORGE_NAMES = Object.keys(VARIABLES) as readonly ForgeName[];

/**
 * `AKSCAN_TOKEN_GIT_EXAMPLE_COM`, for a host and its port. A hyphen is written twice as long, so that no two hosts share one:
 * anybody may register `git-example.com`.
 */
export const variableOf = (host: string): string =>
  `AKSCAN_TOKEN_${host
    .toUpperCase()
    .replaceAll('-', '__')
    .replace(/[^A-Z0-9]/g, '_')}`;

/** The first of them that is set. */
const setOf = (names: readonly string[], env: NodeJS.ProcessEnv): string | null =>
  names.find((name) => (env[name] ?? '').trim() !== '') ?? null;

/** A token as a header may hold it. @throws AkscanError that does not repeat it */
const secretOf = (variable: string, env: NodeJS.ProcessEnv): string => {
  const text = (env[variable] ?? '').trim();
  if (/^[\x21-\x7e]+$/.test(text)) return text;
  throw new AkscanError(
    `${variable} holds what no token is made of`,
    'Set it to the token alone, without line breaks.',
  );
};

/** Whether a forge's own variables are meant for that host. */
const isAtHome = (forge: ForgeName, host: string, env: NodeJS.ProcessEnv): boolean => {
  const home = homeOf(forge, env);
  return host === home.api.host || home.origins.some((origin) => new URL(origin).host === host);
};

/**
 * @param forge what is at that host, as the source says; `git` where nobody knows
 * @param host with its port, `git.example.com:8443`
 */
export const tokenAt = (forge: Forge, host: string, env: NodeJS.ProcessEnv): Token | null => {
  const own = setOf([variableOf(host)], env);
  if (own !== null) return ownToken(own, env);
  if (!isForgeName(forge) || !isAtHome(forge, host, env)) return null;
  const { token, username } = VARIABLES[forge];
  const variable = setOf(token, env);
  if (variable === null) return null;
  const user = username === null ? null : setOf([username], env);
  return { secret: secretOf(variable, env), username: user === null ? null : secretOf(user, env), variable };
};

/** `TOKEN` or `USER:TOKEN`. */
const ownToken = (variable: string, env: NodeJS.ProcessEnv): Token => {
  const [, username = null, secret = ''] = /^(?:([^:]*):)?(.*)$/.exec(secretOf(variable, env)) ?? [];
  return { secret, username, variable };
};

/** What to set so that a host is given a token, for a sentence. */
export const wantedAt = (forge: ForgeName, host: string, env: NodeJS.ProcessEnv): string => {
  const { token, scope } = VARIABLES[forge];
  if (isAtHome(forge, host, env)) return `${token[0]} (${scope})`;
  return `${variableOf(host)}, or ${homeVariable(forge)} together with ${token[0]} (${scope})`;
};

export const gitUser = (forge: Forge): string => (isForgeName(forge) ? VARIABLES[forge].git : 'x-access-token');

/** How each API is told the token. */
export const headersFor = (forge: ForgeName, token: Token | null): Readonly<Record<string, string>> => {
  if (token === null) return {};
  const { secret, username } = token;
  switch (forge) {
    case 'github':
    case 'gitee':
      return { authorization: `Bearer ${secret}` };
    case 'gitea':
      return { authorization: `token ${secret}` };
    case 'gitlab':
      return { 'private-token': secret };
    case 'codeup':
      return { 'x-yunxiao-token': secret };
    case 'bitbucket':
      return {
        authorization:
          username === null ? `Bearer ${secret}` : `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}`,
      };
  }
};
