// The rows of RAM's credential report: the root account and every RAM user, with passwords, MFA and AccessKeys, which go
// without their IDs. (help.aliyun.com/document_detail/143477.html)

import { text } from '../body.js';
import { parseCsv } from './csv.js';
import { timeOf } from './readings.js';

/** One key; times are ISO 8601. */
export interface ReportedKey {
  readonly active: boolean | null;
  /** Created or last changed. */
  readonly changed: string | null;
  /** Null: never, as far as Alibaba Cloud knows. Undefined: the report does not say. */
  readonly lastUsed: string | null | undefined;
}

export interface ReportedUser {
  /** `alice@company.onaliyun.com`; `<root>` for the account itself. */
  readonly name: string;
  /** Whether a password opens the console; the report does not say so of the root account. */
  readonly hasConsole: boolean;
  readonly mfa: boolean | null;
  readonly keys: readonly ReportedKey[];
}

export interface ReportedUsers {
  readonly users: readonly ReportedUser[];
  /** Rows that are none. */
  readonly malformed: number;
}

/** What stands in a column, by its name. */
type Cells = (column: string) => string;

/** Columns of a page, kept for the next: whether each page repeats them is not documented. */
export type Columns = readonly string[];

const NAME = 'user';

/**
 * @param columns those of the page before; null for the first page
 * @returns null when the text is no credential report
 */
export const readRows = (
  csv: string,
  columns: Columns | null,
): (ReportedUsers & { readonly columns: Columns }) | null => {
  const rows = parseCsv(csv);
  const isHeaded = rows[0]?.[0]?.trim() === NAME;
  const header = isHeaded ? rows[0]?.map((cell) => cell.trim()) : columns;
  if (!header?.includes('access_key_1_exist')) return null;
  const slots = header.flatMap((column) => /^((?:additional_)?access_key_[0-9]{1,3}_)exist$/.exec(column)?.[1] ?? []);
  const places = new Map(header.map((column, index) => [column, index]));
  const users: ReportedUser[] = [];
  let malformed = 0;
  for (const row of isHeaded ? rows.slice(1) : rows) {
    const cell: Cells = (column) => row[places.get(column) ?? -1]?.trim() ?? '';
    const user = row.length === header.length ? userOf(cell, slots) : null;
    if (user === null) malformed += 1;
    else users.push(user);
  }
  return { users, malformed, columns: header };
};

const userOf = (cell: Cells, slots: readonly string[]): ReportedUser | null => {
  const name = text(cell(NAME));
  if (name === null) return null;
  return {
    name,
    hasConsole: flagOf(cell('password_exist')) === true && flagOf(cell('password_active')) === true,
    mfa: flagOf(cell('mfa_active')),
    keys: slots.filter((slot) => flagOf(cell(`${slot}exist`)) === true).map((slot) => keyOf(cell, slot)),
  };
};

const keyOf = (cell: Cells, slot: string): ReportedKey => {
  const used = cell(`${slot}last_used`);
  return {
    active: flagOf(cell(`${slot}active`)),
    changed: timeOf(cell(`${slot}last_rotated`)),
    lastUsed: used === '-' ? null : (timeOf(used) ?? undefined),
  };
};

const flagOf = (cell: string): boolean | null => {
  const word = cell.toUpperCase();
  return word === 'TRUE' ? true : word === 'FALSE' ? false : null;
};
