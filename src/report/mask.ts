// The one place where secrets leave a report: every writer is given what this returns. Of a secret never one character
// is kept; the ID stays whole.

import type { Finding, Occurrence, Report } from '../findings/model.js';

/** What stands where there is a secret that is not shown. Null stays null: there is none. */
export const MASK = '***';

export type Secrets = 'masked' | 'shown';

export const presentable = (report: Report, secrets: Secrets): Report =>
  secrets === 'shown' ? report : { ...report, findings: report.findings.map(maskFinding) };

const maskFinding = (finding: Finding): Finding => {
  const hidden = [finding.secret, finding.token].filter((value) => value !== null && value.length > 0) as string[];
  return {
    ...finding,
    // Also where the secret itself is not at hand: a report that was read back knows only its SHA-256.
    secret: finding.secretSha256 === null ? null : MASK,
    token: finding.token === null ? null : MASK,
    occurrences: finding.occurrences.map((occurrence) => maskOccurrence(occurrence, hidden)),
  };
};

/** A file may be named after the secret that it holds. */
const maskOccurrence = (occurrence: Occurrence, hidden: readonly string[]): Occurrence => {
  const { path, secretPath, author } = occurrence;
  if (!hidden.some((value) => `${path}\0${secretPath}\0${author}`.includes(value))) return occurrence;
  const strip = (text: string): string => hidden.reduce((left, value) => left.replaceAll(value, MASK), text);
  return {
    ...occurrence,
    path: path === null ? null : strip(path),
    ...(secretPath === undefined ? {} : { secretPath: strip(secretPath) }),
    ...(author === undefined ? {} : { author: strip(author) }),
  };
};
