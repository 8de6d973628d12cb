// Where each forge is: its own address, or that of a server of one's own, which a source or the environment names; and which
// addresses what it lists may have.

import { AkscanError } from '../../errors.js';
import type { ForgeName, ForgeSpec } from './spec.js';

export interface Place {
  /** What API paths are relative to, with a slash at its end. */
  readonly api: URL;
  /** Origins that pages and clones may be at, the first of them where they are. */
  readonly origins: readonly string[];
  /** Begins the `id` of its repositories, and stands in sentences: `github.com`. */
  readonly host: string;
}

interface Home {
  /** Environment variables that name another server. */
  readonly variables: readonly string[];
  readonly address: string;
}

const HOMES: Readonly<Record<ForgeName, Home>> = {
  github: { variables: ['GITHUB_API_URL'], address: 'https://api.github.com' },
  gitlab: { variables: ['GITLAB_URL'], address: 'https://gitlab.com' },
  gitee: { variables: ['GITEE_URL'], address: 'https://gitee.com' },
  gitea: { variables: ['GITEA_URL'], address: 'https://gitea.com' },
  codeup: { variables: ['YUNXIAO_API_BASE_URL'], address: 'https://openapi-rdc.aliyuncs.com' },
  bitbucket: { variables: ['BITBUCKET_API_URL', 'BITBUCKET_URL'], address: 'https://api.bitbucket.org/2.0' },
};

/** The forge that nothing else was said about. @throws AkscanError when the environment names what is no address */
export const homeOf = (forge: ForgeName, env: NodeJS.ProcessEnv): Place => {
  const { variables, address } = HOMES[forge];
  const variable = variables.find((name) => (env[name] ?? '') !== '');
  if (variable === undefined) return placeAt(forge, new URL(address), env);
  const text = env[variable] ?? '';
  const url = URL.canParse(text) ? new URL(text) : null;
  // The text is not repeated: it may hold a password.
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new AkscanError(
      `${variable} is not an address of a server`,
      `Set it to https://HOST, without user and password.`,
    );
  }
  return placeAt(forge, url, env);
};

/** What names another server of that forge. */
export const homeVariable = (forge: ForgeName): string => HOMES[forge].variables.at(-1) ?? '';

export const placeOf = ({ forge, origin }: Pick<ForgeSpec, 'forge' | 'origin'>, env: NodeJS.ProcessEnv): Place =>
  origin === null ? homeOf(forge, env) : placeAt(forge, new URL(origin), env);

/** @param url of the server as a person names it, or of its API */
const placeAt = (forge: ForgeName, url: URL, env: NodeJS.ProcessEnv): Place => {
  switch (forge) {
    case 'github':
      return github(url);
    case 'gitlab':
      return plain(url, 'api/v4/');
    case 'gitee':
      return plain(url, 'api/v5/');
    case 'gitea':
      return plain(url, 'api/v1/');
    case 'codeup': {
      const web = pagesOfCodeup(url, env);
      return { api: below(url, ''), origins: [web.origin, url.origin], host: web.host };
    }
    case 'bitbucket':
      return bitbucket(url);
  }
};

/**
 * Pages and clones are on a host of their own. Only where the API is the one at home: whose pages they are decides whose token is
 * sent, and any other server could be anybody's.
 */
const pagesOfCodeup = (url: URL, env: NodeJS.ProcessEnv): URL => {
  const { CODEUP_URL: named = '', YUNXIAO_API_BASE_URL: api = '' } = env;
  const home = new URL(URL.canParse(api) ? api : HOMES.codeup.address);
  if (url.origin !== home.origin) return url;
  return new URL(URL.canParse(named) ? named : 'https://codeup.aliyun.com');
};

const below = (url: URL, path: string): URL => new URL(`${url.origin}${url.pathname.replace(/\/+$/, '')}/${path}`);

const plain = (url: URL, path: string): Place => {
  const api = url.pathname.replace(/\/+$/, '').endsWith(`/${path.slice(0, -1)}`) ? below(url, '') : below(url, path);
  // Two forges may be at one host, each below a path of its own, and count their repositories alike.
  return { api, origins: [url.origin], host: `${url.host}${api.pathname.slice(0, -path.length - 1)}` };
};

/** `api.github.com`, `api.NAME.ghe.com`, or `HOST/api/v3` of GitHub Enterprise Server. */
const github = (url: URL): Place => {
  const isApi = /^api\.(?:github\.com|[\w-]+\.ghe\.com)$/.test(url.hostname);
  const isCloud = isApi || /^(?:github\.com|[\w-]+\.ghe\.com)$/.test(url.hostname);
  const web = new URL(url.origin);
  if (isApi) web.hostname = url.hostname.slice('api.'.length);
  const gists = new URL(web);
  gists.hostname = `gist.${web.hostname}`;
  const { api } = isCloud ? { api: new URL(`https://api.${web.host}/`) } : plain(url, 'api/v3/');
  return { api, origins: [web.origin, gists.origin], host: web.host };
};

/** Bitbucket Cloud's API ends in `/2.0`; all else is a Data Center. */
const bitbucket = (url: URL): Place => {
  if (/^(?:api\.|www\.)?bitbucket\.org$/.test(url.hostname)) {
    return {
      api: new URL('https://api.bitbucket.org/2.0/'),
      origins: ['https://bitbucket.org'],
      host: 'bitbucket.org',
    };
  }
  if (/\/2\.0\/*$/.test(url.pathname)) return { api: below(url, ''), origins: [url.origin], host: url.host };
  return plain(url, 'rest/api/1.0/');
};
