// Tables for a terminal: the first column takes what the others leave, and a name too long for it loses its beginning, since
// names of repositories and paths differ at their ends.

import { columnsOf, padTo } from '../width.js';

export interface Column {
  readonly head: string;
  readonly align: 'left' | 'right';
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
  const others = widest.slice(1).reduce((sum, each) => sum + each + GAP.length, 0);
  const first = Math.min(widest[0] ?? 0, Math.max(LEAST, width - others));
  return all.map((row) =>
    row
      .map((text, index) => {
        const { align } = columns[index] ?? { align: 'left' };
        const wide = index === 0 ? first : (widest[index] ?? 0);
        const shown = index === 0 ? fitted(text, first) : text;
        return align === 'left' ? padTo(shown, wide) : `${' '.repeat(Math.max(0, wide - columnsOf(shown)))}${shown}`;
      })
      .join(GAP)
      .trimEnd(),
  );
};

/** The end of a name, at most so many columns of it. */
export const fitted = (text: string, columns: number): string => {
  if (columnsOf(text) <= columns) return text;
  const kept: string[] = [];
  let left = columns - 1;
  for (const character of [...text.slice(-4 * columns)].reverse()) {
    left -= columnsOf(character);
    if (left < 0) break;
    kept.push(character);
  }
  return `…${kept.reverse().join('')}`;
};

/** Names of repositories are addresses, and all begin alike. */
export const shortName = (name: string): string => name.replace(/^https?:\/\//, '');
