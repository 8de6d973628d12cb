import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withAudit } from '../../../src/audit/report/facts.js';
import type { Report } from '../../../src/findings/model.js';
import { writeJson } from '../../../src/report/json.js';
import { writeJsonl } from '../../../src/report/jsonl.js';
import { MASK, presentable } from '../../../src/report/mask.js';
import { mergeReports } from '../../../src/report/merge.js';
import { readWhole } from '../../../src/report/read.js';
import { withShortIds } from '../../../src/report/short-ids.js';
import { auditSample } from '../../support/audit-report.js';
import { id24, secret30 } from '../../support/keys.js';
import { pair, report, writtenBy } from '../../support/report-samples.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'akscan-audit-report-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const WITHOUT_SPREAD = auditSample({ findings: 30, repositories: 10, trend: true });
const SPREAD = {
  fingerprint: 'a'.repeat(64),
  secretSha256: 'b'.repeat(64),
  firstDate: '2020-01-02T03:04:05+08:00',
  repositories: ['a', 'b'],
  repositoriesLeftOut: 3,
};

/** With every field. */
const SAMPLE = presentable(
  {
    ...WITHOUT_SPREAD,
    summary: {
      ...WITHOUT_SPREAD.summary,
      ...(WITHOUT_SPREAD.summary.audit === undefined
        ? {}
        : { audit: { ...WITHOUT_SPREAD.summary.audit, notReadLeftOut: 2, spread: [SPREAD] } }),
    },
  },
  'masked',
);

const read = (name: string, text: string) => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return readWhole(file);
};

describe('the summary of an audit', () => {
  it.each([
    ['json', writeJson],
    ['jsonl', writeJsonl],
  ] as const)('comes out of %s as it went in, and is valid', async (format, write) => {
    const written = writtenBy(write, SAMPLE);
    const again = mergeReports([await read(`report.${format}`, written)]);
    expect(again.summary.audit).toEqual(SAMPLE.summary.audit);
    expect(writtenBy(write, presentable(again, 'masked'))).toBe(written);
  });

  it('is refused where it is not what the schema says', async () => {
    const wrong = {
      ...SAMPLE.summary,
      audit: { ...SAMPLE.summary.audit, notRead: [{ name: 'a', state: 'odd', reason: null }] },
    };
    await expect(read('wrong.jsonl', `${JSON.stringify(wrong)}\n`)).rejects.toThrow(/state|allowed/);
  });

  it('is left out of several reports joined, of which it would not be true', async () => {
    const one = await read('one.jsonl', writtenBy(writeJsonl, SAMPLE));
    expect(mergeReports([one, one]).summary.audit).toBeUndefined();
  });

  it('holds no secret, not in a name either', () => {
    const secret = secret30();
    const made: Report = withAudit(report([pair({ secret })]), {
      repositories: { total: 1, byState: { broken: 1 } },
      notRead: [{ name: `https://example.com/${secret}`, state: 'broken', reason: `It is ${secret}.` }],
      trend: [
        {
          fingerprint: 'a'.repeat(64),
          secretSha256: null,
          accessKeyId: null,
          repository: `x/${secret}`,
          trend: 'gone',
        },
      ],
      lastRunAt: null,
    });
    const written = writtenBy(writeJson, presentable(made, 'masked'));
    expect(written).not.toContain(secret.slice(0, 8));
    expect(written).toContain(`https://example.com/${MASK}`);
  });

  it('shows IDs by their ends in CI, those of keys that are gone, too', () => {
    const accessKeyId = id24();
    const made = withAudit(report([]), {
      repositories: { total: 1, byState: {} },
      notRead: [],
      trend: [
        { fingerprint: 'a'.repeat(64), secretSha256: null, accessKeyId, repository: `x/${accessKeyId}`, trend: 'gone' },
      ],
      lastRunAt: null,
    });
    expect(JSON.stringify(withShortIds(made))).not.toContain(accessKeyId);
  });
});
