// The report of an audit for a person at a terminal. The organisation comes first, in a few lines that whoever answers for it
// can read; then the worst findings as a scan prints them, the others as a line each, and what to do next. Bounded: the whole
// is in the other formats.

import picocolors from 'picocolors';
import type { AuditSummary } from '../../findings/audit.js';
import type { Finding, Report, Skipped } from '../../findings/model.js';
import { worstFirst } from '../../findings/order.js';
import { say } from '../../lang/say.js';
import { badge } from '../badge.js';
import { forTerminal } from '../escape.js';
import { type Colours, findingText } from '../finding-text.js';
import { isNamedIn } from '../named-in.js';
import type { AuditTable, WriteOptions, WriteReport } from '../types.js';
import { columnsOf, padTo } from '../width.js';
import { number, plural, readInWords, suppressedInWords } from '../words.js';
import { proseWidth, wrap } from '../wrap.js';
import { type Places, placesOfAll } from './repositories.js';
import { fittedEnd, shortName, tableLines } from './table.js';
import { idInWords, stateInWords, type Table, tablesOf } from './tables.js';
import { type AuditViews, auditViews } from './views.js';
import { glanceInWords, goOnInWords, nextInWords, notReadInWords } from './words.js';

/** Findings that are told in full, then those of a line each. */
const [FULL, LINES] = [10, 40];

/** Rows of a table that stands there by itself, and of one that was asked for. */
const [FEW, MANY] = [8, 100];

/** Of things not read, and of notes. */
const LISTED = 10;

export const writeAuditText: WriteReport = function* (report, options) {
  const { audit } = report.summary;
  if (audit === undefined) throw new TypeError('not the report of an audit');
  const page: Page = {
    colours: picocolors.createColors(options.colour),
    width: proseWidth(options.columns),
    options,
    views: auditViews(report, audit, options.now ?? new Date()),
    places: placesOfAll(audit),
  };
  if (options.detail === 'full') {
    yield* organisation(page);
    const { by } = options;
    for (const side of by === undefined ? BY_DEFAULT : [by]) {
      for (const table of tablesOf(side, page.views)) yield* tableText(table, side, page);
    }
  }
  yield* findingsText(report.findings, page);
  if (options.detail === 'full') yield* closing(report, audit, page);
};

interface Page {
  readonly colours: Colours;
  readonly width: number;
  readonly options: WriteOptions;
  readonly views: AuditViews;
  readonly places: Places;
}

const organisation = function* ({ colours, width, options, views }: Page): Iterable<string> {
  yield `${colours.bold(say('The organisation at a glance'))}\n`;
  for (const sentence of glanceInWords(views, options.lastRun ?? null)) {
    const [first = '', ...rest] = wrap(say(forTerminal(sentence)), width - 2);
    yield `  ${first}\n${rest.map((line) => `    ${line}\n`).join('')}`;
  }
  yield '\n';
};

const BY_DEFAULT: readonly AuditTable[] = ['repository', 'person'];

const tableText = function* ({ title, columns, rows }: Table, side: AuditTable, page: Page): Iterable<string> {
  if (rows.length === 0) return;
  const { colours, width, options } = page;
  const [most, see] = options.by === undefined ? [FEW, `--by ${side}`] : [MANY, '--format html'];
  const [heads = '', ...lines] = tableLines(columns, rows.slice(0, most), width);
  yield `${colours.bold(title)}\n${colours.dim(heads)}\n`;
  for (const line of lines) yield `${line}\n`;
  if (rows.length > most) yield `${colours.dim(say(`and ${number(rows.length - most)} more (see ${see})`))}\n`;
  yield '\n';
};

const findingsText = function* (findings: readonly Finding[], page: Page): Iterable<string> {
  if (findings.length === 0) return;
  const { colours, width, options } = page;
  const sorted = worstFirst(findings);
  const others = sorted.slice(FULL);
  if (others.length > 0)
    yield `${colours.bold(say(`The worst ${number(FULL)} of ${plural(sorted.length, 'AccessKey')}`))}\n\n`;
  for (const finding of sorted.slice(0, FULL)) {
    yield findingText(finding, colours, width, { link: options.link, naming: 'repository' });
  }
  if (others.length === 0) return;
  yield `${colours.bold(say('The others'))}\n`;
  const shown = others.slice(0, LINES);
  const widths = {
    id: Math.max(...shown.map((finding) => columnsOf(idInWords(finding)))),
    state: Math.max(...shown.map((finding) => columnsOf(stateInWords(finding.verdict.state)))),
  };
  for (const finding of shown) yield `${lineOf(finding, widths, page)}\n`;
  const more = others.length - shown.length;
  if (more > 0) yield `${colours.dim(say(`and ${number(more)} more (see --format html or json)`))}\n`;
  yield '\n';
};

