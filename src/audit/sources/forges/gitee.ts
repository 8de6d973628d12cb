// Gitee. https://gitee.com/api/v5/swagger (getV5OrgsOrgRepos, getV5UsersUsernameRepos, getV5UserRepos). The token stands in a
// header, although the documentation puts it into the address.

import { addressOf, dateOf, type Fields, fieldsOf, flagOf, idOf, textOf } from '../fields.js';
import { Refusal } from '../refusal.js';
import type { Found } from '../types.js';
import { elseUser, type Forge, type Listing, type Odd, repositoryOf, type Visit, withWiki } from './forge.js';
import { byNumber, pages } from './pager.js';

const SIZE = 100;

export const gitee: Forge = async function* (visit) {
  const { spec, options } = visit;
  const name = encodeURIComponent(spec.owner);
  const what = `the repositories of ${spec.owner}`;
  const user = async function* (): Listing {
    const isSelf = visit.as === 'person' && (await whoAsks(visit)) === spec.owner.toLowerCase();
    const path = isSelf
      ? `user/repos?affiliation=owner&per_page=${SIZE}`
      : `users/${name}/repos?type=owner&per_page=${SIZE}`;
    yield* list(visit, path, what);
  };
  yield* elseUser(list(visit, `orgs/${name}/repos?type=all&per_page=${SIZE}`, what), options.signal, user);
};

const whoAsks = async ({ api, options }: Visit): Promise<string | null> => {
  try {
    return textOf(fieldsOf((await api.get('user', 'whose token it is')).value)['login'])?.toLowerCase() ?? null;
  } catch (error) {
    options.signal.throwIfAborted();
    if (error instanceof Refusal && error.state !== 'fault') return null;
    throw error;
  }
};

async function* list(visit: Visit, path: string, what: string): Listing {
  for await (const page of pages(visit.api, { path, what, next: byNumber(SIZE) })) {
    for (const fields of page) yield* found(fields, visit);
  }
}

function* found(fields: Fields, { place, options }: Visit): Generator<Found | Odd> {
  const web = addressOf(fields['html_url'], place.origins);
  const each = repositoryOf(
    {
      forge: 'gitee',
      id: idOf(fields['id']),
      path: textOf(fields['full_name']),
      web: web?.replace(/\.git$/, '') ?? null,
      clone: web === null ? null : `${web.replace(/\.git$/, '')}.git`,
      visibility: flagOf(fields['internal'])
        ? 'internal'
        : flagOf(fields['private'])
          ? 'private'
          : flagOf(fields['public'])
            ? 'public'
            : null,
      // A repository that was closed may not be pushed to any more.
      archived: fields['status'] === '关闭',
      fork: flagOf(fields['fork']),
      parent: idOf(fieldsOf(fields['parent'])['id']),
      pushedAt: dateOf(fields['pushed_at']),
    },
    place.host,
    options,
  );
  yield* withWiki(each, options.wiki && flagOf(fields['has_wiki']) ? 'wiki' : 'none', 'wikis');
}
