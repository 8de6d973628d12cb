// Breaks sentences into lines for a terminal.

/** What a line may take where no terminal says how wide it is. */
export const DEFAULT_WIDTH = 80;

/** Prose is read with ease up to here, however wide the terminal is; below the least it would be a column of words. */
const [LEAST, MOST] = [40, 100];

/** @param columns of the terminal; absent where there is none */
export const proseWidth = (columns: number | undefined): number =>
  Math.min(MOST, Math.max(LEAST, columns ?? DEFAULT_WIDTH));

/** Breaks at spaces. A word that is longer than a line has one of its own: names and IDs are copied, and stay whole. */
export const wrap = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
};
