// Text of strangers on its way into the page: nothing hidden in it, not without end, and in the language that it is in.

import { momentInWords } from '../../findings/facts.js';
import { forTerminal } from '../escape.js';
import { type Child, h } from './element.js';

/** Characters of one name or sentence that are shown; a name may be 100 KB long. */
const MOST = 400;

/** Of one that stands in a narrow column; more of it stands where the finding opens. */
const NARROW = 100;

/** What could hide, reorder or break text is written out (`\u{202e}`), as for a terminal. */
export const visible = (text: string): string => forTerminal(cut(text, MOST));

export const narrow = (text: string): string => forTerminal(cut(text, NARROW));

const cut = (text: string, most: number): string => {
  if (text.length <= most) return text;
  // A letter of two units is not cut in half.
  const end = /[\uD800-\uDBFF]/.test(text[most - 1] ?? '') ? most - 1 : most;
  return `${text.slice(0, end)} … (${text.length})`;
};

/**
 * Mostly Chinese: one name in a sentence of English does not make it Chinese, and Japanese and Korean have Han letters among
 * others. A Han letter weighs as much as three of a Latin word.
 */
const isChinese = (text: string): boolean => {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  if (han === 0 || /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(text)) return false;
  return han * 3 >= (text.match(/[a-z]/gi)?.length ?? 0);
};

/** For fonts, line breaking and the voices of screen readers; null where the page's own language will do. */
export const langOf = (text: string, page: string): string | null => {
  const lang = isChinese(text) ? 'zh-CN' : 'en';
  return lang === page ? null : lang;
};

/** A path, which may be broken after a slash. */
export const path = (text: string, page: string): Child => {
  const lang = langOf(text, page);
  const parts = text.split(/(?<=\/)/).flatMap((part, index) => (index === 0 ? [part] : [h('wbr', {}), part]));
  return h('bdi', { class: 'path', translate: 'no', ...(lang === null ? {} : { lang }) }, ...parts);
};

/** A sentence or a name in its own language, kept apart from the direction of what is around it. */
export const said = (text: string, page: string): Child => {
  const lang = langOf(text, page);
  return h('bdi', lang === null ? {} : { lang }, text);
};

/** `2026-01-02 03:04 UTC` of what may be no time at all. */
export const moment = (iso: string): string => visible(momentInWords(iso));
