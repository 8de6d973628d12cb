// Names that stand in a head: the first line of a CSV or Markdown table, the column list of an SQL insert.

/** A value's column head, or null when it stands in no table. `at` is the value's index in `text`. */
export const columnHead = (text: string, at: number): string | null => {
  if (known.text !== text) known = knowledgeOf(text);
  return (
    (known.insert ? sqlColumn(text, at) : null) ??
    (known.copy ? copyColumn(text, at) : null) ??
    (known.table ? htmlColumn(text, at) : null) ??
    delimitedColumn(text, at, known.heads)
  );
};

/** The first cell of a value's row, and its column's head: where rows, not columns, say what a value is. */
export interface Crossing {
  readonly row: string;
  readonly column: string;
}

/** A table of three columns and more, without brackets or assignments. */
export const crossingOf = (text: string, at: number): Crossing | null => {
  if (known.text !== text) known = knowledgeOf(text);
  const { start, line } = lineAround(text, at);
  for (const delimiter of delimitersOf(line)) {
    const cells = cellsOf(line, delimiter);
    const head = cells.length < 3 ? null : headAbove(text, start, delimiter, cells.length, known.heads);
    const column = cells.findLastIndex(({ from }) => start + from <= at);
    const first = cells.findIndex((cell) => labelOf(cell) !== '');
    const [row, top] = [labelOf(cells[first]), labelOf(head?.[column])];
    if (first < column && row !== '' && top !== '') return { row, column: top };
  }
  return null;
};

