// The organisation in a real browser: sorted by its headings, by keyboard, by those who do not see it, and when it is large.

import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import axe, { type AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { page as pageOf } from '../../../src/report/html/html.js';
import { presentable } from '../../../src/report/mask.js';
import type { Language } from '../../../src/report/types.js';
import { type AuditSample, auditSample, LAST_RUN } from '../../support/audit-report.js';
import { openBrowser } from '../../support/chromium.js';
import { CHINESE, NOW } from '../../support/html-sample.js';
import { temporaryFolder } from '../../support/repository.js';

let browser: Browser | null = null;
const files: string[] = [];

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  for (const file of files) rmSync(file, { force: true });
});
beforeEach(({ skip }) => {
  if (browser === null) skip('no Chromium on the PATH');
});

const open = async (
  sample: AuditSample,
  { lang, ...options }: BrowserContextOptions & { readonly lang?: Language } = {},
): Promise<{ readonly page: Page; readonly trouble: readonly string[] }> => {
  const file = path.join(temporaryFolder(), 'audit.html');
  files.push(file);
  const write = { colour: false, seconds: 1, detail: 'full', lang, lastRun: LAST_RUN } as const;
  writeFileSync(file, [...pageOf(presentable(auditSample(sample), 'masked'), write, NOW)].join(''));
  if (browser === null) throw new Error('skipped');
  const page = await (await browser.newContext(options)).newPage();
  const trouble: string[] = [];
  page.on('console', (message) => trouble.push(message.text()));
  page.on('pageerror', (error) => trouble.push(error.message));
  await page.goto(`file://${file}`);
  return { page, trouble };
};

const SAMPLE: AuditSample = { findings: 70, repositories: 40, trend: true };

const side = (page: Page, name: string): Locator => page.getByRole('table', { name });

const column = (table: Locator, index: number): Promise<string[]> =>
  table.locator(`tbody tr > :nth-child(${index})`).allTextContents();

const complaints = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>(
    "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })",
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
};

describe('the organisation in a browser', () => {
  it('sorts repositories by name and by number, says which, and keeps all rows', async () => {
    const { page, trouble } = await open(SAMPLE);
    const table = side(page, 'By repository (35)');
    const before = await column(table, 1);
    await table.getByRole('button', { name: 'Repository' }).click();
    expect(await column(table, 1)).toEqual([...before].sort());
    expect(await table.locator('thead th').first().getAttribute('aria-sort')).toBe('ascending');
    await table.getByRole('button', { name: 'Low' }).focus();
    await page.keyboard.press('Enter');
    const low = (await column(table, 7)).map(Number);
    expect(low).toEqual([...low].sort((a, b) => b - a));
    expect(low[0]).toBeGreaterThan(low.at(-1) ?? 0);
    expect(await table.locator('[aria-sort]').count()).toBe(1);
    expect((await column(table, 1)).sort()).toEqual([...before].sort());
    expect(trouble).toEqual([]);
  });

  it('keeps what is empty at the end, whichever way it is turned', async () => {
    const { page } = await open(SAMPLE);
    const table = side(page, 'By owner');
    const used = table.getByRole('button', { name: 'Last used' });
    await used.click();
    expect((await column(table, 6)).at(-1)).toBe('');
    await used.click();
    const dates = await column(table, 6);
    expect(dates.at(-1)).toBe('');
    expect(dates[0]).toMatch(/^2026-03/);
  });

  it('is accessible', async () => {
    const { page } = await open({ ...SAMPLE, findings: 20 });
    expect(await complaints(page)).toEqual([]);
  });

  it('is accessible on a telephone, in the dark, in Chinese, and no wider than it', async () => {
    const { page, trouble } = await open(
      { ...SAMPLE, names: CHINESE },
      { lang: 'zh-CN', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
    );
    expect(await complaints(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(trouble).toEqual([]);
  });

  it('can be read where no script runs', async () => {
    const { page } = await open(SAMPLE, { javaScriptEnabled: false });
    expect(await page.locator('.sides').count()).toBe(6);
    expect(await page.locator('.sides button').count()).toBe(0);
  });

  it('holds 2,000 repositories, and sorts them', async () => {
    const { page, trouble } = await open({ findings: 2_500, repositories: 2000 });
    const table = page.locator('table[aria-labelledby="side-repository"]');
    const names = await column(table, 1);
    expect(names.length).toBeGreaterThan(1_300);
    await table.getByRole('button', { name: 'Repository' }).click();
    expect(await column(table, 1)).toEqual([...names].sort());
    expect(trouble).toEqual([]);
  }, 90_000);

  it('prints every row', async () => {
    const { page } = await open(SAMPLE);
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate("getComputedStyle(document.querySelector('.roll')).maxHeight")).toBe('none');
  });
});
