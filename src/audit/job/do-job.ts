// One job of an audit, from the look at a repository to what came of it. It knows no store: what others know of its objects
// it asks for, and what it learned it gives back.

import { AkscanError, reasonOf } from '../../errors.js';
import type { Progress } from '../../progress.js';
import type { Mirrors, NoMirror } from '../mirror/types.js';
import type { Job, Knowledge, NotRead, Outcome, Repository } from '../types.js';
import { readRepository } from './read-repository.js';
import { detectionDigest, settingsDigest } from './settings-digest.js';

export interface JobDeps {
  readonly mirrors: Pick<Mirrors, 'obtain'>;
  readonly knowledge: Knowledge;
  readonly signal: AbortSignal;
  readonly progress?: Progress;
  /** For tests: objects below which all are read, whatever is known of them. */
  readonly small?: number;
}

/**
 * Whatever goes wrong with a repository is an outcome.
 * @throws only what `signal` was aborted with
 */
export const doJob = async (job: Job, deps: JobDeps): Promise<Outcome> => {
  try {
    const outcome = await attempt(job, deps);
    // What is read without git does not look up in time.
    deps.signal.throwIfAborted();
    return outcome;
  } catch (error) {
    deps.signal.throwIfAborted();
    return notRead(job, { state: 'broken', reason: sentenceOf(error), look: null });
  }
};

const attempt = async (job: Job, deps: JobDeps): Promise<Outcome> => {
  const { repository, settings, last } = job;
  const detection = detectionDigest(settings);
  const digest = settingsDigest(settings, repository);
  const counts = last !== null && last.detection === detection && last.settings === digest;
  const mirror = await deps.mirrors.obtain(
    repository,
    counts ? last.look : null,
    deps.signal,
    settings.maxRepositorySize,
  );
  if (mirror.state === 'unchanged') return notRead(job, { state: 'unchanged', reason: null, look: mirror.look });
  // Forges tell of wikis that nobody has written into, and have no repository for them.
  if (mirror.state === 'gone' && repository.kind === 'wiki')
    return notRead(job, { state: 'empty', reason: null, look: null });
  if (mirror.state !== 'ready') return notRead(job, mirror);
  try {
    return await readRepository(job, { folder: mirror.folder, look: mirror.look, detection, digest }, deps);
  } catch (error) {
    throw inWordsOf(repository, mirror.folder, error);
  } finally {
    // What was read counts, also when the mirror cannot be taken away now.
    await mirror.release().catch(() => {});
  }
};

/** Without where on this machine its mirror lies. */
const inWordsOf = ({ clone, name }: Repository, folder: string, error: unknown): unknown =>
  clone.from === 'folder' || !(error instanceof Error) || !sentenceOf(error).includes(folder)
    ? error
    : new Error(sentenceOf(error).replaceAll(folder, name), { cause: error });

export const notRead = (
  { run, repository }: Job,
  { state, reason, look }: Pick<NotRead, 'reason' | 'look'> & { readonly state: NoMirror['state'] | 'unchanged' },
): NotRead => ({ run, repository, state, reason, look });

const sentenceOf = (error: unknown): string =>
  error instanceof AkscanError && error.hint !== null ? `${error.message}. ${error.hint}` : reasonOf(error);
