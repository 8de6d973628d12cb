// What a finished run tells the shell: 130 over 2 over 1 over 0.

import type { FailOn } from '../config/types.js';
import { isLive } from '../findings/judged.js';
import type { Finding, Report, VerdictState } from '../findings/model.js';

export type ExitCode = 0 | 1 | 2 | 130;

const NOT_KNOWN: ReadonlySet<VerdictState> = new Set(['unknown', 'unchecked']);

/** Alive, or not known to be dead: a fault is never read as "dead". */
const mayBeLive = (finding: Finding): boolean => isLive(finding) || NOT_KNOWN.has(finding.verdict.state);

const COUNTS: Readonly<Record<FailOn, (finding: Finding) => boolean>> = {
  any: () => true,
  secret: ({ secretSha256 }) => secretSha256 !== null,
  live: mayBeLive,
  // A key that could not be asked about may be a root key.
  root: (finding) =>
    mayBeLive(finding) && (finding.verdict.principal === 'root' || finding.verdict.principal === undefined),
  never: () => false,
};

export const exitCodeOf = ({ findings, summary }: Report, failOn: FailOn): ExitCode => {
  if (summary.interrupted === true) return 130;
  if (summary.skipped.fault > 0) return 2;
  return findings.some(COUNTS[failOn]) ? 1 : 0;
};
