// Every repository of some sources, one after the other as they are found: each once, whichever source names it. A source that
// fails is said and ends none of the others.

import { fileURLToPath } from 'node:url';
import { amount } from '../../amount.js';
import { forTerminal } from '../../report/escape.js';
import { createApi } from './api.js';
import { createFilter } from './filter.js';
import { findFolders } from './folders.js';
import type { Odd } from './forges/forge.js';
import { FORGES } from './forges/forges.js';
import { appIn, installationToken } from './github-app.js';
import { specsIn } from './list-file.js';
import { placeOf } from './places.js';
import { Refusal, refusalOf } from './refusal.js';
import type { ForgeSpec, SourceSpec } from './spec.js';
import { headersFor, tokenAt, wantedAt } from './tokens.js';
import type { Found, Listed, ListOptions, Unlisted } from './types.js';

/**
 * @yields what is found, while it is: order is that of the sources, and in each the forge's own (folders: by name)
 * @throws AkscanError for a glob that could take longer than anybody waits; the signal's reason
 */
export async function* listRepositories(specs: readonly SourceSpec[], options: ListOptions): AsyncGenerator<Listed> {
  const judge = createFilter(options);
  const seen = new Set<string>();
  // An address that was given by itself may be that of a repository which a forge lists by its number.
  const hasAddresses = specs.some(({ kind }) => kind === 'url' || kind === 'list');
  let read = 0;
  let leftOut = 0;
  for await (const each of flat(specs, options)) {
    if (!('found' in each)) {
      yield each;
      continue;
    }
    const { repository } = each.found;
    const { clone, id } = repository;
    const keys = hasAddresses && clone.from === 'url' ? [id, placeIn(clone.url)] : [id];
    if (keys.some((key) => seen.has(key))) continue;
    const verdict = judge(each.found);
    if (verdict === 'left-out') leftOut += 1;
    else {
      for (const key of keys) seen.add(key);
      read += 1;
      if (verdict === 'read') yield { kind: 'repository', repository };
      else yield { kind: 'too-large', repository, reason: tooLarge(repository.sizeKb, options.maxRepoSizeBytes) };
    }
    const more = leftOut === 0 ? '' : `, ${amount(leftOut)} left out`;
    options.progress.update(`repositories: ${amount(read)} found${more}`, { done: read });
  }
}

/** `git.example.com/group/app` of any address. */
const placeIn = (url: string): string => {
  const { host, hostname, pathname, protocol } = new URL(url);
  return `${protocol === 'ssh:' ? hostname : host}${pathname.replace(/\.git$/, '')}`;
};

const tooLarge = (sizeKb: number | null, most: number | null): string =>
  `It takes ${amount(sizeKb ?? 0)} KB, more than the ${amount(Math.floor((most ?? 0) / 1024))} KB that --max-repo-size allows.`;

type Entry = { readonly found: Found } | Unlisted;

async function* flat(specs: readonly SourceSpec[], options: ListOptions): AsyncGenerator<Entry> {
  for (const spec of specs) {
    options.signal.throwIfAborted();
    const unlisted = (name: string | null, refusal: Refusal): Unlisted => ({
      kind: 'unlisted',
      source: forTerminal(spec.text),
      name: name === null ? null : forTerminal(name),
      state: refusal.state,
      reason: forTerminal(refusal.message),
    });
    try {
      for await (const each of inSource(spec, options)) {
        if (!('kind' in each)) yield { found: each };
        else if (each.kind === 'odd') yield unlisted(each.name, new Refusal('fault', each.reason));
        else if (each.kind === 'refused') yield unlisted(each.name, each.refusal);
        else yield* flat([each.spec], options);
      }
    } catch (error) {
      options.signal.throwIfAborted();
      yield unlisted(null, refusalOf(error));
    }
  }
}

type Inside =
  | Found
  | Odd
  | { readonly kind: 'refused'; readonly name: string; readonly refusal: Refusal }
  | { readonly kind: 'source'; readonly spec: SourceSpec };

const inSource = (spec: SourceSpec, options: ListOptions): AsyncIterable<Inside> => {
  switch (spec.kind) {
    case 'forge':
      return onForge(spec, options);
    case 'folder':
      return findFolders(spec.path, options.signal);
    case 'list':
      return specsIn(spec.file, options.signal);
    case 'url':
      return spec.url.startsWith('file:') ? findFolders(fileURLToPath(spec.url), options.signal) : alone(spec, options);
  }
};

async function* onForge(spec: ForgeSpec, options: ListOptions): AsyncGenerator<Found | Odd> {
  const { env } = options;
  const { forge } = spec;
  const place = placeOf(spec, env);
  const host = new URL(place.origins[0] ?? place.api).host;
  const app = forge === 'github' ? appIn(env, host) : null;
  const token = app === null ? tokenAt(forge, host, env) : null;
  const api = createApi(
    {
      base: place.api,
      headers: async () =>
        app === null
          ? headersFor(forge, token)
          : { authorization: `Bearer ${await installationToken(app, spec.owner, options)}` },
      asked: {
        host: place.host,
        variable: app === null ? (token?.variable ?? null) : 'GITHUB_APP_ID',
        wanted: wantedAt(forge, host, env),
      },
    },
    options,
  );
  const as = app !== null ? 'app' : token !== null ? 'person' : 'nobody';
  yield* FORGES[forge]({ spec, place, api, as, options });
}

async function* alone(spec: Extract<SourceSpec, { kind: 'url' }>, options: ListOptions): AsyncGenerator<Found> {
  yield {
    path: spec.path,
    repository: {
      id: `git:${spec.place}`,
      forge: 'git',
      name: spec.url.replace(/\.git$/, ''),
      clone: { from: 'url', url: spec.url },
      kind: 'repository',
      refs: options.pullRequests ? 'with-pull-requests' : 'branches-and-tags',
      sizeKb: null,
      visibility: null,
      archived: false,
      fork: false,
      parent: null,
      pushedAt: null,
    },
  };
}
