// The parts of the page around its table: what it says first, and what it says last.

import { amount } from '../../amount.js';
import { momentInWords } from '../../findings/facts.js';
import type { Report } from '../../findings/model.js';
import { MASK } from '../mask.js';
import { isNamedIn } from '../named-in.js';
import { fromHere } from '../places.js';
import { addressOf, skippedName } from '../whereabouts.js';
import { type Child, type Element, h } from './element.js';
import { COLUMNS } from './row.js';
import { moment, said, visible } from './shown.js';
import { timeIn } from './view.js';
import type { Totals, Words } from './words/words.js';

export const mastheadOf = ({ findings, summary }: Report, totals: Totals, now: Date, words: Words): Element => {
  const asked = findings.reduce((latest, { verdict }) => {
    const at = timeIn(verdict.checkedAt) ?? '';
    return at > latest ? at : latest;
  }, '');
  const times = [
    words.written(momentInWords(now.toISOString())),
    ...(asked === '' ? [] : [words.asOf(moment(asked))]),
  ].join(words.comma);
  return h(
    'header',
    {},
    h('p', { class: 'kicker' }, h('span', {}, words.kicker), h('span', {}, times)),
    h('h1', {}, words.headline(totals)),
    h('p', { class: 'lead' }, words.lead(totals)),
    ...warnings({ findings, summary }, words).map((text) => h('p', { class: 'warning' }, text)),
    figures(totals, words),
  );
};

const warnings = ({ findings, summary }: Omit<Report, 'skipped'>, words: Words): readonly string[] => [
  ...(summary.interrupted === true ? [words.interrupted] : []),
  ...(summary.skipped.fault > 0 ? [words.incomplete(summary.skipped.fault)] : []),
  ...(findings.some(({ secret }) => secret !== null && secret !== MASK) ? [words.holdsSecrets] : []),
];

/** What nobody was asked about is not counted as anything. */
const figures = ({ found, live, root, administrators, open, off, asked }: Totals, words: Words): Child => {
  if (!asked) return null;
  const { figures: names } = words;
  const each: readonly (readonly [string, number, string])[] = [
    [names.live, live, live > 0 ? 'live' : 'none'],
    [names.root, root, root > 0 ? 'worst' : 'none'],
    [names.administrators, administrators, administrators > 0 ? 'worst' : 'none'],
    [names.open, open, open > 0 ? 'open' : 'none'],
    [names.off, off, 'off'],
    [names.found, found, 'all'],
  ];
  return h(
    'dl',
    { class: 'figures' },
    ...each.map(([label, count, name]) => h('div', { class: name }, h('dt', {}, label), h('dd', {}, amount(count)))),
  );
};

export const tableHead = (words: Words): Element =>
  h(
    'thead',
    { role: 'rowgroup' },
    h(
      'tr',
      { role: 'row' },
      ...COLUMNS.map((name) => h('th', { role: 'columnheader', scope: 'col', class: name }, words.columns[name])),
    ),
  );

const isObject = (what: string): boolean => /^[0-9a-f]{40,64}$/.test(what);

/** Things of one list that are named. */
const LISTED = 100;

export const closingOf = ({ findings, skipped, summary }: Report, seconds: number, words: Words): Element => {
  const faults = skipped.filter(({ because }) => because === 'fault');
  const hidden = words.suppressed(summary);
  return h(
    'section',
    { class: 'closing', 'aria-labelledby': 'closing' },
    h('h2', { id: 'closing' }, words.closing),
    h('p', {}, words.read(summary, seconds), hidden === null ? null : ` ${hidden}`),
    ...list(
      faults.map((fault) => {
        const { target, what, reason } = fault;
        // An address and what is within it are no path.
        const isApart = what === null || addressOf(target) !== null || isObject(what);
        const name = isApart ? skippedName(fault, 'repository') : fromHere(target, what);
        return visible(isNamedIn(reason, name) ? reason : `${name}: ${reason}`);
      }),
      words.skipped(summary.skipped.fault),
      words,
    ),
    ...list(summary.notes.map(visible), words.notes, words),
    ...(findings.length === 0 ? [] : [glossary(words)]),
    ...(findings.some(({ secret }) => secret === MASK) ? [h('p', {}, words.masked)] : []),
  );
};

const list = (lines: readonly string[], title: string, words: Words): readonly Child[] =>
  lines.length === 0
    ? []
    : [
        h('h3', {}, title),
        h(
          'ul',
          {},
          ...lines.slice(0, LISTED).map((line) => h('li', {}, said(line, words.lang))),
          lines.length > LISTED ? h('li', {}, words.andMore(lines.length - LISTED)) : null,
        ),
      ];

const glossary = (words: Words): Element =>
  h(
    'details',
    { class: 'glossary' },
    h('summary', {}, words.glossary),
    h(
      'dl',
      { class: 'facts' },
      ...words.terms.map(([term, meaning]) => h('div', {}, h('dt', {}, term), h('dd', {}, meaning))),
    ),
  );
