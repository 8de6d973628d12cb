// Tables for a terminal: one column gives way where the terminal is narrow, and loses the beginning or the end of what
// stands in it.

import { columnsOf, padTo } from '../width.js';

export interface Column {
  readonly head: string;
  readonly align: 'left' | 'right';
  /** The column that gives way, and what is cut off; at most one of a table has it. */
  readonly gives?: 'beginning' | 'end';
}

/** Between two columns. */
const GAP = '  ';

/** So much of a name is shown, however narrow the terminal is. */
const LEAST = 12;

/** Lines without their ends: the heads, then the rows. All text is safe for the terminal already. */
export const tableLines = (
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly string[] => {
  const all = [columns.map(({ head }) => head), ...rows];
  const widest = columns.map((_, index) => Math.max(...all.map((row) => columnsOf(row[index] ?? ''))));
  const whole = widest.reduce((sum, each) => sum + each + GAP.length, -GAP.length);
  const wide = columns.map(({ gives }, index) => {
    const own = widest[index] ?? 0;
    return gives === undefined ? own : Math.min(own, Math.max(LEAST, own - (whole - width)));
  });
  const cell = (text: string, index: number): string => {
    const room = wide[index] ?? 0;
    const { gives, align } = columns[index] ?? { align: 'left' };
    const shown = gives === undefined ? text : gives === 'end' ? fittedStart(text, room) : fittedEnd(text, room);
    return align === 'left' ? padTo(shown, room) : `${' '.repeat(Math.max(0, room - columnsOf(shown)))}${shown}`;
  };
  return all.map((row) => row.map(cell).join(GAP).trimEnd());
};

/** The end of a text, at most so many columns of it. */
export const fittedEnd = (text: string, columns: number): string => {
  if (columnsOf(text) <= columns) return text;
  const kept = taken([...text.slice(-4 * columns)].reverse(), columns - 1);
  return `…${kept.reverse().join('')}`;
};

/** The beginning of a text, at most so many columns of it. */
const fittedStart = (text: string, columns: number): string => {
  if (columnsOf(text) <= columns) return text;
  return `${taken([...text.slice(0, 4 * columns)], columns - 1).join('')}…`;
};

const taken = (characters: readonly string[], columns: number): string[] => {
  const kept: string[] = [];
  let left = columns;
  for (const character of characters) {
    left -= columnsOf(character);
    if (left < 0) break;
    kept.push(character);
  }
  return kept;
};

/** Names of repositories are addresses, and all begin alike. */
export const shortName = (name: string): string => name.replace(/^https?:\/\//, '');
