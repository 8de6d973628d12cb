// CSV (RFC 4180) as rows of cells, read once from front to back.

/** Empty lines are no rows. A quote that is never closed runs to the end. */
export const rowsOf = function* (text: string): Iterable<readonly string[]> {
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const { cell, end } = cellAt(text, at);
    row.push(cell);
    if (text[end] === ',') {
      at = end + 1;
      if (at < text.length) continue;
      row.push('');
    } else {
      at = text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1;
    }
    if (row.length > 1 || row[0] !== '') yield row;
    row = [];
  }
};

const END = /[,\r\n]/g;

const cellAt = (text: string, from: number): { readonly cell: string; readonly end: number } => {
  let cell = '';
  let at = from;
  if (text[at] === '"') {
    at += 1;
    for (;;) {
      const quote = text.indexOf('"', at);
      if (quote < 0) return { cell: cell + text.slice(at), end: text.length };
      cell += text.slice(at, quote);
      at = quote + 1;
      if (text[at] !== '"') break;
      cell += '"';
      at += 1;
    }
  }
  END.lastIndex = at;
  const end = END.exec(text)?.index ?? text.length;
  return { cell: cell + text.slice(at, end), end };
};
