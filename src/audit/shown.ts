// What the caller's configuration hides of an audit: of its findings, and of what it says has changed.

import type { Loaded } from '../config/load.js';
import type { Confidence } from '../detect/types.js';
import { type Shown, suppress } from '../findings/suppress.js';
import { createAuditPathOf } from './path-of.js';
import type { Stored, StoredTrend } from './store/store.js';

export interface ShownAudit extends Shown {
  isShown(entry: StoredTrend): boolean;
}

const RANK: Readonly<Record<Confidence, number>> = { low: 0, medium: 1, high: 2 };

export const shownOf = async (
  collected: readonly Stored[],
  loaded: Loaded,
  minConfidence: Confidence,
): Promise<ShownAudit> => {
  const allowComments = loaded.configuration.allowComments === false ? 'forbid' : 'honour';
  const { ignore, ignoreFile, baseline } = loaded;
  const today = new Date().toISOString().slice(0, 10);
  const shown = await suppress(collected, {
    minConfidence,
    allowComments,
    ignore,
    ignoreFile,
    baseline,
    pathOf: createAuditPathOf(loaded.root),
    today,
    // An entry may speak of what lies in the folder it is in, and in none of these repositories.
    coverage: 'partial',
  });
  const visible = new Set(shown.findings);
  const found = new Map(collected.map(({ credential, finding }) => [credential, visible.has(finding)]));
  /** Of a key that is gone there is no finding that could be hidden; what is said of it is, for the same reasons. */
  const wouldBeShown = ({ allowed, confidence, fingerprint }: StoredTrend): boolean => {
    if (RANK[confidence] < RANK[minConfidence] || (allowed && allowComments === 'honour')) return false;
    const isIgnored = ignore.some(
      ({ path, expires, fingerprint: ignored }) =>
        path === null && (expires === null || expires >= today) && fingerprint.startsWith(ignored),
    );
    return !isIgnored && !baseline.has(fingerprint);
  };
  return { ...shown, isShown: (entry) => found.get(entry.credential) ?? wouldBeShown(entry) };
};
