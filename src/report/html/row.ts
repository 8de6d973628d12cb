// One finding in the table: a line to compare it by, and under it the next step, which opens to all that is known.

import { type Child, type Element, h } from './element.js';
import type { FindingView, Titled } from './finding-view.js';
import { langOf, moment, path, said } from './shown.js';
import type { Words } from './words/words.js';

export const COLUMNS = ['severity', 'key', 'state', 'where', 'since', 'used'] as const;

/** A group of rows of its own for each finding, since the two belong together. */
export const rowsOf = (view: FindingView, words: Words): Element =>
  h(
    'tbody',
    { role: 'rowgroup', class: `finding ${view.tone}` },
    h(
      'tr',
      { role: 'row' },
      cell('severity', h('span', { class: `severity ${view.severity}` }, words.severities[view.severity])),
      cell('key', h('code', { translate: 'no' }, view.id ?? words.noId), h('small', {}, words.kinds[view.kind])),
      cell('state', h('strong', {}, stateOf(view, words)), ...small(view.who, words)),
      cell('where', path(view.where, words.lang), ...small(targetOf(view), words)),
      labelledCell('since', words, view.since === '' ? missing(words) : time(view.since), ...small(view.author, words)),
      labelledCell('used', words, usedOf(view, words), ...small(view.usedWith, words)),
    ),
    h(
      'tr',
      { role: 'row', class: 'more' },
      h(
        'td',
        { role: 'cell', colspan: COLUMNS.length },
        h(
          'details',
          {},
          h('summary', {}, h('span', { class: 'next' }, words.next), said(view.next, words.lang)),
          h('dl', { class: 'facts' }, ...facts(view, words)),
        ),
      ),
    ),
  );

const cell = (name: string, ...children: readonly Child[]): Element =>
  h('td', { role: 'cell', class: name }, ...children);

/** Narrow pages have no headings over them. */
const labelledCell = (name: 'since' | 'used', words: Words, ...children: readonly Child[]): Element =>
  h('td', { role: 'cell', class: name, 'data-label': words.columns[name] }, ...children);

const small = (text: string, words: Words): readonly Child[] =>
  text === '' ? [] : [h('small', {}, said(text, words.lang))];

const missing = (words: Words): Element => h('span', { class: 'missing' }, words.notKnown);

const time = (iso: string): Element => h('time', {}, moment(iso).slice(0, 10));

const stateOf = ({ state, rank, tone, disputed }: FindingView, words: Words): string => {
  const parts = [
    words.states[state],
    ...(rank !== null && tone === 'worst' ? [words.ranks[rank]] : []),
    ...(disputed ? [words.disputed] : []),
  ];
  return parts.join(words.comma);
};

/** Only what the path does not begin with already. */
const targetOf = ({ target, where }: FindingView): string => (target === '.' || where.startsWith(target) ? '' : target);

const usedOf = ({ used }: FindingView, words: Words): Child => {
  if (used === '') return missing(words);
  return used === 'never' ? words.neverUsed : time(used);
};

const facts = (view: FindingView, words: Words): readonly Child[] => [
  ...fact(
    words.secret,
    view.secrets.map((secret) => h('code', { translate: 'no', class: 'secret' }, secret)),
  ),
  ...fact(words.meaning, view.meaning === '' ? [] : [said(view.meaning, words.lang)]),
  ...fact(words.places, [
    ...view.places.map((place) => placed(place, words)),
    ...(view.morePlaces > 0 ? [words.morePlaces(view.morePlaces)] : []),
    ...view.marks,
  ]),
  ...view.ways.flatMap(({ title, said: lines }) =>
    fact(
      title,
      lines.map((line) => said(line, words.lang)),
    ),
  ),
  ...fact(words.powersLabel, texts(view.powers, words)),
  ...fact(words.policies, texts(view.policies, words)),
  ...fact(words.lastUse, view.used === '' || view.used === 'never' ? [] : [lastUse(view)]),
  ...fact(words.activity, texts(view.activity, words)),
  ...fact(words.fingerprint, [h('code', { translate: 'no' }, view.fingerprint)]),
];

const texts = (lines: readonly string[], words: Words): readonly Child[] => lines.map((line) => said(line, words.lang));

const lastUse = ({ used, usedWith }: FindingView): string =>
  `${moment(used)}${usedWith === '' ? '' : ` (${usedWith})`}`;

/** A line with what is known of it beneath. */
const placed = ({ title, said: lines }: Titled, words: Words): Element =>
  h(
    'span',
    {},
    path(title, words.lang),
    lines.length === 0 ? null : h('small', langAttribute(lines.join(' '), words), lines.join(' · ')),
  );

const langAttribute = (text: string, words: Words): { readonly lang?: string } => {
  const lang = langOf(text, words.lang);
  return lang === null ? {} : { lang };
};

const fact = (label: string, lines: readonly Child[]): readonly Child[] =>
  lines.length === 0
    ? []
    : [h('div', {}, h('dt', {}, label), h('dd', {}, h('ul', {}, ...lines.map((line) => h('li', {}, line)))))];
