// Canonical orders. Reports of two runs are compared byte for byte, whatever order threads and git delivered in.

import type { Sighting } from '../sources/types.js';
import { isLive, isMighty, isRoot } from './judged.js';
import type { Finding, Occurrence, OccurrenceSource, Severity } from './model.js';

const SOURCES: Readonly<Record<OccurrenceSource, number>> = {
  worktree: 0,
  index: 1,
  file: 2,
  stdin: 3,
  history: 4,
  message: 5,
};

const SEVERITIES: Readonly<Record<Severity, number>> = { critical: 0, high: 1, medium: 2, low: 3 };

/** By UTF-16 code unit, which no locale changes. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const compareNullable = (a: string | null | undefined, b: string | null | undefined): number =>
  compareText(a ?? '', b ?? '');

/** Current places before history, then by target, path and position. */
export const compareOccurrences = (a: Occurrence, b: Occurrence): number =>
  SOURCES[a.source] - SOURCES[b.source] ||
  compareNullable(a.target, b.target) ||
  compareNullable(a.path, b.path) ||
  a.offset - b.offset ||
  (a.secretOffset ?? -1) - (b.secretOffset ?? -1) ||
  compareNullable(a.secretPath, b.secretPath) ||
  compareNullable(a.blob, b.blob);

/** Of two sightings of one credential; 0 only when they say the same of the same bytes. */
export const compareSightings = (a: Sighting, b: Sighting): number =>
  SOURCES[a.source] - SOURCES[b.source] ||
  compareText(a.target, b.target) ||
  compareNullable(a.path, b.path) ||
  compareNullable(a.provenance?.blob, b.provenance?.blob) ||
  a.detection.place.offset - b.detection.place.offset ||
  (a.detection.secretPlace?.offset ?? -1) - (b.detection.secretPlace?.offset ?? -1) ||
  compareNullable(a.secretPath, b.secretPath) ||
  compareText(a.detection.encoding.join(), b.detection.encoding.join());

/** By the first place, then by credential: the order of JSON reports, the same before and after verification. */
export const compareFindings = (a: Finding, b: Finding): number => {
  const [first, second] = [a.occurrences[0], b.occurrences[0]];
  return (
    compareText(a.target, b.target) ||
    (first !== undefined && second !== undefined ? compareOccurrences(first, second) : 0) ||
    compareNullable(a.accessKeyId, b.accessKeyId) ||
    compareNullable(a.secretSha256, b.secretSha256)
  );
};

/**
 * Worst first, the order a person reads in: by severity; among equals root keys before all others, live ones before those
 * that may be, administrators and those whose powers nobody read before the rest, those in use since they got out before
 * idle ones, pairs that are proven to work before IDs.
 */
export const worstFirst = (findings: readonly Finding[]): readonly Finding[] =>
  findings
    .map((finding) => ({ finding, rank: rankOf(finding) }))
    .sort((a, b) => compareRanks(a.rank, b.rank) || compareFindings(a.finding, b.finding))
    .map(({ finding }) => finding);

/** Smaller is worse. */
const rankOf = (finding: Finding): readonly number[] => [
  SEVERITIES[finding.severity],
  ...[
    isRoot(finding),
    isLive(finding),
    isLive(finding) && (isMighty(finding) || finding.verdict.powers === undefined),
    isUsedSinceLeak(finding),
    finding.verdict.secretProven === true,
  ].map((worse) => (worse ? 0 : 1)),
];

const compareRanks = (a: readonly number[], b: readonly number[]): number => {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
};

/** By ActionTrail's events where they were read; otherwise by its last use, if that is later than the first commit. */
const isUsedSinceLeak = ({ occurrences, verdict: { activity, lastUsed } }: Finding): boolean => {
  if (activity?.sinceLeak !== undefined) return activity.sinceLeak > 0;
  const used = Date.parse(lastUsed ?? '');
  return occurrences.some(({ date }) => date !== undefined && Date.parse(date) < used);
};
