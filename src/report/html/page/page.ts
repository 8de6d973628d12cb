// What runs in the page: sorts and filters the findings, and lays out those that the file does not. Everything is built as
// elements and text; nothing is ever parsed as markup.

import { h } from '../element.js';
import type { FindingView } from '../finding-view.js';
import { COLUMNS, rowsOf } from '../row.js';
import { en } from '../words/en.js';
import type { Column, Words } from '../words/words.js';
import { zhCn } from '../words/zh-cn.js';
import { choose, type Filters, NO_FILTERS, type Order, WORST_FIRST } from './choose.js';
import { createControls } from './controls.js';
import { domOf } from './dom.js';
import { sortTables } from './sort.js';

/** Rows laid out at once. */
const BATCH = 250;

const start = (): void => {
  sortTables();
  const table = document.getElementById('table');
  const data = document.getElementById('data');
  const status = document.getElementById('status');
  if (!(table instanceof HTMLTableElement) || data === null || status === null) return;
  const words = document.documentElement.lang === 'zh-CN' ? zhCn : en;
  run(JSON.parse(data.textContent ?? '[]') as readonly FindingView[], { table, status, words });
};

interface Place {
  readonly table: HTMLTableElement;
  readonly status: Element;
  readonly words: Words;
}

const run = (views: readonly FindingView[], { table, status, words }: Place): void => {
  let filters: Filters = NO_FILTERS;
  let order: Order = WORST_FIRST;
  let chosen: readonly FindingView[] = views;
  let shown = table.tBodies.length;

  const more = domOf(h('button', { type: 'button', class: 'more' }));
  const none = domOf(h('p', { class: 'missing' }, words.nothingMatches));
  document.getElementById('more')?.append(none, more);

  const settle = (said: string): void => {
    const rest = chosen.length - shown;
    more.hidden = rest <= 0;
    more.textContent = words.showMore(Math.min(BATCH, rest));
    none.hidden = chosen.length > 0;
    status.textContent = [words.showing(shown, chosen.length, views.length), said].join(' ').trim();
  };
  const append = (): void => {
    const rows = chosen.slice(shown, shown + BATCH).map((view) => domOf(rowsOf(view, words)));
    table.append(...rows);
    shown += rows.length;
  };
  const refresh = (said: string): void => {
    chosen = choose(views, filters, order);
    for (const body of [...table.tBodies]) body.remove();
    shown = 0;
    append();
    settle(said);
  };

  more.addEventListener('click', () => {
    const from = shown;
    append();
    settle('');
    // Who came here by keyboard goes on reading where the new rows begin.
    table.tBodies[from]?.querySelector('summary')?.focus();
  });
  const controls = createControls(views, words, (next) => {
    filters = next;
    refresh('');
  });
  document.getElementById('controls')?.append(controls);
  sortable(table, words, (column) => {
    order = {
      column,
      descending: order.column === column ? !order.descending : column === 'severity' || column === 'used',
    };
    refresh(words.sortedBy(words.columns[column], order.descending));
    return order;
  });
  settle('');
};

/** Makes the headings buttons, and keeps `aria-sort` where the order is. */
const sortable = (table: HTMLTableElement, words: Words, onSort: (column: Column) => Order): void => {
  const heads = [...table.querySelectorAll('thead th')];
  const mark = (order: Order): void => {
    for (const [index, head] of heads.entries()) {
      if (COLUMNS[index] === order.column)
        head.setAttribute('aria-sort', order.descending ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
    }
  };
  for (const [index, head] of heads.entries()) {
    const column = COLUMNS[index];
    if (column === undefined) continue;
    const button = domOf(h('button', { type: 'button' }, words.columns[column]));
    button.addEventListener('click', () => mark(onSort(column)));
    head.replaceChildren(button);
  }
  mark(WORST_FIRST);
};

start();
