// Facts of a finding in words, for formats that people read.

import { amount } from '../amount.js';
import type { Kind } from '../detect/types.js';
import type { Finding, Principal, Summary, Verdict } from '../findings/model.js';
import { type Reach, reachOf } from './reach.js';

const KINDS: Readonly<Record<Kind, string>> = {
  pair: 'AccessKey with its secret',
  'id-only': 'AccessKey ID alone',
  'secret-only': 'AccessKey secret without its ID',
  sts: 'temporary AccessKey (STS)',
};

export const kindInWords = ({ kind }: Pick<Finding, 'kind'>): string => KINDS[kind];

const PRINCIPALS: Readonly<Record<Principal, string>> = {
  root: 'ROOT key',
  'ram-user': 'RAM user',
  'assumed-role': 'role',
};

/** `live, ROOT key of account 1234`; the reason stands on a line of its own. */
export const verdictInWords = (verdict: Verdict): string => {
  if (verdict.state === 'unchecked') return 'not verified';
  const who = [
    verdict.principal === undefined ? null : PRINCIPALS[verdict.principal],
    verdict.principal === 'root' ? null : (verdict.user ?? null),
    verdict.account === undefined ? null : `${verdict.principal === undefined ? '' : 'of '}account ${verdict.account}`,
  ].filter((part) => part !== null);
  return [STATES[verdict.state] ?? verdict.state, ...(who.length > 0 ? [who.join(' ')] : [])].join(', ');
};

const STATES: Readonly<Partial<Record<Verdict['state'], string>>> = {
  restricted: 'live, restricted by leak protection',
  'not-found': 'not found',
  'wrong-secret': 'the secret is not its own',
};

/** `54,412`. */
export const number = amount;

/** `1 file`, `2,000 files`. */
export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${number(value)} ${value === 1 ? one : many}`;

const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

/** Powers of 1,000, at most three digits: `1.3 GB`. */
export const bytesInWords = (bytes: number): string => {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return unit === 0 ? plural(bytes, 'byte') : `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
};

/** Whether anything was searched; verdicts on an earlier report search nothing. */
const isSearch = ({ counts, findings }: Summary): boolean => counts.files + counts.objects > 0 || findings === 0;

/** `in 3.2 s`. */
export const tookInWords = (seconds: number): string =>
  `in ${seconds < 9.95 ? seconds.toFixed(1) : Math.round(seconds)} s`;

/**
 * What was read: `Read 12 files, 54,412 git objects, 1.3 GB in 3.2 s; left out 3`. Without the time when it is 0: not
 * known.
 */
export const readInWords = (summary: Summary, seconds: number): string => {
  const took = seconds === 0 ? '' : ` ${tookInWords(seconds)}`;
  const limit = summary.skipped.limit > 0 ? `; left out ${number(summary.skipped.limit)}` : '';
  if (isSearch(summary)) return `Read ${whatWasRead(summary)}${took}${limit}`;
  return `${seconds === 0 ? 'From a report' : `Asked${took}`}${limit}`;
};

/** The whole run in a line, beside a report that is for programs. */
export const runInWords = (summary: Summary, seconds: number): string =>
  [
    ...(summary.interrupted === true ? ['Stopped before the end.'] : []),
    findingsInWords(summary),
    `${readInWords(summary, seconds)}${summary.skipped.fault > 0 ? `; ${plural(summary.skipped.fault, 'problem')}` : ''}.`,
  ].join(' ');

const whatWasRead = ({ counts, audit }: Summary): string => {
  const isOfObjects = counts.files === 0 && (counts.objects > 0 || audit !== undefined);
  return [
    ...(isOfObjects ? [] : [plural(counts.files, 'file')]),
    ...(counts.objects > 0 || isOfObjects ? [plural(counts.objects, 'git object')] : []),
    // An audit does not count them: most of what it knows was read before, or elsewhere.
    ...(isOfObjects && counts.bytes === 0 ? [] : [bytesInWords(counts.bytes)]),
  ].join(', ');
};

/** `2 critical, 1 high`; empty without findings. */
export const severitiesInWords = ({ bySeverity }: Summary): string =>
  (['critical', 'high', 'medium', 'low'] as const)
    .filter((severity) => bySeverity[severity] > 0)
    .map((severity) => `${number(bySeverity[severity])} ${severity}`)
    .join(', ');

const NONE_FOUND: Readonly<Record<Reach, string>> = {
  whole: 'No AccessKeys found.',
  part: 'No AccessKeys found in what was read.',
  nothing: 'No repository was read.',
};

/** One line: how many, how bad. */
export const findingsInWords = (summary: Summary): string => {
  if (summary.findings === 0) return NONE_FOUND[reachOf(summary)];
  const verdicts = [
    ...(summary.live > 0 ? [`${number(summary.live)} live`] : []),
    ...(summary.root > 0 ? [`${number(summary.root)} root`] : []),
  ];
  const tail = verdicts.length > 0 ? ` (${verdicts.join(', ')})` : '';
  return `${plural(summary.findings, 'AccessKey')}${isSearch(summary) ? ' found' : ''}: ${severitiesInWords(summary)}${tail}.`;
};

const SUPPRESSED: Readonly<Record<keyof Summary['suppressed'], string>> = {
  allow: 'by allow comments',
  ignore: 'by the ignore file',
  baseline: 'by the baseline',
  confidence: 'of too little confidence',
};

/** `Not shown: 3 by the baseline.`, or null when all is shown. */
export const suppressedInWords = ({ suppressed }: Summary): string | null => {
  const parts = (['allow', 'ignore', 'baseline', 'confidence'] as const)
    .filter((why) => suppressed[why] > 0)
    .map((why) => `${number(suppressed[why])} ${SUPPRESSED[why]}`);
  return parts.length === 0 ? null : `Not shown: ${parts.join(', ')}.`;
};
