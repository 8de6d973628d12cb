// The whole at a glance: three pictures, drawn as plain SVG. Each says in text what it shows, so that it is read aloud as it
// is seen: bars are rows of a table, columns have their numbers on top.

import { amount } from '../../amount.js';
import type { Finding } from '../../findings/model.js';
import { type Child, type Element, h } from './element.js';
import { TONES, type Tone } from './finding-view.js';
import { narrow, said } from './shown.js';
import { type Ages, allOf, byAge, byPlace, byState, type Counted, folderOf, liveIn, type StateRow } from './totals.js';
import type { Words } from './words/words.js';

/** Bars for repositories; the rest is one more. */
const PLACES = 8;

export const picturesOf = (findings: readonly Finding[], now: Date, words: Words): Element =>
  h(
    'section',
    { class: 'pictures', 'aria-labelledby': 'whole' },
    h('h2', { id: 'whole' }, words.pictures.heading),
    h(
      'div',
      { class: 'plates' },
      plate(words.pictures.byState, 'by-state', bars(states(findings, words), 'by-state')),
      places(findings, words),
      plate(words.pictures.byAge, 'by-age', ...ages(byAge(findings, now), words)),
    ),
    legend(findings, words),
  );

export const plate = (title: string, id: string, ...children: readonly Child[]): Element =>
  h('section', { class: 'plate', 'aria-labelledby': id }, h('h3', { id }, title), ...children);

interface Bar extends Counted {
  readonly title: Child;
}

const states = (findings: readonly Finding[], words: Words): readonly Bar[] =>
  byState(findings).map((counted) => ({ ...counted, title: stateName(counted.state, words) }));

const stateName = (state: StateRow, words: Words): string => {
  if (state === 'live-root') return words.liveRoot;
  return state === 'live-administrator' ? words.liveAdministrator : words.states[state];
};

/** One repository is no picture: then its folders are. */
const places = (findings: readonly Finding[], words: Words): Element => {
  const several = findings.some(({ target }) => target !== findings[0]?.target);
  const { bars: named, others } = byPlace(findings, several ? ({ target }) => target : folderOf, PLACES);
  const rows: readonly Bar[] = [
    ...named.map((bar) => ({
      ...bar,
      title: bar.label === '' ? words.pictures.topFolder : said(narrow(bar.label), words.lang),
    })),
    ...(others === null ? [] : [{ ...others, title: words.pictures.others(others.count) }]),
  ];
  return plate(several ? words.pictures.byTarget : words.pictures.byFolder, 'by-place', bars(rows, 'by-place'));
};

/** The longest bar takes all of the width. */
export const bars = (rows: readonly Bar[], id: string): Element => {
  const most = Math.max(1, ...rows.map(allOf));
  return h(
    'table',
    { class: 'bars', 'aria-labelledby': id },
    h(
      'tbody',
      {},
      ...rows.map((row) =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, row.title),
          h(
            'td',
            { class: 'bar', 'aria-hidden': 'true' },
            h('svg', { width: '100%', height: 12 }, ...parts(row, most)),
          ),
          h('td', { class: 'number' }, amount(allOf(row))),
        ),
      ),
    ),
  );
};

/** A bar that is there is seen, however long the longest is. */
const LEAST = 0.8;

const parts = (row: Counted, most: number): readonly Element[] => {
  const elements: Element[] = [];
  let x = 0;
  for (const tone of TONES) {
    if (row.tones[tone] === 0) continue;
    const width = Math.max(LEAST, (row.tones[tone] / most) * 100);
    elements.push(h('rect', { class: tone, x: percent(x), y: 0, width: percent(width), height: 12 }));
    x += width;
  }
  return elements;
};

const percent = (value: number): string => `${value.toFixed(2)}%`;

const [WIDTH, HEIGHT, TOP, FOOT] = [360, 190, 18, 22];

const ages = ({ columns, folded, undated }: Ages, words: Words): readonly Child[] => {
  if (columns.length === 0) return [h('p', { class: 'missing' }, words.pictures.noDates)];
  const most = Math.max(...columns.map(allOf));
  const step = WIDTH / Math.max(6, columns.length);
  const named = columns.map((column, index) => ({
    ...column,
    label: index === 0 && folded ? words.pictures.before(column.label) : column.label,
  }));
  const told = named.filter((column) => allOf(column) > 0);
  return [
    h(
      'svg',
      {
        class: 'columns',
        viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
        role: 'img',
        'aria-label': told.map((each) => words.pictures.column(each.label, allOf(each), liveIn(each))).join('; '),
      },
      h('line', { x1: 0, x2: WIDTH, y1: HEIGHT - FOOT + 0.5, y2: HEIGHT - FOOT + 0.5 }),
      ...columns.flatMap((column, index) => columnOf(column, { x: index * step, step, most, index, folded })),
    ),
    ...(undated > 0 ? [h('p', { class: 'missing' }, words.pictures.undated(undated))] : []),
  ];
};

interface Slot {
  readonly x: number;
  readonly step: number;
  readonly most: number;
  readonly index: number;
  readonly folded: boolean;
}

const columnOf = (column: Counted, { x, step, most, index, folded }: Slot): readonly Element[] => {
  const room = HEIGHT - TOP - FOOT;
  const middle = x + step / 2;
  const elements: Element[] = [];
  let y = HEIGHT - FOOT;
  // The worst stand at the foot, where they can be compared.
  for (const tone of TONES) {
    if (column.tones[tone] === 0) continue;
    const height = Math.max(1, (column.tones[tone] / most) * room);
    y -= height;
    elements.push(
      h('rect', {
        class: tone,
        x: (x + step * 0.14).toFixed(1),
        y: y.toFixed(1),
        width: (step * 0.72).toFixed(1),
        height: height.toFixed(1),
      }),
    );
  }
  const all = allOf(column);
  const label = column.label.length === 4 ? column.label : column.label.slice(2).replace('-', '/');
  return [
    ...elements,
    ...(all === 0 ? [] : [text(middle, y - 5, amount(all), 'count')]),
    text(
      middle,
      HEIGHT - 6,
      index === 0 && folded ? `≤${label.slice(-2)}` : label.length === 4 ? `’${label.slice(2)}` : label,
      'period',
    ),
  ];
};

const text = (x: number, y: number, content: string, name: string): Element =>
  h('text', { x: x.toFixed(1), y: y.toFixed(1), 'text-anchor': 'middle', class: name }, content);

const legend = (findings: readonly Finding[], words: Words): Element => {
  const used = new Set<Tone>(byState(findings).flatMap(({ tones }) => TONES.filter((tone) => tones[tone] > 0)));
  return h(
    'ul',
    { class: 'legend' },
    ...TONES.filter((tone) => used.has(tone)).map((tone) =>
      h(
        'li',
        {},
        h('svg', { width: 12, height: 12, 'aria-hidden': 'true' }, h('rect', { class: tone, width: 12, height: 12 })),
        words.pictures.tones[tone],
      ),
    ),
  );
};
