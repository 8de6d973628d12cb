// The report as one page for people who decide: a file that stands alone, asks nothing of any network, runs nothing but its
// own script, and can be read without it. The script is allowed by its hash and nothing else is, so that text which found a way
// into the page would still not run.

import pageScript from 'akscan:html-script';
import pageStyle from 'akscan:html-style';
import { createHash } from 'node:crypto';
import type { Report } from '../../findings/model.js';
import { worstFirst } from '../../findings/order.js';
import { forJson } from '../escape.js';
import { reachOf } from '../reach.js';
import type { WriteOptions, WriteReport } from '../types.js';
import { organisationOf } from './audit/organisation.js';
import { escapeHtml, htmlOf } from './element.js';
import { picturesOf } from './pictures.js';
import { rowsOf } from './row.js';
import { closingOf, mastheadOf, tableHead } from './sections.js';
import { totalsOf } from './totals.js';
import { viewOf } from './view.js';
import { en } from './words/en.js';
import type { Words } from './words/words.js';
import { zhCn } from './words/zh-cn.js';

/** Findings laid out in the file itself; the script lays out the others when they are asked for. */
export const FIRST = 250;

export const writeHtml: WriteReport = (report, options) => page(report, options, options.now ?? new Date());

const WORDS: Readonly<Record<NonNullable<WriteOptions['lang']>, Words>> = { en, 'zh-CN': zhCn };

/** @param now when the page is written; dates of commits from after it are not believed */
export const page = function* (report: Report, options: WriteOptions, now: Date): Iterable<string> {
  const words = WORDS[options.lang ?? 'en'];
  const findings = worstFirst(report.findings);
  const totals = totalsOf(findings, reachOf(report.summary));
  yield head(words.title(totals), words);
  yield `<body>\n${htmlOf(mastheadOf(report, totals, now, words))}\n<main>\n`;
  const organisation = organisationOf(report, options, now, words);
  if (organisation !== null) yield `${htmlOf(organisation)}\n`;
  if (findings.length > 0) {
    yield `${htmlOf(picturesOf(findings, now, words))}\n`;
    yield `<section class="findings" aria-labelledby="findings">\n<h2 id="findings">${escapeHtml(words.findings)}</h2>\n`;
    yield '<div id="controls"></div>\n';
    const first = findings.slice(0, FIRST);
    const count = first.length < findings.length ? words.firstOnly : words.showing;
    yield `<p id="status" role="status">${escapeHtml(count(first.length, findings.length, findings.length))}</p>\n`;
    yield `<table id="table" class="list" role="table" aria-labelledby="findings">\n${htmlOf(tableHead(words))}\n`;
    for (const finding of first) yield `${htmlOf(rowsOf(viewOf(finding, words), words))}\n`;
    yield '</table>\n<div id="more"></div>\n</section>\n';
  }
  if (options.detail === 'full') yield `${htmlOf(closingOf(report, options.seconds, words))}\n`;
  yield '</main>\n<script type="application/json" id="data">[';
  for (const [index, finding] of findings.entries()) {
    yield `${index === 0 ? '\n' : ',\n'}${dataOf(viewOf(finding, words))}`;
  }
  yield `\n]</script>\n<script>${pageScript}</script>\n</body>\n</html>\n`;
};

/** JSON that cannot end the element it stands in, nor begin a comment there. */
const dataOf = (value: unknown): string => forJson(JSON.stringify(value)).replaceAll('<', '\\u003c');

const head = (title: string, words: Words): string =>
  [
    '<!doctype html>',
    `<html lang="${words.lang}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy())}">`,
    '<meta name="referrer" content="no-referrer">',
    '<meta name="robots" content="noindex, nofollow">',
    '<meta name="format-detection" content="telephone=no">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${pageStyle}</style>`,
    '</head>',
    '',
  ].join('\n');

/** https://www.w3.org/TR/CSP3/. Trusted Types: the script cannot turn text into markup even by mistake. */
const policy = (): string =>
  [
    "default-src 'none'",
    `style-src '${hashOf(pageStyle)}'`,
    `script-src '${hashOf(pageScript)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;
