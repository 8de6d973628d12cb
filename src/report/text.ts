// The report for a person at a terminal: worst first, what, where, how bad, what to do next, then one line of totals.

import picocolors from 'picocolors';
import type { Report } from '../findings/model.js';
import { worstFirst } from '../findings/order.js';
import { say } from '../lang/say.js';
import { forTerminal } from './escape.js';
import { faultsInWords, faultText } from './fault-text.js';
import { type Colours, findingText } from './finding-text.js';
import type { WriteOptions, WriteReport } from './types.js';
import { findingsInWords, number, readInWords, suppressedInWords } from './words.js';
import { proseWidth, wrap } from './wrap.js';

/** Lines of things not read that are listed; the rest is a number. */
const LISTED = 10;

export const writeText: WriteReport = function* (report, options) {
  const colours = picocolors.createColors(options.colour);
  const width = proseWidth(options.columns);
  for (const finding of worstFirst(report.findings)) yield findingText(finding, colours, width, { link: options.link });
  if (options.detail === 'full') yield closing(report, options, colours);
};

const closing = ({ summary, skipped }: Report, options: WriteOptions, colours: Colours): string => {
  const width = proseWidth(options.columns);
  const faults = skipped.filter(({ because }) => because === 'fault');
  const hidden = suppressedInWords(summary);
  const lines = [
    ...(summary.interrupted === true
      ? [colours.yellow(say('Stopped before the end: what was found by then is shown.'))]
      : []),
    `${colours.bold(say(findingsInWords(summary)))} ${colours.dim(say(`${readInWords(summary, options.seconds)}.`))}`,
    ...(hidden === null ? [] : [colours.dim(say(hidden))]),
    ...(faults.length === 0 ? [] : [colours.yellow(faultsInWords(summary))]),
    ...faults.slice(0, LISTED).map((fault) => `  ${faultText(fault)}`),
    ...(faults.length > LISTED
      ? [`  ${say(`and ${number(summary.skipped.fault - LISTED)} more (see --format json)`)}`]
      : []),
    ...summary.notes.flatMap((note) => wrap(say(`note: ${forTerminal(note)}`), width).map((line) => colours.dim(line))),
    '',
  ];
  return lines.join('\n');
};
