// From findings to keys that are off: what `disable` does with those of a report, and `--disable` with those of a scan.

import { openCloud } from '../cloud/open.js';
import { containCloud } from '../contain/cloud.js';
import { containmentInJson } from '../contain/json.js';
import { defaultLogFile } from '../contain/log.js';
import type { PlanOptions } from '../contain/plan.js';
import { type Containment, containmentExitCode } from '../contain/report.js';
import type { Plan } from '../contain/types.js';
import { containmentInLine, containmentInText } from '../contain/words.js';
import { carryOutPlan, dryRun, type Execution, finishEarlier, look, planFor } from '../contain.js';
import type { Finding } from '../findings/model.js';
import { say } from '../lang/say.js';
import { put, seeFile } from '../report/deliver.js';
import { proseWidth } from '../report/wrap.js';
import type { Asking } from '../scan.js';
import { verifyFindings } from '../verify.js';
import { accountToTouch } from './account-to-touch.js';
import { type ActFlags, refuseIdleGlobs } from './contain-options.js';
import type { Run } from './run.js';
import { unlessStopped } from './stopped.js';
import { colourOf, type TalkOptions } from './talk.js';

export interface ContainRun {
  /** How the keys are looked up; never from a cache. */
  readonly asking: Asking;
  /** What a person should know of the report. */
  readonly notes?: readonly string[];
  /** Why the report may not hold all keys: a fault. */
  readonly lacks?: readonly string[];
  readonly options: PlanOptions;
  readonly flags: ActFlags & TalkOptions & { readonly format: 'text' | 'json'; readonly output?: string };
  readonly run: Run;
  /** Beside a report that has standard output to itself; without, it goes there. */
  readonly beside?: 'stderr';
}

/** @returns the exit code */
export const containFindings = (findings: readonly Finding[], how: ContainRun): Promise<number> =>
  unlessStopped(how.run, () => contain(findings, how));

const contain = async (findings: readonly Finding[], how: ContainRun): Promise<number> => {
  const { asking, notes = [], lacks = [], options, flags, run } = how;
  const opened = await openCloud(asking.profiles ?? [], asking.endpoints, { signal: run.signal });
  const cloud = containCloud(opened, process.env);
  const { probeLog } = cloud;
  const report = await verifyFindings(findings, {
    asking,
    notes,
    lacks,
    signal: run.signal,
    progress: run.progress,
    probeLog,
  });
  const looked = await look(report, findings, opened.auditors, cloud.useOf);
  if (!run.signal.aborted) await refuseIdleGlobs(flags, looked);
  const shown = planFor(looked, options);
  if (flags.yes !== true || run.signal.aborted) return conclude(dryRun(looked, shown), how);
  const { mode } = options;
  const record = { mode, logFile: flags.log ?? defaultLogFile(process.env), env: process.env, endpoints: cloud.hosts };
  if (!isActing(shown)) {
    await finishEarlier(looked, record);
    return conclude(dryRun(looked, shown), how);
  }
  const account = await accountToTouch({
    named: options.account,
    candidates: shown.entries.flatMap(({ decision, candidate }) => (decision.kind === 'act' ? candidate : [])),
    deed: mode,
    // For the eye: what could not be read is told at the end.
    plan: () =>
      containmentInText(
        { ...dryRun(looked, shown), skipped: [], notes: [] },
        textOptions(flags, run, process.stderr.columns),
      ),
    run,
  });
  const plan = planFor(looked, { ...options, account });
  const execution: Execution = {
    ...record,
    account,
    patience: cloud.patience,
    prove: asking.probe ? cloud.prove : () => null,
    signal: run.signal,
    progress: run.progress,
  };
  return conclude(await carryOutPlan(looked, plan, execution), how);
};

const isActing = ({ entries }: Plan): boolean => entries.some(({ decision }) => decision.kind === 'act');

const textOptions = (flags: TalkOptions, run: Run, columns: number | undefined) => ({
  colour: colourOf(flags),
  width: proseWidth(columns),
  seconds: run.seconds(),
});

const conclude = async (containment: Containment, { flags, run, beside }: ContainRun): Promise<number> => {
  run.stopTalking();
  const file = flags.output ?? null;
  const stream = beside === undefined ? process.stdout : process.stderr;
  const columns = stream.isTTY === true ? stream.columns : undefined;
  const pieces =
    flags.format === 'json'
      ? containmentInJson(containment)
      : containmentInText(containment, {
          ...textOptions(flags, run, file === null ? columns : undefined),
          colour: file === null && colourOf(flags),
        });
  if (beside === undefined) {
    await put(pieces, file, 'masked');
    if (flags.quiet !== true && (file !== null || flags.format === 'json'))
      process.stderr.write(`${containmentInLine(containment, run.seconds()).map(say).join('')}${seeFile(file)}\n`);
  } else for (const piece of pieces) process.stderr.write(piece);
  return containmentExitCode(containment);
};
