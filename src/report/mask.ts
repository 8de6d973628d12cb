// The one place where secrets leave a report: every writer is given what this returns. Of a secret never one character
// is kept; the ID stays whole.

import type { Finding, Occurrence, Report } from '../findings/model.js';

/** What stands where there is a secret that is not shown. Null stays null: there is none. */
export const MASK = '***';

export type Secrets = 'masked' | 'shown';

export const presentable = (report: Report, secrets: Secrets): Report => {
  if (secrets === 'shown') return report;
  const { findings, skipped, summary } = report;
  const scrub = scrubberOf(findings);
  return {
    findings: findings.map((finding) => maskFinding(finding, scrub)),
    skipped: skipped.map((each) => ({
      ...each,
      target: scrub(each.target),
      what: each.what === null ? null : scrub(each.what),
      reason: scrub(each.reason),
    })),
    summary: {
      ...summary,
      notes: summary.notes.map(scrub),
      ...(summary.audit === undefined ? {} : { audit: scrubbed(summary.audit, scrub) }),
    },
  };
};

/** Findings for what is no report of findings, and tells of them all the same. */
export const masked = (findings: readonly Finding[]): readonly Finding[] => {
  const scrub = scrubberOf(findings);
  return findings.map((finding) => maskFinding(finding, scrub));
};

const scrubberOf = (findings: readonly Finding[]): Scrub =>
  createScrubber(findings.flatMap(({ secret, token }) => [secret, token]));

/** Gives a text without the secrets in it. */
type Scrub = (text: string) => string;

const maskFinding = (finding: Finding, scrub: Scrub): Finding => ({
  ...finding,
  target: scrub(finding.target),
  // Also where the secret itself is not at hand: a report that was read back knows only its SHA-256.
  secret: finding.secretSha256 === null ? null : MASK,
  token: finding.token === null ? null : MASK,
  occurrences: finding.occurrences.map((occurrence) => maskOccurrence(occurrence, scrub)),
  verdict: scrubbed(finding.verdict, scrub),
  verdicts: scrubbed(finding.verdicts, scrub),
  ...(finding.meaning === undefined ? {} : { meaning: scrub(finding.meaning) }),
  next: scrub(finding.next),
});

/** What an API or a forge answered may hold anything: every text in it, at any depth. */
const scrubbed = <Value>(value: Value, scrub: Scrub): Value => {
  const within = (part: unknown): unknown => {
    if (typeof part === 'string') return scrub(part);
    if (Array.isArray(part)) return part.map(within);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, member]) => [name, within(member)]));
  };
  return within(value) as Value;
};

const maskOccurrence = (occurrence: Occurrence, scrub: Scrub): Occurrence => {
  const { target, path, secretPath, author, keptBy, paths, refs } = occurrence;
  return {
    ...occurrence,
    path: path === null ? null : scrub(path),
    ...(target === undefined ? {} : { target: scrub(target) }),
    ...(secretPath === undefined ? {} : { secretPath: scrub(secretPath) }),
    ...(author === undefined ? {} : { author: scrub(author) }),
    ...(keptBy?.name === undefined ? {} : { keptBy: { ...keptBy, name: scrub(keptBy.name) } }),
    ...(paths === undefined ? {} : { paths: paths.map(scrub) }),
    ...(refs === undefined ? {} : { refs: refs.map(scrub) }),
  };
};

/** No secret is shorter (rules/schema.json). */
const WINDOW = 12;
const LONG_WORD = new RegExp(`[0-9A-Za-z+_=-]{${WINDOW}}`);

/**
 * A file, a folder or an author may be named after a secret, its own or another finding's, as it is or in base64. Names are
 * looked at once, whatever the number of secrets.
 */
export const createScrubber = (values: Iterable<string | null>): Scrub => {
  const byStart = new Map<string, Set<string>>();
  for (const value of values) {
    if (value === null || value.length < WINDOW) continue;
    for (const form of [value, ...base64Forms(value)]) {
      const start = form.slice(0, WINDOW);
      const known = byStart.get(start);
      if (known === undefined) byStart.set(start, new Set([form]));
      else known.add(form);
    }
  }
  if (byStart.size === 0) return (text) => text;
  // Also where it is cut off.
  const longestAt = (text: string, at: number): number =>
    [...(byStart.get(text.slice(at, at + WINDOW)) ?? [])].reduce(
      (most, form) => Math.max(most, commonLength(form, text, at)),
      0,
    );
  return (text) => {
    if (!LONG_WORD.test(text)) return text;
    let clean = '';
    let from = 0;
    for (let at = 0; at + WINDOW <= text.length; at += 1) {
      const length = longestAt(text, at);
      if (length === 0) continue;
      clean += text.slice(from, at) + MASK;
      from = at + length;
      at = from - 1;
    }
    return clean + text.slice(from);
  };
};

/** How many letters of `form` stand in `text` from `at` on. */
const commonLength = (form: string, text: string, at: number): number => {
  let length = 0;
  while (length < form.length && form[length] === text[at + length]) length += 1;
  return length;
};

/** The letters of base64 that the value alone decides, wherever in three bytes it begins. */
export const base64Forms = (value: string): readonly string[] =>
  [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(value)]);
    return bytes.toString('base64').slice(Math.ceil((before * 4) / 3), Math.floor((bytes.length * 4) / 3));
  });
