// Text of strangers in Markdown (GitHub's, GitLab's, Gitee's), in a comment under somebody's name: no markup, no HTML, no
// link, no mention, no reference to an issue may come of it. What is data stands in a code span, where none of these is
// read; the words of a sentence stand as they are only when they are letters and digits.

import type { Finding } from '../findings/model.js';
import { forTerminal } from './escape.js';
import { cut } from './whereabouts.js';
import { kindInWords } from './words.js';

/**
 * A code span. Backticks would end it and a bar the cell of a table, whatever stands before them: both are written out, as
 * control characters are.
 */
export const code = (text: string): string => {
  const inside = forTerminal(text).replace(/[`|]/g, (mark) => (mark === '`' ? '\\u{60}' : '\\u{7c}'));
  return inside.trim() === '' ? '' : `\`${inside}\``;
};

/** Letters and digits in any script, with the marks of a sentence around them. */
const WORD = /^\(?[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*\)?[.,;:?]?\)?$/u;

/** Words that would become links all the same: a commit's name, an issue's. */
const LINKED = /^\(?(?:[0-9a-f]{7,}|[A-Z]+-[0-9]+)\b/i;

/** `…` is how an ID is cut, and `,` the groups of a number. */
const NUMBER = /^[0-9]+(?:[.,][0-9]+)*[.,;:]?$/;

/** A sentence: plain words plain, everything else as code. */
export const prose = (text: string): string =>
  text
    .split(' ')
    .map((word) => (word === '' || NUMBER.test(word) || (WORD.test(word) && !LINKED.test(word)) ? word : around(word)))
    .join(' ');

/** The mark that ends a sentence is none of the code's. */
const around = (word: string): string => {
  const [, inside = '', mark = ''] = /^(.*?)([.,;:]?)$/su.exec(word) ?? [];
  return inside === '' ? code(word) : `${code(inside)}${mark}`;
};

/** ``AccessKey with its secret `LTAI...` ``. */
export const markdownTitleOf = (finding: Finding): string =>
  `${kindInWords(finding)} ${code(cut(finding.accessKeyId ?? '', 80))}`.trimEnd();
