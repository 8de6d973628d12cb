// The history of one repository since the last scan.

import type { Repository } from '../../git/repository.js';
import { type Completeness, checkCompleteness } from '../../git/walk.js';
import type { SourceOptions } from '../types.js';
import type { Attribution } from './attribution.js';
import type { Hit } from './hits.js';
import type { Origin } from './origins.js';
import type { HistoryEvents, HistoryRead, HowToRead } from './read-history.js';
import type { SinceScan } from './since-scan.js';
import { originsSince, tipsOf } from './since-scan-origins.js';
import { readNew } from './since-scan-reading.js';

export interface HistoryScan {
  readonly repository: Repository;
  /** Arguments of `rev-list` that say which commits count as history. */
  readonly range: readonly string[];
  readonly options: SourceOptions;
  readonly attribution: Attribution;
  readonly events: HistoryEvents;
  readonly how: HowToRead;
}

export interface HistoryFound {
  readonly hits: readonly Hit[];
  readonly origins: ReadonlyMap<string, Origin>;
  readonly completeness: Completeness;
}

/** Says of what was read where it came from and, where that is not known yet, whether all is there. */
export const withOrigins = async (
  { hits, completeness }: HistoryRead,
  { repository, range, options, attribution }: HistoryScan,
): Promise<HistoryFound> => {
  const check = (): Promise<Completeness> => checkCompleteness(repository.place, range, options.signal);
  if (hits.length === 0) return { hits, origins: new Map(), completeness: completeness ?? (await check()) };
  options.progress.update('history: asking git where findings came from');
  const heads = hits.map((hit) => hit.head);
  const found = await attribution.finish(heads, completeness === null ? 'tell' : 'known');
  return { hits, origins: found.origins, completeness: completeness ?? found.completeness };
};

export const scanNew = async (since: SinceScan, scan: HistoryScan): Promise<HistoryFound> => {
  const { repository, range, options, attribution, events, how } = scan;
  const { top: folder, hash, place } = repository;
  const { signal } = options;
  const seen = since.before(folder);
  // Before anything is read: what comes later is new another day.
  const tips = await tipsOf(repository, signal);
  const { hits, names, kept, completeness: checked } = await readNew(seen, repository, range, options, events, how);
  const heads = hits.map((hit) => hit.head);
  options.progress.update('history: asking git where findings came from');
  // What was swept up may be what history needs: only a walk through all of it tells.
  const found =
    seen !== null && kept === 'all' && (seen.complete || heads.length > 0)
      ? await originsSince(seen, heads, { repository, attribution, tips, signal })
      : heads.length > 0
        ? await attribution.finish(heads, checked === null ? 'tell' : 'known')
        : { origins: new Map<string, Origin>(), completeness: null };
  const completeness = checked ?? found.completeness ?? (await checkCompleteness(place, range, signal));
  const { shallow, partial } = repository;
  const complete = !shallow && !partial && completeness.missing === 0 && completeness.damage === null;
  const held = heads.map((head) => ({ head, origin: found.origins.get(head.oid) ?? null }));
  // Where something could not be read that has no name, the last scan's word stands: what held something is read again.
  if (names !== null) since.keep({ folder, hash, names, hits: held, tips, complete });
  return { hits, origins: found.origins, completeness };
};
