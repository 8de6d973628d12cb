// Tables that stand whole in the file: their headings become buttons that sort the rows. Nothing is laid out anew.

import { h } from '../element.js';
import { domOf } from './dom.js';

export const sortTables = (): void => {
  for (const table of document.querySelectorAll('table.sortable')) {
    if (table instanceof HTMLTableElement) sortable(table);
  }
};

const sortable = (table: HTMLTableElement): void => {
  const heads = [...table.querySelectorAll('thead th')];
  for (const [index, head] of heads.entries()) {
    const button = domOf(h('button', { type: 'button' }, head.textContent ?? ''));
    head.replaceChildren(button);
    button.addEventListener('click', () => {
      const numbers = head.classList.contains('number');
      // Of numbers the largest are wanted, of names the first.
      const before = head.getAttribute('aria-sort');
      const descending = before === null ? numbers : before === 'ascending';
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
      sort(table, index, { numbers, descending });
    });
  }
};

interface Order {
  readonly numbers: boolean;
  readonly descending: boolean;
}

const sort = (table: HTMLTableElement, index: number, { numbers, descending }: Order): void => {
  const [body] = table.tBodies;
  if (body === undefined) return;
  const keyed = [...body.rows].map((row) => {
    const text = row.cells[index]?.textContent ?? '';
    return { row, key: numbers ? Number(text.replaceAll(',', '')) : text.toLowerCase() };
  });
  // An empty cell stands last, whichever way the rest is turned.
  keyed.sort((a, b) => {
    if (a.key === '' || b.key === '') return a.key === b.key ? 0 : a.key === '' ? 1 : -1;
    const order = a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
    return descending ? -order : order;
  });
  body.append(...keyed.map(({ row }) => row));
};
