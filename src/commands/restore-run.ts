// From the log of containment to keys that are as they were: what `restore` does. Loaded only when it is called.

import { randomUUID } from 'node:crypto';
import os from 'node:os';
import { type Opened, openCloud } from '../cloud/open.js';
import { finishRecord, unfinished } from '../contain/act.js';
import { bringBack, type Sought, soughtIn } from '../contain/bring-back.js';
import { containCloud } from '../contain/cloud.js';
import { defaultLogFile, openLog, readLog } from '../contain/log.js';
import { actorFor } from '../contain/look.js';
import { type Change, changesIn } from '../contain/restore.js';
import {
  type Restored,
  restoredInJson,
  restoredInLine,
  restoredInText,
  restoreExitCode,
} from '../contain/restore-words.js';
import type { LogLine, ProvenOwner } from '../contain/types.js';
import { controlsOf, underLocks, userName } from '../contain.js';
import { AkscanError } from '../errors.js';
import { say } from '../lang/say.js';
import { put, seeFile } from '../report/deliver.js';
import { proseWidth } from '../report/wrap.js';
import type { Asking } from '../scan.js';
import { type ActFlags, type MeantByNames, refuseIdle } from './contain-options.js';
import type { Run } from './run.js';
import { unlessStopped } from './stopped.js';
import { colourOf, type TalkOptions } from './talk.js';

export interface RestoreRun {
  /** UID of the one account that may be touched; null: not said. */
  readonly account: string | null;
  readonly asking: Asking;
  readonly isMeant: MeantByNames;
  readonly flags: ActFlags & TalkOptions & { readonly format: 'text' | 'json'; readonly output?: string };
  readonly run: Run;
}

/** @returns the exit code */
export const restoreFrom = (named: string | null, how: RestoreRun): Promise<number> =>
  unlessStopped(how.run, () => restore(named, how));

const restore = async (named: string | null, how: RestoreRun): Promise<number> => {
  const { account, asking, isMeant, flags, run } = how;
  const file = named ?? defaultLogFile(process.env);
  const lines = readLog(file);
  const opened = await openCloud(asking.profiles ?? [], asking.endpoints, { signal: run.signal });
  const seek: Seek = (known) => soughtIn(known, opened.auditors, (change) => isMeant(namesOf(change)));
  await refuseIdle(flags, changesIn(lines).flatMap(namesOf));
  const { returns, leftOut } = await seek(lines);
  const acting = returns.flatMap(({ undoing, change }) => (undoing.kind === 'act' ? [change.owner] : []));
  const open = [...unfinished({ earlier: lines }).values()];
  const toDo = acting.length > 0 ? acting : open.filter((owner) => actorFor(owner, opened.auditors) !== null);
  const isDry = flags.yes !== true || toDo.length === 0 || run.signal.aborted;
  const restored = isDry
    ? { dryRun: true, account: null, log: file, returns, leftOut, interrupted: run.signal.aborted }
    : await carriedOut(file, account ?? refuseUnnamed(toDo), seek, opened, how);
  return conclude(restored, how);
};

const namesOf = ({ key, owner }: Change): readonly string[] => [
  key,
  owner.kind === 'root' ? 'root' : owner.user,
  owner.account,
];

type Seek = (lines: readonly LogLine[]) => Promise<Sought>;

const refuseUnnamed = (owners: readonly ProvenOwner[]): never => {
  const accounts = [...new Set(owners.map((owner) => owner.account))].join(', ');
  throw new AkscanError(
    '--yes needs --account UID, so that a wrong profile touches nothing.',
    `The keys are of ${accounts}.`,
  );
};

const carriedOut = async (
  file: string,
  account: string,
  seek: Seek,
  opened: Opened,
  { run }: RestoreRun,
): Promise<Restored> => {
  const { auditors } = opened;
  const actor = auditors.find((auditor) => auditor.account === account);
  if (actor === undefined) throw new AkscanError(`None of your credentials are of account ${account}.`);
  const { patience, hosts } = containCloud(opened, process.env);
  return underLocks(process.env, account, file, async () => {
    const log = openLog({ file, run: randomUUID(), now: () => new Date() });
    try {
      log.append({
        type: 'begin',
        does: 'restore',
        mode: null,
        account,
        who: { user: userName(), host: os.hostname(), pid: process.pid },
        arn: actor.identity,
        accessKeyId: actor.accessKeyId,
        endpoints: hosts,
      });
      const { signal, progress } = run;
      await finishRecord(log, (uid) => controlsOf(auditors, uid));
      // Anew: whoever held the locks until now may have changed what was to be brought back.
      const { returns, leftOut } = await seek(readLog(file));
      const done = await bringBack(returns, auditors, log, { account, patience, signal, progress });
      return { dryRun: false, account, log: file, returns: done, leftOut, interrupted: signal.aborted };
    } finally {
      log.close();
    }
  });
};

const conclude = async (restored: Restored, { flags, run }: RestoreRun): Promise<number> => {
  run.stopTalking();
  const output = flags.output ?? null;
  const columns = process.stdout.isTTY === true && output === null ? process.stdout.columns : undefined;
  const pieces =
    flags.format === 'json'
      ? restoredInJson(restored)
      : restoredInText(restored, {
          colour: output === null && colourOf(flags),
          width: proseWidth(columns),
          seconds: run.seconds(),
        });
  await put(pieces, output, 'masked');
  if (flags.quiet !== true && (output !== null || flags.format === 'json'))
    process.stderr.write(`${restoredInLine(restored, run.seconds()).map(say).join('')}${seeFile(output)}\n`);
  return restoreExitCode(restored);
};
