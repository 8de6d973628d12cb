// What a finished run tells the shell: 130 over 2 over 1 over 0.

import type { FailOn } from '../config/types.js';
import type { Finding, Report, VerdictState } from '../findings/model.js';

export type ExitCode = 0 | 1 | 2 | 130;

/** Alive, or not known to be dead: a fault is never read as "dead". */
const MAYBE_LIVE: ReadonlySet<VerdictState> = new Set(['live', 'restricted', 'unknown', 'unchecked']);

const COUNTS: Readonly<Record<FailOn, (finding: Finding) => boolean>> = {
  any: () => true,
  secret: ({ secretSha256 }) => secretSha256 !== null,
  live: ({ verdict }) => MAYBE_LIVE.has(verdict.state),
  // A key that could not be asked about may be a root key.
  root: ({ verdict }) =>
    MAYBE_LIVE.has(verdict.state) && (verdict.principal === 'root' || verdict.principal === undefined),
  never: () => false,
};

export const exitCodeOf = ({ findings, summary }: Report, failOn: FailOn): ExitCode => {
  if (summary.interrupted === true) return 130;
  if (summary.skipped.fault > 0) return 2;
  return findings.some(COUNTS[failOn]) ? 1 : 0;
};
