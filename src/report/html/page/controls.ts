// The filters: one field and a few lists, each labelled. Without the script there are none, since they would do nothing.

import { type Child, h } from '../element.js';
import type { FindingView } from '../finding-view.js';
import type { Words } from '../words/words.js';
import { type Filters, NO_FILTERS } from './choose.js';
import { domOf } from './dom.js';

/** Between the last key pressed and the search, in milliseconds. */
const PAUSE = 120;

type Choice = readonly [value: string, label: string];

export const createControls = (
  views: readonly FindingView[],
  words: Words,
  onChange: (filters: Filters) => void,
): HTMLElement => {
  const { filters } = words;
  const present = <Key extends string>(
    keyOf: (view: FindingView) => Key,
    labels: Readonly<Record<Key, string>>,
  ): readonly Choice[] => {
    const there = new Set(views.map(keyOf));
    return (Object.keys(labels) as Key[]).filter((key) => there.has(key)).map((key) => [key, labels[key]]);
  };
  const targets = [...new Set(views.map(({ target }) => target))].sort();
  const form = domOf(
    h(
      'form',
      { class: 'filters', role: 'search', 'aria-label': filters.heading },
      labelled(
        'text',
        filters.search,
        h('input', { id: 'filter-text', name: 'text', type: 'search', autocomplete: 'off' }),
      ),
      list(
        'severity',
        filters.severity,
        present(({ severity }) => severity, words.severities),
        words,
      ),
      list(
        'state',
        filters.state,
        present(({ state }) => state, words.states),
        words,
      ),
      list(
        'rank',
        filters.rank,
        present(({ rank }) => rank ?? 'none', { ...words.ranks, none: filters.noRank }),
        words,
      ),
      list(
        'target',
        filters.target,
        targets.map((target) => [target, target]),
        words,
      ),
      h('button', { type: 'reset' }, filters.clear),
    ),
  );
  if (!(form instanceof HTMLFormElement)) throw new TypeError('not a form');
  let waiting = 0;
  const tell = (): void => {
    const typed = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    onChange({ ...NO_FILTERS, ...typed });
  };
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(tell, PAUSE);
  });
  // The fields are empty only after this event.
  form.addEventListener('reset', () => window.setTimeout(tell));
  return form;
};

const labelled = (name: string, label: string, field: Child): Child =>
  h('div', { class: name }, h('label', { for: `filter-${name}` }, label), field);

/** Where there is nothing to choose there is no list. */
const list = (name: string, label: string, choices: readonly Choice[], words: Words): Child =>
  choices.length < 2
    ? null
    : labelled(
        name,
        label,
        h(
          'select',
          { id: `filter-${name}`, name },
          h('option', { value: '' }, words.filters.any),
          ...choices.map(([value, text]) => h('option', { value }, text)),
        ),
      );
