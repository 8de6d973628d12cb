import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { POWERS, type Verdict } from '../../src/findings/model.js';
import { presentable } from '../../src/report/mask.js';
import { readReport } from '../../src/report/read.js';
import { judged } from '../../src/verdicts.js';
import { findingFor } from '../../src/verify.js';
import { stsId, stsSecret, stsToken } from '../support/keys.js';
import { ACTIVITY } from '../support/verdicts.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'akscan-read-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** With every field that a verdict may have. */
const verdict: Verdict = {
  state: 'live',
  how: 'inventory',
  reason: 'Because.',
  principal: 'assumed-role',
  account: '1234567890123456',
  notIn: ['6543210987654321'],
  partlyIn: ['7777777777777777'],
  user: 'deployer',
  arn: 'acs:ram::1234567890123456:assumed-role/deployer/ci',
  session: 'ci',
  secretProven: true,
  lastUsed: '2026-01-02T03:04:05Z',
  lastUsedService: 'Oss',
  ownProbe: '2026-01-02T03:04:06Z',
  code: 'NoPermission',
  checkedAt: '2026-01-03T03:04:05Z',
  powers: POWERS,
  conditional: ['read-logs'],
  policies: [
    { name: 'a', type: 'System', through: 'role' },
    { name: 'b', type: 'Custom', through: 'group', group: 'ops' },
  ],
  powersReason: 'Your credentials lack ram:GetPolicy.',
  activity: {
    ...ACTIVITY,
    events: 3,
    complete: false,
    reason: 'Only one region was read.',
    first: '2026-01-02T03:04:05Z',
    last: '2026-01-02T03:05:05Z',
    sinceLeak: 2,
    sinceLeakAtLeast: true,
    products: [{ service: 'Oss', last: '2026-01-02T03:04:05Z' }],
    services: [{ service: 'Ram', events: 3, failures: 1, actions: [{ action: 'CreateUser', events: 3, failures: 1 }] }],
    addresses: [
      {
        address: '192.0.2.1',
        events: 3,
        first: '2026-01-02T03:04:05Z',
        last: '2026-01-02T03:05:05Z',
        sinceLeak: true,
      },
    ],
    moves: [{ at: '2026-01-02T03:04:05Z', action: 'CreateUser', address: null, why: 'creates a user', failed: true }],
    created: [
      { kind: 'session', name: 'x', at: '2026-01-02T03:04:05Z', accessKeyId: 'a', until: '2026-01-02T04:04:05Z' },
    ],
    leftOut: 4,
  },
};

const finding = () => {
  const found = findingFor({ accessKeyId: stsId(), secret: stsSecret(), token: stsToken() });
  return judged({ ...found, claimedExpiry: '2026-01-02T03:04:05Z' }, verdict, [verdict]);
};

const written = (name: string, ...lines: readonly unknown[]): string => {
  const file = path.join(folder, name);
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return file;
};

const masked = () => {
  const report = { findings: [finding()], skipped: [], summary: { notes: [] } };
  const [shown] = presentable(report as never, 'masked').findings;
  return shown;
};

describe('reading a report back', () => {
  it('gives every field of a verdict as it was written, and no secret', async () => {
    const shown = masked();
    const {
      findings: [read],
    } = await readReport(written('report.jsonl', shown));
    expect(read).toEqual({ ...shown, secret: null, token: null });
    expect(read?.verdict).toEqual(verdict);
    expect(read?.meaning).toMatch(/^Whoever has it/);
  });

  it('takes one value of however many lines, and a line with what ends lines elsewhere', async () => {
    const shown = { ...masked(), target: 'a\u2028b' };
    const lines = path.join(folder, 'report.jsonl');
    writeFileSync(lines, `${JSON.stringify(shown)}\n`);
    expect((await readReport(lines)).findings).toMatchObject([{ target: shown.target }]);
    const whole = path.join(folder, 'report.json');
    const blank = '\n'.repeat(40_000);
    writeFileSync(whole, `{"schema": 1,${blank}"findings": [\n${JSON.stringify(shown)}${blank}]}\n`);
    expect((await readReport(whole)).findings).toMatchObject([{ target: shown.target }]);
  });

  it.each<[string, object]>([
    ['a power that there is none of', { powers: ['root'] }],
    ['activity that is a text', { activity: 'much' }],
    ['activity without its lists', { activity: { ...ACTIVITY, moves: undefined } }],
    ['a policy that is a name alone', { policies: ['AdministratorAccess'] }],
    ['accounts that are no list', { notIn: '111' }],
  ])('refuses %s, by file and line', async (_, over) => {
    const file = written('report.jsonl', masked(), { ...masked(), verdict: { ...verdict, ...over } });
    await expect(readReport(file)).rejects.toThrow(/report\.jsonl:2: not a finding of this version's schema/);
  });
});
