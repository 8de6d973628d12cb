// Repositories that were not read, or not whole, and sources that could not say what they have: each is told, with its reason.

import type { NotReadState, RepositoryNotRead } from '../findings/audit.js';
import type { Skipped } from '../findings/model.js';
import type { StoredRepository, Unlisted } from './store/store.js';

const STATES: ReadonlySet<string> = new Set<NotReadState>(['broken', 'denied', 'too-large', 'gone']);

const isNotRead = (state: string): state is NotReadState => STATES.has(state);

export const notReadOf = async (
  unlisted: readonly Unlisted[],
  repositories: AsyncIterable<StoredRepository>,
): Promise<readonly RepositoryNotRead[]> => {
  const all: RepositoryNotRead[] = unlisted.map(({ source, name, reason }) => ({
    name: name ?? source,
    state: 'unlisted',
    reason,
  }));
  for await (const { repository, state, reason } of repositories) {
    if (isNotRead(state)) all.push({ name: repository.name, state, reason });
  }
  return all;
};

/** What the user left out is no fault; what could not be read is. */
export const skippedOf = ({ name, state, reason }: RepositoryNotRead): Skipped => ({
  type: 'skipped',
  schema: 1,
  target: name,
  what: null,
  reason: reason ?? state,
  because: state === 'too-large' ? 'limit' : 'fault',
});
