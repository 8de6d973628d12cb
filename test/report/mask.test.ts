import { describe, expect, it } from 'vitest';
import { createCollector } from '../../src/findings/collect.js';
import type { Verdict } from '../../src/findings/model.js';
import { NOTHING_SUPPRESSED, reportOf } from '../../src/findings/summary.js';
import { FORMAT_NAMES, loadFormat } from '../../src/report/formats.js';
import { MASK, presentable } from '../../src/report/mask.js';
import { judged } from '../../src/verdicts.js';
import { findingFor } from '../../src/verify.js';
import { id24, secret30, stsId, stsSecret, stsToken } from '../support/keys.js';
import { inHistory, sighting } from '../support/sightings.js';
import { ACTIVITY } from '../support/verdicts.js';

const secrets = [secret30(), stsSecret(), secret30()] as const;
const token = stsToken();

const made = () => {
  const collector = createCollector();
  collector.sighting(sighting(id24(), secrets[0], { path: `keys/${secrets[0]}.pem` }));
  collector.sighting(sighting(stsId(), secrets[1], { detection: { kind: 'sts', token } }));
  collector.sighting(
    inHistory(null, secrets[2], 1, {
      provenance: {
        blob: 'b'.repeat(40),
        author: `Wei <${secrets[2]}@example.com>`,
        unreachable: true,
        keptBy: { by: 'reflog', name: `refs/heads/${secrets[2]}` },
      },
    }),
  );
  collector.sighting(sighting(id24(), null));
  const collection = collector.finish();
  return reportOf(
    collection.findings.map(({ finding }) => finding),
    collection,
    { suppressed: NOTHING_SUPPRESSED, notes: [], interrupted: false },
  );
};

const report = made();

describe('a masked report', () => {
  it.each(FORMAT_NAMES)('holds no eight characters in a row of any secret or token, as %s', async (format) => {
    const write = await loadFormat(format, report);
    const text = [...write(presentable(report, 'masked'), { colour: true, seconds: 1, detail: 'full' })].join('');
    for (const value of [...secrets, token]) {
      for (let at = 0; at + 8 <= value.length; at += 1) expect(text).not.toContain(value.slice(at, at + 8));
    }
    // Of an ID at least what CI shows of it.
    expect(text).toContain(report.findings[0]?.accessKeyId?.slice(0, 8) ?? 'no ID');
  });

  it('hides secrets of other findings in any name, plain or in base64', () => {
    const [first, second] = [secret30(), secret30()];
    const collector = createCollector();
    const base64 = Buffer.from(`x${second}`).toString('base64');
    collector.sighting(sighting(id24(), first, { path: `a/${second}/${base64}.env`, target: `in ${second}` }));
    collector.sighting(sighting(id24(), second));
    collector.skipped({
      type: 'skipped',
      schema: 1,
      target: first,
      what: `x${first}`,
      reason: `no ${first}`,
      because: 'fault',
    });
    collector.note(`the history of ${first} was not read`);
    const collection = collector.finish();
    const findings = collection.findings.map(({ finding }) => finding);
    const notes = { suppressed: NOTHING_SUPPRESSED, notes: collection.notes, interrupted: false };
    const text = JSON.stringify(presentable(reportOf(findings, collection, notes), 'masked'));
    for (const value of [first, second, base64.slice(4, -4)])
      for (let at = 0; at + 8 <= value.length; at += 1) expect(text).not.toContain(value.slice(at, at + 8));
    expect(text).toContain(`a/${MASK}/`);
    expect(text).toContain(`the history of ${MASK} was not read`);
  });

  it('hides secrets in whatever an API answered, and in what is said of it', () => {
    const secret = secret30();
    const verdict: Verdict = {
      state: 'live',
      how: 'inventory',
      principal: 'ram-user',
      user: `svc-${secret}`,
      reason: `no ${secret}`,
      policies: [{ name: secret, type: 'Custom', through: 'group', group: secret }],
      activity: { ...ACTIVITY, created: [{ kind: 'user', name: secret, at: '' }] },
    };
    const finding = judged(findingFor({ accessKeyId: id24(), secret, token: null }), verdict, [verdict]);
    const text = JSON.stringify(presentable({ ...report, findings: [finding] }, 'masked'));
    for (let at = 0; at + 8 <= secret.length; at += 1) expect(text).not.toContain(secret.slice(at, at + 8));
    expect(text).toContain(`svc-${MASK}`);
  });

  it('hides a secret that is cut off', () => {
    const [secret, code] = [secret30(), stsToken().slice(0, 60)];
    const verdict: Verdict = { state: 'unknown', how: 'probe', reason: `said ${secret.slice(0, 20)} and ${code}` };
    const token = `${code}${stsToken()}`;
    const finding = judged(findingFor({ accessKeyId: stsId(), secret, token }), verdict, [verdict]);
    const [shown] = presentable({ ...report, findings: [finding] }, 'masked').findings;
    expect(shown?.verdict.reason).toBe(`said ${MASK} and ${MASK}`);
  });

  it('tells that there is a secret from that there is none', () => {
    const masked = presentable(report, 'masked').findings.map(({ kind, secret, token }) => [kind, secret, token]);
    expect(new Set(masked.map((each) => JSON.stringify(each)))).toEqual(
      new Set([
        JSON.stringify(['pair', MASK, null]),
        JSON.stringify(['sts', MASK, MASK]),
        JSON.stringify(['secret-only', MASK, null]),
        JSON.stringify(['id-only', null, null]),
      ]),
    );
  });

  it('shows secrets when that was asked for', () => {
    expect(presentable(report, 'shown')).toEqual(report);
  });
});
