// Gitea and Forgejo, wherever they are. https://docs.gitea.com/api (GET /orgs/{org}/repos, /users/{username}/repos,
// /repos/search), modules/structs/repo.go

import { addressOf, dateOf, type Fields, fieldsOf, flagOf, idOf, sizeOf, textOf } from '../fields.js';
import type { Found } from '../types.js';
import { elseUser, type Forge, type Listing, type Odd, repositoryOf, type Visit, withWiki } from './forge.js';
import { byLink, pages } from './pager.js';

/** What a server gives at most, unless it was configured otherwise. */
const LIMIT = 50;

export const gitea: Forge = async function* (visit) {
  const { spec, options } = visit;
  if (spec.owner === '') return yield* list(visit, `repos/search?limit=${LIMIT}`, 'its repositories');
  const name = encodeURIComponent(spec.owner);
  const what = `the repositories of ${spec.owner}`;
  const organisation = list(visit, `orgs/${name}/repos?limit=${LIMIT}`, what);
  yield* elseUser(organisation, options.signal, () => list(visit, `users/${name}/repos?limit=${LIMIT}`, what));
};

async function* list(visit: Visit, path: string, what: string): Listing {
  // A search wraps its list.
  const items = (value: unknown): unknown => (Array.isArray(value) ? value : fieldsOf(value)['data']);
  for await (const page of pages(visit.api, { path, what, items, next: byLink })) {
    for (const fields of page) yield* found(fields, visit);
  }
}

function* found(fields: Fields, { place, options }: Visit): Generator<Found | Odd> {
  const isPrivate = fields['private'];
  const each = repositoryOf(
    {
      forge: 'gitea',
      id: idOf(fields['id']),
      path: textOf(fields['full_name']),
      web: addressOf(fields['html_url'], place.origins),
      clone: addressOf(fields['clone_url'], place.origins),
      sizeKb: sizeOf(fields['size']),
      visibility: flagOf(fields['internal'])
        ? 'internal'
        : typeof isPrivate === 'boolean'
          ? isPrivate
            ? 'private'
            : 'public'
          : null,
      archived: flagOf(fields['archived']),
      fork: flagOf(fields['fork']),
      parent: idOf(fieldsOf(fields['parent'])['id']),
      // It says no more about pushes; a push sets this too.
      pushedAt: dateOf(fields['updated_at']),
    },
    place.host,
    options,
  );
  yield* withWiki(each, options.wiki && flagOf(fields['has_wiki']) ? 'wiki' : 'none', 'wiki');
}
