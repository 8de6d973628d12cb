// The Chinese pages say what the English ones say. A test cannot read; it holds what both must share: headings, blocks, commands
// and options, links, figures. Whoever changes an English page is told which section of the Chinese one to bring up to date.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchorOf, type Section, sectionsOf } from '../support/markdown.js';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** English page to Chinese page. */
const PAGES = new Map([
  ['README.md', 'README.zh-CN.md'],
  ['docs/hook.md', 'docs/zh-CN/hook.md'],
  ['docs/github-action.md', 'docs/zh-CN/github-action.md'],
  ['docs/containment.md', 'docs/zh-CN/containment.md'],
]);
const ENGLISH = new Map([...PAGES].map(([english, chinese]) => [chinese, english]));

const sectionsIn = (page: string): readonly Section[] => sectionsOf(readFileSync(path.join(ROOT, page), 'utf8'));

/** The line below the title that names the other language. */
const switchOf = (page: string): string | undefined => readFileSync(path.join(ROOT, page), 'utf8').split('\n')[2];

const relative = (from: string, to: string): string => path.posix.relative(path.posix.dirname(from), to);

interface Target {
  readonly page: string;
  readonly anchor: string;
}

/** Where a link of a page leads: a file of this project, or null for an address. */
const targetOf = (page: string, link: string): Target | null => {
  if (/^https?:/.test(link)) return null;
  const [file = '', anchor = ''] = link.split('#');
  return { page: file === '' ? page : path.posix.join(path.posix.dirname(page), file), anchor };
};

/** A link in words that are the same in both languages: the English page's name, and the heading's number in a page that has two. */
const shared = (page: string, link: string): string => {
  const target = targetOf(page, link);
  if (target === null) return link;
  const name = ENGLISH.get(target.page) ?? target.page;
  if (target.anchor === '' || !PAGES.has(name)) return `${name}#${target.anchor}`;
  return `${name}#${sectionsIn(target.page).findIndex(({ title }) => anchorOf(title) === target.anchor)}`;
};

/** Without the link to the other language, and in no order: the languages order their sentences differently. */
const linksOf = (page: string, { links }: Section, index: number): readonly string[] =>
  links
    .slice(index === 0 ? 1 : 0)
    .map((link) => shared(page, link))
    .sort();

describe.each([...PAGES])('%s and %s', (english, chinese) => {
  const both = sectionsIn(english).map((section, index) => ({
    section,
    index,
    translated: sectionsIn(chinese)[index],
  }));

  it('name each other below the title', () => {
    expect(switchOf(english)).toBe(`[简体中文](${relative(english, chinese)})`);
    expect(switchOf(chinese)).toBe(`[English](${relative(chinese, english)})`);
  });

  it('have the same headings in the same order', () => {
    expect(sectionsIn(chinese).map(({ level }) => level)).toEqual(sectionsIn(english).map(({ level }) => level));
  });

  it.each(both)('$section.title: the same code, tables, lists and paragraphs', ({ section, translated }) => {
    expect(translated?.blocks).toEqual(section.blocks);
  });

  it.each(both)('$section.title: the same commands, options and codes', ({ section, translated }) => {
    expect(translated?.codes).toEqual(section.codes);
  });

  it.each(both)('$section.title: the same links', ({ section, translated, index }) => {
    expect(translated && linksOf(chinese, translated, index)).toEqual(linksOf(english, section, index));
  });

  it.each(both)('$section.title: the same figures', ({ section, translated }) => {
    expect(translated?.numbers).toEqual(section.numbers);
  });

  it.each([english, chinese])('%s links to pages and headings that exist', (page) => {
    const broken = sectionsIn(page)
      .flatMap(({ links }) => links)
      .filter((link) => {
        const target = targetOf(page, link);
        if (target === null) return false;
        if (!existsSync(path.join(ROOT, target.page))) return true;
        return target.anchor !== '' && !sectionsIn(target.page).some(({ title }) => anchorOf(title) === target.anchor);
      });
    expect(broken).toEqual([]);
  });

  it('the Chinese page leads to Chinese pages where there are any', () => {
    const elsewhere = sectionsIn(chinese)
      .flatMap(({ links }) => links)
      .slice(1)
      .filter((link) => PAGES.has(targetOf(chinese, link)?.page ?? ''));
    expect(elsewhere).toEqual([]);
  });
});
