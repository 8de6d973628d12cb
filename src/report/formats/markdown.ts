// Markdown for a job's summary or a comment under a pull request: a sentence, a table worst first, what could not be read.

import type { Finding, Report, Severity } from '../../findings/model.js';
import { worstFirst } from '../../findings/order.js';
import { organisationInMarkdown } from '../audit/markdown.js';
import { shortName } from '../audit/table.js';
import { code, markdownTitleOf, prose } from '../markdown-text.js';
import { distinctPlaces, type Naming } from '../places.js';
import { verdictText } from '../sentences.js';
import { withShortIds } from '../short-ids.js';
import type { WriteReport } from '../types.js';
import { cut, namingOf, skippedName, whereaboutsOf } from '../whereabouts.js';
import { findingsInWords, number, plural, readInWords, suppressedInWords } from '../words.js';

/** GitHub takes 65,536 characters in a comment; some are left for whoever puts this into one. */
const MOST = 60_000;

/** For what follows the table. */
const RESERVED = 12_000;

const LISTED = 10;

const SEVERITIES: Readonly<Record<Severity, string>> = {
  critical: '**critical**',
  high: '**high**',
  medium: 'medium',
  low: 'low',
};

export const writeMarkdown: WriteReport = (report, options) => {
  const shown = withShortIds(report);
  const naming = namingOf(shown);
  const head = `### akscan: ${findingsInWords(shown.summary)}\n`;
  const isWhole = options.detail === 'full';
  const organisation = isWhole ? organisationInMarkdown(shown, options) : '';
  const rest = isWhole ? closingOf(shown, naming, options.seconds) : '';
  return [head, organisation, tableOf(shown.findings, naming, MOST - RESERVED - organisation.length), rest];
};

const COLUMNS = ['', 'key', 'verdict', 'where', 'since', 'what to do'];

const tableOf = (findings: readonly Finding[], naming: Naming, most: number): string => {
  if (findings.length === 0) return '';
  const lines = ['', `| ${COLUMNS.join(' | ')} |`, `|${COLUMNS.map(() => ' --- ').join('|')}|`];
  let length = lines.reduce((sum, line) => sum + line.length + 1, 0);
  let rows = 0;
  for (const finding of worstFirst(findings)) {
    const row = `| ${rowOf(finding, naming).join(' | ')} |`;
    if (length + row.length + 1 > most) break;
    length += row.length + 1;
    lines.push(row);
    rows += 1;
  }
  const more = findings.length - rows;
  if (more > 0) lines.push('', `and ${number(more)} more`);
  return `${lines.join('\n')}\n`;
};

const rowOf = (finding: Finding, naming: Naming): readonly string[] => {
  const { severity, next } = finding;
  const [first] = distinctPlaces(finding);
  return [
    SEVERITIES[severity],
    markdownTitleOf(finding),
    prose(cut(verdictText(finding), 200)),
    whereOf(finding, naming),
    first?.commit === undefined ? '' : code(`${first.commit.slice(0, 10)} ${first.date?.slice(0, 10) ?? ''}`.trim()),
    prose(cut(next, 400)),
  ];
};

const whereOf = (finding: Finding, naming: Naming): string => {
  const [first, ...others] = distinctPlaces(finding);
  if (first === undefined) return '';
  const more = others.length + (finding.occurrencesLeftOut ?? 0);
  const target = first.target ?? finding.target;
  // The name of an address stands before the path within it, also where it is the only one.
  const isApart = /^https?:\/\//.test(target);
  const place = code(`${cut(whereaboutsOf(finding, first, isApart ? 'path' : naming).name, 200)}:${first.line}`);
  const repository = isApart ? `${code(cut(shortName(target), 200))} ` : '';
  return `${repository}${place}${more > 0 ? ` and ${plural(more, 'more place')}` : ''}`;
};

const closingOf = ({ summary, skipped }: Report, naming: Naming, seconds: number): string => {
  const faults = skipped.filter(({ because }) => because === 'fault');
  const hidden = suppressedInWords(summary);
  const more = summary.skipped.fault - LISTED;
  const lines = [
    '',
    `${readInWords(summary, seconds)}.${hidden === null ? '' : ` ${hidden}`}`,
    ...(summary.interrupted === true ? ['', '**Stopped before the end**: what was found by then is shown.'] : []),
    ...(faults.length === 0 ? [] : ['', `**Incomplete**, ${plural(summary.skipped.fault, 'problem')}:`, '']),
    ...faults
      .slice(0, LISTED)
      .map((fault) => `- ${code(cut(skippedName(fault, naming), 100))} ${prose(cut(fault.reason, 200))}`),
    ...(more > 0 ? [`- and ${number(more)} more`] : []),
    ...(summary.notes.length === 0 ? [] : ['']),
    ...summary.notes.slice(0, LISTED).map((note) => `- ${prose(cut(note, 200))}`),
    '',
  ];
  const text = lines.join('\n');
  return text.length <= RESERVED - 1000 ? text : `\n${readInWords(summary, seconds)}.\n`;
};
