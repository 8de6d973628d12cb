// A forge on loopback for an organisation: lists its repositories page by page as GitHub's and Gitea's REST API do, and gives
// them out by git over HTTP. Shapes: docs.github.com/rest/repos/repos "List organization repositories", and Gitea's
// swagger.v1.json, `orgListRepos`; each with the fields a client of ours could want.

import { readdirSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Made, Organisation } from './audit-world.js';
import { startGitServer } from './git-http.js';

/**
 * What became of a repository. `private`: neither listed nor given to who has no token. `denied`: listed, and nobody may read it.
 * `renamed`: listed by the old name, whose address leads to the new one. `deleted`: listed, and gone since. `slow`: git
 * answers late.
 */
export type Standing = 'public' | 'private' | 'denied' | 'renamed' | 'deleted' | 'slow';

export interface Forge {
  /** `http://127.0.0.1:PORT`. Its API: `/api/v3` or `/` (GitHub), `/api/v1` (Gitea). */
  readonly url: string;
  /** The name of the organisation. */
  readonly name: string;
  /** What was asked, `GET /api/v3/orgs/acme/repos?page=2`, in the order it came. */
  readonly requests: readonly string[];
  /** From now on. */
  stand(repository: string, standing: Standing): void;
  /** Answers the next API requests, this many, by saying that the limit is reached for a second. */
  limit(requests: number): void;
  close(): Promise<void>;
}

export interface ForgeOptions {
  readonly organisation: Organisation;
  readonly kind: 'github' | 'gitea';
  /** Who asks with another, or with none, is told 401, or sees what is public. */
  readonly token?: string;
  readonly standings?: Readonly<Record<string, Standing>>;
  /** The most that a page holds, whatever is asked for; as on GitHub 100. */
  readonly pageSize?: number;
  /** Of a `slow` one, in milliseconds. */
  readonly delay?: number;
}

export const startForge = async ({
  organisation,
  kind,
  token,
  standings = {},
  pageSize = 100,
  delay = 300,
}: ForgeOptions): Promise<Forge> => {
  const name = path.basename(organisation.folder);
  const standing = new Map(Object.entries(standings));
  const standingOf = (repository: string): Standing => standing.get(repository) ?? 'public';
  let toLimit = 0;

  const api = (request: IncomingMessage, url: URL): Answer => {
    const who = callerOf(request, token);
    if (toLimit > 0) {
      toLimit -= 1;
      return kind === 'github'
        ? { status: 403, body: { message: 'API rate limit exceeded', status: '403' }, headers: limitHeaders('reached') }
        : { status: 429, body: { message: 'Too Many Requests' }, headers: { 'retry-after': '1' } };
    }
    const headers = kind === 'github' ? limitHeaders('far') : {};
    if (who === 'unknown') return { status: 401, body: { message: 'Bad credentials', status: '401' }, headers };
    const asked = url.pathname.replace(/^\/api\/v[13](?=\/)/, '');
    const listed = organisation.repositories.filter((each) => who === 'known' || standingOf(each.name) !== 'private');
    const shown = (each: Made): unknown => describe(each, { kind, name, origin, organisation, standingOf });
    if (asked === `/orgs/${name}` || asked === `/users/${name}`) {
      return { status: 200, body: { id: 1, login: name, username: name, type: 'Organization' }, headers };
    }
    if (asked === `/orgs/${name}/repos` || asked === `/users/${name}/repos`) {
      const { slice, link } = pageOf(listed, url, origin, kind, pageSize);
      const total = kind === 'gitea' ? { 'x-total-count': String(listed.length) } : {};
      const next = link === '' ? {} : { link };
      return { status: 200, body: slice.map(shown), headers: { ...headers, ...total, ...next } };
    }
    const one = listed.find((each) => asked === `/repos/${name}/${each.name}`);
    return one === undefined
      ? { status: 404, body: { message: 'Not Found', status: '404' }, headers }
      : { status: 200, body: shown(one), headers };
  };

  /** @returns whether it was answered here; else git answers */
  const aside = async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const [, owner, wanted, rest] = /^\/([^/]+)\/([^/]+)\.git(\/.*)$/.exec(url.pathname) ?? [];
    if (wanted === undefined || rest === undefined) {
      const { status, body, headers } = api(request, url);
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
      response.end(JSON.stringify(body));
      return true;
    }
    const end = (status: number, headers: Readonly<Record<string, string>> = {}): boolean => {
      response.writeHead(status, headers).end();
      return true;
    };
    const moved = wanted.endsWith(NEW) && standingOf(wanted.slice(0, -NEW.length)) === 'renamed';
    const repository = moved ? wanted.slice(0, -NEW.length) : wanted;
    const who = callerOf(request, token);
    const how = standingOf(repository);
    if (owner !== name || how === 'deleted') return end(404);
    if (who === 'unknown') return end(401, ASK);
    if (how === 'private' && who !== 'known') return end(401, ASK);
    if (how === 'denied') return end(403);
    if (how === 'renamed' && !moved) return end(301, { location: `/${owner}/${wanted}${NEW}.git${rest}${url.search}` });
    if (how === 'slow') await wait(delay);
    if (moved) request.url = `/${owner}/${repository}.git${rest}${url.search}`;
    return false;
  };

  const server = await startGitServer({ root: path.dirname(organisation.folder), onRequest: aside });
  const origin = server.url;
  return {
    url: origin,
    name,
    requests: server.requests,
    stand: (repository, how) => void standing.set(repository, how),
    limit: (requests) => {
      toLimit = requests;
    },
    close: server.close,
  };
};

