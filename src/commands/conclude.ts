// How a run that made a report ends: the report goes where it was asked for, and the exit code says what it holds.

import type { FailOn } from '../config/types.js';
import type { Report } from '../findings/model.js';
import { say, spoken } from '../lang/say.js';
import { type Destination, deliver, seeFile } from '../report/deliver.js';
import { forTerminal } from '../report/escape.js';
import { exitCodeOf } from '../report/exit-code.js';
import type { WriteOptions } from '../report/types.js';
import { runInWords } from '../report/words.js';
import { isTerminal, settle, write } from '../standard-streams.js';
import type { Run } from './run.js';
import { colourOf, linkOf, type TalkOptions } from './talk.js';

/** Formats that say themselves what the run came to. */
const FOR_PEOPLE: ReadonlySet<Destination['format']> = new Set(['text', 'brief']);

export interface ConcludeFlags extends TalkOptions {
  readonly showSecrets?: true;
}

export interface Conclusion {
  readonly destinations: readonly Destination[];
  readonly failOn: FailOn;
  readonly flags: ConcludeFlags;
  readonly run: Pick<Run, 'seconds' | 'stopTalking'>;
  /** Absent: a change, which `brief` says is refused. */
  readonly judged?: WriteOptions['judged'];
  /** What people are told of an audit besides. */
  readonly audit?: Pick<WriteOptions, 'lastRun' | 'by' | 'goOn'>;
}

/** An exit code of 2 in silence would help nobody. */
const tellFaults = async (report: Report): Promise<void> => {
  if (report.summary.skipped.fault === 0) return;
  const [{ faultsInLine }, { presentable }] = await Promise.all([
    import('../report/fault-text.js'),
    import('../report/mask.js'),
  ]);
  await settle();
  write('stderr', `akscan: ${faultsInLine(presentable(report, 'masked'))}\n`);
};

export const conclude = async (
  report: Report,
  { destinations, failOn, flags, run, judged, audit = {} }: Conclusion,
): Promise<number> => {
  run.stopTalking();
  const ends = exitCodeOf(report, failOn);
  const seconds = run.seconds();
  await deliver(report, destinations, {
    secrets: flags.showSecrets === true ? 'shown' : 'masked',
    colour: colourOf(flags),
    link: linkOf(flags),
    columns: isTerminal('stdout') ? process.stdout.columns : undefined,
    detail: flags.quiet === true ? 'findings' : 'full',
    seconds,
    ends,
    judged,
    lang: spoken(),
    ...audit,
  });
  if (flags.quiet === true && !destinations.some(({ format, file }) => file === null && format === 'brief')) {
    await tellFaults(report);
  }
  const isTold = destinations.some(({ format, file }) => file === null && FOR_PEOPLE.has(format));
  if (!isTold && flags.quiet !== true) {
    await settle();
    const see = seeFile(...destinations.map(({ file }) => file));
    write('stderr', `${say(runInWords(report.summary, seconds))}${see}\n`);
    const { goOn } = audit;
    if (report.summary.interrupted === true && goOn !== undefined) {
      const { goOnInWords } = await import('../report/audit/words.js');
      write('stderr', `${say(goOnInWords(goOn))}\n${goOn === null ? '' : `  ${forTerminal(goOn)}\n`}`);
    }
  }
  return ends;
};
