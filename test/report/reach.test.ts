import { describe, expect, it } from 'vitest';
import { withAudit } from '../../src/audit/report/facts.js';
import type { RepositoryNotRead, RepositoryState } from '../../src/findings/audit.js';
import { page } from '../../src/report/html/html.js';
import { reachOf } from '../../src/report/reach.js';
import { OPTIONS, report } from '../support/report-samples.js';

const audited = (
  byState: Readonly<Partial<Record<RepositoryState, number>>>,
  notRead: readonly RepositoryNotRead[] = [],
  interrupted = false,
) =>
  withAudit(report([], { interrupted }), {
    repositories: { total: 2, byState },
    notRead,
    trend: null,
    lastRunAt: null,
  });

const DENIED: RepositoryNotRead = { name: 'a', state: 'denied', reason: null };

const CASES = [
  ['whole', audited({ scanned: 1, empty: 1 }), 'No AccessKeys found', 'Nothing that was read holds one.'],
  ['part', audited({ scanned: 1, denied: 1 }, [DENIED]), 'No AccessKeys found', 'and not all was read.'],
  ['part', audited({ unchanged: 1 }, [], true), 'No AccessKeys found', 'and not all was read.'],
  ['nothing', audited({ denied: 2 }, [DENIED, DENIED]), 'No repository was read', 'is not known.'],
  ['nothing', audited({}, [], true), 'No repository was read', 'is not known.'],
  ['whole', report([]), 'No AccessKeys found', 'Nothing that was read holds one.'],
] as const;

describe('how far an audit got', () => {
  it.each(CASES)('is %s, and the page claims no more', (reach, made, headline, lead) => {
    expect(reachOf(made.summary)).toBe(reach);
    const html = [...page(made, OPTIONS, new Date('2026-04-01T00:00:00Z'))].join('');
    expect(html).toContain(`<h1>${headline}</h1>`);
    expect(html).toMatch(new RegExp(`<p class="lead">[^<]*${lead}</p>`));
  });
});
