import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { AccountReport, AccountsReport, LeakedKey, Point } from '../../src/findings/account.js';
import { type AccountWriteOptions, writeAccountsText } from '../../src/report/account.js';
import { accountExitCodeOf } from '../../src/report/account-exit-code.js';
import { writeAccountsJson } from '../../src/report/account-json.js';
import { pointsInWords } from '../../src/report/account-words.js';
import { id24 } from '../support/keys.js';

const ACCOUNT: AccountReport = {
  account: '1234567890123456',
  credentials: 'the environment',
  root: { keys: 0, seen: [], mfa: true },
  users: 1200,
  allKeysRead: true,
  keys: [],
  leakListRead: true,
  leaked: [],
  quotas: [{ name: 'users', quota: 2000, used: 1200 }],
  settings: {},
  points: [],
  notRead: [],
};

const REPORT: AccountsReport = {
  type: 'accounts',
  schema: 1,
  checkedAt: '2026-01-02T03:04:05Z',
  olderThanDays: 90,
  idleDays: 90,
  accounts: [ACCOUNT],
  notAsked: [],
  elsewhere: [],
  notes: [],
};

const withAccount = (over: Partial<AccountReport>): AccountsReport => ({
  ...REPORT,
  accounts: [{ ...ACCOUNT, ...over }],
});

const OPTIONS: AccountWriteOptions = { colour: false, seconds: 1.24, detail: 'full', width: 80 };

const textOf = (report: AccountsReport, over: Partial<AccountWriteOptions> = {}): string =>
  [...writeAccountsText(report, { ...OPTIONS, ...over })].join('');

const point = (over: Partial<Point> = {}): Point => ({
  id: 'old',
  severity: 'low',
  text: 'Keys are old.',
  next: 'Replace them.',
  ...over,
});

const leak = (over: Partial<LeakedKey> = {}): LeakedKey => ({
  accessKeyId: id24(),
  knownTo: 'both',
  state: 'live',
  user: 'alice',
  alibaba: {
    status: 'pending',
    detected: '2025-12-01T00:00:00Z',
    places: [
      {
        source: 'GitHub',
        owner: 'someone',
        repository: 'shop',
        file: 'a.py',
        url: `https://example.com/${'x'.repeat(120)}`,
      },
    ],
  },
  report: { fingerprint: '0'.repeat(64), withSecret: true, places: 3, first: 'config/app.yml:7' },
  ...over,
});

describe('the text of an account', () => {
  it('says so when nothing is wrong', () => {
    expect(textOf(REPORT)).toBe(
      [
        'Account 1234567890123456 asked with the credentials from the environment',
        '',
        '          Nothing is wrong.',
        '',
        '1,200 RAM users of 2,000 at most, 0 AccessKeys (0 on).',
        '',
        '1 account: nothing wrong. Asked in 1.2 s.',
        '',
      ].join('\n'),
    );
  });

  it('never says so of what was not read', () => {
    const notRead = [{ what: 'the keys', why: 'Your credentials lack ram:X.', because: 'denied' as const }];
    const text = textOf(withAccount({ notRead, allKeysRead: false }));
    expect(text).toContain('Nothing wrong in what could be read.');
    expect(text).toContain('  the keys: Your credentials lack ram:X.');
    expect(text).not.toContain('AccessKeys');
    expect(textOf({ ...REPORT, accounts: [] })).toContain('No account was read.');
  });

  it('shows each leak once, with who knows of it and an address that can be clicked', () => {
    const known = leak();
    const ours = leak({ knownTo: 'report' });
    const { alibaba: _, ...onlyOurs } = ours;
    const keys = [known.accessKeyId, onlyOurs.accessKeyId];
    const points = [
      point({ id: 'leaked-live', severity: 'high', text: '2 AccessKeys leaked and are still on.', keys }),
      point({ keys }),
    ];
    const listed = keys.map((accessKeyId) => ({ accessKeyId, user: 'alice', status: 'Active' as const }));
    const text = textOf(withAccount({ points, leaked: [known, onlyOurs], keys: listed }));
    expect(text.split('config/app.yml:7 and 2 more places, with its secret')).toHaveLength(3);
    expect(text).toContain('            Alibaba Cloud: found 2025-12-01, GitHub someone/shop a.py\n');
    expect(text).toMatch(/^ {12}https:\/\/example\.com\/x{120}$/m);
    expect(text.split("not on Alibaba Cloud's list")).toHaveLength(2);
    expect(textOf(withAccount({ points, leaked: [onlyOurs], leakListRead: false }))).not.toContain(
      "Alibaba Cloud's list",
    );
  });

  it('is folded to the width, whatever the colours', () => {
    const points = [
      point({ next: `${'word '.repeat(40)}end.`, users: Array.from({ length: 40 }, (_, index) => `user${index}`) }),
    ];
    for (const width of [40, 80]) {
      for (const line of textOf(withAccount({ points }), { width }).split('\n')) {
        expect(line.length).toBeLessThanOrEqual(Math.max(width, 72));
      }
    }
    const coloured = textOf(withAccount({ points }), { colour: true });
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(textOf(withAccount({ points })));
  });

  it('lists a few of many', () => {
    const keys = Array.from({ length: 9 }, () => id24()).sort();
    const text = textOf(withAccount({ points: [point({ keys })] }));
    expect(text).toContain('and 6 more (see --format json)');
    expect(text).not.toContain(keys[8]);
  });

  it('puts the account in most trouble first', () => {
    const worse = { ...ACCOUNT, account: '9', points: [point({ severity: 'critical' })] };
    const text = textOf({ ...REPORT, accounts: [ACCOUNT, worse] });
    expect(text.indexOf('Account 9')).toBeLessThan(text.indexOf('Account 1234'));
  });

  it('lets no name move the cursor', () => {
    const text = textOf(withAccount({ points: [point({ users: ['a\u001b[2J\u202e'] })] }));
    expect(text).not.toMatch(/[\u001b\u202e]/);
  });

  it('holds the points alone with --quiet', () => {
    const text = textOf(withAccount({ points: [point()] }), { detail: 'points' });
    expect(text).toContain('LOW       Keys are old.');
    expect(text).not.toContain('Asked in');
  });

  it('says the same of many strange keys once', () => {
    const elsewhere = Array.from({ length: 30 }, () => ({ accessKeyId: id24(), reason: 'In no account of yours.' }));
    expect(textOf({ ...REPORT, elsewhere }).split('In no account of yours.')).toHaveLength(2);
  });
});

