// `akscan disable --rotate`: how to replace keys that are still used, and with --yes the new key of one of them.

import { openCloud } from '../cloud/open.js';
import { containCloud } from '../contain/cloud.js';
import { defaultLogFile } from '../contain/log.js';
import { type PlaceFlags, placeFor } from '../contain/rotate/place.js';
import { type Rotated, rotatedExitCode, rotatedInJson } from '../contain/rotate/report.js';
import { rotatedInText } from '../contain/rotate/words.js';
import { look } from '../contain.js';
import { AkscanError } from '../errors.js';
import type { Activity, Finding } from '../findings/model.js';
import { put } from '../report/deliver.js';
import { proseWidth } from '../report/wrap.js';
import { type ActivityOf, carryOutRotation, planRotation, rotationShown } from '../rotate.js';
import { verifyFindings } from '../verify.js';
import { accountToTouch } from './account-to-touch.js';
import type { ContainRun } from './contain.js';
import { refuseIdleGlobs } from './contain-options.js';
import { unlessStopped } from './stopped.js';
import { colourOf } from './talk.js';

/** @returns the exit code */
export const rotateFindings = (findings: readonly Finding[], how: RotateRun): Promise<number> =>
  unlessStopped(how.run, () => rotate(findings, how));

interface RotateRun extends ContainRun {
  readonly flags: ContainRun['flags'] & PlaceFlags;
}

const rotate = async (findings: readonly Finding[], how: RotateRun): Promise<number> => {
  const { asking, notes = [], lacks = [], options, flags, run } = how;
  const openPlace = flags.yes === true ? placeFor(flags, process.env) : null;
  const opened = await openCloud(asking.profiles ?? [], asking.endpoints, { signal: run.signal });
  const { patience, hosts, probeLog, useOf } = containCloud(opened, process.env);
  const given = { signal: run.signal, progress: run.progress };
  const report = await verifyFindings(findings, { asking, notes, lacks, ...given, probeLog });
  const looked = await look(report, findings, opened.auditors, useOf);
  if (!run.signal.aborted) await refuseIdleGlobs(flags, looked);
  // Slow, and of use only for what has to be replaced: what uses it, and from where.
  const activityOf: ActivityOf = async (candidates) => {
    const asked = candidates.filter(({ verdict }) => verdict.activity === undefined).map(({ findings: [one] }) => one);
    const inventory = { ...asking, probe: false, activity: true } as const;
    const ids = asked.filter((finding) => finding !== undefined);
    if (ids.length === 0 || run.signal.aborted) return new Map();
    const { findings: read } = await verifyFindings(ids, { asking: inventory, ...given });
    return new Map(
      read.flatMap(({ accessKeyId, verdict: { activity } }): readonly [string, Activity][] =>
        accessKeyId === null || activity === undefined ? [] : [[accessKeyId, activity]],
      ),
    );
  };
  const keys = await planRotation(looked, options, activityOf);
  const shown = rotationShown(looked, keys);
  const replaced = keys.filter(({ rotation }) => rotation.kind === 'replace');
  if (openPlace === null || replaced.length === 0 || run.signal.aborted) return conclude(shown, how);
  if (replaced.length > 1) {
    throw new AkscanError(
      `One run makes one key, for its secret goes to one place, and ${replaced.length} would have to be replaced: none was.`,
      'Name one with --only ID.',
    );
  }
  const account = await accountToTouch({
    named: options.account,
    candidates: replaced.map(({ candidate }) => candidate),
    deed: 'make a new key beside',
    plan: () => rotatedInText(shown, wordsOptions(how, process.stderr.columns)),
    run,
  });
  const rotated = await carryOutRotation(looked, keys, {
    account,
    place: openPlace(),
    logFile: flags.log ?? defaultLogFile(process.env),
    env: process.env,
    patience,
    endpoints: hosts,
    signal: run.signal,
  });
  return conclude(rotated, how);
};

const wordsOptions = ({ flags, run }: ContainRun, columns: number | undefined) => ({
  colour: colourOf(flags),
  width: proseWidth(columns),
  seconds: run.seconds(),
});

const conclude = async (rotated: Rotated, how: ContainRun): Promise<number> => {
  const { flags, run } = how;
  run.stopTalking();
  const file = flags.output ?? null;
  const columns = process.stdout.isTTY === true && file === null ? process.stdout.columns : undefined;
  const pieces =
    flags.format === 'json'
      ? rotatedInJson(rotated)
      : rotatedInText(rotated, { ...wordsOptions(how, columns), colour: file === null && colourOf(flags) });
  await put(pieces, file, 'masked');
  return rotatedExitCode(rotated);
};
