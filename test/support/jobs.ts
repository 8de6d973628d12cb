// Jobs of an audit over folders, and a knowledge that answers what a test wants.

import type { Mirrors } from '../../src/audit/mirror/types.js';
import type { Family, Job, JobSettings, Knowledge, Outcome, Read, Repository } from '../../src/audit/types.js';
import { hashFormat } from '../../src/git/hash.js';
import { type SortedNames, union } from '../../src/pack/all-names.js';

export const jobSettings: JobSettings = {
  detector: {},
  include: [],
  exclude: [],
  maxSize: null,
  allowPartial: false,
  repositoryConfiguration: 'disregard',
  maxRepositorySize: null,
  threads: 1,
};

/** @param from `url`: as if git had fetched it into this folder */
export const repositoryIn = (folder: string, from: 'folder' | 'url' = 'folder', name = folder): Repository => ({
  id: name,
  forge: from === 'folder' ? 'dir' : 'git',
  name,
  clone: from === 'folder' ? { from, folder } : { from, url: 'https://example.com/a.git' },
  kind: 'repository',
  refs: 'branches-and-tags',
  sizeKb: null,
  visibility: null,
  archived: false,
  fork: false,
  parent: null,
  pushedAt: null,
});

export const jobFor = (repository: Repository, settings: Partial<JobSettings> = {}): Job => ({
  run: 'run',
  repository,
  settings: { ...jobSettings, ...settings },
  last: null,
});

/** Gives this folder for every repository. */
export const mirrorsAt = (folder: string, look = 'look'): Mirrors => ({
  obtain: async (_, lastLook) =>
    look === lastLook ? { state: 'unchanged', look } : { state: 'ready', folder, look, release: async () => {} },
  close: async () => {},
});

export const knowing = (family: Family | null): Knowledge => ({ family: async () => family });
export const NO_KNOWLEDGE = knowing(null);

export const readOf = (outcome: Outcome): Read => {
  if (!('findings' in outcome)) throw new Error(`${outcome.repository.name} is ${outcome.state}: ${outcome.reason}`);
  return outcome;
};

/** What an audit tells of a repository: all but what it learned for another day. */
export const told = (outcome: Outcome): string => {
  const { findings, suppressed, skipped, skippedCounts, counts, notes, state, reason, refs } = readOf(outcome);
  return JSON.stringify({ findings, suppressed, skipped, skippedCounts, counts, notes, state, reason, refs });
};

/** What whoever keeps outcomes would answer after this one. */
export const familyOf = (
  outcome: Outcome,
  whose: 'relatives' | 'own',
  verify: Family['verify'] = 'no need',
): Family => {
  const { family } = readOf(outcome);
  if (family === null) throw new Error('nothing was learned');
  const hash = hashFormat(family.hash);
  const names: SortedNames = whose === 'own' ? union(family.verified, family.own, hash) : family.verified;
  return { id: 'family', names, hits: family.hits, verify };
};
