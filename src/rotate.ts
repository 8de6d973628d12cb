// Replacing keys that are still used, from beginning to end: a plan with its steps, and, when the caller says so, the new
// key, whose secret goes to one place. Nothing here prints, and nothing here switches a leaked key off.

import { randomUUID } from 'node:crypto';
import os from 'node:os';
import type { Auditor } from './cloud/auditor.js';
import type { Patience } from './contain/act.js';
import { finishRecord } from './contain/act.js';
import { createControls } from './contain/cloud-controls.js';
import { type Log, openLog } from './contain/log.js';
import { actorFor } from './contain/look.js';
import type { PlanOptions } from './contain/plan.js';
import { createUserKeys, type KeysRead, type User, userKeysOf } from './contain/rotate/keys.js';
import { type Made, makeKey } from './contain/rotate/make.js';
import type { SecretPlace } from './contain/rotate/place.js';
import { rotationsOf } from './contain/rotate/plan.js';
import { finishCreations } from './contain/rotate/recover.js';
import type { Rotated, RotatedKey } from './contain/rotate/report.js';
import { stepsFor } from './contain/rotate/steps.js';
import type { Candidate } from './contain/types.js';
import { controlsOf, type Looked, underLocks, userName } from './contain.js';
import { AkscanError } from './errors.js';
import type { Activity } from './findings/model.js';

/** What the keys that have to be replaced did, as far as it can be read: by their IDs. */
export type ActivityOf = (candidates: readonly Candidate[]) => Promise<ReadonlyMap<string, Activity>>;

/** The plan, with the steps of every key that has to be replaced. */
export const planRotation = async (
  { candidates, auditors }: Looked,
  options: PlanOptions,
  activityOf: ActivityOf,
): Promise<readonly RotatedKey[]> => {
  const rotations = rotationsOf(candidates, options);
  const replaced = rotations.filter(({ rotation }) => rotation.kind === 'replace');
  const activities = await activityOf(replaced.map(({ candidate }) => candidate));
  const keys: RotatedKey[] = [];
  for (const { candidate, rotation } of rotations) {
    if (rotation.kind !== 'replace') {
      keys.push({ candidate, rotation, steps: [], made: null });
      continue;
    }
    const activity = activities.get(candidate.accessKeyId) ?? candidate.verdict.activity ?? null;
    const read = await keysOf(rotation.owner, auditors);
    const steps = stepsFor(candidate, rotation.owner, { recentHours: options.recentHours, activity, keys: read });
    keys.push({ candidate, rotation, steps, made: null });
  }
  return keys;
};

const keysOf = (owner: User, auditors: readonly Auditor[]): Promise<KeysRead> | KeysRead => {
  const actor = actorFor(owner, auditors);
  return actor === null ? { kind: 'unread', why: 'none of your credentials can.' } : createUserKeys(actor).list(owner);
};

/** The plan, shown and not carried out. */
export const rotationShown = ({ report }: Looked, keys: readonly RotatedKey[]): Rotated => ({
  dryRun: true,
  account: null,
  log: null,
  keys,
  skipped: report.skipped,
  notes: report.summary.notes,
  interrupted: report.summary.interrupted === true,
});

export interface RotationExecution {
  /** UID of the one account that may be touched. */
  readonly account: string;
  /** Where the secret goes; what was prepared there is gone again unless it got there. */
  readonly place: SecretPlace;
  readonly logFile: string;
  readonly env: NodeJS.ProcessEnv;
  readonly patience: Patience;
  readonly endpoints: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * Makes the new key of the one that is to be replaced.
 * @param keys of which exactly one is to be replaced in the account
 * @throws AkscanError when the account or the log is another run's, or the log cannot be kept
 */
export const carryOutRotation = async (
  looked: Looked,
  keys: readonly RotatedKey[],
  execution: RotationExecution,
): Promise<Rotated> => {
  const { account, place, logFile, env, patience, signal } = execution;
  try {
    const [only, ...others] = keys.filter(({ rotation }) => isReplacing(rotation, account));
    if (only?.rotation.kind !== 'replace' || others.length > 0) throw new Error('one key at a time');
    const { owner } = only.rotation;
    const actor = actorFor(owner, looked.auditors);
    if (actor === null) throw new AkscanError(`None of your credentials are of account ${account}.`);
    return await underLocks(env, account, logFile, async () => {
      const log = openLog({ file: logFile, run: randomUUID(), now: () => new Date() });
      try {
        await finishRecord(log, (uid) => controlsOf(looked.auditors, uid));
        const notes = await finishCreations(log, (uid) => userKeysOf(looked.auditors, uid));
        begin(log, actor, execution);
        const key = only.candidate.accessKeyId;
        const making = { key, owner, keys: createUserKeys(actor), controls: createControls(actor) };
        const made: Made = await makeKey({ ...making, place, log, patience, signal });
        const isFault = made.kind !== 'made' && made.kind !== 'not-made';
        log.append({ type: 'end', off: 0, stillLive: 1, faults: isFault ? 1 : 0 });
        return {
          ...rotationShown(looked, keys),
          dryRun: false,
          account,
          log: logFile,
          keys: keys.map((one) => (one === only ? { ...one, steps: stepsLeft(one, made), made } : one)),
          notes: [...looked.report.summary.notes, ...notes],
          interrupted: signal.aborted,
        };
      } finally {
        log.close();
      }
    });
  } catch (error) {
    place.discard();
    throw error;
  }
};

export const isReplacing = (rotation: RotatedKey['rotation'], account: string): boolean =>
  rotation.kind === 'replace' && rotation.owner.account === account;

/** What is done is no step any more. */
const stepsLeft = ({ steps }: RotatedKey, made: Made): RotatedKey['steps'] =>
  made.kind === 'made' ? steps.filter(({ name }) => name !== 'create') : [];

const begin = (log: Log, actor: Auditor, { account, endpoints }: RotationExecution): void => {
  log.append({
    type: 'begin',
    does: 'rotate',
    mode: null,
    account,
    who: { user: userName(), host: os.hostname(), pid: process.pid },
    arn: actor.identity,
    accessKeyId: actor.accessKeyId,
    endpoints,
  });
};