describe('the exit code of an account', () => {
  const limit = { what: 'x', why: 'y.', because: 'limit', decides: true } as const;
  it.each<readonly [number, string, Partial<AccountReport>, Partial<AccountsReport>]>([
    [0, 'nothing', {}, {}],
    [0, 'medium and low', { points: [point(), point({ severity: 'medium' })] }, {}],
    [1, 'high', { points: [point({ severity: 'high' })] }, {}],
    [1, 'critical', { points: [point({ severity: 'critical' })] }, {}],
    [
      0,
      'a part that is not permitted',
      { notRead: [{ ...limit, because: 'denied', decides: undefined } as never] },
      {},
    ],
    [2, 'a part that decides', { notRead: [{ ...limit, because: 'denied' }] }, {}],
    [0, 'what was left out on purpose', { notRead: [limit] }, {}],
    [
      2,
      'a fault',
      { notRead: [{ what: 'x', why: 'y.', because: 'fault' }], points: [point({ severity: 'high' })] },
      {},
    ],
    [2, 'an account that was not asked', {}, { notAsked: [{ credentials: 'x', why: 'y.' }] }],
    [130, 'Ctrl-C', { notRead: [{ what: 'x', why: 'y.', because: 'fault' }] }, { interrupted: true }],
  ])('is %i for %s', (code, _, account, report) => {
    expect(accountExitCodeOf({ ...withAccount(account), ...report })).toBe(code);
  });
});

describe('the JSON of an account', () => {
  const schema = JSON.parse(
    readFileSync(path.resolve(import.meta.dirname, '../../schema/account.schema.json'), 'utf8'),
  ) as Record<string, unknown>;
  const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);

  it('is in the form that is published', () => {
    const full = withAccount({
      leaked: [leak()],
      points: [point({ keys: ['x'] })],
      credentialReport: '2026-01-02T03:04:05Z',
    });
    const parsed: unknown = JSON.parse([...writeAccountsJson(full)].join(''));
    expect(parsed).toEqual(full);
    expect(validate(parsed), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...full, accounts: [{ ...ACCOUNT, points: [point({ id: 'other' as never })] }] })).toBe(false);
  });

  it('escapes what a terminal would obey', () => {
    expect([...writeAccountsJson(withAccount({ credentials: 'a\u202e' }))].join('')).toContain('\\u202e');
  });
});

describe('the one sentence', () => {
  it('counts by severity', () => {
    const points = [point({ severity: 'critical' }), point(), point()];
    expect(pointsInWords(withAccount({ points }))).toBe('1 account: 1 critical, 2 low.');
  });
});
