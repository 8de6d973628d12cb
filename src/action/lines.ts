// A pull request is shown as its head has it, and a finding names the line of the commit that brought it in. Commits after
// that may have moved it.

import type { Finding, Occurrence, Report } from '../findings/model.js';
import { createBatch } from '../git/batch.js';
import type { GitPlace } from '../git/run.js';

/** Bytes; a longer file is not shown as a difference either. */
const LARGEST = 4 << 20;
/** Findings beyond have no annotation. */
const MOST = 100;

/** The report with the lines of `head` where a place is still there; where it is not, the place goes last. */
export const atHead = async (
  report: Report,
  { place, head, signal }: { readonly place: GitPlace; readonly head: string; readonly signal: AbortSignal },
): Promise<Report> => {
  const batch = createBatch(place, signal);
  const move = async ({ accessKeyId }: Finding, occurrence: Occurrence): Promise<Moved> => {
    const { path, blob, line } = occurrence;
    if (path === null || accessKeyId === null) return { occurrence, isThere: false };
    const answer = await batch.read(`${head}:${path}`, LARGEST);
    if (answer.kind !== 'object' || answer.bytes === null) return { occurrence, isThere: false };
    if (answer.oid === blob) return { occurrence, isThere: true };
    const found = linesWith(answer.bytes, accessKeyId);
    const [first] = found;
    if (first === undefined) return { occurrence, isThere: occurrence.inHead === true };
    // Of several the nearest.
    const nearest = found.reduce(
      (best, each) => (Math.abs(each.line - line) < Math.abs(best.line - line) ? each : best),
      first,
    );
    return { occurrence: { ...occurrence, ...nearest }, isThere: true };
  };
  try {
    const findings: Finding[] = [];
    for (const [index, finding] of report.findings.entries()) {
      if (index >= MOST) {
        findings.push(finding);
        continue;
      }
      const moved = await Promise.all(finding.occurrences.map((occurrence) => move(finding, occurrence)));
      const sorted = [...moved.filter(({ isThere }) => isThere), ...moved.filter(({ isThere }) => !isThere)];
      findings.push({ ...finding, occurrences: sorted.map(({ occurrence }) => occurrence) });
    }
    return { ...report, findings };
  } finally {
    await batch.close().catch(() => {});
  }
};

interface Moved {
  readonly occurrence: Occurrence;
  readonly isThere: boolean;
}

/** Lines and columns, both from 1, columns in code points. */
const linesWith = (bytes: Buffer, text: string): readonly Pick<Occurrence, 'line' | 'column'>[] =>
  bytes
    .toString('utf8')
    .split('\n')
    .flatMap((content, index) => {
      const at = content.indexOf(text);
      return at < 0 ? [] : [{ line: index + 1, column: [...content.slice(0, at)].length + 1 }];
    });
