// The little that a store asks of a database. Two engines give it: SQLite in a file, PostgreSQL on a server. Statements are
// written once, in the SQL that both speak, with `?` for a parameter.

export type Value = string | number | null | Uint8Array;

export type Row = Readonly<Record<string, Value>>;

export interface Statements {
  /** @returns how many rows it changed */
  run(sql: string, ...parameters: readonly Value[]): Promise<number>;
  all(sql: string, ...parameters: readonly Value[]): Promise<readonly Row[]>;
  get(sql: string, ...parameters: readonly Value[]): Promise<Row | null>;
}

export interface Database extends Statements {
  readonly engine: 'sqlite' | 'postgres';
  /**
   * Statements of others wait until it has ended; what is committed is on the disk. `body` may run again from its start when the
   * connection broke: it does nothing but ask the database.
   */
  transaction<Result>(body: (statements: Statements) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** One after the other, in the order of the calls, whatever becomes of each. */
export const createTurns = (): (<Result>(work: () => Promise<Result>) => Promise<Result>) => {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };
};

/** `(?, ?), (?, ?)` */
export const placeholders = (rows: number, columns: number): string =>
  Array.from({ length: rows }, () => `(${Array.from({ length: columns }, () => '?').join(', ')})`).join(', ');

/** The column of a row as what it was written as. */
export const textAt = (row: Row, column: string): string => {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`${column} is no text`);
  return value;
};

export const numberAt = (row: Row, column: string): number => {
  const value = row[column];
  if (typeof value !== 'number') throw new TypeError(`${column} is no number`);
  return value;
};

export const bytesAt = (row: Row, column: string): Buffer => {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw new TypeError(`${column} is no bytes`);
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
};

export const textOrNull = (row: Row, column: string): string | null =>
  row[column] === null ? null : textAt(row, column);

export const numberOrNull = (row: Row, column: string): number | null =>
  row[column] === null ? null : numberAt(row, column);
