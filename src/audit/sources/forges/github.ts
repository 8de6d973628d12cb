// GitHub, its Enterprise Server and its hosts of one's own, by octokit.
// https://docs.github.com/rest/repos/repos, /rest/gists/gists, /rest/orgs/members

import { addressOf, dateOf, type Fields, fieldsOf, flagOf, idOf, sizeOf, textOf, visibilityOf } from '../fields.js';
import { Refusal, refusalOf } from '../refusal.js';
import type { Found } from '../types.js';
import { asSnippet, endless, type Forge, type Odd, oddFor, repositoryOf, type Visit, withWiki } from './forge.js';
import { fetchBy, quiet } from './octokit-fetch.js';
import { createPageReader, MOST_PAGES } from './pager.js';

type Route =
  | 'GET /orgs/{org}/repos'
  | 'GET /users/{username}/repos'
  | 'GET /user/repos'
  | 'GET /orgs/{org}/members'
  | 'GET /users/{username}/gists'
  | 'GET /gists'
  | 'GET /installation/repositories';

interface Client {
  list(route: Route, parameters: Readonly<Record<string, string>>, what: string): AsyncIterable<readonly Fields[]>;
  one(route: string, parameters: Readonly<Record<string, string>>, what: string): Promise<Fields>;
}

const connect = async ({ api }: Visit): Promise<Client> => {
  const [{ Octokit }, { paginateRest }] = await Promise.all([
    import('@octokit/core'),
    import('@octokit/plugin-paginate-rest'),
  ]);
  let asked = '';
  const fetch = fetchBy(api, () => asked);
  const octokit = new (Octokit.plugin(paginateRest))({
    baseUrl: api.base.href.replace(/\/$/, ''),
    request: { fetch },
    log: quiet,
  });
  const headers = { 'x-github-api-version': '2022-11-28' };
  return {
    async *list(route, parameters, what) {
      asked = what;
      // A `next` that leads in a circle. Lists are read one inside another, so that each has its own.
      const met = new Set<string>();
      const read = createPageReader(api.base.host, what);
      try {
        for await (const { data, url } of octokit.paginate.iterator(route as string, {
          ...parameters,
          per_page: 100,
          headers,
        })) {
          if (met.has(url) || met.size >= MOST_PAGES) throw endless(api.base.host);
          met.add(url);
          yield read(data);
          asked = what;
        }
      } catch (error) {
        throw refusalOf(error);
      }
    },
    one: async (route, parameters, what) => {
      asked = what;
      try {
        return fieldsOf((await octokit.request(route, { ...parameters, headers })).data);
      } catch (error) {
        throw refusalOf(error);
      }
    },
  };
};

export const github: Forge = async function* (visit) {
  const { spec, options } = visit;
  const client = await connect(visit);
  const account = await client.one(
    'GET /users/{username}',
    { username: spec.owner },
    `an organisation or user called ${spec.owner}`,
  );
  const login = textOf(account['login']) ?? spec.owner;
  const isOrganisation = account['type'] === 'Organization';
  const isSelf = !isOrganisation && (await whoAsks(visit, client)) === login.toLowerCase();
  const reach = isOrganisation ? 'organisation' : isSelf ? 'self' : visit.as === 'app' ? 'installation' : 'user';
  for await (const page of repositories(client, login, reach)) {
    for (const fields of page) {
      // An installation that was named may be at somebody else's.
      const owner = textOf(fieldsOf(fields['owner'])['login']);
      if (reach === 'installation' && owner !== null && owner.toLowerCase() !== login.toLowerCase()) continue;
      yield* found(fields, visit);
    }
  }
  if (!options.snippets) return;
  if (!isOrganisation) return yield* gists(visit, client, login, isSelf);
  for await (const members of client.list('GET /orgs/{org}/members', { org: login }, `the members of ${login}`)) {
    for (const member of members) {
      const name = textOf(member['login']);
      if (name === null) continue;
      try {
        yield* gists(visit, client, name, false);
      } catch (error) {
        yield oddFor(error, `the gists of ${name}`, options.signal);
      }
    }
  }
};

/** Whose token it is, in lower case; null for the token of an App, or none. */
const whoAsks = async ({ as, options }: Visit, client: Client): Promise<string | null> => {
  if (as !== 'person') return null;
  try {
    return textOf((await client.one('GET /user', {}, 'whose token it is'))['login'])?.toLowerCase() ?? null;
  } catch (error) {
    options.signal.throwIfAborted();
    if (error instanceof Refusal && error.state !== 'fault') return null;
    throw error;
  }
};

/** An order that neither a push, a new name nor a new repository changes while pages are read. */
const BY_AGE = { sort: 'created', direction: 'asc' };

type Reach = 'organisation' | 'user' | 'self' | 'installation';

const repositories = (client: Client, name: string, reach: Reach): AsyncIterable<readonly Fields[]> => {
  const what = `the repositories of ${name}`;
  switch (reach) {
    case 'organisation':
      return client.list('GET /orgs/{org}/repos', { org: name, type: 'all', ...BY_AGE }, what);
    case 'user':
      return client.list('GET /users/{username}/repos', { username: name, type: 'owner', ...BY_AGE }, what);
    // Private ones are told to their owner alone, and to an App that the owner has installed, each by another address.
    case 'self':
      return client.list('GET /user/repos', { affiliation: 'owner', ...BY_AGE }, what);
    case 'installation':
      return client.list('GET /installation/repositories', {}, what);
  }
};

function* found(fields: Fields, { place, options }: Visit): Generator<Found | Odd> {
  const parent = fieldsOf(fields['parent']);
  const each = repositoryOf(
    {
      forge: 'github',
      id: idOf(fields['id']),
      path: textOf(fields['full_name']),
      web: addressOf(fields['html_url'], place.origins),
      clone: addressOf(fields['clone_url'], place.origins),
      sizeKb: sizeOf(fields['size']),
      visibility:
        visibilityOf(fields['visibility']) ??
        (typeof fields['private'] === 'boolean' ? (fields['private'] ? 'private' : 'public') : null),
      archived: flagOf(fields['archived']),
      fork: flagOf(fields['fork']),
      parent: idOf(parent['id']),
      pushedAt: dateOf(fields['pushed_at']),
    },
    place.host,
    options,
  );
  yield* withWiki(each, options.wiki && flagOf(fields['has_wiki']) ? 'wiki' : 'none', 'wiki');
}

async function* gists(
  { place, options }: Visit,
  client: Client,
  name: string,
  isSelf: boolean,
): AsyncGenerator<Found | Odd> {
  const what = `the gists of ${name}`;
  const list = isSelf
    ? client.list('GET /gists', {}, what)
    : client.list('GET /users/{username}/gists', { username: name }, what);
  for await (const page of list) {
    for (const fields of page) {
      const id = idOf(fields['id']);
      const each = repositoryOf(
        {
          forge: 'github',
          id: id === null ? null : `gist/${id}`,
          path: id === null ? null : `${name}/${id}`,
          web: addressOf(fields['html_url'], place.origins),
          clone: addressOf(fields['git_pull_url'], place.origins),
          visibility: typeof fields['public'] === 'boolean' ? (fields['public'] ? 'public' : 'private') : null,
          pushedAt: dateOf(fields['updated_at']),
        },
        place.host,
        options,
      );
      yield asSnippet(each);
    }
  }
}
