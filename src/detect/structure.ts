// How a text is laid out around a value: its line, its block by indentation, its section, its brackets. Two values that
// share these belong together more than two that are merely near.

import { type Layer, originAt } from './layers/layer.js';
import { speakerOf } from './speaker.js';

/** Where a value stands in the layout. Ids are offsets in the window, so they compare across layers; -1 is none. */
export interface Layout {
  /** The innermost bracket around it. */
  readonly group: number;
  /** The bracket around that. */
  readonly outer: number;
  /** The line it is indented under. */
  readonly parent: number;
  /** The text of that line and of the one above it in turn, for words that say whose keys these are. */
  readonly heads: readonly string[];
  /** What the brackets and elements around it are called: `"cos": {`, `session(`, `<oss>`. */
  readonly around: readonly string[];
  /** The last `[section]` before it. */
  readonly section: number;
  /** The last blank line before it. */
  readonly block: number;
  /** Behind the last line before it that ended in a semicolon or a brace; none where its own line ends a statement, too. */
  readonly statement: number;
  /** Who speaks: the thread of a log's line, the name in a chat. */
  readonly speaker: string | null;
  /** What its line begins with: a comment mark, a diff's sign, or nothing. */
  readonly marker: string;
}

const MAX_DEPTH = 400;
const LOOK_UP = 60;
const MARKER = /^[ \t]*(#|\/\/|--|;|\*|%|<!--|rem\b|REM\b|\+(?!\+)|-(?![-\s]))?/;

/** `git diff --word-diff` marks what was taken away and put in inside a line. */
const WORD_DIFF = /(\[-|\{\+)["' ]{0,3}$/;

/** Line starts of a text, ascending; the first is 0. */
export const lineStarts = (text: string): readonly number[] => {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
};

/** Index of the last entry that is not above `value`; -1 when all are. */
export const lastNotAbove = (sorted: ArrayLike<number>, value: number): number => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};

const indentOf = (line: string): number => {
  const blank = /^[ \t]*/.exec(line)?.[0] ?? '';
  // A list's dash is part of the indentation of what it opens.
  const dash = /^- +/.exec(line.slice(blank.length))?.[0] ?? '';
  return blank.replace(/\t/g, '    ').length + dash.length;
};

/** Layouts of the values that start at `positions` (ascending) in a layer. */
export const layoutsOf = (layer: Layer, positions: readonly number[]): readonly Layout[] => {
  const { text } = layer;
  const starts = lineStarts(text);
  const brackets = bracketsAround(text, positions);
  const sections = sectionStarts(text);
  const { blanks, ends } = bordersOf(text, starts);
  return positions.map((position, index) => {
    const lineIndex = lastNotAbove(starts, position);
    const lineAt = (i: number): string =>
      text.slice(starts[i] ?? 0, Math.min(starts[i + 1] ?? text.length, (starts[i] ?? 0) + 200));
    const line = lineAt(lineIndex);
    const above = parentLines(lineAt, lineIndex, indentOf(line));
    const parents = opensMap(line) ? [lineIndex, ...above.slice(0, 1)] : above;
    const parent = parents[0];
    const [group = -1, outer = -1] = brackets[index] ?? [];
    const section = lastNotAbove(sections, position);
    const blank = lastNotAbove(blanks, position);
    const end = lastNotAbove(ends, position);
    return {
      group: group < 0 ? -1 : originAt(layer, group),
      outer: outer < 0 ? -1 : originAt(layer, outer),
      parent: parent === undefined ? -1 : originAt(layer, starts[parent] ?? 0),
      heads: [
        ...parents.map((i) => lineAt(i).trim()),
        ...(section < 0 ? [] : [lineAt(lastNotAbove(starts, sections[section] ?? 0)).trim()]),
      ],
      around: [...labelsBefore(text, [group, outer]), ...openTags(text, position)],
      section: section < 0 ? -1 : originAt(layer, sections[section] ?? 0),
      block: blank < 0 ? -1 : originAt(layer, blanks[blank] ?? 0),
      statement: end < 0 ? -1 : originAt(layer, ends[end] ?? 0),
      speaker: speakerOf(lineAt, lineIndex, position - (starts[lineIndex] ?? 0)),
      marker: WORD_DIFF.exec(text.slice(Math.max(0, position - 8), position))?.[1] ?? MARKER.exec(line)?.[1] ?? '',
    };
  });
};

/** `- name: a`: an entry of a list that is a map of its own. */
const opensMap = (line: string): boolean => /^[ \t]*- +["']?[\w.-]+["']?\s*:(?:\s|$)/.test(line);

const isComment = (line: string): boolean => /^[ \t]*(?:#(?!\w+ )|\/\/|--|;|<!--)/.test(line);

/** The lines a line is indented under, nearest first, at most two. */
const parentLines = (lineAt: (index: number) => string, from: number, indent: number): readonly number[] => {
  const found: number[] = [];
  const commented = isComment(lineAt(from));
  let least = indent;
  for (let i = from - 1; i >= Math.max(0, from - LOOK_UP) && least > 0 && found.length < 2; i--) {
    const line = lineAt(i);
    if (/^\s*$/.test(line) || (!commented && isComment(line))) continue;
    const here = indentOf(line);
    const list = opensMap(line) && here === least;
    if (here < least) {
      found.push(i);
      least = here;
    } else if (list && found.length === 0) {
      // `- name: a` opens the block that the lines below it, indented to the same depth, belong to.
      found.push(i);
      least = here - 2;
    }
  }
  return found;
};

const labelsBefore = (text: string, brackets: readonly number[]): readonly string[] =>
  brackets.flatMap((bracket) => {
    const before = bracket < 0 ? '' : text.slice(Math.max(0, bracket - 60), bracket);
    const label = /([A-Za-z_$][\w.$-]{0,40})["'`]?\s{0,3}(?:[:=]|=>)?\s{0,3}$/.exec(before)?.[1];
    return label === undefined ? [] : [label];
  });

/** Elements opened and not closed in the stretch before a value, at most two. */
const openTags = (text: string, position: number): readonly string[] => {
  const open: string[] = [];
  for (const [, closing, name] of text
    .slice(Math.max(0, position - 400), position)
    .matchAll(/<(\/?)([A-Za-z][\w:.-]{0,40})(?=[\s>])[^<>]{0,120}(?<!\/)>/g)) {
    if (name === undefined) continue;
    if (closing === '') open.push(name);
    else if (open.at(-1) === name) open.pop();
  }
  return open.slice(-3);
};

/** Starts of the lines that hold nothing, and where a line ends in a semicolon or a brace. */
const bordersOf = (text: string, starts: readonly number[]): { blanks: readonly number[]; ends: readonly number[] } => {
  const blanks: number[] = [];
  const ends: number[] = [];
  for (let i = 0; i < starts.length; i++) {
    const start = starts[i] ?? 0;
    let last = (starts[i + 1] ?? text.length + 1) - 2;
    // Blanks, tabs and the first of the two characters that end a line on Windows.
    for (let code = text.charCodeAt(last); last >= start && (code === 32 || code === 9 || code === 13); )
      code = text.charCodeAt(--last);
    if (last < start) blanks.push(start);
    else if (';{}'.includes(text[last] ?? ' ')) ends.push(last);
  }
  return { blanks, ends: text.includes(';') ? ends : [] };
};

const sectionStarts = (text: string): readonly number[] =>
  // Most texts have none: a search for the bracket costs far less than the pattern.
  !text.includes(']')
    ? []
    : [...text.matchAll(/^[ \t]{0,8}\[{1,2}[^\]\n"'{}]{1,80}\]{1,2}[ \t]*\r?$/gm)].map((match) => match.index);

/** For each position the offsets of the innermost open bracket and of the one around it. */
const bracketsAround = (text: string, positions: readonly number[]): readonly (readonly number[])[] => {
  const open: number[] = [];
  const found: (readonly number[])[] = [];
  let next = 0;
  const settle = (upTo: number): void => {
    while (next < positions.length && (positions[next] ?? 0) <= upTo) {
      found.push(open.slice(-2).reverse());
      next++;
    }
  };
  // A test makes nothing, unlike a match: there are many brackets.
  const brackets = /[()[\]{}]/g;
  while (brackets.test(text)) {
    const at = brackets.lastIndex - 1;
    settle(at);
    if (next === positions.length) break;
    const bracket = text[at] ?? '';
    if ('([{'.includes(bracket)) {
      if (open.length < MAX_DEPTH) open.push(at);
      continue;
    }
    // An unmatched closer inside a string must not empty the stack: it closes the nearest opener of its kind, or nothing.
    const opener = bracket === ')' ? '(' : bracket === ']' ? '[' : '{';
    for (let depth = open.length - 1; depth >= Math.max(0, open.length - 4); depth--) {
      if (text[open[depth] ?? 0] === opener) {
        open.length = depth;
        break;
      }
    }
  }
  settle(text.length);
  return found;
};
