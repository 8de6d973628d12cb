// The sides of an organisation as tables for a terminal.

import type { Finding, VerdictState } from '../../findings/model.js';
import { say } from '../../lang/say.js';
import { forTerminal } from '../escape.js';
import type { AuditTable } from '../types.js';
import { cut } from '../whereabouts.js';
import { number, verdictInWords } from '../words.js';
import type { Exposure } from './exposure.js';
import { type Column, shortName } from './table.js';
import type { Tally } from './tally.js';
import type { AuditViews } from './views.js';
import { AGES_IN_WORDS, ownerInWords, spanInWords, TRENDS_IN_WORDS } from './words.js';

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

/** Repositories and paths differ at their ends, people at their beginnings. */
const place = (head: string): Column => ({ ...left(head), gives: 'beginning' });
const person = (head: string): Column => ({ ...left(head), gives: 'end' });

/** Zero is quiet. */
const count = (value: number): string => (value === 0 ? '-' : number(value));

const day = (iso: string | null | undefined): string =>
  iso === null || iso === undefined ? '-' : name(iso.slice(0, 10));

interface Counted<Row> {
  readonly title: string;
  readonly head: Column;
  readonly rows: readonly Row[];
  readonly nameOf: (row: Row) => string;
}

const isAsked = ({ tally }: AuditViews['glance']): boolean => tally.open < tally.findings || tally.root > 0;

/** Where nobody was asked, none is known to be live or a root key. */
const tallied = <Row extends Tally>({ title, head, rows, nameOf }: Counted<Row>, { glance }: AuditViews): Table => {
  const asked = isAsked(glance);
  const counts = ({ live, root, bySeverity: { critical, high, medium, low } }: Tally): readonly string[] =>
    [...(asked ? [live, root] : []), critical, high, medium, low].map(count);
  return {
    title: say(title),
    columns: [head, ...[...(asked ? ['live', 'root'] : []), 'critical', 'high', 'medium', 'low'].map(right)],
    rows: rows.map((row) => [nameOf(row), ...counts(row)]),
  };
};

const TABLES: Readonly<Record<AuditTable, (views: AuditViews) => readonly Table[]>> = {
  repository: (views) => [
    tallied(
      {
        title: 'By repository, worst first',
        head: place('repository'),
        rows: views.repositories,
        nameOf: (row) => name(shortName(row.name)),
      },
      views,
    ),
  ],
  account: (views) => [
    tallied(
      {
        title: 'By account',
        head: left('account'),
        rows: views.accounts,
        nameOf: ({ account }) => (account === null ? say('not known') : name(account)),
      },
      views,
    ),
  ],
  owner: ({ owners }) => [
    {
      title: say('By owner'),
      columns: [left('account'), person('whose'), right('live'), right('keys'), left('last used'), left('powers')],
      rows: owners.map((row) => [
        row.account === null ? '-' : name(row.account),
        say(name(ownerInWords(row))),
        count(row.live),
        number(row.findings),
        day(row.lastUsed),
        row.power ?? '-',
      ]),
    },
  ],
  age: (views) => [
    tallied(
      {
        title: 'By age: committed so long ago',
        head: left('age'),
        rows: views.ages,
        nameOf: ({ age }) => say(AGES_IN_WORDS[age]),
      },
      views,
    ),
    {
      title: say('From the commit to today, or to the last use of what is off'),
      columns: [left('key'), left('now'), left('committed'), left('out for'), left('last used')],
      rows: views.exposures.map(exposureRow),
    },
  ],
  person: ({ people, glance }) => [
    {
      title: say('Whom to ask'),
      columns: [
        person('who committed it'),
        ...(isAsked(glance) ? ['live', 'not known'] : ['keys']).map(right),
        left('in'),
      ],
      rows: people.map(({ author, live, open, findings, repositories }) => [
        name(author),
        ...(isAsked(glance) ? [live, open] : [findings]).map(count),
        shortList(repositories),
      ]),
    },
  ],
  trend: ({ trend }) => [
    {
      title: say('Changed since the last run'),
      columns: [left('key'), left('what'), left('now'), place('in')],
      rows: (trend?.changed ?? []).map(({ accessKeyId, repository, trend: what, finding }) => [
        accessKeyId === null ? say('no ID') : name(accessKeyId),
        say(TRENDS_IN_WORDS[what]),
        finding === null ? '-' : stateInWords(finding.verdict.state),
        repository === null ? '-' : name(shortName(repository)),
      ]),
    },
  ],
};

export const tablesOf = (which: AuditTable, views: AuditViews): readonly Table[] => TABLES[which](views);

const exposureRow = ({ finding, since, days }: Exposure): readonly string[] => [
  idInWords(finding),
  stateInWords(finding.verdict.state),
  since ?? '-',
  days === null ? '-' : say(spanInWords(days)),
  day(finding.verdict.lastUsed),
];

export const idInWords = ({ accessKeyId }: Pick<Finding, 'accessKeyId'>): string =>
  accessKeyId === null ? say('no ID') : name(accessKeyId);

/** In a word or two: a line has no room for more. */
export const stateInWords = (state: VerdictState): string =>
  say(state === 'restricted' || state === 'wrong-secret' ? state : verdictInWords({ state, how: null }));

const IN = 26;

/** The first by its own name, and how many more. */
const shortList = (names: readonly string[]): string => {
  const parts = (names[0] ?? '').split('/').filter((part) => part !== '');
  const more = names.length - 1;
  const shown = [...name(parts.at(-1) ?? '')];
  const first = shown.length > IN ? `${shown.slice(0, IN - 1).join('')}…` : shown.join('');
  return `${first}${more > 0 ? ` +${number(more)}` : ''}`;
};
