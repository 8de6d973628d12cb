// One side of an organisation as a table of the page: all rows stand in the file, in a box of their own that scrolls; the
// script of the page makes the headings sort.

import { amount } from '../../../amount.js';
import { type Child, type Element, h } from '../element.js';
import type { Words } from '../words/words.js';

/** A column; numbers stand on the right and sort from the largest. */
export interface SideColumn<Row> {
  readonly head: string;
  readonly kind: 'text' | 'number';
  readonly cell: (row: Row) => Child | number;
}

export interface Side<Row> {
  /** An id that the page has once. */
  readonly id: string;
  readonly title: string;
  readonly columns: readonly SideColumn<Row>[];
  readonly rows: readonly Row[];
  /** Rows that are in no list of the report. */
  readonly leftOut?: number;
  readonly note?: string;
}

/** More than are seen at once. */
const FEW = 12;

/** A page of more is slow to open; the others are in the json. */
const MOST = 2500;

/** Null where there is nothing to show. */
export const sideOf = <Row>({ id, title, columns, rows, leftOut = 0, note }: Side<Row>, words: Words): Child => {
  if (rows.length === 0) return null;
  const more = Math.max(0, rows.length - MOST) + leftOut;
  return h(
    'div',
    { class: 'side' },
    h('h3', { id }, rows.length > FEW ? `${title} (${amount(rows.length + leftOut)})` : title),
    h(
      'div',
      { class: 'roll', role: 'region', 'aria-labelledby': id, tabindex: 0 },
      h(
        'table',
        { class: 'sides sortable', 'aria-labelledby': id },
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            ...columns.map(({ head, kind }) => h('th', { scope: 'col', class: `${kind} head` }, begun(head))),
          ),
        ),
        h('tbody', {}, ...rows.slice(0, MOST).map((row) => rowOf(row, columns))),
      ),
    ),
    more > 0 ? h('p', { class: 'missing' }, words.andMore(more)) : null,
    note === undefined ? null : h('p', { class: 'missing' }, note),
  );
};

/** Headings begin like sentences. */
const begun = (head: string): string => `${head.slice(0, 1).toUpperCase()}${head.slice(1)}`;

/** The first cell says what the row is of. */
const rowOf = <Row>(row: Row, columns: readonly SideColumn<Row>[]): Element =>
  h(
    'tr',
    {},
    ...columns.map(({ kind, cell }, index) => {
      const content = cell(row);
      const shown = typeof content === 'number' ? amount(content) : content;
      const quiet = content === 0 ? ' none' : '';
      return index === 0 ? h('th', { scope: 'row', class: kind }, shown) : h('td', { class: `${kind}${quiet}` }, shown);
    }),
  );
