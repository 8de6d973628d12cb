// Asks the sources which repositories they have, and has the store note them.

import { amount } from '../amount.js';
import type { Progress } from '../progress.js';
import type { AuditPlan } from './plan.js';
import type { Listed, ListOptions } from './sources/types.js';
import type { Run, Store } from './store/store.js';
import type { Repository } from './types.js';

/** What lists; tests and `--list` give their own place to put it. */
export type List = (sources: readonly string[], options: ListOptions) => AsyncIterable<Listed>;

export interface Asking {
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly http: ListOptions['http'];
}

export const listOptionsOf = ({ listing, settings }: AuditPlan, asking: Asking): ListOptions => ({
  ...listing,
  since: listing.since === null ? null : new Date(listing.since),
  maxRepoSizeBytes: settings.maxRepositorySize,
  ...asking,
});

/** Repositories that are noted at once. */
const BATCH = 200;

/** @throws what listing throws: a source that is none, `signal` aborted */
export const listInto = async (
  store: Store,
  run: Run,
  listed: AsyncIterable<Listed>,
  progress: Progress,
): Promise<void> => {
  let batch: Repository[] = [];
  let count = 0;
  const note = async (): Promise<void> => {
    if (batch.length > 0) await store.listed(run, batch);
    count += batch.length;
    batch = [];
    progress.update(`listing repositories: ${amount(count)}`);
  };
  for await (const one of listed) {
    if (one.kind === 'unlisted') {
      const { source, name, state, reason } = one;
      await store.unlisted(run, { source, name, state, reason });
      continue;
    }
    batch.push(one.repository);
    if (one.kind === 'too-large') {
      await note();
      await store.save(run, {
        run: run.id,
        repository: one.repository,
        state: 'too-large',
        reason: one.reason,
        look: null,
      });
    } else if (batch.length >= BATCH) await note();
  }
  await note();
  await store.listingDone(run);
};
