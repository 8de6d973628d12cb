// One more line of a text file, on a line of its own even where the last one was not ended.

/** @returns what is to be written behind the text, with the end of its line */
export const lineBehind = (text: string, line: string): string =>
  `${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`;
