import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { Finding, Verdict } from '../../src/findings/model.js';
import { findingText } from '../../src/report/finding-text.js';
import { judged } from '../../src/verdicts.js';
import { findingFor } from '../../src/verify.js';
import { id24, secret30 } from '../support/keys.js';
import { ACTIVITY } from '../support/verdicts.js';

const occurrence = {
  source: 'worktree',
  path: 'config/app.yml',
  line: 12,
  column: 5,
  offset: 0,
  secretLine: 13,
  encoding: [],
  commit: 'c'.repeat(40),
  author: 'Wei Zhang <wei@example.com>',
  date: '2026-01-02T03:04:05Z',
} as const;

const pair = (verdict: Verdict, verdicts: readonly Verdict[]): Finding =>
  judged(
    {
      ...findingFor({ accessKeyId: id24(), secret: secret30(), token: null }),
      secret: '***',
      target: '.',
      occurrences: [occurrence],
    },
    verdict,
    verdicts,
  );

const linesOf = (finding: Finding, width = 80): readonly string[] =>
  findingText(finding, picocolors.createColors(false), width).trimEnd().split('\n');

const ALICE = { principal: 'ram-user', user: 'alice', account: '1234567890123456' } as const;
const LOOKED: Verdict = {
  state: 'live',
  how: 'inventory',
  ...ALICE,
  secretProven: false,
  lastUsed: '2026-01-05T06:07:08Z',
  lastUsedService: 'Oss',
};
const PROBED: Verdict = { state: 'live', how: 'probe', ...ALICE, secretProven: true };

/** As combine.ts puts the two together: the probe decides, and inventory's facts are filled in. */
const BOTH: Verdict = {
  ...PROBED,
  lastUsed: '2026-01-05T06:07:08Z',
  lastUsedService: 'Oss',
  powers: ['ram-write', 'read-logs'],
  conditional: ['read-logs'],
  policies: [
    { name: 'ops', type: 'Custom', through: 'group', group: 'operators' },
    { name: 'AliyunLogReadOnlyAccess', type: 'System', through: 'user' },
  ],
};

const usual = pair(BOTH, [LOOKED, PROBED]);

describe('a finding in text', () => {
  it('says which way knew what', () => {
    const text = linesOf(usual).join('\n');
    expect(text).toContain('inventory  on; last used 2026-01-05 06:07 UTC (Oss)\n');
    expect(text).toContain('probe      STS takes the pair\n');
    expect(text).not.toMatch(/probe.*last used/);
    expect(text).not.toContain('the secret was not tried');
  });

  it('tells that it was never used from that nobody knows', () => {
    const { lastUsed: _, lastUsedService: __, ...unused } = LOOKED;
    expect(linesOf(pair(unused, [{ ...unused, neverUsed: true }])).join('\n')).toContain('inventory  on; never used;');
    expect(linesOf(pair(unused, [unused])).join('\n')).toContain('inventory  on; the secret was not tried');
  });

  it('says which way knew whose it is where not all did', () => {
    const nobody: Verdict = { state: 'unknown', how: 'inventory', notIn: ['111'], reason: 'Not in account 111.' };
    const text = linesOf(pair(PROBED, [nobody, PROBED])).join('\n');
    expect(text).toContain('inventory  Not in account 111.');
    expect(text).toContain('probe      STS takes the pair, as RAM user alice\n');
  });

  it('says powers in words, and through which policies', () => {
    const text = linesOf(usual).join(' ').replace(/ +/g, ' ');
    expect(text).toMatch(/powers .*become administrator; reads logs \(under a condition\)/);
    expect(text).toContain('policies ops (group operators), AliyunLogReadOnlyAccess');
  });

  it('ends with what it means and what to do', () => {
    const text = linesOf(usual).slice(-5).join(' ').replace(/ +/g, ' ');
    expect(text).toContain(usual.meaning);
    expect(text).toContain(`→ ${usual.next}`);
  });

  it('takes no more lines than one likes to read, and no wider ones than the terminal', () => {
    expect(linesOf(usual).length).toBeLessThanOrEqual(13);
    for (const width of [72, 80, 100]) {
      const places = /config\/app\.yml/;
      expect(linesOf(usual, width).filter((line) => line.length > width && !places.test(line))).toEqual([]);
    }
  });

  it('keeps a short title on one line', () => {
    const unasked = findingFor({ accessKeyId: id24(), secret: null, token: null });
    expect(linesOf(unasked)[0]).toMatch(/AccessKey ID alone {2}· not verified$/);
  });

  it('shows both ways where they disagree, and says it in the title', () => {
    const off: Verdict = { ...LOOKED, state: 'disabled', reason: 'STS still accepted the pair.' };
    const text = linesOf(pair(off, [off, PROBED])).join('\n');
    expect(text).toContain('disabled, RAM user alice of account 1234567890123456; yet STS takes the pair');
    expect(text).toContain('inventory  switched off; last used');
    expect(text).toContain('probe      STS takes the pair');
    expect(text).toMatch(/^HIGH/);
  });

  it('gives a reason a line of its own', () => {
    const verdict: Verdict = { ...LOOKED, state: 'unknown', reason: 'Its state could not be read.' };
    expect(linesOf(pair(verdict, [verdict])).map((line) => line.trim())).toContain('Its state could not be read.');
  });

  it('tells that nothing is allowed from that nothing could be read', () => {
    expect(linesOf(pair({ ...LOOKED, powers: [] }, [LOOKED])).join()).toContain(
      'powers     no policy that was read allows it anything; grants within',
    );
    const unread = linesOf(pair({ ...LOOKED, powersReason: 'Your credentials lack ram:GetPolicy.' }, [LOOKED])).join();
    expect(unread).toContain('powers     Your credentials lack ram:GetPolicy.');
    expect(unread).not.toContain('no policy');
  });

  it('tells what the key did, below one label', () => {
    const activity = { ...ACTIVITY, events: 2, reason: 'Not everything was read.' };
    const lines = linesOf(pair({ ...LOOKED, activity }, [LOOKED]));
    const at = lines.findIndex((line) => line.startsWith('          activity   '));
    expect(at).toBeGreaterThan(0);
    expect(lines.slice(at).find((line) => line.includes('Not everything was read.'))).toMatch(/^ {21}Not/);
  });

  it('names the accounts where several had something to say', () => {
    const other: Verdict = { state: 'unknown', how: 'inventory', account: '222', reason: 'Of another.' };
    expect(linesOf(pair(LOOKED, [LOOKED, other])).join()).toContain('on, of RAM user alice; account 1234567890123456;');
    expect(linesOf(pair(LOOKED, [LOOKED])).join()).not.toContain('; account');
  });

  it('names a role’s session', () => {
    const role: Verdict = { state: 'live', how: 'probe', principal: 'assumed-role', user: 'deployer', session: 'ci' };
    expect(linesOf(pair(role, [role])).join()).toContain(
      'probe      STS takes the pair, as role deployer (session ci)',
    );
  });

  it('lets nothing of an answer reach the terminal raw', () => {
    const evil = 'a\u001B[2Jb\nc\u202E';
    const verdict: Verdict = {
      ...LOOKED,
      user: evil,
      reason: evil,
      powersReason: evil,
      policies: [{ name: evil, type: 'Custom', through: 'group', group: evil }],
      activity: { ...ACTIVITY, reason: evil },
    };
    expect(linesOf(pair(verdict, [verdict])).join('')).not.toMatch(/[\u0000-\u001F\u202E]/);
  });
});
