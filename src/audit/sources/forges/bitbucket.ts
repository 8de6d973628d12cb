// Bitbucket: the Cloud and the Data Center, two products with two APIs.
// https://developer.atlassian.com/cloud/bitbucket/rest/api-group-repositories/ (GET /repositories/{workspace}) and -snippets/
// https://developer.atlassian.com/server/bitbucket/rest/ (GET /rest/api/1.0/projects/{projectKey}/repos, /repos)

import { addressOf, dateOf, type Fields, fieldsOf, flagOf, idOf, listOf, sizeOf, textOf } from '../fields.js';
import { Refusal } from '../refusal.js';
import type { Found } from '../types.js';
import { asSnippet, type Forge, isOdd, type Odd, repositoryOf, type Visit, wikiOf } from './forge.js';
import { byBody, type Pages, pages } from './pager.js';

const values = (value: unknown): unknown => fieldsOf(value)['values'];

export const bitbucket: Forge = (visit) =>
  visit.api.base.pathname.endsWith('/2.0/') ? cloud(visit) : dataCenter(visit);

const cloud: Forge = async function* (visit) {
  const { spec, options, api } = visit;
  // Without one it would be whatever is public, of everybody.
  if (spec.owner === '')
    throw new Refusal('fault', 'Bitbucket Cloud is listed by workspace: write bitbucket:WORKSPACE.');
  const name = encodeURIComponent(spec.owner);
  const list = (path: string, what: string) => pages(api, { path, what, items: values, next: byBody });
  // By when they were made: that does not change while they are listed.
  for await (const page of list(
    `repositories/${name}?pagelen=100&sort=created_on`,
    `the repositories of ${spec.owner}`,
  )) {
    for (const fields of page) yield* ofCloud(fields, visit);
  }
  if (!options.snippets) return;
  for await (const page of list(`snippets/${name}?pagelen=100`, `the snippets of ${spec.owner}`)) {
    for (const fields of page) yield snippetOf(fields, visit);
  }
};

/** `{1a2b...}`: the braces say nothing. */
const uuidOf = (value: unknown): string | null =>
  idOf(typeof value === 'string' ? value.replace(/^\{|\}$/g, '') : value);

/** Of several ways to clone, by HTTPS; the address holds the name of whoever asks, which goes. */
const cloneOf = (fields: Fields, { place }: Visit): string | null => {
  const ways = listOf(fieldsOf(fields['links'])['clone']) ?? [];
  const way = ways.find(({ name }) => name === 'https' || name === 'http');
  return addressOf(way?.['href'], place.origins);
};

const pageOf = (fields: Fields, { place }: Visit): string | null =>
  addressOf(fieldsOf(fieldsOf(fields['links'])['html'])['href'], place.origins);

function* ofCloud(fields: Fields, visit: Visit): Generator<Found | Odd> {
  const parent = uuidOf(fieldsOf(fields['parent'])['uuid']);
  const each = repositoryOf(
    {
      forge: 'bitbucket',
      id: uuidOf(fields['uuid']),
      path: textOf(fields['full_name']),
      web: pageOf(fields, visit),
      clone: cloneOf(fields, visit),
      sizeKb: sizeOf(fields['size'], 1024),
      visibility: typeof fields['is_private'] === 'boolean' ? (fields['is_private'] ? 'private' : 'public') : null,
      fork: parent !== null,
      parent,
      pushedAt: dateOf(fields['updated_on']),
    },
    visit.place.host,
    visit.options,
  );
  yield each;
  if (isOdd(each) || !visit.options.wiki || !flagOf(fields['has_wiki'])) return;
  const { clone, name } = each.repository;
  if (clone.from === 'url') yield wikiOf(each, `${clone.url}/wiki`, `${name}/wiki`);
}

const snippetOf = (fields: Fields, visit: Visit): Found | Odd => {
  const id = idOf(fields['id']);
  const each = repositoryOf(
    {
      forge: 'bitbucket',
      id: id === null ? null : `snippet/${id}`,
      path: id === null ? null : `${visit.spec.owner}/${id}`,
      web: pageOf(fields, visit),
      clone: cloneOf(fields, visit),
      visibility: typeof fields['is_private'] === 'boolean' ? (fields['is_private'] ? 'private' : 'public') : null,
      pushedAt: dateOf(fields['updated_on']),
    },
    visit.place.host,
    visit.options,
  );
  return asSnippet(each);
};

const dataCenter: Forge = async function* (visit) {
  const { owner } = visit.spec;
  const path = owner === '' ? 'repos?limit=100' : `projects/${encodeURIComponent(owner)}/repos?limit=100`;
  const what = owner === '' ? 'its repositories' : `the repositories of ${owner}`;
  for await (const page of pages(visit.api, { path, what, items: values, next: byStart })) {
    for (const fields of page) yield ofDataCenter(fields, visit);
  }
};

const byStart: Pages['next'] = ({ value }) => {
  const { isLastPage, nextPageStart } = fieldsOf(value);
  return isLastPage === false && Number.isSafeInteger(nextPageStart)
    ? { query: { start: Number(nextPageStart) } }
    : null;
};

const ofDataCenter = (fields: Fields, visit: Visit): Found | Odd => {
  const key = textOf(fieldsOf(fields['project'])['key']);
  const slug = textOf(fields['slug']);
  const origin = idOf(fieldsOf(fields['origin'])['id']);
  const [self] = listOf(fieldsOf(fields['links'])['self']) ?? [];
  return repositoryOf(
    {
      forge: 'bitbucket',
      id: idOf(fields['id']),
      path: key === null || slug === null ? null : `${key}/${slug}`,
      web: addressOf(self?.['href'], visit.place.origins)?.replace(/\/browse$/, '') ?? null,
      clone: cloneOf(fields, visit),
      visibility: flagOf(fields['public']) ? 'public' : 'private',
      archived: flagOf(fields['archived']),
      fork: origin !== null,
      parent: origin,
    },
    visit.place.host,
    visit.options,
  );
};
