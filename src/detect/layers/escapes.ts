// Takes back the ways in which a text is written inside another: percent (RFC 3986), backslash and unicode escapes of
// source code and JSON, HTML entities, quoted-printable (RFC 2045), terminal colours. One pass; a text that was escaped
// twice takes two.

import { type Layer, LayerBuilder, type Touch } from './layer.js';

// Backslashes are taken by the run, so that JSON inside JSON (`\\\"`) is one step. The terminal's escape character is written
// in many ways (`\e`, `\033`, syslog's `#033`, `^[`), or missing (`[33m`), as in logs that were pasted.
const ESCAPE =
  /(?:\x1b|(?<!\\)\\{1,8}(?:[eE]|033|x1[bB]|u\{?(?:00)?1[bB]\}?)|#033|\^\[|%1[bB]|&#27;|&#x1[bB];)(?:\[|%5[bB])[0-9;]{0,12}[mK]|\[[0-9;]{1,8}m|%[0-9A-Fa-f]{2}|(?<!\\)\\{1,32}(?:u\{?(?:00)?[0-9A-Fa-f]{2}\}|u00[0-9A-Fa-f]{2}|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[0-7]{3}|0(?![0-7]{2})|[nrtbf"'`/])|&(?:#\d{2,3}|#[xX][0-9A-Fa-f]{2}|quot|amp|lt|gt|apos|nbsp);|=\r?\n|=[0-9A-F]{2}/g;

const ENTITIES: Readonly<Record<string, string>> = { quot: '"', amp: '&', lt: '<', gt: '>', apos: "'", nbsp: ' ' };
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: ' ', f: ' ' };

/** What tells quoted-printable from a text with many equals signs: its name, or long lines that go on and escapes. */
const isQuotedPrintable = (text: string): boolean =>
  /quoted-printable/i.test(text) || (/=(?:3D|20|[C-F][0-9A-F])/.test(text) && hasSoftBreak(text));

/** A line of 57 characters or more, at most the 76 that are allowed, that ends in an equals sign. */
const hasSoftBreak = (text: string): boolean => {
  for (const end of ['=\n', '=\r\n']) {
    for (let at = text.indexOf(end); at >= 0; at = text.indexOf(end, at + 1)) {
      const line = text.slice(Math.max(0, at - 76), at);
      const length = line.length - line.lastIndexOf('\n') - 1;
      if (length >= 56 && length <= 75) return true;
    }
  }
  return false;
};

interface Replacement {
  readonly by: string;
  readonly touch: Touch | null;
}

/** What ends as a colour does is one, however its first character is spelt. */
const isColour = (written: string, first: number): boolean =>
  first === 0x1b || first === 0x5b || first === 0x23 || first === 0x5e || /(?:\[|%5[bB])[0-9;]*[mK]$/.test(written);

const decoded = (written: string, quotedPrintable: boolean): Replacement | null => {
  const first = written.charCodeAt(0);
  if (isColour(written, first)) return { by: '', touch: 'ansi' };
  if (first === 0x25) return character(Number.parseInt(written.slice(1), 16), 'percent');
  if (first === 0x26) {
    const name = written.slice(1, -1);
    const entity = ENTITIES[name];
    if (entity !== undefined) return { by: entity, touch: null };
    const code = name[1] === 'x' || name[1] === 'X' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return character(code, 'html-entity');
  }
  if (first === 0x3d) {
    // An equals sign written so stands before values in headers and in pasted bodies, too; no text has it by chance.
    if (!quotedPrintable && written !== '=3D') return null;
    if (written.endsWith('\n')) return { by: '', touch: 'quoted-printable' };
    return character(Number.parseInt(written.slice(1), 16), 'quoted-printable');
  }
  const body = written.replace(/^\\+/, '');
  const control = CONTROLS[body];
  if (control !== undefined) return { by: control, touch: null };
  const octal = /^[0-7]+$/.test(body);
  if (body.length === 1 && !octal) return { by: body, touch: null };
  const code = octal ? Number.parseInt(body, 8) : Number.parseInt(body.replace(/^[ux]\{?|\}$/g, ''), 16);
  return character(code, 'unicode-escape');
};

const character = (code: number, touch: Touch): Replacement => {
  // A zero is what tells UTF-16 apart: it keeps its place as an unknown character.
  return { by: code === 0 ? '\u00bf' : String.fromCharCode(code), touch };
};

/** The layer with one level of escapes taken back, or null when there are none. */
export const unescaped = (layer: Layer): Layer | null => {
  const { text } = layer;
  if (text.search(ESCAPE) < 0) return null;
  const quotedPrintable = isQuotedPrintable(text);
  const builder = new LayerBuilder(layer);
  let last = 0;
  let changed = false;
  for (const match of text.matchAll(ESCAPE)) {
    const replacement = decoded(match[0], quotedPrintable);
    if (replacement === null) continue;
    builder.copy(last, match.index);
    builder.replace(match.index, replacement.by, replacement.touch);
    last = match.index + match[0].length;
    changed = true;
  }
  if (!changed) return null;
  builder.copy(last, text.length);
  return builder.build();
};
