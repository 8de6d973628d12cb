import { describe, expect, it } from 'vitest';
import type { FindingView } from '../../../../src/report/html/finding-view.js';
import { choose, type Filters, NO_FILTERS, type Order, WORST_FIRST } from '../../../../src/report/html/page/choose.js';
import { viewOf } from '../../../../src/report/html/view.js';
import { en } from '../../../../src/report/html/words/en.js';
import { sampleReport } from '../../../support/html-sample.js';

const views = sampleReport(60).findings.map((finding) => viewOf(finding, en));
const chosen = (filters: Partial<Filters>, order: Order = WORST_FIRST): readonly FindingView[] =>
  choose(views, { ...NO_FILTERS, ...filters }, order);
const [first] = views;
if (first === undefined) throw new Error('no sample');

describe('filters', () => {
  it('leave all when nothing is asked', () => {
    expect(chosen({})).toEqual(views);
  });

  it('find each word anywhere in a finding, in any case', () => {
    const words = `${first.id?.slice(8).toLowerCase()} ${first.where.slice(0, 5).toUpperCase()}`;
    expect(chosen({ text: `  ${words} ` })).toEqual([first]);
    expect(chosen({ text: `${words} nowhere` })).toEqual([]);
  });

  it('narrow one another', () => {
    const both = chosen({ severity: 'low', state: 'deleted' });
    expect(both).toEqual(views.filter(({ severity, state }) => severity === 'low' && state === 'deleted'));
    expect(both.length).toBeGreaterThan(0);
    expect(chosen({ severity: 'critical', state: 'deleted' })).toEqual([]);
  });

  it('know whose it is, and whose it is not', () => {
    expect(chosen({ rank: 'root' })).toEqual(views.filter(({ rank }) => rank === 'root'));
    expect(chosen({ rank: 'none' })).toEqual(views.filter(({ rank }) => rank === null));
    expect(
      chosen({ rank: 'none' }).length + chosen({ rank: 'root' }).length + chosen({ rank: 'administrator' }).length,
    ).toBe(60);
  });

  it('take a repository by its whole name', () => {
    expect(chosen({ target: first.target }).every(({ target }) => target === first.target)).toBe(true);
    expect(chosen({ target: first.target.slice(0, -1) })).toEqual([]);
  });
});

describe('order', () => {
  it('is the worst first, or last', () => {
    expect(chosen({}, { column: 'severity', descending: false })).toEqual([...views].reverse());
    expect(chosen({}, WORST_FIRST)).toEqual(views);
  });

  it.each([true, false])('has what is not known last (descending: %s)', (descending) => {
    const used = chosen({}, { column: 'used', descending }).map((view) => (view.used === 'never' ? '' : view.used));
    const known = used.filter((time) => time !== '');
    expect(used).toEqual([...known, ...used.filter((time) => time === '')]);
    expect(known).toEqual(descending ? [...known].sort().reverse() : [...known].sort());
    expect(known.length).toBeLessThan(used.length);
  });

  it('puts live root keys before live ones, and those before the rest', () => {
    const states = chosen({}, { column: 'state', descending: false }).map(({ tone, rank }) =>
      tone === 'worst' ? `worst ${rank}` : tone,
    );
    expect(states[0]).toBe('worst root');
    expect(states.lastIndexOf('worst administrator')).toBeLessThan(states.indexOf('live'));
    expect(states.lastIndexOf('live')).toBeLessThan(states.indexOf('off'));
  });

  it('keeps the worst first among equals', () => {
    const order = chosen({}, { column: 'where', descending: false });
    const at = new Map(views.map((view, index) => [view, index]));
    for (const [index, view] of order.entries()) {
      const next = order[index + 1];
      if (next === undefined || next.where !== view.where || next.target !== view.target) continue;
      expect(at.get(view)).toBeLessThan(at.get(next) ?? -1);
    }
  });
});
