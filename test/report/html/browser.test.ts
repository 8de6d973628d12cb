// The page in a real browser: what it shows, what it refuses to do, and whether those who do not see it can use it.

import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import axe, { type AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Report } from '../../../src/findings/model.js';
import { FIRST, page as pageOf } from '../../../src/report/html/html.js';
import { presentable } from '../../../src/report/mask.js';
import type { Language } from '../../../src/report/types.js';
import { openBrowser } from '../../support/chromium.js';
import { hostileReport } from '../../support/html-hostile.js';
import { CHINESE, NOW, sampleReport } from '../../support/html-sample.js';
import { temporaryFolder } from '../../support/repository.js';

let browser: Browser | null = null;
const files: string[] = [];

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());
beforeEach(({ skip }) => {
  if (browser === null) skip('no Chromium on the PATH');
});
afterEach(() => {
  for (const file of files.splice(0)) rmSync(file, { force: true });
});

interface Opened {
  readonly page: Page;
  /** All that should not have happened, as it happened. */
  readonly trouble: readonly string[];
}

interface OpenOptions extends BrowserContextOptions {
  readonly lang?: Language;
  /** What somebody does to the file. */
  readonly tamper?: (html: string) => string;
}

/** Opens a report as a reader does, from a file, and notes all that it does beyond being shown. */
const open = async (
  report: Report,
  { lang, tamper = (html) => html, ...options }: OpenOptions = {},
): Promise<Opened> => {
  const file = path.join(temporaryFolder(), 'report.html');
  const write = { colour: false, seconds: 1, detail: 'full', lang } as const;
  writeFileSync(file, tamper([...pageOf(presentable(report, 'masked'), write, NOW)].join('')));
  files.push(file);
  if (browser === null) throw new Error('skipped');
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const trouble: string[] = [];
  const own = pathToFileURL(file).href;
  page.on('request', (request) => {
    if (request.url() !== own) trouble.push(`request: ${request.url()}`);
  });
  page.on('dialog', async (dialog) => {
    trouble.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  // A violated policy is told here.
  page.on('console', (message) => trouble.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
  page.on('popup', () => trouble.push('popup'));
  await page.goto(own);
  return { page, trouble };
};

const rows = (page: Page) => page.locator('tbody.finding');
const status = (page: Page) => page.locator('#status');
const idsOf = (page: Page): Promise<string[]> => page.locator('td.key code').allTextContents();
const ariaSort = (page: Page, name: string): Promise<string | null> =>
  page.locator(`thead th.${name}`).getAttribute('aria-sort');

/** What axe finds wrong, by rule and by the element. */
const complaints = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>(
    "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })",
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
};

const OPEN_ALL = "document.querySelectorAll('details').forEach((details) => { details.open = true; })";

/** Elements that the page has none of. */
const FOREIGN =
  'img, iframe, object, embed, base, link, meta[http-equiv=refresh], video, audio, a, area, textarea, noscript, template';

/** Attributes of the page that run, load or style something. */
const ATTRIBUTES = `[...document.querySelectorAll('*')]
  .flatMap((element) => element.getAttributeNames())
  .filter((name) => /^on|^(?:src|srcdoc|href|style|action|autofocus|formaction)$/.test(name))`;

describe('the page in a browser', () => {
  it('shows every finding, and asks nothing of the network', async () => {
    const { page, trouble } = await open(sampleReport(60));
    expect(await rows(page).count()).toBe(60);
    expect(await page.locator('h1').textContent()).toMatch(/of 60 AccessKeys are live/);
    expect(await status(page).textContent()).toBe('60 shown.');
    expect(trouble).toEqual([]);
  });

  it('opens a finding by keyboard alone', async () => {
    const { page } = await open(sampleReport(3));
    await page.locator('.finding summary').first().focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('.finding dt').first().isVisible()).toBe(true);
  });

  it('sorts by a heading, says so aloud, and back', async () => {
    const { page } = await open(sampleReport(40));
    const before = await idsOf(page);
    expect(await ariaSort(page, 'severity')).toBe('descending');
    await page.getByRole('button', { name: 'Key' }).click();
    expect(await idsOf(page)).toEqual([...before].sort());
    expect(await ariaSort(page, 'key')).toBe('ascending');
    expect(await ariaSort(page, 'severity')).toBeNull();
    expect(await status(page).textContent()).toBe('40 shown. Sorted by key, ascending.');
    await page.getByRole('button', { name: 'Key' }).click();
    expect(await idsOf(page)).toEqual([...before].sort().reverse());
    await page.getByRole('button', { name: 'Severity' }).click();
    expect(await idsOf(page)).toEqual(before);
  });

  it('filters by words and by lists, and shows all again', async () => {
    const { page } = await open(sampleReport(40));
    const [first = ''] = await idsOf(page);
    await page.getByRole('searchbox').fill(first.slice(6).toLowerCase());
    await expect.poll(() => rows(page).count()).toBe(1);
    expect(await status(page).textContent()).toBe('1 of 40 match.');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect.poll(() => rows(page).count()).toBe(40);
    await page.getByLabel('State', { exact: true }).selectOption('disabled');
    await expect.poll(() => rows(page).count()).toBeLessThan(40);
    expect(new Set(await page.locator('td.state strong').allTextContents())).toEqual(new Set(['disabled']));
    await page.getByRole('searchbox').fill('nothing has this in it');
    await expect.poll(() => rows(page).count()).toBe(0);
    expect(await page.getByText('Nothing matches these filters.').isVisible()).toBe(true);
  });

  it('lays out a part of 10,000 findings, sorts and searches them all', async () => {
    const report = sampleReport(10_000);
    const { page, trouble } = await open(report);
    expect(await rows(page).count()).toBe(FIRST);
    await page.getByRole('button', { name: 'Show 250 more' }).click();
    expect(await rows(page).count()).toBe(2 * FIRST);
    expect(await page.evaluate('document.activeElement.tagName')).toBe('SUMMARY');
    const last = report.findings
      .map(({ accessKeyId }) => accessKeyId ?? '')
      .sort()
      .at(-1);
    await page.getByRole('button', { name: 'Key' }).click();
    await page.getByRole('button', { name: 'Key' }).click();
    expect((await idsOf(page))[0]).toBe(last);
    expect(trouble).toEqual([]);
  }, 90_000);

  it('can be read where no script runs, and says what is missing', async () => {
    const { page } = await open(sampleReport(FIRST + 50), { javaScriptEnabled: false });
    expect(await rows(page).count()).toBe(FIRST);
    expect(await status(page).textContent()).toMatch(/^The first 250 of 300, worst first\./);
    await page.locator('.finding summary').first().click();
    expect(await page.locator('.finding dt').first().isVisible()).toBe(true);
    expect(await page.locator('button, select').count()).toBe(0);
  });

  it.each(['en', 'zh-CN'] as const)('shows attacks as text (%s)', async (lang) => {
    const { page, trouble } = await open(hostileReport(40), { lang });
    const inspect = async () => ({
      rows: await rows(page).count(),
      scripts: await page.locator('script').count(),
      styles: await page.locator('style').count(),
      foreign: await page.locator(FOREIGN).count(),
      attributes: await page.evaluate(ATTRIBUTES),
      display: await page.evaluate('getComputedStyle(document.body).display'),
    });
    const clean = { rows: 40, scripts: 2, styles: 1, foreign: 0, attributes: [], display: 'block' };
    expect(await inspect()).toEqual(clean);
    // Laid out anew by the script, and opened.
    await page.locator('thead button').nth(3).click();
    await page.evaluate(OPEN_ALL);
    await page.mouse.move(400, 400);
    expect(await inspect()).toEqual(clean);
    expect(await page.evaluate('document.body.innerText')).toContain('</script><script>alert(1)</script>');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(trouble).toEqual([]);
  });

  it('runs and loads nothing, should markup find its way in after all', async () => {
    let asked = 0;
    const server = createServer((_, answer) => {
      asked += 1;
      answer.end();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const attack =
      `<script>document.title = "run"</script><script src="${url}"></script><img src="${url}" onerror="document.title = 1">` +
      `<style>h1 { display: none }</style><iframe src="${url}"></iframe><p style="color: red">`;
    const { page, trouble } = await open(sampleReport(1), {
      tamper: (html) => html.replace('<main>', `<main>${attack}`),
    });
    expect(await page.locator('main > img').count()).toBe(1);
    expect(await page.title()).toMatch(/akscan report$/);
    expect(await page.locator('h1').isVisible()).toBe(true);
    expect(trouble.filter((text) => /Content Security Policy/.test(text)).length).toBeGreaterThanOrEqual(6);
    await expect(page.evaluate('document.body.innerHTML = "<p>"')).rejects.toThrow(/TrustedHTML/);
    server.close();
    expect(asked).toBe(0);
  });

  it.each(['light', 'dark'] as const)('is accessible, opened and filtered (%s)', async (colorScheme) => {
    const { page } = await open(sampleReport(12), { colorScheme });
    expect(await complaints(page)).toEqual([]);
    await page.evaluate(OPEN_ALL);
    await page.getByRole('searchbox').fill('oss');
    await expect.poll(() => status(page).textContent()).toMatch(/match/);
    expect(await complaints(page)).toEqual([]);
  });

  it('is accessible on a telephone, in Chinese, and empty', async () => {
    const phone = { width: 390, height: 844 };
    const chinese = await open(sampleReport(12, CHINESE), { lang: 'zh-CN', viewport: phone });
    expect(await complaints(chinese.page)).toEqual([]);
    expect(await chinese.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(chinese.trouble).toEqual([]);
    const empty = await open(sampleReport(0));
    expect(await complaints(empty.page)).toEqual([]);
    expect(await empty.page.locator('h1').textContent()).toBe('No AccessKeys found');
  });

  it('says which of its data are Chinese', async () => {
    const { page } = await open(sampleReport(30, CHINESE));
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.locator('td.since [lang="zh-CN"]').count()).toBeGreaterThan(0);
    expect(await page.locator('details.glossary [lang]').count()).toBe(0);
  });

  it('prints all that is known of a finding', async () => {
    const { page } = await open(sampleReport(3));
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.finding dt').first().isVisible()).toBe(true);
    expect(await page.locator('.filters').isVisible()).toBe(false);
  });
});
