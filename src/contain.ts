// Switching leaked keys off, from beginning to end: a fresh look, a plan, and, when the caller says so, the plan carried out
// key by key under a lock, with every step on record before it is taken. Nothing here prints.

import { randomUUID } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import type { Auditor } from './cloud/auditor.js';
import { carryOut, finishRecord, type Patience, unfinished } from './contain/act.js';
import { createControls } from './contain/cloud-controls.js';
import { takeLock } from './contain/lock.js';
import { earlierIn, type Log, neededFolder, openLog } from './contain/log.js';
import { actorFor, candidatesOf, type UseOf } from './contain/look.js';
import { type PlanOptions, planOf } from './contain/plan.js';
import { remainingOf } from './contain/remain.js';
import { type ContainedKey, type Containment, fateOf, type Proof } from './contain/report.js';
import { userKeysOf } from './contain/rotate/keys.js';
import { finishCreations } from './contain/rotate/recover.js';
import type { Candidate, ContainMode, Plan } from './contain/types.js';
import { AkscanError } from './errors.js';
import type { Finding, Report } from './findings/model.js';
import type { Progress } from './progress.js';

/** What the fresh look came to. */
export interface Looked {
  /** Findings with the verdicts of this run; their secrets in the clear where they are at hand. */
  readonly report: Report;
  readonly candidates: readonly Candidate[];
  readonly auditors: readonly Auditor[];
}

/** @param before the findings as they were given, with what an earlier run said of them */
export const look = async (
  report: Report,
  before: readonly Finding[],
  auditors: readonly Auditor[],
  useOf: UseOf,
): Promise<Looked> => {
  const wrong = before.flatMap(({ accessKeyId, verdict, verdicts }) =>
    accessKeyId !== null && [verdict, ...verdicts].some(({ state }) => state === 'wrong-secret') ? accessKeyId : [],
  );
  const candidates = await candidatesOf(report.findings, auditors, useOf, new Set(wrong));
  return { report, auditors, candidates };
};

/** The plan, shown and not carried out. */
export const dryRun = ({ report }: Looked, plan: Plan): Containment => ({
  does: 'disable',
  mode: plan.mode,
  dryRun: true,
  account: null,
  log: null,
  keys: plan.entries.map(({ candidate, decision }) => ({
    accessKeyId: candidate.accessKeyId,
    severity: severityOf(candidate),
    candidate,
    decision,
    outcome: null,
    fate: fateOf(candidate, decision),
    remaining: [],
  })),
  skipped: report.skipped,
  notes: report.summary.notes,
  interrupted: report.summary.interrupted === true,
});

export const planFor = ({ candidates }: Looked, options: PlanOptions): Plan => planOf(candidates, options);

