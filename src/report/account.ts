// The report of `akscan account` for a person at a terminal: account by account, worst first, each point with what to do;
// then what could not be read, then a line of facts.

import picocolors from 'picocolors';
import type { AccountReport, AccountsReport, Point } from '../findings/account.js';
import type { Severity } from '../findings/model.js';
import { say } from '../lang/say.js';
import { factsInWords, keyWords, leakPlaces, leakWords, names, pointsInWords } from './account-words.js';
import { badge } from './badge.js';
import { forTerminal } from './escape.js';
import { number, plural, tookInWords } from './words.js';
import { wrap } from './wrap.js';

export interface AccountWriteOptions {
  readonly colour: boolean;
  readonly seconds: number;
  /** `points`: nothing else (--quiet). */
  readonly detail: 'full' | 'points';
  /** Columns. */
  readonly width: number;
}

type Colours = ReturnType<typeof picocolors.createColors>;

interface Pen {
  readonly colours: Colours;
  readonly width: number;
}

const INDENT = ' '.repeat(10);

/** Names of users go on one line. */
const NAMES = 12;

/** Keys of one point that are listed; the rest is a number. */
const LISTED: Readonly<Record<Severity, number>> = { critical: 20, high: 20, medium: 5, low: 3 };

export const writeAccountsText = function* (report: AccountsReport, options: AccountWriteOptions): Iterable<string> {
  const pen = { colours: picocolors.createColors(options.colour), width: options.width };
  const accounts = [...report.accounts].sort((a, b) => worst(a) - worst(b));
  for (const account of accounts) yield* accountText(account, options, pen);
  yield* notAskedText(report, pen);
  if (options.detail === 'full') yield* closing(report, options, pen);
};

const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** The account in most trouble comes first. */
const worst = ({ points: [first] }: AccountReport): number =>
  first === undefined ? SEVERITIES.length : SEVERITIES.indexOf(first.severity);

const accountText = function* (account: AccountReport, { detail }: AccountWriteOptions, pen: Pen): Iterable<string> {
  const { colours } = pen;
  const name = account.account === null ? 'An account whose UID is not known' : `Account ${account.account}`;
  yield `${colours.bold(say(forTerminal(name)))} ${colours.dim(say(forTerminal(`asked with the credentials from ${account.credentials}`)))}\n\n`;
  for (const point of account.points) yield pointText(point, account, pen);
  if (account.points.length === 0) {
    yield `${INDENT}${say(account.notRead.length === 0 ? 'Nothing is wrong.' : 'Nothing wrong in what could be read.')}\n\n`;
  }
  if (account.notRead.length > 0) {
    yield `${colours.yellow(say('Not read:'))}\n`;
    for (const { what, why } of account.notRead) yield lines(`  ${said(what)}: ${said(why)}`, 4, pen);
    yield '\n';
  }
  const facts = factsInWords(account);
  if (detail === 'full' && facts !== '') yield `${lines(said(facts), 0, pen, colours.dim)}\n`;
};

const pointText = (point: Point, account: AccountReport, pen: Pen): string => {
  const { severity, text, next } = point;
  const { colours } = pen;
  const [first = '', ...rest] = wrap(said(text), pen.width - INDENT.length);
  return [
    `${badge(severity, colours)}  ${colours.bold(first)}\n`,
    ...rest.map((line) => `${INDENT}${colours.bold(line)}\n`),
    ...concerned(point, account, pen),
    ...wrap(said(next), pen.width - INDENT.length - 2).map(
      (line, index) => `${INDENT}${index === 0 ? colours.green('→') : ' '} ${line}\n`,
    ),
    '\n',
  ].join('');
};

