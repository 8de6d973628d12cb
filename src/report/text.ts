// The report for a person at a terminal: worst first, what, where, how bad, what to do next, then one line of totals.

import picocolors from 'picocolors';
import type { Finding, Report, Severity, Skipped } from '../findings/model.js';
import { compareBySeverity } from '../findings/order.js';
import { forTerminal } from './escape.js';
import { fromHere, placesOf } from './places.js';
import type { WriteOptions, WriteReport } from './types.js';
import {
  findingsInWords,
  kindInWords,
  number,
  plural,
  readInWords,
  suppressedInWords,
  verdictInWords,
} from './words.js';

type Colours = ReturnType<typeof picocolors.createColors>;

/** Lines of things not read that are listed; the rest is a number. */
const LISTED = 10;

export const writeText: WriteReport = function* (report, options) {
  const colours = picocolors.createColors(options.colour);
  for (const finding of [...report.findings].sort(compareBySeverity)) yield findingText(finding, colours);
  if (options.detail === 'full') yield closing(report, options, colours);
};

const badge = (severity: Severity, colours: Colours): string => {
  const text = severity.toUpperCase().padEnd(8);
  switch (severity) {
    case 'critical':
      return colours.bold(colours.inverse(colours.red(text)));
    case 'high':
      return colours.bold(colours.red(text));
    case 'medium':
      return colours.yellow(text);
    case 'low':
      return colours.dim(text);
  }
};

const INDENT = ' '.repeat(10);

const findingText = (finding: Finding, colours: Colours): string => {
  const { accessKeyId, secret, severity, verdict, confidence, fingerprint, next } = finding;
  const { places, more } = placesOf(finding);
  const root = verdict.principal === 'root';
  const state = forTerminal(verdictInWords(verdict));
  const doubt = confidence === 'high' ? [] : [`${confidence} confidence`];
  const title = [kindInWords(finding), ...doubt].join(', ');
  const lines = [
    `${badge(severity, colours)}  ${colours.bold(forTerminal(accessKeyId ?? 'no ID'))}  ${title}  ${colours.dim('·')} ${
      root ? colours.bold(colours.red(state)) : state
    }`,
    // `***` says only that there is one; a secret stands here when it was asked for.
    ...(secret !== null && secret !== '***' ? [`${INDENT}secret ${colours.bold(forTerminal(secret))}`] : []),
    ...places.map(({ where, facts }) => {
      const tail = facts.length === 0 ? '' : `  ${colours.dim(forTerminal(facts.join(' · ')))}`;
      return `${INDENT}${colours.cyan(forTerminal(where))}${tail}`;
    }),
    ...(more > 0 ? [colours.dim(`${INDENT}and ${plural(more, 'more place')} (see --format json)`)] : []),
    ...marks(finding).map((mark) => `${INDENT}${colours.yellow(mark)}`),
    ...reasons(finding).map((reason) => `${INDENT}${forTerminal(reason)}`),
    `${INDENT}${colours.green('→')} ${forTerminal(next)}`,
    `${INDENT}${colours.dim(`fingerprint ${fingerprint.slice(0, 16)}`)}`,
    '',
    '',
  ];
  return lines.join('\n');
};

const marks = ({ knownElsewhere, removedInRange, carriedOver }: Finding): readonly string[] => [
  ...(knownElsewhere === true ? ['known elsewhere: another branch, a tag or older history holds it, too'] : []),
  ...(carriedOver === true ? ['carried over: an earlier scan reported it'] : []),
  ...(removedInRange === true ? ['added and removed again: the files hold it no more, the commits do'] : []),
];

const reasons = ({ verdict, secretSha256 }: Finding): readonly string[] => {
  if (verdict.state === 'unchecked' || verdict.how === null)
    return verdict.reason === undefined ? [] : [verdict.reason];
  const proof =
    secretSha256 !== null &&
    verdict.secretProven === false &&
    (verdict.state === 'live' || verdict.state === 'restricted')
      ? ['only the ID was looked up, the secret was not tried']
      : [];
  const used =
    verdict.lastUsed === undefined
      ? []
      : [
          `last used ${verdict.lastUsed}${verdict.lastUsedService === undefined ? '' : ` (${verdict.lastUsedService})`}`,
        ];
  const facts = [...(verdict.reason === undefined ? [] : [verdict.reason]), ...used, ...proof];
  return facts.length === 0 ? [] : [`${verdict.how}: ${facts.join('; ')}`];
};

const closing = ({ summary, skipped }: Report, options: WriteOptions, colours: Colours): string => {
  const faults = skipped.filter(({ because }) => because === 'fault');
  const hidden = suppressedInWords(summary);
  const limit = summary.skipped.limit;
  const lines = [
    ...(summary.interrupted === true
      ? [colours.yellow('Stopped before the end: what was found by then is shown.')]
      : []),
    `${colours.bold(findingsInWords(summary))} ${colours.dim(
      `${readInWords(summary, options.seconds)}${limit > 0 ? `; left out ${number(limit)}` : ''}.`,
    )}`,
    ...(hidden === null ? [] : [colours.dim(hidden)]),
    ...(faults.length === 0 ? [] : [colours.yellow(`Incomplete, ${plural(summary.skipped.fault, 'problem')}:`)]),
    ...faults.slice(0, LISTED).map((fault) => `  ${faultText(fault)}`),
    ...(faults.length > LISTED ? [`  and ${number(summary.skipped.fault - LISTED)} more (see --format json)`] : []),
    ...summary.notes.map((note) => colours.dim(`note: ${forTerminal(note)}`)),
    '',
  ];
  return lines.join('\n');
};

const faultText = ({ target, what, reason }: Skipped): string => {
  // Objects go by their names; a path is one from here, since there may be several targets.
  const name = what === null || /^[0-9a-f]{40,64}$/.test(what) ? (what ?? target) : fromHere(target, what);
  return forTerminal(name === '' || reason.includes(name) ? reason : `${name}: ${reason}`);
};
