// Breaks sentences into lines for a terminal.

import { columnsOf, isWide } from './width.js';

/** What a line may take where no terminal says how wide it is. */
export const DEFAULT_WIDTH = 80;

/** Prose is read with ease up to here, however wide the terminal is; below the least it would be a column of words. */
const [LEAST, MOST] = [40, 100];

/** @param columns of the terminal; absent where there is none */
export const proseWidth = (columns: number | undefined): number =>
  Math.min(MOST, Math.max(LEAST, columns ?? DEFAULT_WIDTH));

/**
 * Breaks at spaces, and beside wide characters, between which no space stands. A word that is longer than a line has one of
 * its own: names and IDs are copied, and stay whole.
 */
export const wrap = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  let taken = 0;
  for (const word of text.split(' ')) {
    let before = line === '' ? '' : ' ';
    for (const part of partsOf(word)) {
      const columns = columnsOf(part);
      if (line !== '' && taken + before.length + columns > width) {
        lines.push(line);
        line = part;
        taken = columns;
      } else {
        line = `${line}${before}${part}`;
        taken += before.length + columns;
      }
      before = '';
    }
  }
  return [...lines, line];
};

/** Marks that no line begins with, and those that none ends with. */
const CLOSING = '，。、；：？！）」』》】”’…,.;:?!)';
const OPENING = '（「『《【“‘(';

const LATIN = /^[\u0000-\u10FF]*$/;

/** What may be torn apart: each wide character is a part, with the marks that belong to it. */
const partsOf = (word: string): readonly string[] => {
  if (LATIN.test(word)) return [word];
  const parts: string[] = [];
  let last = '';
  for (const character of word) {
    const isJoint = isWide(character) || isWide(last);
    const stays = last === '' || !isJoint || OPENING.includes(last) || CLOSING.includes(character);
    if (stays) parts.push(`${parts.pop() ?? ''}${character}`);
    else parts.push(character);
    last = character;
  }
  return parts;
};
