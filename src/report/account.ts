// The report of `akscan account` for a person at a terminal: account by account, worst first, each point with what to do;
// then what could not be read, then a line of facts.

import picocolors from 'picocolors';
import type { AccountKey, AccountReport, AccountsReport, LeakedKey, LeakPlace, Point } from '../findings/account.js';
import type { Severity, VerdictState } from '../findings/model.js';
import { forTerminal } from './escape.js';
import { number, plural } from './words.js';

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

/** Keys and users of one point that are listed; the rest is a number. */
const LISTED: Readonly<Record<Severity, number>> = { critical: 20, high: 20, medium: 5, low: 3 };

export const writeAccountsText = function* (report: AccountsReport, options: AccountWriteOptions): Iterable<string> {
  const pen = { colours: picocolors.createColors(options.colour), width: options.width };
  for (const account of report.accounts) yield* accountText(account, options, pen);
  yield* notAskedText(report, pen);
  if (options.detail === 'full') yield* closing(report, options, pen);
};

const accountText = function* (account: AccountReport, { detail }: AccountWriteOptions, pen: Pen): Iterable<string> {
  const { colours } = pen;
  const name = account.account === null ? 'An account whose UID is not known' : `Account ${account.account}`;
  yield `${colours.bold(forTerminal(name))} ${colours.dim(forTerminal(`asked with the credentials from ${account.credentials}`))}\n\n`;
  for (const point of account.points) yield pointText(point, account, pen);
  if (account.points.length === 0) {
    yield `${INDENT}${account.notRead.length === 0 ? 'Nothing is wrong.' : 'Nothing wrong in what could be read.'}\n\n`;
  }
  if (account.notRead.length > 0) {
    yield `${colours.yellow('Not read:')}\n`;
    for (const { what, why } of account.notRead) yield lines(`  ${what}: ${why}`, 4, pen);
    yield '\n';
  }
  if (detail === 'full') yield `${lines(facts(account), 0, pen, colours.dim)}\n`;
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

const pointText = (point: Point, account: AccountReport, pen: Pen): string => {
  const { severity, text, next } = point;
  const { colours } = pen;
  const [first = '', ...rest] = fold(text, pen.width - INDENT.length);
  return [
    `${badge(severity, colours)}  ${colours.bold(first)}\n`,
    ...rest.map((line) => `${INDENT}${colours.bold(line)}\n`),
    ...concerned(point, account, pen),
    ...fold(next, pen.width - INDENT.length - 2).map(
      (line, index) => `${INDENT}${index === 0 ? colours.green('→') : ' '} ${line}\n`,
    ),
    '\n',
  ].join('');
};

/** The keys and users that a point speaks of, the leaked with where they were found. */
const concerned = ({ severity, keys = [], users = [] }: Point, account: AccountReport, pen: Pen): readonly string[] => {
  const listed = LISTED[severity];
  const shown = keys.slice(0, listed);
  const leaked = new Map(account.leaked.map((leak) => [leak.accessKeyId, leak]));
  const known = new Map(account.keys.map((key) => [key.accessKeyId, key]));
  const more = keys.length - shown.length;
  return [
    ...shown.flatMap((id) => {
      const leak = leaked.get(id);
      const key = known.get(id);
      const said = leak !== undefined ? leakWords(leak) : key !== undefined ? keyWords(key) : '';
      return [
        lines(`${INDENT}${id}${said === '' ? '' : `  ${said}`}`, INDENT.length + 2, pen),
        ...(leak === undefined
          ? []
          : placesOf(leak, account).map((place) =>
              lines(`${INDENT}  ${place}`, INDENT.length + 4, pen, pen.colours.cyan),
            )),
      ];
    }),
    ...(more > 0 ? [`${INDENT}${pen.colours.dim(`and ${number(more)} more (see --format json)`)}\n`] : []),
    ...(users.length > 0 ? [lines(`${INDENT}${names(users)}`, INDENT.length, pen)] : []),
  ];
};

/** Names go on one line, and are short. */
const NAMES = 12;

const names = (all: readonly string[]): string =>
  `${all.slice(0, NAMES).join(', ')}${all.length > NAMES ? `, and ${number(all.length - NAMES)} more (see --format json)` : ''}`;

const STATES: Readonly<Partial<Record<VerdictState, string>>> = {
  live: 'on',
  restricted: 'on, under leak protection',
  'wrong-secret': 'on',
  disabled: 'off',
  unknown: 'state unknown',
};

const leakWords = ({ state, principal, user, lastUsed, reason }: LeakedKey): string =>
  [
    STATES[state] ?? state,
    ...(principal === 'root' ? ['ROOT key'] : user === undefined ? [] : [`of ${user}`]),
    ...(lastUsed === undefined ? [] : [`last used ${day(lastUsed)}`]),
    ...(reason === undefined ? [] : [reason.replace(/\.$/, '')]),
  ].join(', ');

const placesOf = ({ alibaba, report }: LeakedKey, { leakListRead }: AccountReport): readonly string[] => [
  ...(alibaba === undefined ? [] : [`Alibaba Cloud${alibabaWords(alibaba)}`]),
  ...(report === undefined ? [] : [`your report: ${reportWords(report)}`]),
  ...(alibaba === undefined && leakListRead ? ["not on Alibaba Cloud's list"] : []),
];

const alibabaWords = ({ status, detected, places }: NonNullable<LeakedKey['alibaba']>): string => {
  const [first] = places;
  const more = places.length > 1 ? ` and ${plural(places.length - 1, 'more place')}` : '';
  const since = detected === undefined ? '' : `, found ${day(detected)}`;
  const dealt = status === 'handled' ? ', marked as handled' : status === 'accepted' ? ', accepted' : '';
  return `${first === undefined ? '' : `: ${placeWords(first)}${more}`}${since}${dealt}`;
};

const placeWords = ({ source, owner, repository, file, url }: LeakPlace): string => {
  if (url !== undefined) return url;
  const repositoryName = [owner, repository].filter((part) => part !== undefined).join('/');
  return (
    [source, repositoryName, file].filter((part) => part !== undefined && part !== '').join(' ') ||
    'a place it does not name'
  );
};

const reportWords = ({ first, places, withSecret }: NonNullable<LeakedKey['report']>): string =>
  [
    ...(first === null ? [] : [`${first}${places > 1 ? ` and ${plural(places - 1, 'more place')}` : ''}`]),
    withSecret ? 'with its secret' : 'its ID alone',
  ].join(', ');

const keyWords = ({ user, created, lastUsed }: AccountKey): string =>
  [
    user,
    ...(created === undefined ? [] : [`made ${day(created)}`]),
    ...(lastUsed === undefined ? [] : [lastUsed === null ? 'never used' : `last used ${day(lastUsed)}`]),
  ].join(', ');

const day = (time: string): string => time.slice(0, 10);

const facts = ({ users, keys, quotas, credentialReport, leaked }: AccountReport): string => {
  const on = keys.filter(({ status }) => status === 'Active').length;
  const room = quotas.find(({ name }) => name === 'users')?.quota;
  const parts = [
    ...(users === null
      ? []
      : [`${plural(users, 'RAM user')}${room === undefined ? '' : ` of ${number(room)} at most`}`]),
    `${plural(keys.length, 'AccessKey')} (${number(on)} on)`,
    ...(leaked.length === 0 ? [] : [`${number(leaked.length)} leaked`]),
    ...(credentialReport === undefined ? [] : [`credential report of ${credentialReport}`]),
  ];
  return `${parts.join(', ')}.`;
};

const notAskedText = function* ({ notAsked, elsewhere }: AccountsReport, pen: Pen): Iterable<string> {
  for (const { credentials, why } of notAsked) {
    yield `${lines(`${credentials}: ${why}`, 2, pen, pen.colours.yellow)}\n`;
  }
  if (elsewhere.length === 0) return;
  yield `In none of these accounts: ${plural(elsewhere.length, 'AccessKey')} of the report\n`;
  for (const { accessKeyId, reason } of elsewhere.slice(0, LISTED.medium)) {
    yield lines(`  ${accessKeyId}${reason === undefined ? '' : `  ${reason}`}`, 4, pen);
  }
  if (elsewhere.length > LISTED.medium) {
    yield `  ${pen.colours.dim(`and ${number(elsewhere.length - LISTED.medium)} more (see --format json)`)}\n`;
  }
  yield '\n';
};

const closing = function* (report: AccountsReport, { seconds }: AccountWriteOptions, pen: Pen): Iterable<string> {
  const { accounts, notes, interrupted } = report;
  const { colours } = pen;
  if (interrupted === true) yield `${colours.yellow('Stopped before the end: what was known by then is shown.')}\n`;
  const took = `Asked in ${seconds < 9.95 ? seconds.toFixed(1) : Math.round(seconds)} s.`;
  yield `${colours.bold(pointsInWords(report))} ${colours.dim(took)}\n`;
  for (const note of notes) yield lines(`note: ${note}`, 2, pen, colours.dim);
  if (accounts.some(({ notRead }) => notRead.some(({ because }) => because === 'denied'))) {
    yield `${colours.dim('docs/permissions.md has the policy that grants what is missing.')}\n`;
  }
};

/** `2 accounts: 1 critical, 3 medium.` */
export const pointsInWords = ({ accounts }: AccountsReport): string => {
  const points = accounts.flatMap((account) => account.points);
  const counts = (['critical', 'high', 'medium', 'low'] as const)
    .map((severity) => ({ severity, count: points.filter((point) => point.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${number(count)} ${severity}`);
  return `${plural(accounts.length, 'account')}: ${counts.length === 0 ? 'nothing wrong' : counts.join(', ')}.`;
};

/** One sentence, made safe for the terminal and broken at spaces; what follows the first line stands further in. */
const lines = (text: string, hang: number, { width }: Pen, colour: (text: string) => string = String): string => {
  const indent = /^ */.exec(text)?.[0] ?? '';
  const [first = '', ...rest] = fold(text.slice(indent.length), width - Math.max(hang, indent.length));
  return [`${indent}${colour(first)}\n`, ...rest.map((line) => `${' '.repeat(hang)}${colour(line)}\n`)].join('');
};

const fold = (text: string, width: number): readonly string[] => {
  const folded: string[] = [];
  let line: string | null = null;
  for (const word of forTerminal(text).split(' ')) {
    if (line !== null && line.length + 1 + word.length > width) {
      folded.push(line);
      line = null;
    }
    line = line === null ? word : `${line} ${word}`;
  }
  return [...folded, line ?? ''];
};