/** The keys and users that a point speaks of, the leaked with where they were found. */
const concerned = (point: Point, account: AccountReport, pen: Pen): readonly string[] => {
  const { severity, keys = [], users = [] } = point;
  const listed = LISTED[severity];
  const isLeak = point.id.startsWith('leaked');
  const shown = keys.slice(0, listed);
  const leaked = new Map(account.leaked.map((leak) => [leak.accessKeyId, leak]));
  const known = new Map(account.keys.map((key) => [key.accessKeyId, key]));
  const more = keys.length - shown.length;
  return [
    ...shown.flatMap((id) => {
      const leak = isLeak ? leaked.get(id) : undefined;
      const key = known.get(id);
      const words = leak !== undefined ? leakWords(leak) : key !== undefined ? keyWords(key) : '';
      return [
        lines(`${INDENT}${forTerminal(id)}${words === '' ? '' : `  ${said(words)}`}`, INDENT.length + 2, pen),
        ...(leak?.reason === undefined ? [] : [lines(`${INDENT}  ${said(leak.reason)}`, INDENT.length + 2, pen)]),
        // Whole, to be clicked and copied.
        ...(leak === undefined ? [] : leakPlaces(leak, account)).map(
          (place) => `${INDENT}  ${pen.colours.cyan(say(forTerminal(place)))}\n`,
        ),
      ];
    }),
    ...(more > 0 ? [`${INDENT}${pen.colours.dim(say(`and ${number(more)} more (see --format json)`))}\n`] : []),
    ...(users.length > 0 ? [lines(`${INDENT}${said(names(users, NAMES))}`, INDENT.length, pen)] : []),
  ];
};

const notAskedText = function* ({ notAsked, elsewhere }: AccountsReport, pen: Pen): Iterable<string> {
  if (notAsked.length > 0) yield `${pen.colours.yellow(say('Not asked:'))}\n`;
  for (const { credentials, why } of notAsked) {
    yield lines(`  ${why.includes(credentials) ? '' : `${said(credentials)}: `}${said(why)}`, 4, pen);
  }
  if (notAsked.length > 0) yield '\n';
  yield* elsewhereText(elsewhere, pen);
};

/** Many are told with the same words. */
const elsewhereText = function* (elsewhere: AccountsReport['elsewhere'], pen: Pen): Iterable<string> {
  if (elsewhere.length === 0) return;
  yield `${pen.colours.yellow(say(`In none of these accounts, ${plural(elsewhere.length, 'AccessKey')} of the report:`))}\n`;
  const groups = new Map<string, string[]>();
  for (const { accessKeyId, reason = '' } of elsewhere) {
    const same = groups.get(reason);
    if (same === undefined) groups.set(reason, [accessKeyId]);
    else same.push(accessKeyId);
  }
  for (const [reason, ids] of [...groups].slice(0, LISTED.medium)) {
    yield lines(`  ${said(names(ids, LISTED.medium))}`, 2, pen);
    if (reason !== '') yield lines(`    ${said(reason)}`, 4, pen);
  }
  if (groups.size > LISTED.medium) yield `  ${pen.colours.dim(say('and others (see --format json)'))}\n`;
  yield '\n';
};

const closing = function* (report: AccountsReport, { seconds }: AccountWriteOptions, pen: Pen): Iterable<string> {
  const { colours } = pen;
  if (report.interrupted === true) {
    yield `${colours.yellow(say('Stopped before the end: what was known by then is shown.'))}\n`;
  }
  const took = `Asked ${tookInWords(seconds)}.`;
  yield `${colours.bold(say(pointsInWords(report)))} ${colours.dim(say(took))}\n`;
  for (const note of report.notes) yield lines(said(`note: ${note}`), 2, pen, colours.dim);
};

/** One sentence, broken into lines; what follows the first line stands further in. */
const lines = (text: string, hang: number, { width }: Pen, colour: (text: string) => string = String): string => {
  const indent = /^ */.exec(text)?.[0] ?? '';
  const [first = '', ...rest] = wrap(text.slice(indent.length), width - Math.max(hang, indent.length));
  return [`${indent}${colour(first)}\n`, ...rest.map((line) => `${' '.repeat(hang)}${colour(line)}\n`)].join('');
};

/** Safe for the terminal, and in the reader's language. */
const said = (text: string): string => say(forTerminal(text));
