// Tells values apart that stand end to end in binary files, where a length says how far each goes: constants of compiled
// programs, serialised objects, records of databases. The letter or digit behind a value is then the next field's type.

import { type Layer, LayerBuilder } from './layer.js';

/** Put where one field ends and the next begins. */
const BORDER = '\0';

/** No text has these; every binary format does. */
const BINARY = /[\0-\x08\x0e-\x1f]/;
/** How far around a value its file shows that it is binary. */
const NEAR = 96;

const isBinary = (text: string, at: number): boolean => BINARY.test(text.slice(Math.max(0, at - NEAR), at + NEAR));

/** The same of bytes, of which there may be many. */
export const isBinaryAround = (bytes: Uint8Array, at: number, end: number): boolean => {
  const to = Math.min(end, at + NEAR);
  for (let near = Math.max(0, at - NEAR); near < to; near++) {
    const byte = bytes[near] ?? 0;
    if (byte < 0x20 && (byte < 0x09 || byte > 0x0d)) return true;
  }
  return false;
};

/** The layer with values told apart, or null when no length says where one ends. */
export const measured = (layer: Layer, prefixes: readonly string[]): Layer | null => {
  if (!BINARY.test(layer.text)) return null;
  const cuts = [
    ...cutsOf(layer.text, prefixes),
    ...openingsOf(layer.text),
    ...prefixes.flatMap((prefix) => rowsOf(layer.text, prefix)),
  ];
  cuts.sort((a, b) => a.from - b.from);
  const builder = new LayerBuilder(layer);
  let last = 0;
  for (const { from, to, fields } of cuts) {
    if (from < last) continue;
    builder.copy(last, from);
    builder.replace(from, BORDER, null);
    for (const field of fields) {
      builder.copy(field.from, field.to);
      builder.replace(field.to, BORDER, null);
    }
    last = to;
  }
  if (last === 0) return null;
  builder.copy(last, layer.text.length);
  return builder.build();
};

interface Span {
  readonly from: number;
  readonly to: number;
}

/** A stretch in whose place a border comes, with what of it is kept behind that, each with a border of its own. */
interface Cut extends Span {
  readonly fields: readonly Span[];
}

/**
 * A length and what it is the length of: one byte (Python's marshal, protobuf, CBOR, property lists; the last of Java's two or
 * of Thrift's four), or two or four with the lowest first (marshal, pickle).
 */
const MEASURED = /(?:([\x10-\x1f])|([\x10-\x7f])\0(?:\0\0)?)(?=[0-9A-Za-z])/g;

/** What values consist of. */
const VALUE = /^[0-9A-Za-z.+/_=-]*$/;

const isLetter = (text: string, at: number): boolean => /^[0-9A-Za-z]$/.test(text[at] ?? '');

/** The letters directly behind a value whose length is told. */
const cutsOf = (text: string, prefixes: readonly string[]): readonly Cut[] => {
  const cuts: Cut[] = [];
  for (const match of text.matchAll(MEASURED)) {
    const from = match.index + match[0].length;
    const to = from + (match[1] ?? match[2] ?? '').charCodeAt(0);
    if (!isLetter(text, to)) continue;
    const value = text.slice(from, to);
    // No length of a key's: where one begins within, it would be cut.
    if (VALUE.test(value) && !prefixes.some((prefix) => value.indexOf(prefix) > 0))
      cuts.push({ from: to, to: to + 1, fields: [] });
  }
  return cuts;
};

/** Lengths that are themselves a letter or digit before a key: 24 in Avro, which doubles it, and 16 in CBOR, which adds 96. */
const OPENINGS: Readonly<Record<string, number>> = { '0': 24, p: 16 };

const openingsOf = (text: string): readonly Cut[] => {
  const cuts: Cut[] = [];
  for (const { index, 0: letter } of text.matchAll(/[0p](?=[A-Z]{4}[0-9A-Za-z]{12})/g)) {
    const to = index + 1 + (OPENINGS[letter] ?? 0);
    if (!VALUE.test(text.slice(index + 1, to)) || !isBinary(text, index)) continue;
    cuts.push({ from: index, to: index + 1, fields: [] });
    if (isLetter(text, to)) cuts.push({ from: to, to: to + 1, fields: [] });
  }
  return cuts;
};

/** Characters of a row of SQLite before a key in it, its head included. */
const REACH = 400;
/** Bytes of a head: a row of accounts has few columns, and a letter is no head's beginning. */
const LONGEST_HEAD = 31;
/** Keys without a row after which no more are looked for: each takes a while. */
const MOST_IN_VAIN = 100;

/** Rows of SQLite (fileformat2) in which a key directly follows another column: what their heads say of all columns. */
const rowsOf = (text: string, prefix: string): readonly Cut[] => {
  const rows: Cut[] = [];
  let inVain = 0;
  let from = 0;
  for (let at = text.indexOf(prefix); at >= 0 && inVain < MOST_IN_VAIN; at = text.indexOf(prefix, from)) {
    from = at + prefix.length;
    if (!isLetter(text, at - 1) || !isBinary(text, at)) continue;
    const row = rowAround(text, at);
    if (row === null) inVain += 1;
    else {
      rows.push(row);
      // Other keys in the same row are among its columns.
      from = Math.max(from, row.to);
    }
  }
  return rows;
};

const rowAround = (text: string, key: number): Cut | null => {
  for (let head = key - 3; head >= Math.max(0, key - REACH); head--) {
    const fields = columnsOf(text, head);
    if (fields?.some(({ from, to }) => from === key && SHORTEST <= to - from && to - from <= LONGEST))
      return { from: head, to: fields.at(-1)?.to ?? key, fields };
  }
  return null;
};

/** Of a key. */
const SHORTEST = 16;
const LONGEST = 40;

/** The columns of the row whose head may begin at `at`; null when none does. */
const columnsOf = (text: string, at: number): readonly Span[] | null => {
  const size = text.charCodeAt(at);
  if (size < 2 || size > LONGEST_HEAD) return null;
  const columns: Span[] = [];
  let from = at + size;
  for (let place = at + 1; place < at + size; ) {
    let kind = 0;
    let byte = 0;
    do {
      byte = text.charCodeAt(place++);
      kind = kind * 128 + (byte & 127);
    } while (byte > 127 && place < at + size);
    const length = lengthOf(kind);
    if (length === null || from + length > text.length) return null;
    columns.push({ from, to: from + length });
    from += length;
  }
  return columns;
};

/** Bytes of numbers by their kind; from 12 on, of a blob when the kind is even, of a text when it is odd. */
const NUMBERS = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0];

const lengthOf = (kind: number): number | null => (kind >= 12 ? Math.floor((kind - 12) / 2) : (NUMBERS[kind] ?? null));
