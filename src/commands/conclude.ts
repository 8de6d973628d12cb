// How a run that made a report ends: the report goes where it was asked for, and the exit code says what it holds.

import type { FailOn } from '../config/types.js';
import type { Report } from '../findings/model.js';
import { type Destination, deliver } from '../report/deliver.js';
import { exitCodeOf } from '../report/exit-code.js';
import { findingsInWords } from '../report/words.js';
import type { Run } from './run.js';
import { colourOf, type TalkOptions } from './talk.js';

export interface ConcludeFlags extends TalkOptions {
  readonly showSecrets?: true;
}

export interface Conclusion {
  readonly destinations: readonly Destination[];
  readonly failOn: FailOn;
  readonly flags: ConcludeFlags;
  readonly run: Pick<Run, 'seconds' | 'stopTalking'>;
}

export const conclude = async (report: Report, { destinations, failOn, flags, run }: Conclusion): Promise<number> => {
  run.stopTalking();
  const ends = exitCodeOf(report, failOn);
  await deliver(report, destinations, {
    secrets: flags.showSecrets === true ? 'shown' : 'masked',
    colour: colourOf(flags),
    columns: process.stdout.isTTY === true ? process.stdout.columns : undefined,
    detail: flags.quiet === true ? 'findings' : 'full',
    seconds: run.seconds(),
    ends,
  });
  const inFiles = destinations.flatMap(({ file }) => (file === null ? [] : [file]));
  if (inFiles.length === destinations.length && flags.quiet !== true) {
    process.stderr.write(`${findingsInWords(report.summary)} See ${inFiles.join(', ')}.\n`);
  }
  return ends;
};
