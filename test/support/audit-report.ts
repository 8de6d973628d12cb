// The report of an organisation's audit, as a company has it: many repositories, keys in forks, years of history.

import { type AuditFacts, withAudit } from '../../src/audit/report/facts.js';
import type { TrendEntry } from '../../src/findings/audit.js';
import type { Finding, Occurrence, Report } from '../../src/findings/model.js';
import { compareFindings, compareOccurrences } from '../../src/findings/order.js';
import { ENGLISH, type Names, sampleReport } from './html-sample.js';
import { createKeys } from './keys.js';

export interface AuditSample {
  readonly findings: number;
  readonly repositories: number;
  readonly names?: Names;
  /** Of a second run: what changed since. */
  readonly trend?: boolean;
}

export const LAST_RUN = '2026-03-24T06:30:00Z';

export const repositoryNamed = (index: number): string =>
  `https://github.com/acme/${SERVICES[index % SERVICES.length]}-${index}`;

const SERVICES = ['shop', 'billing', 'mobile-app', 'data-platform-ingestion-service', 'ops'];

export const auditSample = ({ findings, repositories, names = ENGLISH, trend = false }: AuditSample): Report => {
  const targets = Array.from({ length: repositories }, (_, index) => repositoryNamed(index));
  const scanned = sampleReport(findings, { ...names, targets });
  const report = { ...scanned, findings: scanned.findings.map(inHistoryAlone).sort(compareFindings) };
  return withAudit(report, sampleFacts(report, { repositories, trend }));
};

/** An audit reads no work tree. */
const inHistoryAlone = (finding: Finding): Finding => {
  const dated = finding.occurrences.find(({ date }) => date !== undefined);
  const occurrences = finding.occurrences.map(
    (each): Occurrence => ({
      ...each,
      source: 'history',
      commit: each.commit ?? dated?.commit ?? 'c'.repeat(40),
      author: addressed(each.author ?? dated?.author ?? 'Wei Zhang <>'),
      date: each.date ?? dated?.date ?? '2025-01-02T03:04:05Z',
    }),
  );
  return { ...finding, occurrences: [...occurrences].sort(compareOccurrences) };
};

/** Each has an address of their own. */
const addressed = (author: string): string => {
  const name = author.replace(/ <.*$/, '');
  return `${name} <${encodeURIComponent(name).toLowerCase()}@example.com>`;
};

const sampleFacts = (
  { findings }: Pick<Report, 'findings'>,
  { repositories, trend }: { readonly repositories: number; readonly trend: boolean },
): AuditFacts => {
  const keys = createKeys(11);
  const changed = ({ fingerprint, secretSha256, accessKeyId, target }: Finding, index: number): TrendEntry => ({
    fingerprint,
    secretSha256,
    accessKeyId,
    repository: target,
    trend: index % 7 === 0 ? 'new' : index % 11 === 1 ? 'fixed' : index % 13 === 2 ? 'rotated' : 'still-there',
  });
  const gone: TrendEntry = {
    fingerprint: '0'.repeat(64),
    secretSha256: null,
    accessKeyId: keys.id24(),
    repository: repositoryNamed(1),
    trend: 'gone',
  };
  return {
    repositories: {
      total: repositories,
      byState: { scanned: repositories - 4, empty: 1, denied: 1, broken: 1, gone: 1 },
    },
    notRead: [
      { name: repositoryNamed(3), state: 'broken', reason: 'The pack is cut: 3 objects could not be read.' },
      { name: 'https://github.com/acme/payroll', state: 'denied', reason: null },
      {
        name: 'gitee:acme',
        state: 'unlisted',
        reason: 'Gitee answered 500 to page 3: what it listed before was read.',
      },
      { name: repositoryNamed(2), state: 'gone', reason: null },
    ],
    trend: trend ? [...findings.map(changed), gone] : null,
    lastRunAt: trend ? LAST_RUN : null,
  };
};
