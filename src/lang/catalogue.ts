// Finds the entry that an English text was made from, and says it in the other language. Sentences come from here, what
// stands in them from strangers: it is put in as it is, and whatever it holds, the work is bounded.

import { type Entry, expanded, type SlotKind, type Token, tokensOf } from './template.js';

/** How the pieces of a text are put together in the other language. */
export interface Manner {
  /** Between the members of a list, of a series. */
  readonly comma: string;
  readonly semicolon: string;
  /** After a sentence. */
  readonly stop: string;
  /** `a, b and 3 more`. */
  readonly more: (names: string, count: string) => string;
  /** Between two sentences, of which these are the first one's last letters. */
  readonly between: (before: string) => string;
}

export interface Catalogue {
  /** @param onMiss told of each text of ours for which there is no entry */
  readonly translate: (text: string, onMiss?: (text: string) => void) => string;
}

interface Compiled {
  readonly tokens: readonly Token[];
  readonly other: readonly Token[];
  readonly longest: string;
  /** Letters that are not a stranger's: the more, the surer. */
  readonly weight: number;
}

interface Said {
  readonly text: string;
  /** What of it is English still. */
  readonly missed: readonly string[];
}

/** Steps in which one text is translated, or stays English; several hundred are usual. */
const STEPS = 40_000;
const DEPTH = 8;
/** Sentences that are taken apart. */
const PIECES = 24;
/** Letters: no sentence of ours is as long, unless a stranger's name fills it. */
const LONGEST = 8_000;

