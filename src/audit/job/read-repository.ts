// Reads the history of one repository that is at hand, as far as nobody knows it already.

import { amount } from '../../amount.js';
import { type Collection, createCollector } from '../../findings/collect.js';
import { describeRepository, type Repository as GitRepository } from '../../git/repository.js';
import { requireGit } from '../../git/version.js';
import { scanHistory } from '../../sources/history/scan-history.js';
import type { SourceOptions } from '../../sources/types.js';
import type { Job, Outcome, Read } from '../types.js';
import { loadOwnConfiguration, NO_CONFIGURATION, type OwnConfiguration } from './configuration.js';
import type { JobDeps } from './do-job.js';
import { createJobMemory, type JobMemory } from './memory.js';
import { listRefsAndTips, type RefsAndTips } from './refs.js';
import { auditSink } from './sink.js';

/** What is at hand, and what its outcome says of how it was read. */
export interface AtHand {
  readonly folder: string;
  readonly look: string | null;
  readonly detection: string;
  readonly digest: string;
}

let checked: Promise<void> | null = null;

/** Which git there is is asked once. */
const requireGitOnce = (folder: string): Promise<void> => {
  checked ??= requireGit({ cwd: folder, top: folder }, new AbortController().signal).catch((error) => {
    checked = null;
    throw error;
  });
  return checked;
};

export const readRepository = async (job: Job, at: AtHand, deps: JobDeps): Promise<Outcome> => {
  const { repository, settings } = job;
  const { signal } = deps;
  const listing = listRefsAndTips({ cwd: at.folder, top: at.folder }, signal);
  listing.catch(() => {});
  await requireGitOnce(at.folder);
  const git = await describeRepository(at.folder, signal);
  const tips = (await listing)(git.hash);
  const trusted = settings.repositoryConfiguration === 'honour';
  const own = trusted ? await loadOwnConfiguration(git.place, signal) : NO_CONFIGURATION;
  const memory = createJobMemory(job, deps.knowledge, at.detection);
  const collection = await collect(job, { git, tips, own, memory }, at, deps);
  if (memory.isEmpty() && tips.names.length === 0 && collection.skippedCounts.fault === 0)
    return { run: job.run, repository, state: 'empty', reason: null, look: at.look };
  return outcomeOf(job, at, { collection, shown: await own.hide(collection.findings), own, memory, tips });
};

interface Opened {
  readonly git: GitRepository;
  readonly tips: RefsAndTips;
  readonly own: OwnConfiguration;
  readonly memory: JobMemory;
}

const collect = async (
  { repository, settings }: Job,
  { git, tips, own, memory }: Opened,
  { folder }: AtHand,
  { signal, progress = SILENT, small }: JobDeps,
): Promise<Collection> => {
  const collector = createCollector();
  const sink = auditSink(repository, folder, collector);
  const { include, exclude, maxSize, threads, allowPartial, detector } = settings;
  const options: SourceOptions = {
    worktree: false,
    history: true,
    ignored: false,
    include,
    exclude: [...own.exclude, ...exclude],
    maxSize,
    threads,
    since: null,
    branch: null,
    allowPartial,
    detector,
    memory: memory.memory,
    signal,
    progress,
  };
  for (const note of own.notes) sink.note(note);
  if (own.fault !== null)
    sink.skipped({
      type: 'skipped',
      schema: 1,
      target: repository.name,
      what: null,
      reason: own.fault,
      because: 'fault',
    });
  await scanHistory(repository.name, git, options, sink, {
    tips: Promise.resolve(tips),
    ...(small === undefined ? {} : { small }),
  });
  return collector.finish();
};

const SILENT = { update: () => {} };

interface Found {
  readonly collection: Collection;
  readonly shown: Awaited<ReturnType<OwnConfiguration['hide']>>;
  readonly own: OwnConfiguration;
  readonly memory: JobMemory;
  readonly tips: RefsAndTips;
}

const outcomeOf = (
  { run, repository }: Job,
  { look, detection, digest }: AtHand,
  { collection, shown, own, memory, tips }: Found,
): Read => {
  const { skipped, skippedCounts, notes } = collection;
  const whole = skippedCounts.fault === 0;
  return {
    run,
    repository,
    state: whole ? 'scanned' : 'broken',
    reason: whole ? null : reasonFor(collection),
    look: whole && !own.expires ? look : null,
    detection,
    settings: digest,
    refs: tips.refs,
    findings: shown.findings,
    suppressed: shown.suppressed,
    skipped,
    skippedCounts,
    counts: { files: 0, objects: memory.objects(), bytes: 0 },
    notes: [...notes, ...shown.notes],
    family: memory.family(),
  };
};

const reasonFor = ({ skipped, skippedCounts: { fault } }: Collection): string => {
  const first = skipped.find(({ because }) => because === 'fault');
  const said =
    first === undefined ? 'it could not be read to its end' : [first.what, first.reason].filter(isSaid).join(': ');
  return fault > 1 ? `${said} (and ${amount(fault - 1)} more)` : said;
};

const isSaid = (text: string | null): text is string => text !== null;
