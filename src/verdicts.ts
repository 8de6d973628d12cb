// Asks the cloud about findings and writes what it said into them. Loaded only when something is asked.

import { openProbeLog, type ProbeLog, probesOf } from './cloud/probe-log.js';
import type { CredentialToVerify, Tell } from './cloud/types.js';
import { verifyCredentials } from './cloud/verify.js';
import { adviceOf } from './findings/advice.js';
import { mayBeAsked } from './findings/asked.js';
import type { Judged } from './findings/judged.js';
import { meaningOf } from './findings/meaning.js';
import type { Finding, Verdict } from './findings/model.js';
import { nextStepOf } from './findings/next-step.js';
import { severityOf } from './findings/severity.js';
import type { Progress } from './progress.js';
import type { Asking } from './scan.js';

export interface AskOptions {
  readonly asking: Asking;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly tell?: Tell;
  readonly probeLog?: ProbeLog;
}

/** Each distinct credential is asked once; findings without an ID cannot be asked about and stay as they are. */
export const withVerdicts = async (findings: readonly Finding[], options: AskOptions): Promise<readonly Finding[]> => {
  const { asking, ...how } = options;
  const probeLog = how.probeLog ?? (asking.recordProbes === true ? openProbeLog(process.env) : undefined);
  const credentials = new Map<string, CredentialToVerify>();
  const leaks = leakTimes(findings);
  for (const finding of findings) {
    const credential = credentialOf(finding, credentials.get(keyOf(finding)), leaks);
    if (credential !== null) credentials.set(keyOf(finding), credential);
  }
  const verdicts = await verifyCredentials([...credentials.values()], {
    ...asking,
    ...how,
    ...(probeLog === undefined ? {} : { probeLog }),
    ...(asking.recordProbes === true ? { ownProbes: () => probesOf(process.env) } : {}),
  });
  return findings.map((finding) => {
    const credential = credentials.get(keyOf(finding));
    const said = credential === undefined ? undefined : verdicts.get(credential);
    return said === undefined ? finding : judged(finding, said.verdict, said.verdicts);
  });
};

const keyOf = ({ accessKeyId, secret, token }: Finding): string =>
  [accessKeyId, secret, token].map((part) => part ?? '').join('\0');

/** @param same the same credential, of another finding */
const credentialOf = (
  finding: Finding,
  same: CredentialToVerify | undefined,
  leaks: ReadonlyMap<string, number>,
): CredentialToVerify | null => {
  const { accessKeyId, secret, token, rule } = finding;
  if (accessKeyId === null || !mayBeAsked(finding)) return null;
  const leakedAt = leaks.get(accessKeyId);
  return {
    accessKeyId,
    secret,
    token,
    ...(leakedAt === undefined ? {} : { leakedAt: `${new Date(leakedAt).toISOString().slice(0, 19)}Z` }),
    ...(rule === 'given' || same?.byHand === true ? { byHand: true as const } : {}),
  };
};

/**
 * For each ID the earliest date of a commit that holds it, whatever secret stands beside it: what was done with it was done
 * with the ID. Authors write these dates: a key may be older, or younger.
 */
const leakTimes = (findings: readonly Finding[]): ReadonlyMap<string, number> => {
  const earliest = new Map<string, number>();
  for (const { accessKeyId, occurrences } of findings) {
    if (accessKeyId === null) continue;
    for (const { date } of occurrences) {
      const time = Date.parse(date ?? '');
      if (!Number.isNaN(time)) earliest.set(accessKeyId, Math.min(time, earliest.get(accessKeyId) ?? time));
    }
  }
  return earliest;
};

/** The finding with its verdict, and the severity, the meaning and the advice that follow from it. */
export const judged = (finding: Finding, verdict: Verdict, verdicts: readonly Verdict[]): Finding => {
  const { kind, confidence, claimedExpiry } = finding;
  const facts = { kind, confidence, claimedExpiry, verdict, verdicts, stage: stageOf(finding) };
  const severity = severityOf(facts);
  // Of an earlier run's report nothing of what was asked then stays.
  const { meaning: _, next: __, ...rest } = finding;
  if (verdict.state === 'unchecked') return { ...rest, verdict, verdicts, severity, next: nextStepOf(facts) };
  return { ...rest, verdict, verdicts, severity, meaning: meaningOf(facts), next: adviceOf(facts) };
};

const stageOf = ({ occurrences, removedInRange }: Finding): Judged['stage'] => {
  if (occurrences.length > 0 && occurrences.every(({ source }) => source === 'index')) return 'staged';
  return removedInRange === true ? 'removed' : 'out';
};
