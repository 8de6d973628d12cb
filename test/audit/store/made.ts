// Repositories, outcomes and stores made by hand, for tests of the store.

import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { openStore } from '../../../src/audit/store/open-store.js';
import type { Run, RunRequest, Store, StoreOptions } from '../../../src/audit/store/store.js';
import type { FamilyQuestion, NotRead, Read, Repository } from '../../../src/audit/types.js';
import { createCollector } from '../../../src/findings/collect.js';
import type { Sighting } from '../../../src/sources/types.js';

const folders: string[] = [];

/** A folder that is removed when the file's tests are done. */
export const temporary = (): string => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'akscan-store-'));
  folders.push(folder);
  return folder;
};

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export const KEY = 'a key for tests, and for nothing else';

export const inMemory = (options: Partial<StoreOptions> = {}): Promise<Store> =>
  openStore({ kind: 'memory' }, { env: {}, secrets: 'left-out', ...options });

export const inFile = (file: string, options: Partial<StoreOptions> = {}): Promise<Store> =>
  openStore({ kind: 'file', file }, { env: {}, secrets: 'left-out', ...options });

export const repository = (name: string, more: Partial<Repository> = {}): Repository => ({
  id: `forge.example/${name}`,
  forge: 'github',
  name: `https://forge.example/${name}`,
  clone: { from: 'url', url: `https://forge.example/${name}.git` },
  kind: 'repository',
  refs: 'branches-and-tags',
  sizeKb: 10,
  visibility: 'private',
  archived: false,
  fork: false,
  parent: null,
  pushedAt: null,
  ...more,
});

/** Names of objects, as git gives them to contents. */
export const oidsOf = (...contents: readonly string[]): readonly string[] =>
  contents.map((content) => createHash('sha1').update(content).digest('hex')).sort();

export const namesOf = (oids: readonly string[]): Buffer => Buffer.from([...oids].sort().join(''), 'hex');

/** A repository that was read to its end and in which these were seen; sightings need no target. */
export const read = (
  run: Run,
  repository: Repository,
  sightings: readonly Sighting[],
  more: Partial<Read> = {},
): Read => {
  const collector = createCollector();
  for (const each of sightings) collector.sighting({ ...each, target: repository.name });
  const { findings, skipped, skippedCounts, counts, notes } = collector.finish();
  return {
    run: run.id,
    repository,
    state: 'scanned',
    reason: null,
    look: `look of ${repository.id}`,
    detection: 'detection 1',
    settings: 'settings 1',
    refs: { 'refs/heads/main': '1'.repeat(40) },
    findings,
    suppressed: { allow: 0, ignore: 0, baseline: 0, confidence: 0 },
    skipped,
    skippedCounts,
    counts,
    notes,
    family: null,
    ...more,
  };
};

export const notRead = (
  run: Run,
  repository: Repository,
  state: NotRead['state'],
  more: Partial<NotRead> = {},
): NotRead => ({
  run: run.id,
  repository,
  state,
  reason: state === 'unchanged' || state === 'empty' ? null : `It is ${state}.`,
  look: null,
  ...more,
});

export const REQUEST: RunRequest = { sources: ['github:acme'], filters: {}, missing: 'gone', settings: { threads: 2 } };

/** A run over these repositories, listed to its end. */
export const begun = async (
  store: Store,
  repositories: readonly Repository[],
  request: Partial<RunRequest> = {},
): Promise<Run> => {
  const run = await store.begin({ ...REQUEST, ...request });
  await store.listed(run, repositories);
  await store.listingDone(run);
  return run;
};

export const question = (repository: Repository, oids: readonly string[]): FamilyQuestion => ({
  repository: repository.id,
  detection: 'detection 1',
  hash: 'sha1',
  sample: [...oids].sort().slice(0, 64),
});

export const collect = async <Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> => {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
};
