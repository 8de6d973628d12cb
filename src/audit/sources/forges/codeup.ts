// Codeup, which is part of Yunxiao (Alibaba Cloud DevOps). ListRepositories:
// https://help.aliyun.com/zh/yunxiao/developer-reference/listrepositories-query-code-base-list
// Its central edition knows organisations; a Region edition of one's own is one.

import { addressOf, dateOf, type Fields, flagOf, idOf, textOf, visibilityOf } from '../fields.js';
import { decoded } from '../git-url.js';
import type { Found } from '../types.js';
import { type Forge, type Odd, repositoryOf, type Visit } from './forge.js';
import { byNumber, pages } from './pager.js';

const SIZE = 100;

export const codeup: Forge = async function* (visit) {
  const { owner } = visit.spec;
  const base = owner === '' ? 'oapi/v1/codeup' : `oapi/v1/codeup/organizations/${encodeURIComponent(owner)}`;
  const what = owner === '' ? 'its repositories' : `the repositories of ${owner}`;
  // By when they were made: that does not change while they are listed.
  const path = `${base}/repositories?perPage=${SIZE}&orderBy=created_at&sort=asc`;
  for await (const page of pages(visit.api, { path, what, next: byNumber(SIZE) })) {
    for (const fields of page) yield found(fields, visit);
  }
};

const found = (fields: Fields, { place, options }: Visit): Found | Odd => {
  const web = addressOf(fields['webUrl'], place.origins)?.replace(/\.git$/, '') ?? null;
  const path = textOf(fields['pathWithNamespace']) ?? (web === null ? null : decoded(new URL(web).pathname.slice(1)));
  return repositoryOf(
    {
      forge: 'codeup',
      id: idOf(fields['id']),
      path,
      web,
      clone: addressOf(fields['httpUrlToRepo'], place.origins) ?? (web === null ? null : `${web}.git`),
      visibility: visibilityOf(fields['visibility']),
      archived: flagOf(fields['archived']),
      pushedAt: dateOf(fields['lastActivityAt']),
    },
    place.host,
    options,
  );
};