const lineOf = (
  finding: Finding,
  { id, state }: { readonly id: number; readonly state: number },
  { colours, width, places }: Page,
): string => {
  const repositories = [...places.repositoriesOf(finding)];
  const more = repositories.length - 1;
  const tail = more > 0 ? ` ${say(`and ${number(more)} more`)}` : '';
  const room = Math.max(12, width - 10 - id - 2 - state - 2 - columnsOf(tail));
  const where = fittedEnd(forTerminal(shortName(repositories[0] ?? '')), room);
  return `${badge(finding.severity, colours)}  ${padTo(idInWords(finding), id)}  ${padTo(stateInWords(finding.verdict.state), state)}  ${colours.cyan(where)}${tail}`;
};

const closing = function* ({ findings, summary, skipped }: Report, audit: AuditSummary, page: Page): Iterable<string> {
  const { colours, width, options, views } = page;
  if (summary.interrupted === true) {
    yield `${colours.yellow(say('Stopped before the end: what was found by then is shown.'))}\n`;
  }
  yield* notReadText(audit, page);
  yield* faultsText(skipped, summary.skipped.fault, { page, audit });
  const hidden = suppressedInWords(summary);
  const read = [say(`${readInWords(summary, options.seconds)}.`), ...(hidden === null ? [] : [say(hidden)])].join(' ');
  for (const line of wrap(read, width)) yield `${colours.dim(line)}\n`;
  for (const note of summary.notes.slice(0, LISTED)) {
    for (const line of wrap(say(`note: ${forTerminal(note)}`), width)) yield `${colours.dim(line)}\n`;
  }
  if (summary.notes.length > LISTED) {
    yield `${colours.dim(say(`and ${number(summary.notes.length - LISTED)} more (see --format json)`))}\n`;
  }
  if (summary.interrupted === true && options.goOn !== undefined) {
    yield* goOnText(options.goOn, page);
    return;
  }
  const next = nextInWords(
    views,
    findings.some(({ verdict }) => verdict.state !== 'unchecked'),
  );
  if (next !== null)
    yield `${wrap(say(next), width)
      .map((line) => colours.bold(line))
      .join('\n')}\n`;
};

const goOnText = function* (typed: string | null, { colours, width }: Page): Iterable<string> {
  for (const line of wrap(say(goOnInWords(typed)), width)) yield `${colours.bold(line)}\n`;
  // Whole on its line, so that it can be copied.
  if (typed !== null) yield `  ${forTerminal(typed)}\n`;
};

const notReadText = function* ({ notRead, notReadLeftOut = 0 }: AuditSummary, page: Page): Iterable<string> {
  if (notRead.length === 0) return;
  const { colours } = page;
  const all = notRead.length + notReadLeftOut;
  yield `${colours.yellow(say(`Not read, or not whole: ${number(all)}`))}\n`;
  for (const each of notRead.slice(0, LISTED)) yield namedLine(shortName(each.name), notReadInWords(each), page);
  if (all > LISTED) yield `  ${say(`and ${number(all - LISTED)} more (see --format json)`)}\n`;
  yield '\n';
};

/** What went wrong besides: repositories that were not read whole are told above, with their first reason. */
const faultsText = function* (
  skipped: readonly Skipped[],
  count: number,
  { page, audit }: { readonly page: Page; readonly audit: AuditSummary },
): Iterable<string> {
  const told = new Set(audit.notRead.map(({ name }) => name));
  const listed = skipped.filter(({ because }) => because === 'fault');
  const faults = listed.filter(({ target }) => !told.has(target));
  if (faults.length === 0) return;
  const all = Math.max(faults.length, count - (listed.length - faults.length));
  yield `${page.colours.yellow(say(`Incomplete, ${plural(all, 'problem')}:`))}\n`;
  for (const { target, what, reason } of faults.slice(0, LISTED)) {
    yield namedLine([shortName(target), ...(what === null ? [] : [what])].join(' ').trim(), reason, page);
  }
  if (all > LISTED) yield `  ${say(`and ${number(all - LISTED)} more (see --format json)`)}\n`;
  yield '\n';
};

/** What was not read, and why. */
const namedLine = (named: string, why: string, { width }: Page): string => {
  const said = say(forTerminal(why));
  const text = isNamedIn(why, named) ? said : `${forTerminal(named)}: ${said}`;
  const [first = '', ...rest] = wrap(text, width - 4);
  return `  ${first}\n${rest.map((line) => `    ${line}\n`).join('')}`;
};
