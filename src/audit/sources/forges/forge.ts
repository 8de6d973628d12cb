// What every forge gives, and what it is given to find it.

import type { Repository } from '../../types.js';
import type { Api } from '../api.js';
import type { Place } from '../places.js';
import { Refusal, refusalOf } from '../refusal.js';
import type { ForgeSpec } from '../spec.js';
import type { Found, ListOptions } from '../types.js';

export interface Visit {
  readonly spec: ForgeSpec;
  readonly place: Place;
  readonly api: Api;
  /** As whom it is asked: some lists are for those only who are themselves in them. */
  readonly as: 'nobody' | 'person' | 'app';
  readonly options: ListOptions;
}

/** Something listed, or something in the list that cannot be taken. @throws Refusal for what ends the list */
export type Listing = AsyncIterable<Found | Odd>;

export interface Odd {
  readonly kind: 'odd';
  readonly name: string | null;
  readonly reason: string;
}

/**
 * What one of many has beside it and could not be listed; the others are.
 * @throws Refusal when they would fare no better, and the signal's reason
 */
export const oddFor = (error: unknown, name: string, signal: AbortSignal): Odd => {
  signal.throwIfAborted();
  const refusal = refusalOf(error);
  if (refusal.reach === 'host') throw refusal;
  return { kind: 'odd', name, reason: refusal.message };
};

export const isOdd = (each: Found | Odd): each is Odd => 'kind' in each;

export type Forge = (visit: Visit) => Listing;

/** One name may be that of an organisation or of a user: who is asked for as the one and is not there is the other. */
export async function* elseUser(
  organisation: Listing,
  signal: AbortSignal,
  user: () => Listing,
): AsyncGenerator<Found | Odd> {
  let isAny = false;
  try {
    for await (const each of organisation) {
      isAny = true;
      yield each;
    }
  } catch (error) {
    signal.throwIfAborted();
    if (isAny || !(error instanceof Refusal) || error.state !== 'gone') throw error;
    yield* user();
  }
}

/** What one answer of a list is told of a repository; a forge that does not say leaves it null or false. */
export interface Told {
  readonly forge: Repository['forge'];
  readonly id: string | null;
  /** `org/name`. */
  readonly path: string | null;
  readonly web: string | null;
  readonly clone: string | null;
  readonly sizeKb?: number | null;
  readonly visibility?: Repository['visibility'];
  readonly archived?: boolean;
  readonly fork?: boolean;
  readonly parent?: string | null;
  readonly pushedAt?: string | null;
}

/** @param host begins the id */
export const repositoryOf = (told: Told, host: string, options: ListOptions): Found | Odd => {
  const { id, path, web, clone } = told;
  if (id === null || path === null || clone === null) {
    const reason =
      clone === null && id !== null && path !== null
        ? `${host} gives no address to clone it from that is at ${host} itself.`
        : `${host} lists it without its name or number.`;
    return { kind: 'odd', name: path, reason };
  }
  return {
    path,
    repository: {
      id: `${host}/${id}`,
      forge: told.forge,
      name: web ?? clone,
      clone: { from: 'url', url: clone },
      kind: 'repository',
      refs: options.pullRequests ? 'with-pull-requests' : 'branches-and-tags',
      sizeKb: told.sizeKb ?? null,
      visibility: told.visibility ?? null,
      archived: told.archived ?? false,
      fork: told.fork ?? false,
      parent: told.parent == null ? null : `${host}/${told.parent}`,
      pushedAt: told.pushedAt ?? null,
    },
  };
};

/** The wiki of a repository: a repository of its own, whose size nobody tells. @param url where it is cloned from */
export const wikiOf = ({ path, repository }: Found, url: string, page: string): Found => ({
  path: `${path}.wiki`,
  repository: {
    ...repository,
    id: `${repository.id}/wiki`,
    name: page,
    clone: { from: 'url', url },
    kind: 'wiki',
    refs: 'branches-and-tags',
    sizeKb: null,
    parent: null,
    pushedAt: null,
  },
});

/** What is listed like a repository, and is a snippet or gist. */
export const asSnippet = (each: Found | Odd): Found | Odd =>
  isOdd(each) ? each : { ...each, repository: { ...each.repository, kind: 'snippet', refs: 'branches-and-tags' } };

/** `https://HOST/org/name.git` to `https://HOST/org/name.wiki.git`. */
export const beside = (clone: string, suffix: string): string => `${clone.replace(/\.git$/, '')}.${suffix}.git`;

/** A repository, and the wiki that lies beside it where it has one and wikis are wanted. @param page of the wiki, below the repository's */
export function* withWiki(each: Found | Odd, has: 'wiki' | 'none', page: string): Generator<Found | Odd> {
  yield each;
  if (isOdd(each) || has === 'none') return;
  yield wikiOf(each, beside(cloneUrlOf(each.repository), 'wiki'), `${each.repository.name}/${page}`);
}

export const cloneUrlOf = ({ clone }: Repository): string => (clone.from === 'url' ? clone.url : '');

export const endless = (host: string): Refusal =>
  new Refusal('fault', `${host} gives more pages than any organisation has, or the same again and again.`);
