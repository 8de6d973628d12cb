// Where a checkout came from, and what actions/checkout left there to fetch more with: an `http.<url>.extraheader` in the
// repository's own configuration, or in a file that it includes. Nothing else of that configuration counts for a fetch.

import { AkscanError } from '../errors.js';
import { type GitPlace, type Reach, runGit } from '../git/run.js';

export interface Remote {
  /** Without user and password. */
  readonly url: string;
  readonly reach: Reach;
}

export interface Whereabouts {
  readonly env: NodeJS.ProcessEnv;
  /** For `persist-credentials: false`, and for a checkout over SSH. */
  readonly token: string | null;
  readonly signal: AbortSignal;
  /** `owner/name` of a repository that is not asked, although the checkout came from there: the workflow's own is. */
  readonly fork: string | null;
}

/** @throws AkscanError when there is no remote that can be reached */
export const findRemote = async (place: GitPlace, { env, token, signal, fork }: Whereabouts): Promise<Remote> => {
  const origin = await originUrl(place, signal);
  const url = urlOf(isRepository(origin, fork, env) ? null : origin, env);
  if (url === null) {
    throw new AkscanError(
      'The checkout has no remote called origin that more of its history could be fetched from.',
      'Give actions/checkout fetch-depth: 0.',
    );
  }
  const headers = (await configured(place, '^http\\..*\\.?extraheader$', signal)).filter(([name]) => isFor(name, url));
  const settings = [...(headers.length > 0 ? headers : headerFor(url, token, env)), ...QUIET];
  return { url: bare(url), reach: { protocol: url.protocol.slice(0, -1) as Reach['protocol'], settings } };
};

const originUrl = async (place: GitPlace, signal: AbortSignal): Promise<string | null> =>
  (await configured(place, '^remote\\.origin\\.url$', signal))[0]?.[1] ?? null;

/** Whether the checkout came from that repository. */
export const isFrom = async (
  place: GitPlace,
  { env, signal, fork }: Pick<Whereabouts, 'env' | 'signal' | 'fork'>,
): Promise<boolean> => isRepository(await originUrl(place, signal), fork, env);

/** By its name alone, so that it is known by SSH and by HTTPS. */
const isRepository = (url: string | null, repository: string | null, env: NodeJS.ProcessEnv): boolean => {
  if (url === null || repository === null || repository === env['GITHUB_REPOSITORY']) return false;
  const name = url
    .toLowerCase()
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
  return name.endsWith(`/${repository.toLowerCase()}`) || name.endsWith(`:${repository.toLowerCase()}`);
};

/** Without user and password, which would stand in the list of processes and in messages. */
const bare = (url: URL): string => {
  const copy = new URL(url);
  copy.username = '';
  copy.password = '';
  return copy.href;
};

/** No work after the fetch, and no header of ours to another host. */
const QUIET = [
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['http.followRedirects', 'false'],
] as const;

const PROTOCOLS: ReadonlySet<string> = new Set(['https:', 'http:', 'file:']);

/** A checkout over SSH is fetched over HTTPS: SSH would run a program that its configuration names. */
const urlOf = (configuredUrl: string | null, env: NodeJS.ProcessEnv): URL | null => {
  const text = configuredUrl ?? '';
  const known = URL.canParse(text) ? new URL(text) : null;
  if (known !== null && PROTOCOLS.has(known.protocol)) return known;
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = env;
  if (server === undefined || repository === undefined || !/^[\w.-]+\/[\w.-]+$/.test(repository)) return null;
  const whole = `${server}/${repository}`;
  return URL.canParse(whole) && PROTOCOLS.has(new URL(whole).protocol) ? new URL(whole) : null;
};

type Setting = readonly [name: string, value: string];

/** Whether a header is meant for this URL: `http.https://github.com/.extraheader`; `http.extraheader` is for all. */
const isFor = (name: string, url: URL): boolean => {
  if (name.toLowerCase() === 'http.extraheader') return true;
  const prefix = /^http\.(.*)\.extraheader$/i.exec(name)?.[1];
  if (prefix === undefined) return false;
  return URL.canParse(prefix) && new URL(prefix).origin === url.origin;
};

const headerFor = (url: URL, token: string | null, env: NodeJS.ProcessEnv): readonly Setting[] => {
  if (url.username !== '')
    return [basicHeader(url, `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`)];
  const server = env['GITHUB_SERVER_URL'];
  // The token is GitHub's own, and for nobody else.
  if (token === null || server === undefined || !URL.canParse(server) || new URL(server).origin !== url.origin)
    return [];
  return [basicHeader(url, `x-access-token:${token}`)];
};

const basicHeader = ({ origin }: URL, pair: string): Setting => [
  `http.${origin}/.extraheader`,
  `AUTHORIZATION: basic ${Buffer.from(pair).toString('base64')}`,
];

/** Settings whose names match, in the order of precedence from low to high (git-config, `-z`). */
const configured = async (place: GitPlace, pattern: string, signal: AbortSignal): Promise<readonly Setting[]> => {
  const { stdout } = await runGit(place, ['config', '--includes', '-z', '--get-regexp', pattern], signal);
  return stdout
    .toString('utf8')
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => {
      const end = entry.indexOf('\n');
      return end < 0 ? ([entry, ''] as const) : ([entry.slice(0, end), entry.slice(end + 1)] as const);
    });
};
