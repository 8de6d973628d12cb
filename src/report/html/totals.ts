// The report counted: for the headline and for the pictures.

import { isLive, isRoot } from '../../findings/judged.js';
import type { Finding, VerdictState } from '../../findings/model.js';
import type { Reach } from '../reach.js';
import { TONES, type Tone } from './finding-view.js';
import { originOf, toneOf } from './view.js';
import type { Totals } from './words/words.js';

/** One bar or column: how many of each tone, in the order of TONES. */
export interface Counted {
  readonly label: string;
  readonly tones: Readonly<Record<Tone, number>>;
}

export const totalsOf = (findings: readonly Finding[], reach: Reach): Totals => {
  const { worst, live, open, off } = tonesOf(findings);
  const root = findings.filter((finding) => isLive(finding) && isRoot(finding)).length;
  return {
    found: findings.length,
    live: worst + live,
    root,
    administrators: worst - root,
    open,
    off,
    reach,
    asked: findings.some(({ verdict }) => verdict.state !== 'unchecked'),
  };
};

export const tonesOf = (findings: readonly Finding[]): Readonly<Record<Tone, number>> => {
  const tones = { worst: 0, live: 0, open: 0, off: 0 };
  for (const finding of findings) tones[toneOf(finding)] += 1;
  return tones;
};

export const allOf = ({ tones }: Counted): number => TONES.reduce((sum, tone) => sum + tones[tone], 0);

export type StateRow = VerdictState | 'live-root' | 'live-administrator';

const STATES: readonly StateRow[] = [
  'live-root',
  'live-administrator',
  'live',
  'restricted',
  'unknown',
  'unchecked',
  'wrong-secret',
  'disabled',
  'deleted',
  'expired',
  'not-found',
];

/** In a fixed order, without those that nothing is in. */
export const byState = (findings: readonly Finding[]): readonly (Counted & { readonly state: StateRow })[] => {
  const groups = grouped(findings, (finding) => {
    if (toneOf(finding) === 'worst') return isRoot(finding) ? 'live-root' : 'live-administrator';
    return finding.verdict.state;
  });
  return STATES.flatMap((state) => {
    const group = groups.get(state);
    return group === undefined ? [] : [{ state, label: state, tones: tonesOf(group) }];
  });
};

/** Most live ones first, then most of all; what is beyond the first few is one bar. */
export const byPlace = (
  findings: readonly Finding[],
  placeOf: (finding: Finding) => string,
  most: number,
): { readonly bars: readonly Counted[]; readonly others: (Counted & { readonly count: number }) | null } => {
  const groups = [...grouped(findings, placeOf)].map(([label, group]) => ({ label, tones: tonesOf(group), group }));
  const sorted = groups.sort((a, b) => liveIn(b) - liveIn(a) || allOf(b) - allOf(a) || (a.label < b.label ? -1 : 1));
  const rest = sorted.slice(most);
  return {
    bars: sorted.slice(0, most),
    others:
      rest.length === 0 ? null : { label: '', count: rest.length, tones: tonesOf(rest.flatMap(({ group }) => group)) },
  };
};

export const liveIn = ({ tones }: Counted): number => tones.worst + tones.live;

/** The first folder of the path; empty at the top and where there is no path. */
export const folderOf = ({ occurrences }: Finding): string => {
  const path = occurrences[0]?.path ?? '';
  const at = path.indexOf('/');
  return at < 1 ? '' : path.slice(0, at);
};

/** Columns of the picture; what is older is one more. */
const PERIODS = 12;

export interface Ages {
  readonly columns: readonly Counted[];
  /** The first column holds all that came before, too. */
  readonly folded: boolean;
  readonly undated: number;
}

/** By the month while all of it got out within a year, by the year otherwise. Dates from after `now` are none. */
export const byAge = (findings: readonly Finding[], now: Date): Ages => {
  const today = now.toISOString().slice(0, 10);
  const dated = findings.flatMap((finding) => {
    const { since } = originOf(finding);
    return /^\d{4}-/.test(since) && since <= today ? [{ finding, since }] : [];
  });
  const undated = findings.length - dated.length;
  if (dated.length === 0) return { columns: [], folded: false, undated };
  const oldest = dated.reduce((least, { since }) => (since < least ? since : least), today);
  const byMonth = monthsBetween(oldest, today) < PERIODS;
  const periods = byMonth ? lastMonths(today) : lastYears(today);
  const length = byMonth ? 7 : 4;
  const kept = periods.slice(Math.max(0, periods.indexOf(oldest.slice(0, length))));
  const first = kept[0] ?? '';
  const groups = grouped(dated, ({ since }) => (since.slice(0, length) < first ? first : since.slice(0, length)));
  return {
    columns: kept.map((label) => ({ label, tones: tonesOf((groups.get(label) ?? []).map(({ finding }) => finding)) })),
    folded: oldest.slice(0, length) < first,
    undated,
  };
};

const monthsBetween = (from: string, to: string): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));

const lastMonths = (today: string): readonly string[] =>
  Array.from({ length: PERIODS }, (_, index) => {
    const month = new Date(Date.UTC(Number(today.slice(0, 4)), Number(today.slice(5, 7)) - PERIODS + index, 1));
    return month.toISOString().slice(0, 7);
  });

const lastYears = (today: string): readonly string[] =>
  Array.from({ length: PERIODS }, (_, index) => String(Number(today.slice(0, 4)) - PERIODS + 1 + index));

const grouped = <Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> => {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
};