const labelOf = (cell: { readonly text: string } | undefined): string =>
  cell?.text.replace(/["'`*\s]+/g, ' ').trim() ?? '';

// Brackets and assignments make a line of code; its commas separate no columns.
const delimitersOf = (line: string): readonly string[] =>
  ['\t', '|', ',', ';'].filter(
    (delimiter) => line.includes(delimiter) && !(/[,;]/.test(delimiter) && /[(){}=]/.test(line)),
  );

type Cells = readonly { readonly from: number; readonly text: string }[];

/** What was learned of a text: values of one text are asked for one after the other, and its rows share their head. */
interface Knowledge {
  readonly text: string;
  readonly insert: boolean;
  readonly copy: boolean;
  readonly table: boolean;
  /** For delimiter, number of columns and start of a row, the first row of its table. */
  readonly heads: Map<string, Cells>;
}

const INSERT = /insert\s{1,8}(?:ignore\s{1,8})?into\s/i;

const knowledgeOf = (text: string): Knowledge => ({
  text,
  insert: INSERT.test(text),
  copy: text.includes('COPY '),
  table: text.includes('<tr'),
  heads: new Map(),
});

let known = knowledgeOf('');

const htmlColumn = (text: string, at: number): string | null => {
  const before = text.slice(Math.max(0, at - 20_000), at);
  const row = before.lastIndexOf('<tr');
  if (row < 0 || before.indexOf('</tr', row) >= 0) return null;
  const column = before.slice(row).match(/<t[dh]\b/g)?.length ?? 0;
  const table = before.slice(Math.max(0, before.lastIndexOf('<table')), row);
  // An empty one counts, too: those behind it keep their places.
  const heads = [...table.slice(0, 4000).matchAll(/<th\b[^<>]{0,200}>\s{0,20}([^<\n]{0,80})/g)];
  const head = heads[column - 1]?.[1]?.trim() ?? '';
  return head === '' ? null : head;
};

const LOOK_BACK_LINES = 400;
const MAX_LINE = 2000;

const lineAround = (text: string, at: number): { readonly start: number; readonly line: string } => {
  // A longer line is no row; looking for its ends would cost more than the answer is worth.
  const back = text.slice(Math.max(0, at - MAX_LINE), at).lastIndexOf('\n');
  if (back < 0 && at > MAX_LINE) return { start: at, line: '' };
  const start = back < 0 ? 0 : Math.max(0, at - MAX_LINE) + back + 1;
  const line = text.slice(start, start + MAX_LINE);
  const end = line.indexOf('\n');
  return { start, line: end < 0 ? line : line.slice(0, end) };
};

/** Splits a row at its delimiter, quotes respected; a row without is one cell. */
const cellsOf = (line: string, delimiter: string): Cells => {
  const cells: { from: number; text: string }[] = [];
  let from = 0;
  let quote = '';
  for (let i = 0; i <= line.length; i++) {
    const c = line[i];
    if (i < line.length && quote !== '') {
      if (c === quote) quote = '';
    } else if (c === '"' || c === "'" || c === '`') quote = c;
    else if (i === line.length || c === delimiter) {
      cells.push({ from, text: line.slice(from, i) });
      from = i + 1;
    }
  }
  return cells;
};

/** Labels, quoted or emphasised perhaps; code and data are none. */
const isHead = (cells: readonly { readonly text: string }[]): boolean =>
  cells.every(
    ({ text }) => /^["'`*\s]*[\w .#/\u0080-\uffff-]{0,40}["'`*\s]*$/.test(text) && !/[0-9A-Za-z]{16}/.test(text),
  ) && cells.some(({ text }) => /[A-Za-z\u0080-\uffff]/.test(text));

const delimitedColumn = (text: string, at: number, heads: Map<string, Cells>): string | null => {
  const { start, line } = lineAround(text, at);
  for (const delimiter of delimitersOf(line)) {
    const cells = cellsOf(line, delimiter);
    if (cells.length < 2) continue;
    const column = cells.findLastIndex(({ from }) => start + from <= at);
    const head = headAbove(text, start, delimiter, cells.length, heads);
    const cell = labelOf(head?.[column]);
    if (cell !== '') return cell;
  }
  return null;
};

/** The first line of the run of lines with as many cells that ends just above `start`, when it reads like a head. */
const headAbove = (
  text: string,
  start: number,
  delimiter: string,
  columns: number,
  heads: Map<string, Cells>,
): Cells | null => {
  const rows: string[] = [];
  let head: Cells | null = null;
  let end = start - 1;
  for (let i = 0; i < LOOK_BACK_LINES && end > 0; i++) {
    const { start: from, line } = lineAround(text, end - 1);
    const row = `${delimiter}${columns} ${from}`;
    const found = heads.get(row);
    if (found !== undefined) {
      head = found;
      break;
    }
    const cells = cellsOf(line.replace(/\r$/, ''), delimiter);
    if (cells.length !== columns) break;
    head = cells;
    rows.push(row);
    end = from - 1;
  }
  if (head === null) return null;
  for (const row of rows) heads.set(row, head);
  return isHead(head) ? head : null;
};

/** PostgreSQL's `COPY table (a, b) FROM stdin;` and the tab-separated rows below it. */
const copyColumn = (text: string, at: number): string | null => {
  const head = text.slice(Math.max(0, at - 20_000), at);
  const copy = head.slice(Math.max(0, head.lastIndexOf('COPY ')));
  const columns = /^COPY [^(\n]{1,160}\(([^()\n]{1,2000})\) FROM stdin/i.exec(copy)?.[1];
  if (columns === undefined || copy.includes('\n\\.')) return null;
  const { start } = lineAround(text, at);
  const column = text.slice(start, at).split('\t').length - 1;
  return columns.split(',')[column]?.trim() ?? null;
};

const sqlColumn = (text: string, at: number): string | null => {
  const head = text.slice(Math.max(0, at - 20_000), at);
  const open = head.slice(head.lastIndexOf(';') + 1);
  if (!INSERT.test(open)) return null;
  const statement = open.slice(open.toLowerCase().lastIndexOf('insert'));
  const columns =
    /^insert\s{1,8}(?:ignore\s{1,8})?into\s{1,8}[^(;]{1,160}\(([^()]{1,2000})\)\s{0,20}values?\s{0,20}/i.exec(
      statement,
    );
  if (columns?.[1] === undefined) return null;
  const names = columns[1].split(',').map((name) => name.replace(/["'`[\]\s]/g, ''));
  const row = lastRow(statement.slice(columns[0].length));
  return row === null ? null : (names[cellsOf(row, ',').length - 1] ?? null);
};

/** From the last row's opening bracket to the end, quotes respected. */
const lastRow = (values: string): string | null => {
  let from = -1;
  let quote = '';
  for (let i = 0; i < values.length; i++) {
    const c = values[i];
    if (quote !== '') {
      if (c === '\\') i++;
      else if (c === quote) quote = '';
    } else if (c === "'" || c === '"') quote = c;
    else if (c === '(' && from < 0) from = i + 1;
    else if (c === ')') from = -1;
  }
  // The value itself stands inside an open quote: what is open is closed for the count of cells.
  return from < 0 ? null : values.slice(from) + quote;
};