export interface Execution {
  readonly mode: ContainMode;
  /** UID of the one account that may be touched. */
  readonly account: string;
  readonly logFile: string;
  readonly env: NodeJS.ProcessEnv;
  readonly patience: Patience;
  /** Asks STS with the pair until it refuses it; null when no pair is at hand. */
  readonly prove: (finding: Finding) => Promise<Proof> | null;
  readonly endpoints: readonly string[];
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** @throws AkscanError when the account or the log is another run's, or the log cannot be kept: nothing was done then */
export const carryOutPlan = async (looked: Looked, plan: Plan, execution: Execution): Promise<Containment> => {
  const { account, env, logFile, signal } = execution;
  const actor = looked.auditors.find((auditor) => auditor.account === account);
  if (actor === undefined) throw new AkscanError(`None of your credentials are of account ${account}.`);
  return underLocks(env, account, logFile, async () => {
    const log = openLog({ file: logFile, run: randomUUID(), now: () => new Date() });
    try {
      await finishRecord(log, (uid) => controlsOf(looked.auditors, uid));
      const left = await finishCreations(log, (uid) => userKeysOf(looked.auditors, uid));
      begin(log, actor, execution);
      const keys: ContainedKey[] = [];
      for (const { candidate, decision } of plan.entries) {
        const key = { accessKeyId: candidate.accessKeyId, severity: severityOf(candidate), candidate, decision };
        const isOurs = decision.kind === 'act' && candidate.owner?.account === account && !signal.aborted;
        if (!isOurs) {
          keys.push({ ...key, outcome: null, fate: fateOf(candidate, decision), remaining: [] });
          continue;
        }
        execution.progress.update(`${plan.mode}: ${keys.length + 1} of ${plan.entries.length} keys`, {
          done: keys.length,
          total: plan.entries.length,
        });
        keys.push(await contained(key, looked, log, execution).catch(stopped(key, signal)));
      }
      const count = (...fates: readonly ContainedKey['fate'][]): number =>
        keys.filter(({ fate }) => fates.includes(fate)).length;
      log.append({
        type: 'end',
        off: count('off', 'restricted'),
        stillLive: count('still-live'),
        faults: count('unknown'),
      });
      return {
        does: 'disable',
        mode: plan.mode,
        dryRun: false,
        account,
        log: logFile,
        keys,
        skipped: looked.report.skipped,
        notes: [...looked.report.summary.notes, ...left],
        interrupted: signal.aborted,
      };
    } finally {
      log.close();
    }
  });
};

/**
 * For a run that has nothing to do itself: one before it may have been killed with the last key switched off and not
 * recorded. Nothing is asked and nothing written where no record is open.
 * @throws AkscanError like carryOutPlan
 */
export const finishEarlier = async (
  { auditors }: Looked,
  execution: Pick<Execution, 'env' | 'logFile' | 'mode' | 'endpoints'>,
): Promise<void> => {
  const { env, logFile } = execution;
  const open = [...unfinished({ earlier: earlierIn(logFile) }).values()];
  const actor = auditors.find(({ account }) => open.some((owner) => owner.account === account));
  const account = actor?.account ?? null;
  if (actor === undefined || account === null) return;
  await underLocks(env, account, logFile, async () => {
    const log = openLog({ file: logFile, run: randomUUID(), now: () => new Date() });
    try {
      begin(log, actor, { ...execution, account });
      await finishRecord(log, (uid) => controlsOf(auditors, uid));
      log.append({ type: 'end', off: 0, stillLive: 0, faults: 0 });
    } finally {
      log.close();
    }
  });
};

/** Ctrl-C in the middle of a key: the log has what was sent, and the next run reads what became of it. */
const stopped =
  (key: Pick<ContainedKey, 'accessKeyId' | 'severity' | 'candidate' | 'decision'>, signal: AbortSignal) =>
  (error: unknown): ContainedKey => {
    if (!signal.aborted) throw error;
    const why = 'Stopped before its state was read back: the next run reads it.';
    return { ...key, outcome: { kind: 'unknown', why }, fate: 'unknown', remaining: [] };
  };

const contained = async (
  key: Pick<ContainedKey, 'accessKeyId' | 'severity' | 'candidate' | 'decision'>,
  { auditors }: Looked,
  log: Log,
  execution: Execution,
): Promise<ContainedKey> => {
  const { candidate, decision, accessKeyId } = key;
  const { owner } = candidate;
  const actor = owner === null ? null : actorFor(owner, auditors);
  if (owner === null || actor === null || decision.kind !== 'act') {
    return { ...key, outcome: null, fate: fateOf(candidate, decision), remaining: [] };
  }
  const work = { key: accessKeyId, owner, calls: decision.calls };
  const outcome = await carryOut(work, createControls(actor), log, execution.patience);
  if (outcome.kind === 'unknown') return { ...key, outcome, fate: 'unknown', remaining: [] };
  if (outcome.kind === 'not-reached') return { ...key, outcome, fate: 'still-live', remaining: [] };
  if (execution.mode === 'restrict') return { ...key, outcome, fate: 'restricted', remaining: [] };
  const proof = await proven(candidate, log, execution);
  return {
    ...key,
    outcome,
    ...(proof === null ? {} : { proof }),
    fate: fateAfter(proof),
    remaining: remainingOf(candidate, new Date()),
  };
};

/** The account says off; as long as STS takes the pair, it is not, and when STS cannot be asked, nobody knows. */
const fateAfter = (proof: Proof | null): ContainedKey['fate'] => {
  if (proof === null || proof.kind === 'refused') return 'off';
  return proof.kind === 'accepted' ? 'still-live' : 'unknown';
};

const proven = async (candidate: Candidate, log: Log, { prove }: Execution): Promise<Proof | null> => {
  // A pair of a planted secret would prove nothing, and take a minute for it.
  const isProven = ({ verdicts }: Finding): boolean => verdicts.some(({ secretProven }) => secretProven === true);
  const { findings } = candidate;
  for (const finding of [...findings.filter(isProven), ...findings.filter((one) => !isProven(one))]) {
    const proving = prove(finding);
    if (proving === null) continue;
    const proof = await proving;
    log.append({ type: 'proof', key: candidate.accessKeyId, ...proof });
    return proof;
  }
  return null;
};

const begin = (
  log: Log,
  actor: Auditor,
  { account, mode, endpoints }: Pick<Execution, 'account' | 'mode' | 'endpoints'>,
): void => {
  log.append({
    type: 'begin',
    does: 'disable',
    mode,
    account,
    who: { user: userName(), host: os.hostname(), pid: process.pid },
    arn: actor.identity,
    accessKeyId: actor.accessKeyId,
    endpoints,
  });
};

export const userName = (): string => {
  try {
    return os.userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
};

/** Controls of whoever may act in the account, the root before others. */
export const controlsOf = (auditors: readonly Auditor[], account: string) => {
  const own = auditors.filter((auditor) => auditor.account === account);
  const actor = own.find(({ isRoot }) => isRoot) ?? own[0];
  return actor === undefined ? null : createControls(actor);
};

/** One run at a time on the account, and on the log, whatever account another run is on. */
export const underLocks = async <T>(
  env: NodeJS.ProcessEnv,
  account: string,
  logFile: string,
  work: () => Promise<T>,
): Promise<T> => {
  const ofAccount = takeLock(path.join(neededFolder(env), `account-${account}.lock`), `account ${account}`);
  try {
    const ofLog = takeLock(`${path.resolve(logFile)}.lock`, `the log ${logFile}`);
    try {
      return await work();
    } finally {
      ofLog.release();
    }
  } finally {
    ofAccount.release();
  }
};

const RANK = ['critical', 'high', 'medium', 'low'] as const;

const severityOf = ({ findings }: Candidate): Finding['severity'] =>
  RANK.find((severity) => findings.some((finding) => finding.severity === severity)) ?? 'low';
