// Base64 that goes on from line to line (RFC 2045, PEM, YAML and XML blocks, comments, patches, quoted mail): where its lines
// are, without what stands before and behind them.

export interface Segment {
  readonly start: number;
  readonly end: number;
}

/** A line of at least this many characters goes on in the next, however that is indented; narrower ones have one width. */
const FULL = 60;
const LONGEST_PREFIX = 24;

/** What a line may begin with: blanks, and the marks of comments, quotes, literals and patches. */
const PREFIX = /(?:[^A-Za-z0-9+/=_\r\n-]|[+/-]{1,4}(?=[ \t])){0,24}/y;
/** A line of a block, what follows it, and where the next begins. */
const LINE = /([A-Za-z0-9+/_-]+)(={0,2})((?:[^A-Za-z0-9+/=_\r\n-][^A-Za-z0-9=\r\n]{0,7})?)(?:\r?\n|$)/y;
/** The last line may be followed by whatever closes it. */
const LAST = /([A-Za-z0-9+/_-]+)(={0,2})(?=[\r\n"'<,;)\]\\]|$)/y;
const INDENT = /[ \t]{0,16}/y;

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

/** What stands before a run on its line, or the last of it. */
const lineBefore = (text: string, start: number): string => {
  const before = text.slice(Math.max(0, start - LONGEST_PREFIX), start);
  return before.slice(before.lastIndexOf('\n') + 1);
};

/** What stands before the next line, when it stands before this one, too; null when it does not. */
const prefixOf = (text: string, start: number, next: number): string | null => {
  const before = lineBefore(text, start);
  const signs = /[+/-]{0,2}$/.exec(before)?.[0] ?? '';
  const blank = matchAt(PREFIX, text, next)?.[0] ?? '';
  const prefix = signs !== '' && text.startsWith(signs, next + blank.length) ? blank + signs : blank;
  return before.endsWith(prefix) ? prefix : null;
};

/** The signs a run begins with that are a patch's or a comment's, when the next line begins with them, too. */
const signsBefore = (text: string, start: number): number => {
  const signs = /^(?:\+|-|\/\/)/.exec(text.slice(start, start + 2))?.[0] ?? '';
  const before = lineBefore(text, start);
  if (signs === '' || before.length === LONGEST_PREFIX) return 0;
  const next = text.indexOf('\n', start) + 1;
  return next > 0 && text.startsWith(before + signs, next) ? signs.length : 0;
};

/**
 * The lines that a run from `start` up to `end` goes on in, itself first.
 * @param end one past the run's last character, padding apart
 */
const linesFrom = (text: string, start: number, end: number): readonly Segment[] => {
  const lines: Segment[] = [{ start, end }];
  const first = matchAt(LINE, text, start);
  if (first === null || first[2] !== '' || start + (first[1]?.length ?? 0) !== end) return lines;
  const [, , , suffix = ''] = first;
  const next = LINE.lastIndex;
  const prefix = prefixOf(text, start, next);
  const width = end - start;
  let total = width;
  for (let at = next; at < text.length; ) {
    const line = prefix !== null && text.startsWith(prefix, at) ? matchAt(LINE, text, at + prefix.length) : null;
    if (line !== null && line[2] === '' && line[3] === suffix && line[1]?.length === width) {
      lines.push({ start: line.index, end: line.index + width });
      total += width;
      at = LINE.lastIndex;
      continue;
    }
    // The last one, or one of a block whose lines are full and indented as they like.
    const wide = (lines.at(-1)?.end ?? 0) - (lines.at(-1)?.start ?? 0) >= FULL && suffix === '';
    const blank = matchAt(INDENT, text, at)?.[0].length ?? 0;
    const isPrefixed = prefix !== null && text.startsWith(prefix, at) && (prefix !== '' || !wide);
    const from = isPrefixed ? at + prefix.length : wide ? at + blank : -1;
    const last = from < 0 ? null : matchAt(LAST, text, from);
    const [, letters = '', padding = ''] = last ?? [];
    if (letters === '' || (!wide && letters.length > width)) break;
    // A short word may follow a block: what ends it makes its length a multiple of four.
    total += letters.length;
    if ((!wide || letters.length < 4) && (total + padding.length) % 4 !== 0) break;
    if (letters.length < 4 && padding === '') break;
    lines.push({ start: from, end: from + letters.length });
    if (!wide || padding !== '') break;
    const feed = /^\r?\n/.exec(text.slice(from + letters.length, from + letters.length + 2))?.[0];
    if (feed === undefined) break;
    at = from + letters.length + feed.length;
  }
  return lines;
};

/** The blocks that a run may begin, likeliest first: each a list of lines, of which there may be only one. */
export const blocksFrom = (text: string, start: number, end: number): readonly (readonly Segment[])[] => {
  const signs = signsBefore(text, start);
  const plain = linesFrom(text, start, end);
  if (signs === 0) return [plain];
  const signed = linesFrom(text, start + signs, end);
  return signed.length > 1 ? [signed, plain] : [plain];
};

/** What stands between the end of a line and the next line of base64, escapes of line breaks among it. */
const GOES_ON = /[ "'`,;+\\]{0,6}(?:\r?\n|(?:\\{1,4}[rn]){1,2})[^A-Za-z0-9=\n]{0,24}[A-Za-z0-9+/]{4}/y;

/** Whether a run without padding is followed by more on the next line: what it decodes to may be cut at its end. */
export const goesOn = (text: string, end: number): boolean => matchAt(GOES_ON, text, end) !== null;
