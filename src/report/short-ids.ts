// Logs, annotations and comments of CI are read by more people than the repository: there an ID is shown by its first 8 and
// last 4 characters, wherever in a text it stands. Files that are asked for by name carry IDs whole.

import type { Report } from '../findings/model.js';

const [HEAD, TAIL] = [8, 4];

export const shortId = (id: string): string =>
  id.length > HEAD + TAIL ? `${id.slice(0, HEAD)}…${id.slice(-TAIL)}` : `${id.slice(0, TAIL)}…`;

/** The shapes of AccessKey IDs, glued to other text or not. */
const SHAPED = /LTAI[0-9A-Za-z]{12,}|STS\.[0-9A-Za-z]{16,}/g;

/** An ID without a mark of its own is known as a whole word. */
const WORDS = /[0-9A-Za-z_-]{8,}/g;

/** The same report with short IDs in every text. */
export const withShortIds = (report: Report): Report => {
  const known = new Set([
    ...report.findings.map(({ accessKeyId }) => accessKeyId),
    ...(report.summary.audit?.trend?.changed ?? []).map(({ accessKeyId }) => accessKeyId),
  ]);
  const shorten = (text: string): string =>
    text.replace(SHAPED, shortId).replace(WORDS, (word) => (known.has(word) ? shortId(word) : word));
  const within = (value: unknown): unknown => {
    if (typeof value === 'string') return shorten(value);
    if (Array.isArray(value)) return value.map(within);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, within(member)]));
  };
  const { findings, skipped, summary } = report;
  return {
    findings: findings.map((finding) => ({
      ...(within(finding) as typeof finding),
      // Whatever its shape.
      accessKeyId: finding.accessKeyId === null ? null : shortId(finding.accessKeyId),
    })),
    skipped: within(skipped) as typeof skipped,
    summary: {
      ...summary,
      notes: summary.notes.map(shorten),
      ...(summary.audit === undefined ? {} : { audit: within(summary.audit) as typeof summary.audit }),
    },
  };
};
