// Which findings are shown, and in which order.

import type { Severity, VerdictState } from '../../../findings/model.js';
import type { FindingView } from '../finding-view.js';
import type { Column } from '../words/words.js';

export interface Filters {
  readonly text: string;
  readonly severity: Severity | '';
  readonly state: VerdictState | '';
  readonly rank: 'root' | 'administrator' | 'none' | '';
  readonly target: string;
}

export const NO_FILTERS: Filters = { text: '', severity: '', state: '', rank: '', target: '' };

export interface Order {
  readonly column: Column;
  readonly descending: boolean;
}

/** As the file has them. */
export const WORST_FIRST: Order = { column: 'severity', descending: true };

export const choose = (
  views: readonly FindingView[],
  filters: Filters,
  { column, descending }: Order,
): readonly FindingView[] => {
  const chosen = views.filter(matcher(filters));
  if (column === 'severity') return descending ? chosen : chosen.reverse();
  const keyed = chosen.map((view) => ({ view, key: KEYS[column](view) }));
  // What is not known stands last, whichever way the rest is turned.
  keyed.sort((a, b) => {
    if (a.key === '' || b.key === '') return a.key === b.key ? 0 : a.key === '' ? 1 : -1;
    const order = a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
    return descending ? -order : order;
  });
  return keyed.map(({ view }) => view);
};

const STATES: Readonly<Record<VerdictState, number>> = {
  live: 0,
  restricted: 1,
  unknown: 2,
  unchecked: 3,
  'wrong-secret': 4,
  disabled: 5,
  deleted: 6,
  expired: 7,
  'not-found': 8,
};

const KEYS: Readonly<Record<Exclude<Column, 'severity'>, (view: FindingView) => string>> = {
  key: ({ id }) => id ?? '',
  state: ({ state, tone, rank }) => `${tone === 'worst' ? (rank === 'root' ? 0 : 1) : 2}${STATES[state]}`,
  where: ({ target, where }) => `${target}\0${where}`,
  since: ({ since }) => since,
  used: ({ used }) => (used === 'never' ? '' : used),
};

const matcher = ({ text, severity, state, rank, target }: Filters): ((view: FindingView) => boolean) => {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return (view) =>
    (severity === '' || view.severity === severity) &&
    (state === '' || view.state === state) &&
    (rank === '' || (view.rank ?? 'none') === rank) &&
    (target === '' || view.target === target) &&
    (words.length === 0 || words.every((word) => textOf(view).includes(word)));
};

const texts = new WeakMap<FindingView, string>();

/** All that can be searched for, put together when it is first needed. */
const textOf = (view: FindingView): string => {
  const known = texts.get(view);
  if (known !== undefined) return known;
  const { id, who, target, where, author, fingerprint, places, powers, policies, activity, next, meaning } = view;
  const parts = [
    ...[id ?? '', who, target, where, author, fingerprint, next, meaning],
    ...[...powers, ...policies, ...activity],
    ...places.flatMap(({ title, said }) => [title, ...said]),
  ];
  const text = parts.join('\n').toLowerCase();
  texts.set(view, text);
  return text;
};
