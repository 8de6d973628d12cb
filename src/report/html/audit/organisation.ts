// The organisation at a glance: what an audit's page shows before its findings.

import { amount } from '../../../amount.js';
import { TRENDS } from '../../../findings/audit.js';
import { dayInWords } from '../../../findings/facts.js';
import type { Finding, Report, Severity } from '../../../findings/model.js';
import { AGES, ageOf } from '../../audit/exposure.js';
import type { OwnerRow } from '../../audit/owners.js';
import { shortName } from '../../audit/table.js';
import type { Tally } from '../../audit/tally.js';
import { type AuditViews, auditViews, type TrendView } from '../../audit/views.js';
import type { WriteOptions } from '../../types.js';
import { type Child, type Element, h } from '../element.js';
import { bars, plate } from '../pictures.js';
import { narrow, path, said, visible } from '../shown.js';
import { tonesOf } from '../totals.js';
import type { Words } from '../words/words.js';
import { auditEn } from './en.js';
import { type SideColumn, sideOf } from './side.js';
import type { AuditWords } from './words.js';
import { auditZhCn } from './zh-cn.js';

const WORDS: Readonly<Record<Words['lang'], AuditWords>> = { en: auditEn, 'zh-CN': auditZhCn };

interface Place {
  readonly views: AuditViews;
  readonly words: Words;
  readonly own: AuditWords;
}

/** Null for what is no audit's report. */
export const organisationOf = (
  { findings, summary }: Report,
  { lastRun = null }: Pick<WriteOptions, 'lastRun'>,
  now: Date,
  words: Words,
): Child => {
  const { audit } = summary;
  if (audit === undefined) return null;
  const views = auditViews({ findings, summary }, audit, now);
  const at: Place = { views, words, own: WORDS[words.lang] };
  return h(
    'section',
    { class: 'organisation', 'aria-labelledby': 'organisation' },
    h('h2', { id: 'organisation' }, at.own.heading),
    glanceOf(at),
    ...(views.trend === null ? [] : changesOf(views.trend, lastRun, at)),
    repositoriesOf(at),
    findings.length === 0 ? null : h('div', { class: 'plates pair' }, agesOf(at), accountsOf(at)),
    ownersOf(at),
    peopleOf(at),
    ...(views.trend === null ? [] : [changedOf(views.trend, at)]),
    notReadOf(audit.notReadLeftOut ?? 0, at),
  );
};

type Figure = readonly [label: string, value: string, tone: string];

const figuresOf = (figures: readonly Figure[]): Element =>
  h(
    'dl',
    { class: 'figures' },
    ...figures.map(([label, value, tone]) => h('div', { class: tone }, h('dt', {}, label), h('dd', {}, value))),
  );

const glanceOf = ({ views: { glance }, own: { figures, span } }: Place): Element => {
  const { total, holding, notRead, oldestLive, usedSince } = glance;
  return figuresOf([
    [figures.repositories, amount(total), 'all'],
    [figures.holding, amount(holding), holding > 0 ? 'all' : 'none'],
    [figures.notRead, amount(notRead), notRead > 0 ? 'open' : 'none'],
    ...(oldestLive === null ? [] : [[figures.oldest, span(oldestLive.age ?? 0), 'live'] as const]),
    ...(usedSince === 0 ? [] : [[figures.used, amount(usedSince), 'live'] as const]),
  ]);
};

const changesOf = ({ counts, newLive }: TrendView, lastRun: string | null, { own }: Place): readonly Child[] => {
  const each = TRENDS.map(
    (trend): Figure => [own.trends[trend], amount(counts[trend]), counts[trend] > 0 ? 'all' : 'none'],
  );
  const live: Figure = [own.newLive, amount(newLive), newLive > 0 ? 'worst' : 'none'];
  return [
    h('h3', { class: 'since' }, own.since(lastRun === null ? null : visible(dayInWords(lastRun)))),
    figuresOf([...each.slice(0, 1), live, ...each.slice(1)]),
  ];
};

const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

const counted = ({ words, own }: Place): readonly SideColumn<Tally>[] => [
  { head: own.columns.live, kind: 'number', cell: ({ live }) => live },
  { head: own.columns.root, kind: 'number', cell: ({ root }) => root },
  ...SEVERITIES.map(
    (severity): SideColumn<Tally> => ({
      head: words.severities[severity],
      kind: 'number',
      cell: ({ bySeverity }) => bySeverity[severity],
    }),
  ),
];

const repositoriesOf = (at: Place): Child =>
  sideOf(
    {
      id: 'side-repository',
      title: at.own.byRepository,
      columns: [
        {
          head: at.own.columns.repository,
          kind: 'text',
          cell: ({ name }) => path(visible(shortName(name)), at.words.lang),
        },
        ...counted(at),
      ],
      rows: at.views.repositories,
    },
    at.words,
  );

