// Decides which findings are shown. What is not shown is always counted, by the first reason that applies: confidence,
// allow comment, ignore file, baseline.

import type { Confidence } from '../detect/types.js';
import type { Collected } from './collect.js';
import type { IgnoreEntry } from './ignore-file.js';
import type { Finding, Occurrence, Summary } from './model.js';

export interface Suppressions {
  readonly minConfidence: Confidence;
  /** Whether inline `akscan:allow` comments count. */
  readonly allowComments: 'honour' | 'forbid';
  readonly ignore: readonly IgnoreEntry[];
  /** The ignore file's name, for notes. */
  readonly ignoreFile: string;
  readonly baseline: ReadonlySet<string>;
  /** What turns an occurrence's path into one relative to the folder that holds the ignore file. */
  readonly pathOf: (finding: Finding, occurrence: Occurrence) => string | null;
  /** Today, `YYYY-MM-DD` in UTC. */
  readonly today: string;
  /** `whole`: everything the ignore file speaks of was read, so that an entry that matches nothing is stale. */
  readonly coverage: 'whole' | 'partial';
}

export interface Shown {
  readonly findings: readonly Finding[];
  readonly suppressed: Summary['suppressed'];
  readonly notes: readonly string[];
}

const RANK: Readonly<Record<Confidence, number>> = { low: 0, medium: 1, high: 2 };
/** Stale entries named one by one in the notes. */
const NAMED = 10;
const PREFIX = 16;

export const suppress = async (collected: readonly Collected[], options: Suppressions): Promise<Shown> => {
  const isActive = (entry: IgnoreEntry): boolean => entry.expires === null || entry.expires >= options.today;
  const active = options.ignore.filter(isActive);
  const index = await indexOf(active);
  const met = new Set<IgnoreEntry>();
  const counts = { allow: 0, ignore: 0, baseline: 0, confidence: 0 };
  const findings: Finding[] = [];
  for (const { finding, allowed } of collected) {
    const ignored = isIgnored(finding, index, met, options.pathOf);
    if (RANK[finding.confidence] < RANK[options.minConfidence]) counts.confidence += 1;
    else if (allowed && options.allowComments === 'honour') counts.allow += 1;
    else if (ignored) counts.ignore += 1;
    else if (options.baseline.has(finding.fingerprint)) counts.baseline += 1;
    else findings.push(finding);
  }
  const expired = options.ignore.filter((entry) => !isActive(entry));
  const stale = options.coverage === 'whole' ? active.filter((entry) => !met.has(entry)) : [];
  return {
    findings,
    suppressed: counts,
    notes: [
      ...named(expired, options.ignoreFile, (entry) => `expired on ${entry.expires} and no longer counts.`),
      ...named(stale, options.ignoreFile, () => 'matches nothing any more; remove it.'),
    ],
  };
};

interface Indexed {
  readonly entry: IgnoreEntry;
  readonly matches: (path: string) => boolean;
}

/** By the shortest prefix an entry may have. */
const indexOf = async (entries: readonly IgnoreEntry[]): Promise<ReadonlyMap<string, readonly Indexed[]>> => {
  const index = new Map<string, Indexed[]>();
  if (entries.length === 0) return index;
  // Loaded here: globs take longer to load than a small scan takes in all.
  const { compileGlobs } = await import('../glob.js');
  for (const entry of entries) {
    const prefix = entry.fingerprint.slice(0, PREFIX);
    const matches = entry.path === null ? () => true : compileGlobs([entry.path]);
    const known = index.get(prefix);
    if (known === undefined) index.set(prefix, [{ entry, matches }]);
    else known.push({ entry, matches });
  }
  return index;
};

/** True when every place is accepted by some entry; one with a glob accepts only the paths that it matches. */
const isIgnored = (
  finding: Finding,
  index: ReadonlyMap<string, readonly Indexed[]>,
  met: Set<IgnoreEntry>,
  pathOf: Suppressions['pathOf'],
): boolean => {
  const entries = (index.get(finding.fingerprint.slice(0, PREFIX)) ?? []).filter(({ entry }) =>
    finding.fingerprint.startsWith(entry.fingerprint),
  );
  if (entries.length === 0) return false;
  const accepted = (occurrence: Occurrence): boolean => {
    const path = pathOf(finding, occurrence);
    const hits = entries.filter(({ entry, matches }) => entry.path === null || (path !== null && matches(path)));
    for (const { entry } of hits) met.add(entry);
    return hits.length > 0;
  };
  // No short cut: every entry that matches something must be known not to be stale.
  return finding.occurrences.map(accepted).every(Boolean) && finding.occurrencesLeftOut === undefined
    ? true
    : entries.some(({ entry }) => entry.path === null);
};

const named = (
  entries: readonly IgnoreEntry[],
  file: string,
  say: (entry: IgnoreEntry) => string,
): readonly string[] => [
  ...entries
    .slice(0, NAMED)
    .map((entry) => `${file}:${entry.line}: the entry for ${entry.fingerprint.slice(0, PREFIX)} ${say(entry)}`),
  ...(entries.length > NAMED ? [`${file}: ${entries.length - NAMED} more entries like these.`] : []),
];