export const createCatalogue = (entries: readonly Entry[], manner: Manner): Catalogue => {
  const whole = new Map<string, string>();
  const byStart = new Map<string, Compiled[]>();
  const byRest: Compiled[] = [];
  for (const [english, other] of entries) {
    for (const text of expanded(english)) {
      const tokens = tokensOf(text);
      const [first] = tokens;
      if (tokens.every(({ kind }) => kind === 'literal')) {
        whole.set(text, other);
        continue;
      }
      const literals = tokens.flatMap((token) => (token.kind === 'literal' ? [token.text] : []));
      const compiled = {
        tokens,
        other: tokensOf(other),
        longest: literals.reduce((a, b) => (b.length > a.length ? b : a), ''),
        weight: literals.reduce((sum, { length }) => sum + length, 0),
      };
      if (first?.kind !== 'literal' || first.text.length < START) byRest.push(compiled);
      else {
        const start = first.text.slice(0, START);
        const same = byStart.get(start);
        if (same === undefined) byStart.set(start, [compiled]);
        else same.push(compiled);
      }
    }
  }

  const candidates = (text: string): readonly Compiled[] =>
    [...(byStart.get(text.slice(0, START)) ?? []), ...byRest]
      .filter(({ longest }) => text.includes(longest))
      .sort((a, b) => b.weight - a.weight);

  const work = () => {
    const known = new Map<string, Said | null>();
    let steps = STEPS;

    /** Null when there is no entry for it. */
    const oneOf = (text: string, depth: number): Said | null => {
      const fixed = whole.get(text);
      if (fixed !== undefined) return { text: fixed, missed: [] };
      const before = known.get(text);
      if (before !== undefined) return before;
      if (depth > DEPTH || steps <= 0) return null;
      // What leads back to itself leads nowhere.
      known.set(text, null);
      let found: Said | null = null;
      for (const { tokens, other } of candidates(text)) {
        const values = new Map<string, Said>();
        if (!fits(tokens, 0, text, 0, values, depth)) continue;
        const one = {
          text: other
            .map((token) => (token.kind === 'literal' ? token.text : (values.get(token.name)?.text ?? '')))
            .join(''),
          missed: [...values.values()].flatMap(({ missed }) => missed),
        };
        found ??= one;
        if (one.missed.length > 0) continue;
        found = one;
        break;
      }
      known.set(text, found);
      return found;
    };

    const fits = (
      tokens: readonly Token[],
      index: number,
      text: string,
      from: number,
      values: Map<string, Said>,
      depth: number,
    ): boolean => {
      steps -= 1;
      if (steps <= 0) return false;
      const token = tokens[index];
      if (token === undefined) return from === text.length;
      if (token.kind === 'literal') {
        return (
          text.startsWith(token.text, from) && fits(tokens, index + 1, text, from + token.text.length, values, depth)
        );
      }
      const next = tokens[index + 1];
      const isLast = index + 2 >= tokens.length;
      for (let end = endOf(text, from + 1, next, isLast); end !== null; end = endOf(text, end + 1, next, isLast)) {
        steps -= (end - from) >> 6;
        const value = valueFor(token.takes, text.slice(from, end), depth);
        if (value !== null && fits(tokens, index + 1, text, end, values, depth)) {
          values.set(token.name, value);
          return true;
        }
        if (isLast || token.takes === 'number' || steps <= 0) return false;
      }
      return false;
    };

    const valueFor = (takes: SlotKind, text: string, depth: number): Said | null => {
      switch (takes) {
        case 'text':
          return { text, missed: [] };
        case 'word':
          return /\s/.test(text) ? null : { text, missed: [] };
        case 'number':
          return /^[0-9][0-9,.]*$/.test(text) ? { text, missed: [] } : null;
        case 'translated': {
          const said = clauseOf(text, depth + 1);
          return said.missed.length === 0 ? said : null;
        }
        case 'open':
          return clauseOf(text, depth + 1);
        case 'list':
          return each(text.split(', '), ', ', manner.comma, depth);
        case 'series': {
          const parts = text.split('; ');
          return parts.length > 1 ? each(parts, '; ', manner.semicolon, depth) : null;
        }
        case 'names': {
          // Names, and not what is said after them.
          if (BETWEEN.test(text) || text.includes('; ')) return null;
          const [, names = text, count] = /^(.*) and ([0-9,]+) more$/s.exec(text) ?? [];
          const said = names.split(', ').join(manner.comma);
          return { text: count === undefined ? said : manner.more(said, count), missed: [] };
        }
      }
    };

    /** Sentences that go on in another one, and so have lost their last full stop, are known with it. */
    const clauseOf = (text: string, depth: number): Said => {
      const said = sentencesOf(text, depth);
      if (said.missed.length === 0 || /[.?!:]$/.test(text)) return said;
      const ended = sentencesOf(`${text}.`, depth);
      const isSaid = ended.missed.length === 0 && manner.stop !== '' && ended.text.endsWith(manner.stop);
      return isSaid ? { text: ended.text.slice(0, -manner.stop.length), missed: [] } : said;
    };

    /** A member may hold what stands between two. */
    const each = (parts: readonly string[], join: string, between: string, depth: number): Said | null => {
      if (parts.length > PIECES) return null;
      const members: string[] = [];
      for (let at = 0; at < parts.length; ) {
        let next = at + 1;
        let member: Said | null = null;
        for (; next <= parts.length; next += 1) {
          member = oneOf(parts.slice(at, next).join(join), depth + 1);
          if (member !== null) break;
        }
        if (member === null || member.missed.length > 0) return null;
        members.push(member.text);
        at = next;
      }
      return { text: members.join(between), missed: [] };
    };

    /** Sentences that stand in one text, the longest that are known first. */
    const sentencesOf = (text: string, depth: number): Said => {
      const one = oneOf(text, depth);
      if (one !== null) return one;
      const pieces = text.split(BETWEEN);
      if (pieces.length === 1 || pieces.length > PIECES) return { text, missed: text === '' ? [] : [text] };
      const missed: string[] = [];
      let said = '';
      let isKnown = false;
      for (let at = 0; at < pieces.length; ) {
        let next = at === 0 ? pieces.length - 1 : pieces.length;
        let part: Said | null = null;
        for (; next > at; next -= 1) {
          part = oneOf(pieces.slice(at, next).join(' '), depth);
          if (part !== null) break;
        }
        const own = part?.text ?? pieces[at] ?? '';
        missed.push(...(part?.missed ?? [own]));
        const gap = isKnown && part !== null ? manner.between(said) : ' ';
        said += at === 0 ? own : `${gap}${own}`;
        isKnown = part !== null;
        at = part === null ? at + 1 : next;
      }
      return { text: said, missed };
    };

    return (text: string): Said => sentencesOf(text, 0);
  };

  const said = (text: string, onMiss: (text: string) => void): string => {
    if (text.length > LONGEST) return text;
    const { text: other, missed } = work()(text);
    for (const one of missed) onMiss(one);
    return other;
  };

  return {
    translate: (text, onMiss = () => {}) => whole.get(text) ?? said(text, onMiss),
  };
};

const START = 3;

/** After the mark that ends a sentence. */
const BETWEEN = /(?<=[.?!:][")]?) (?=\S)/;

/** Where a slot may end from a place on: before what follows it. */
const endOf = (text: string, from: number, next: Token | undefined, isLast: boolean): number | null => {
  if (next === undefined) return from <= text.length ? text.length : null;
  if (next.kind !== 'literal') return null;
  const at = isLast ? text.length - next.text.length : text.indexOf(next.text, from);
  return at >= from ? at : null;
};