const accountsOf = (at: Place): Child =>
  sideOf(
    {
      id: 'side-account',
      title: at.own.byAccount,
      columns: [
        {
          head: at.own.columns.account,
          kind: 'text',
          cell: ({ account }) => (account === null ? missing(at) : identifier(account)),
        },
        { head: at.own.columns.keys, kind: 'number', cell: ({ findings }) => findings },
        { head: at.own.columns.live, kind: 'number', cell: ({ live }) => live },
        { head: at.own.columns.root, kind: 'number', cell: ({ root }) => root },
        { head: at.own.columns.owners, kind: 'number', cell: ({ owners }) => owners },
        { head: at.own.columns.repositories, kind: 'number', cell: ({ repositories }) => repositories },
      ],
      rows: at.views.accounts,
    },
    at.words,
  );

const identifier = (text: string): Element => h('code', { class: 'id', translate: 'no' }, narrow(text));

const missing = ({ words }: Place): Element => h('span', { class: 'missing' }, words.notKnown);

const agesOf = ({ views, own }: Place): Element => {
  const groups = new Map<string, Finding[]>(AGES.map((age) => [age, []]));
  for (const exposure of views.exposures) groups.get(ageOf(exposure))?.push(exposure.finding);
  const rows = AGES.map((age) => ({
    label: own.ages[age],
    title: own.ages[age],
    tones: tonesOf(groups.get(age) ?? []),
  }));
  return plate(own.byAge, 'side-age', bars(rows, 'side-age'));
};

const ownersOf = (at: Place): Child =>
  sideOf(
    {
      id: 'side-owner',
      title: at.own.byOwner,
      columns: [
        { head: at.own.columns.owner, kind: 'text', cell: (row) => ownerOf(row, at) },
        {
          head: at.own.columns.account,
          kind: 'text',
          cell: ({ account }) => (account === null ? missing(at) : identifier(account)),
        },
        { head: at.own.columns.live, kind: 'number', cell: ({ live }) => live },
        { head: at.own.columns.keys, kind: 'number', cell: ({ findings }) => findings },
        { head: at.own.columns.repositories, kind: 'number', cell: ({ repositories }) => repositories },
        {
          head: at.own.columns.used,
          kind: 'text',
          cell: ({ lastUsed }) => (lastUsed === null ? '' : visible(dayInWords(lastUsed))),
        },
        {
          head: at.own.columns.power,
          kind: 'text',
          cell: ({ power }) => (power === null ? '' : at.words.powers(power)),
        },
      ],
      rows: at.views.owners,
    },
    at.words,
  );

const ownerOf = ({ principal, name }: OwnerRow, at: Place): Child => {
  if (principal === null) return missing(at);
  const who = at.words.who({ state: 'unchecked', how: null, principal, ...(name === null ? {} : { user: name }) });
  return said(narrow(who), at.words.lang);
};

/** Repositories and users that are named in a cell; the rest is a number. */
const NAMED = 4;

const listed = (names: readonly string[], { words }: Place): Element =>
  h(
    'ul',
    {},
    ...names.slice(0, NAMED).map((name) => h('li', {}, path(narrow(shortName(name)), words.lang))),
    names.length > NAMED ? h('li', { class: 'missing' }, words.andMore(names.length - NAMED)) : null,
  );

const peopleOf = (at: Place): Child =>
  sideOf(
    {
      id: 'side-people',
      title: at.own.people,
      columns: [
        { head: at.own.columns.author, kind: 'text', cell: ({ author }) => said(narrow(author), at.words.lang) },
        { head: at.own.columns.live, kind: 'number', cell: ({ live }) => live },
        { head: at.own.columns.open, kind: 'number', cell: ({ open }) => open },
        { head: at.own.columns.repository, kind: 'text', cell: ({ repositories }) => listed(repositories, at) },
        {
          head: at.own.columns.owners,
          kind: 'text',
          cell: ({ owners }) => (owners.length === 0 ? '' : listed(owners, at)),
        },
      ],
      rows: at.views.people,
      note: at.own.peopleNote,
    },
    at.words,
  );

const changedOf = ({ changed }: TrendView, at: Place): Child =>
  sideOf(
    {
      id: 'side-changed',
      title: at.own.changed,
      columns: [
        {
          head: at.own.columns.key,
          kind: 'text',
          cell: ({ accessKeyId }) => (accessKeyId === null ? at.words.noId : identifier(accessKeyId)),
        },
        { head: at.own.columns.what, kind: 'text', cell: ({ trend }) => at.own.trends[trend] },
        {
          head: at.own.columns.now,
          kind: 'text',
          cell: ({ finding }) => (finding === null ? '' : at.words.states[finding.verdict.state]),
        },
        {
          head: at.own.columns.repository,
          kind: 'text',
          cell: ({ repository }) => (repository === null ? '' : path(visible(shortName(repository)), at.words.lang)),
        },
      ],
      rows: changed,
    },
    at.words,
  );

const notReadOf = (leftOut: number, at: Place): Child =>
  sideOf(
    {
      id: 'side-not-read',
      title: at.own.notRead,
      columns: [
        {
          head: at.own.columns.source,
          kind: 'text',
          cell: ({ name }) => path(visible(shortName(name)), at.words.lang),
        },
        { head: at.own.columns.state, kind: 'text', cell: ({ state }) => at.own.states[state] },
        {
          head: at.own.columns.why,
          kind: 'text',
          cell: ({ reason }) => (reason === null ? '' : said(visible(reason), at.words.lang)),
        },
      ],
      rows: at.views.notRead,
      leftOut,
    },
    at.words,
  );