/** What a renamed repository has at the end of its new name. */
const NEW = '-renamed';

/** As GitHub says it of what the caller may not know of: git then offers what credentials it has. */
const ASK = { 'www-authenticate': 'Basic realm="forge"' };

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

const callerOf = ({ headers }: IncomingMessage, token: string | undefined): 'nobody' | 'known' | 'unknown' => {
  const [scheme = '', value = ''] = (headers.authorization ?? '').split(' ');
  if (scheme === '') return 'nobody';
  const given = scheme.toLowerCase() === 'basic' ? passwordOf(value) : value;
  return given === token ? 'known' : 'unknown';
};

const passwordOf = (pair: string): string =>
  Buffer.from(pair, 'base64')
    .toString()
    .replace(/^[^:]*:/, '');

const limitHeaders = (limit: 'reached' | 'far'): Readonly<Record<string, string>> => ({
  'x-ratelimit-limit': '5000',
  'x-ratelimit-remaining': limit === 'reached' ? '0' : '4999',
  'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 1),
  'x-ratelimit-resource': 'core',
});

const pageOf = (
  listed: readonly Made[],
  url: URL,
  origin: string,
  kind: ForgeOptions['kind'],
  most: number,
): { readonly slice: readonly Made[]; readonly link: string } => {
  const parameter = kind === 'github' ? 'per_page' : 'limit';
  const size = Math.min(most, Number(url.searchParams.get(parameter) ?? 30) || 30);
  const page = Math.max(1, Number(url.searchParams.get('page') ?? 1) || 1);
  const last = Math.max(1, Math.ceil(listed.length / size));
  const to = (number: number, rel: string): string => {
    const other = new URL(`${url.pathname}${url.search}`, origin);
    other.searchParams.set('page', String(number));
    return `<${other.href}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [to(page - 1, 'prev')] : []),
    ...(page < last ? [to(page + 1, 'next'), to(last, 'last')] : []),
    ...(page > 1 ? [to(1, 'first')] : []),
  ];
  return { slice: listed.slice((page - 1) * size, page * size), link: links.join(', ') };
};

interface Listing {
  readonly kind: ForgeOptions['kind'];
  readonly name: string;
  readonly origin: string;
  readonly organisation: Organisation;
  readonly standingOf: (repository: string) => Standing;
}

const describe = (made: Made, listing: Listing): unknown => {
  const { kind, name, origin, organisation, standingOf } = listing;
  const address = `${origin}/${name}/${made.name}`;
  const time = new Date(made.began * 1_000).toISOString().replace('.000', '');
  const isPrivate = standingOf(made.name) === 'private';
  const parent = organisation.repositories.find((each) => each.name === made.parent);
  const common = {
    id: 1_000 + organisation.repositories.indexOf(made),
    name: made.name,
    full_name: `${name}/${made.name}`,
    owner: { id: 1, login: name, type: 'Organization' },
    private: isPrivate,
    html_url: address,
    description: null,
    fork: made.kind === 'fork',
    clone_url: `${address}.git`,
    default_branch: 'main',
    archived: false,
    size: Math.ceil(sizeOf(made.folder) / 1024),
    updated_at: time,
    created_at: time,
  };
  if (kind === 'github') {
    // Whose fork it is stands only where one repository is asked for; lists leave it out.
    return {
      ...common,
      node_id: `R_${common.id}`,
      url: `${origin}/api/v3/repos/${name}/${made.name}`,
      git_url: `git://${new URL(origin).host}/${name}/${made.name}.git`,
      visibility: isPrivate ? 'private' : 'public',
      disabled: false,
      has_wiki: false,
      pushed_at: time,
    };
  }
  return {
    ...common,
    empty: made.kind === 'empty',
    mirror: false,
    internal: false,
    has_wiki: false,
    parent: parent === undefined ? null : describe(parent, listing),
  };
};

/** Bytes of all files below a folder. */
const sizeOf = (folder: string): number =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
