// The sides of an organisation as tables for a terminal.

import { powerInWords } from '../../findings/powers.js';
import { say } from '../../lang/say.js';
import { forTerminal } from '../escape.js';
import type { AuditTable } from '../types.js';
import { cut } from '../whereabouts.js';
import { number, verdictInWords } from '../words.js';
import { type Column, shortName } from './table.js';
import type { Tally } from './tally.js';
import type { AuditViews } from './views.js';
import { AGES_IN_WORDS, exposureInWords, ownerInWords, TRENDS_IN_WORDS } from './words.js';

export interface Table {
  readonly title: string;
  readonly columns: readonly Column[];
  /** Safe for the terminal, in the reader's language. */
  readonly rows: readonly (readonly string[])[];
}

/** Names of strangers: long enough for any table. */
const LONGEST = 200;

const name = (text: string): string => forTerminal(cut(text, LONGEST));

const left = (head: string): Column => ({ head: say(head), align: 'left' });
const right = (head: string): Column => ({ head: say(head), align: 'right' });

/** Zero is quiet. */
const count = (value: number): string => (value === 0 ? '-' : number(value));

const COUNTED = ['live', 'root', 'critical', 'high', 'medium', 'low'] as const;

const counts = ({ live, root, bySeverity }: Tally): readonly string[] =>
  [live, root, bySeverity.critical, bySeverity.high, bySeverity.medium, bySeverity.low].map(count);

const tallied = (title: string, head: string, rows: readonly (readonly string[])[]): Table => ({
  title: say(title),
  columns: [left(head), ...COUNTED.map(right)],
  rows,
});

const TABLES: Readonly<Record<AuditTable, (views: AuditViews) => Table>> = {
  repository: ({ repositories }) =>
    tallied(
      'By repository, worst first',
      'repository',
      repositories.map((row) => [name(shortName(row.name)), ...counts(row)]),
    ),
  account: ({ accounts }) =>
    tallied(
      'By account',
      'account',
      accounts.map((row) => [row.account === null ? say('not known') : name(row.account), ...counts(row)]),
    ),
  owner: ({ owners }) => ({
    title: say('By owner'),
    columns: [left('whose'), right('live'), right('keys'), left('last used'), left('the worst it may do')],
    rows: owners.map((row) => [
      say(name(ownerInWords(row))),
      count(row.live),
      number(row.findings),
      row.lastUsed === null ? '-' : name(row.lastUsed.slice(0, 10)),
      row.power === null ? '-' : say(powerInWords(row.power)),
    ]),
  }),
  age: ({ ages }) =>
    tallied(
      'By age: committed so long ago',
      'age',
      ages.map((row) => [say(AGES_IN_WORDS[row.age]), ...counts(row)]),
    ),
  person: ({ people }) => ({
    title: say('Whom to ask'),
    columns: [left('who committed it'), right('live'), right('not known'), left('in')],
    rows: people.map(({ author, live, open, repositories }) => [
      name(author),
      count(live),
      count(open),
      shortList(repositories),
    ]),
  }),
  trend: ({ trend }) => ({
    title: say('Changed since the last run'),
    columns: [left('repository'), left('key'), left('what'), left('now')],
    rows: (trend?.changed ?? []).map(({ accessKeyId, repository, trend: what, finding }) => [
      repository === null ? '-' : name(shortName(repository)),
      accessKeyId === null ? say('no ID') : name(accessKeyId),
      say(TRENDS_IN_WORDS[what]),
      finding === null ? '-' : say(forTerminal(verdictInWords({ state: finding.verdict.state, how: null }))),
    ]),
  }),
};

export const tableOf = (which: AuditTable, views: AuditViews): Table => TABLES[which](views);

/** The longest exposed: a line each. */
export const exposedRows = (views: AuditViews): Table => ({
  title: say('Out for the longest'),
  columns: [left('key'), left('how long'), left('last used')],
  rows: views.exposures
    .filter(({ state, age }) => state !== 'off' && age !== null)
    .map((exposure) => [
      name(exposure.finding.accessKeyId ?? exposure.finding.fingerprint.slice(0, 16)),
      say(exposureInWords(exposure)),
      exposure.finding.verdict.lastUsed === undefined ? '-' : name(exposure.finding.verdict.lastUsed.slice(0, 10)),
    ]),
});

const IN = 26;

/** As many names as fit, and how many more. */
const shortList = (names: readonly string[]): string => {
  const [first = ''] = names;
  const last =
    shortName(first)
      .split('/')
      .filter((part) => part !== '')
      .at(-1) ?? '';
  const more = names.length - 1;
  const shown = name(last);
  const tail = more > 0 ? ` +${number(more)}` : '';
  return `${[...shown].length > IN ? `${[...shown].slice(0, IN - 1).join('')}…` : shown}${tail}`;
};
