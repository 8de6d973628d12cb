// Canonical orders. Reports of two runs are compared byte for byte, whatever order threads and git delivered in.

import type { Sighting } from '../sources/types.js';
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

/** Worst first: the order a person reads in. */
export const compareBySeverity = (a: Finding, b: Finding): number =>
  SEVERITIES[a.severity] - SEVERITIES[b.severity] || compareFindings(a, b);
