// GitLab, of gitlab.com and of one's own, by gitbeaker.
// https://docs.gitlab.com/api/groups/, /api/users/, /api/projects/, /api/project_snippets/

import { parsed } from '../api.js';
import {
  addressOf,
  dateOf,
  type Fields,
  fieldsOf,
  flagOf,
  idOf,
  listOf,
  sizeOf,
  textOf,
  visibilityOf,
} from '../fields.js';
import { Refusal, refusalOf } from '../refusal.js';
import type { Found } from '../types.js';
import {
  asSnippet,
  endless,
  type Forge,
  isOdd,
  type Odd,
  oddFor,
  repositoryOf,
  type Visit,
  withWiki,
} from './forge.js';
import type { Asking, GitlabClient } from './gitlab-client.js';
import { createPageReader, MOST_PAGES } from './pager.js';

const PER_PAGE = 100;

interface Page {
  readonly data: unknown;
  readonly paginationInfo?: { readonly next?: number | null };
}

interface Client extends GitlabClient {
  /** What is asked for next, for sentences. */
  setWhat(what: string): void;
}

const connect = async ({ api }: Visit): Promise<Client> => {
  const { createGitlabClient } = await import('./gitlab-client.js');
  let what = '';
  const client = createGitlabClient(api.base.href.replace(/\/api\/v4\/$/, ''), async (address) => {
    const response = await api.request('GET', address);
    if (response.status !== 200) throw api.refusal(response, what);
    return { body: parsed(response, api.base.host), headers: response.headers };
  });
  return {
    ...client,
    setWhat: (text) => {
      what = text;
    },
  };
};

export const gitlab: Forge = async function* (visit) {
  const { spec, options, api } = visit;
  const client = await connect(visit);
  const { owner } = spec;
  let isAny = false;
  try {
    for await (const page of all(
      api.base.host,
      (asking) => client.group(owner, asking),
      client,
      `the projects of ${owner}`,
    )) {
      isAny = true;
      for (const fields of page) yield* found(fields, visit, client);
    }
    return;
  } catch (error) {
    options.signal.throwIfAborted();
    // Not a group: a user, unless names are nested.
    if (isAny || !(error instanceof Refusal) || error.state !== 'gone' || owner.includes('/')) throw error;
    const id = await userId(client, owner);
    if (id === null) throw error;
    for await (const page of all(
      api.base.host,
      (asking) => client.user(id, asking),
      client,
      `the projects of ${owner}`,
    )) {
      for (const fields of page) yield* found(fields, visit, client);
    }
  }
};

const userId = async (client: Client, name: string): Promise<number | null> => {
  client.setWhat(`a user called ${name}`);
  try {
    const user = (listOf(await client.users(name)) ?? []).find(
      (each) => textOf(each['username'])?.toLowerCase() === name.toLowerCase(),
    );
    return typeof user?.['id'] === 'number' ? user['id'] : null;
  } catch (error) {
    throw refusalOf(error);
  }
};

/** Page by page: gitbeaker would gather all of them first. */
async function* all(
  host: string,
  ask: (asking: Asking) => Promise<unknown>,
  client: Client,
  what: string,
): AsyncGenerator<readonly Fields[]> {
  const read = createPageReader(host, what);
  for (let page = 1; ; ) {
    client.setWhat(what);
    let answer: Page;
    try {
      answer = (await ask({ page, perPage: PER_PAGE, showExpanded: true })) as Page;
    } catch (error) {
      throw refusalOf(error);
    }
    yield read(answer.data);
    const next = answer.paginationInfo?.next ?? null;
    if (next === null) return;
    if (next <= page || next > MOST_PAGES) throw endless(host);
    page = next;
  }
}

async function* found(fields: Fields, visit: Visit, client: Client): AsyncGenerator<Found | Odd> {
  const { place, options, api } = visit;
  const forked = fieldsOf(fields['forked_from_project']);
  const id = idOf(fields['id']);
  const each = repositoryOf(
    {
      forge: 'gitlab',
      id,
      path: textOf(fields['path_with_namespace']),
      web: addressOf(fields['web_url'], place.origins),
      clone: addressOf(fields['http_url_to_repo'], place.origins),
      // Bytes, and only for who may see them.
      sizeKb: sizeOf(fieldsOf(fields['statistics'])['repository_size'], 1024),
      visibility: visibilityOf(fields['visibility']),
      archived: flagOf(fields['archived']),
      fork: idOf(forked['id']) !== null,
      parent: idOf(forked['id']),
      pushedAt: dateOf(fields['last_activity_at']),
    },
    place.host,
    options,
  );
  const hasWiki = options.wiki && isEnabled(fields['wiki_access_level'], fields['wiki_enabled']);
  yield* withWiki(each, hasWiki ? 'wiki' : 'none', '-/wikis');
  if (isOdd(each)) return;
  if (!options.snippets || id === null || !isEnabled(fields['snippets_access_level'], fields['snippets_enabled']))
    return;
  const what = `the snippets of ${each.path}`;
  try {
    const list = all(api.base.host, (asking) => client.snippets(id, asking), client, what);
    for await (const page of list) for (const snippet of page) yield snippetOf(snippet, each, visit);
  } catch (error) {
    yield oddFor(error, what, options.signal);
  }
}

const isEnabled = (level: unknown, enabled: unknown): boolean =>
  level === undefined ? enabled === true : level !== 'disabled';

const snippetOf = (fields: Fields, { path, repository }: Found, { place, options }: Visit): Found | Odd => {
  const id = idOf(fields['id']);
  const each = repositoryOf(
    {
      forge: 'gitlab',
      id: id === null ? null : `snippet/${id}`,
      path: id === null ? null : `${path}/${id}`,
      web: addressOf(fields['web_url'], place.origins),
      clone: addressOf(fields['http_url_to_repo'], place.origins),
      visibility: visibilityOf(fields['visibility']) ?? repository.visibility,
      pushedAt: dateOf(fields['updated_at']),
    },
    place.host,
    options,
  );
  return asSnippet(each);
};
