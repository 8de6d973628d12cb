// What a repository says about itself, where it is trusted (`--trust-repo-config`): the configuration, the ignore file and
// the baseline of its HEAD. Of the configuration only what it leaves out counts, and what the other two hide.

import type { Loaded } from '../../config/load.js';
import { loadFromCommit } from '../../config/load-from-commit.js';
import { AkscanError } from '../../errors.js';
import type { Collected } from '../../findings/collect.js';
import type { Summary } from '../../findings/model.js';
import { suppress } from '../../findings/suppress.js';
import type { GitPlace } from '../../git/run.js';

export interface OwnConfiguration {
  /** Globs. */
  readonly exclude: readonly string[];
  /** What may be hidden is hidden, and counted. */
  hide(findings: readonly Collected[]): Promise<Shown>;
  /** Something in it ends at some date: the same repository may be told differently another day. */
  readonly expires: boolean;
  readonly notes: readonly string[];
  /** Why it does not count; null when it does. */
  readonly fault: string | null;
}

interface Shown {
  readonly findings: readonly Collected[];
  readonly suppressed: Summary['suppressed'];
  readonly notes: readonly string[];
}

export const NOTHING_HIDDEN: Summary['suppressed'] = { allow: 0, ignore: 0, baseline: 0, confidence: 0 };

/** Of a repository that is not trusted, or says nothing. */
export const NO_CONFIGURATION: OwnConfiguration = {
  exclude: [],
  hide: async (findings) => ({ findings, suppressed: NOTHING_HIDDEN, notes: [] }),
  expires: false,
  notes: [],
  fault: null,
};

export const loadOwnConfiguration = async (place: GitPlace, signal: AbortSignal): Promise<OwnConfiguration> => {
  try {
    return ownConfiguration(await loadFromCommit(place, 'HEAD', { config: null, baseline: null }, signal));
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AkscanError)) throw error;
    // What is wrong must not hide anything.
    return { ...NO_CONFIGURATION, fault: `its own configuration was not used: ${error.message}` };
  }
};

const ownConfiguration = ({ configuration, file, ignore, ignoreFile, baseline }: Loaded): OwnConfiguration => ({
  exclude: configuration.exclude ?? [],
  hide: async (findings) => {
    const shown = await suppress(findings, {
      minConfidence: 'low',
      allowComments: 'forbid',
      ignore,
      ignoreFile,
      baseline,
      pathOf: (_, { path }) => path,
      today: new Date().toISOString().slice(0, 10),
      coverage: 'partial',
    });
    const left = new Set(shown.findings);
    return { ...shown, findings: findings.filter(({ finding }) => left.has(finding)) };
  },
  expires: ignore.some(({ expires }) => expires !== null),
  notes: file === null ? [] : [`${file} in its HEAD decided what was searched and shown.`],
  fault: null,
});
