// Comma-separated values (RFC 4180) of which nothing is trusted. One pass, linear time; what follows an unclosed quote is
// one cell.

/** @returns rows of cells; empty lines are none */
export const parseCsv = (text: string): readonly (readonly string[])[] => {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  const endRow = (): void => {
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  };
  while (at < text.length) {
    const cell = text[at] === '"' ? quoted(text, at) : plain(text, at);
    row.push(cell.value);
    at = cell.end;
    if (text[at] === ',') {
      at += 1;
      // The last cell of the text, and empty.
      if (at < text.length) continue;
      row.push('');
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1;
    at += 1;
    endRow();
  }
  return rows;
};

interface Cell {
  readonly value: string;
  /** At the comma, the line's end, or the text's. */
  readonly end: number;
}

const PLAIN = /[^,\r\n]*/y;

const plain = (text: string, from: number): Cell => {
  PLAIN.lastIndex = from;
  const value = PLAIN.exec(text)?.[0] ?? '';
  return { value, end: from + value.length };
};

const quoted = (text: string, from: number): Cell => {
  const pieces: string[] = [];
  let start = from + 1;
  for (;;) {
    const quote = text.indexOf('"', start);
    if (quote === -1) return { value: [...pieces, text.slice(start)].join(''), end: text.length };
    pieces.push(text.slice(start, quote));
    if (text[quote + 1] !== '"') {
      const rest = plain(text, quote + 1);
      return { value: pieces.join('') + rest.value, end: rest.end };
    }
    pieces.push('"');
    start = quote + 2;
  }
};
