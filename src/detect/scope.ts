// Reads one text and all that is written inside it: takes escapes back, joins literals, decodes base64, and pairs what is
// found, innermost text first. What finds no partner inside a decoded text is judged again in the text around it.

import { base64Runs } from './layers/base64.js';
import { joined } from './layers/concatenation.js';
import { inlined } from './layers/decode-calls.js';
import { unescaped } from './layers/escapes.js';
import { type Layer, originAt } from './layers/layer.js';
import { measured } from './layers/lengths.js';
import { nestedUtf16 } from './layers/utf16.js';
import type { Located } from './located.js';
import type { Namer } from './namer.js';
import { type Pair, pairUp } from './pairing.js';
import type { Rule } from './rules.js';
import { type Layout, lastNotAbove, layoutsOf } from './structure.js';
import { columnHead, crossingOf } from './tables.js';
import type { Value, ValueFinder } from './values.js';

export interface ScopeTools {
  readonly finder: ValueFinder;
  readonly namer: Namer;
  readonly rules: readonly Rule[];
  /** Read secrets where there is no key, too: a rule takes them alone, or their key is in another file. */
  readonly secretsAlone: boolean;
}

/** What a text holds: pairs, and values that found no partner. */
export interface ScopeResult {
  readonly pairs: readonly Pair[];
  readonly alone: readonly Located[];
  readonly tokens: readonly Located[];
}

/** Decodings inside decodings that are followed. */
const MAX_DEPTH = 3;

/** A text shorter than this cannot hold a key. */
const SHORTEST = 16;

export const readScope = (root: Layer, tools: ScopeTools, budget: { left: number }): ScopeResult =>
  readNested(root, tools, budget, { depth: 0, wanted: tools.secretsAlone });

interface Nesting {
  readonly depth: number;
  /** A key outside this text may want a secret in it. */
  readonly wanted: boolean;
}

const readNested = (root: Layer, tools: ScopeTools, budget: { left: number }, nesting: Nesting): ScopeResult => {
  const { finder } = tools;
  const layers = readings(root, finder.prefixes);
  const values = new Map<string, Value>();
  const inner: ScopeResult[] = [];
  for (const layer of layers) for (const key of finder.keys(layer)) addFirst(values, key);
  const runs = nesting.depth < MAX_DEPTH ? distinctRuns(layers, tools, budget) : [];
  const decoded = new Set<string>();
  const readRuns = (wanted: boolean): void => {
    inner.length = 0;
    for (const { layer, start, end, at, until, text } of runs) {
      const single = finder.single(text);
      // Base64 inside base64 is followed, even where the text between happens to have a secret's length.
      const deeper = base64Runs(text, finder, budget).length > 0;
      if (single !== null && !deeper) {
        decoded.add(runId(layer, at, until));
        addFirst(values, { ...single, start, end, encoding: text.encoding, layer, at, until });
      } else if (text.text.length >= SHORTEST && /[0-9A-Za-z]{16}/.test(text.text)) {
        const result = readNested(text, tools, budget, { depth: nesting.depth + 1, wanted });
        if (result.pairs.length + result.alone.length + result.tokens.length === 0) continue;
        decoded.add(runId(layer, at, until));
        inner.push(result);
        for (const value of [...result.alone, ...result.tokens])
          addFirst(values, { ...value, start, layer, at, until });
      }
    }
  };
  const holdsKey = (): boolean => [...values.values()].some(({ role }) => role === 'key');
  const wantedAtFirst = nesting.wanted || holdsKey();
  readRuns(wantedAtFirst);
  // A key came out of one run: its secret may be in another that was not asked for any.
  if (!wantedAtFirst && holdsKey() && runs.length > 1) readRuns(true);
  const keyStarts = [...values.values()]
    .flatMap(({ role, start }) => (role === 'key' ? [start] : []))
    .sort((a, b) => a - b);
  const wanted = nesting.wanted || keyStarts.length > 0;
  for (const layer of wanted ? layers : []) {
    for (const secret of finder.secrets(layer, nesting.wanted ? null : keyStarts)) {
      // What decodes to a value is that value, not one that happens to have a secret's length itself.
      if (!decoded.has(runId(layer, secret.at, secret.until))) addFirst(values, secret);
    }
  }
  const issued = longestKeys([...values.values()]).filter((value) => value.role !== 'secret' || finder.isIssued(value));
  const here = locate(issued, layers, tools).filter(isNamedAsItMust);
  const innerNames = new Map(inner.flatMap(({ alone }) => alone).map((value) => [value.text, value.name]));
  // A value that came out of a longer decoded text keeps the name it had there.
  const named = here.map((value) => ({ ...value, name: innerNames.get(value.text) ?? value.name }));
  const pairing = pairUp(named, {
    namer: tools.namer,
    fits: (key, secret) => key.rule?.secret?.lengths.includes(secret.text.length) ?? false,
  });
  return {
    pairs: [...inner.flatMap(({ pairs }) => pairs), ...pairing.pairs],
    alone: pairing.alone,
    tokens: named.filter(({ role }) => role === 'token'),
  };
};

/** A key without a prefix counts only under a name that says what it is. */
const isNamedAsItMust = ({ rule, name }: Located): boolean =>
  rule?.key?.named === undefined || name?.kind === 'id' || name?.kind === 'key';

/** The text as it stands, with values told apart by their lengths, with escapes taken back once and twice, with literals joined. */
const readings = (root: Layer, prefixes: readonly string[]): readonly Layer[] => {
  const once = unescaped(root);
  const twice = once === null ? null : unescaped(once);
  const apart = measured(root, prefixes);
  const plain = [root, ...[apart, once, twice].filter((layer) => layer !== null)];
  const inline = inlined(root);
  return [...plain, ...[...plain, ...(inline === null ? [] : [inline])].flatMap((layer) => joined(layer) ?? [])];
};

/** The plainest reading of a value is kept: layers come in the order of how much was done to them. */
const addFirst = (values: Map<string, Value>, value: Value): void => {
  const id = `${value.role} ${value.start} ${value.text}`;
  if (!values.has(id)) values.set(id, value);
};

interface DecodedRun {
  readonly layer: Layer;
  readonly start: number;
  readonly end: number;
  readonly at: number;
  readonly until: number;
  readonly text: Layer;
}

const runId = (layer: Layer, at: number, until: number): string =>
  `${originAt(layer, at)} ${layer.text.slice(at, until).replace(/=+$/, '')}`;

/** The base64 of all readings of a text, each run once, UTF-16 inside it read as such. */
const distinctRuns = (
  layers: readonly Layer[],
  { finder }: ScopeTools,
  budget: { left: number },
): readonly DecodedRun[] => {
  const seen = new Set<string>();
  return layers.flatMap((layer) =>
    base64Runs(layer, finder, budget).flatMap((run): DecodedRun[] => {
      const start = originAt(layer, run.start);
      const end = originAt(layer, run.end);
      if (seen.has(`${start} ${end}`)) return [];
      seen.add(`${start} ${end}`);
      return [{ layer, start, end, at: run.start, until: run.end, text: nestedUtf16(run.layer) ?? run.layer }];
    }),
  );
};

/** Of keys that begin at one place the longest: the others are the first part of a joined literal. */
const longestKeys = (values: readonly Value[]): readonly Value[] => {
  const longest = new Map<number, number>();
  for (const { role, start, text } of values) {
    if (role === 'key') longest.set(start, Math.max(longest.get(start) ?? 0, text.length));
  }
  return values.filter(({ role, start, text }) => role !== 'key' || longest.get(start) === text.length);
};

const locate = (values: readonly Value[], layers: readonly Layer[], { namer }: ScopeTools): readonly Located[] => {
  const breaks = lineBreaks(layers);
  const located = layers.flatMap((layer) => {
    const sorted = values.filter((value) => value.layer === layer).sort((a, b) => a.at - b.at);
    if (sorted.length === 0) return [];
    const layouts = layoutsOf(
      layer,
      sorted.map(({ at }) => at),
    );
    return sorted.flatMap((value, index): Located[] => {
      const layout = layouts[index];
      if (layout === undefined) return [];
      const name = nameIn(layer, value, layout, namer);
      return [{ ...value, layout, name, line: lastNotAbove(breaks, value.start) + 1 }];
    });
  });
  return located.sort((a, b) => a.start - b.start || a.at - b.at);
};

/** The name of a value with those of the blocks it stands in. */
export const pathOf = ({ name, layout }: Located): string | null => {
  if (name === null) return null;
  const blocks = layout.heads.flatMap(
    (head) => /^(?:- )?["']?([\w.-]{1,40})["']?\s?[:=]\s?[{[]?$|^\[([\w.-]{1,40})\]$/.exec(head)?.slice(1) ?? [],
  );
  return [...blocks.filter((block) => block !== undefined).reverse(), name.raw].join('.');
};

/** The value's own name; where that says nothing, the name of what it stands in. */
const nameIn = (layer: Layer, value: Value, layout: Layout, namer: Namer): Located['name'] => {
  const told = namer.nameOf(layer.text, value.at, value.until);
  // Who says it is not what it is called.
  const own = told !== null && told.kind === 'unknown' && told.raw === layout.speaker ? null : told;
  if (own === null || own.byComma || own.kind === 'unknown') {
    const crossed = crossingName(layer, value, namer);
    if (crossed !== null) return crossed;
  }
  if (own !== null && own.kind !== 'unknown' && own.kind !== 'other') return own;
  const column = columnName(layer, value, namer);
  if (column !== null && column.kind !== 'unknown') return column;
  const block = blockName(layout, namer);
  if (own === null) return listName(layer, value, namer) ?? column ?? block;
  // `[secrets]` above `prod = ...`: the block says what it is, the name whose.
  return own.kind === 'unknown' && block !== null && (block.kind === 'secret' || block.kind === 'id')
    ? { ...own, kind: block.kind }
    : own;
};

/** In a table whose rows are the fields: the row says what a value is, the column whose. */
const crossingName = (layer: Layer, value: Value, namer: Namer): Located['name'] => {
  const crossing = crossingOf(layer.text, value.at);
  if (crossing === null || namer.named(crossing.column).kind !== 'unknown') return null;
  const name = namer.named(crossing.row);
  return name.kind === 'unknown' ? null : { ...name, stem: [...name.stem, crossing.column.toLowerCase()] };
};

const columnName = (layer: Layer, value: Value, namer: Namer): Located['name'] => {
  const head = columnHead(layer.text, value.at);
  return head === null ? null : namer.named(head);
};

/** The name of the block, for a value whose own says nothing: `AccessKeyId: { Type: String, Default: ... }`. */
const blockName = ({ heads }: Layout, namer: Namer): Located['name'] => {
  const head = /^<\w[^<>]*\b[Nn]ame\s?=\s?"([^"]{1,80})"|^\[?["']?([\w.$-]{1,80})["']?(?:\]|\s?[:=]\s?[{([]?)$/.exec(
    heads[0] ?? '',
  );
  const name = head === null ? null : namer.named(head[1] ?? head[2] ?? '');
  return name !== null && name.kind !== 'unknown' ? name : null;
};

/** The name of the list a bare element stands in: `secrets: ["a", "b"]`, or `secrets:` above `- a`. */
const listName = (layer: Layer, value: Value, namer: Namer): Located['name'] => {
  const before = layer.text.slice(Math.max(0, value.at - 600), value.at);
  const open = /[[{](?:\s{0,40}["'`]?[\w.+/=-]{1,80}["'`]?\s{0,8},){0,12}\s{0,40}["'`@]{0,2}$/.exec(before);
  const dashes = /(?:^|\n)([^\n]{1,120}:)[ \t]*\r?\n(?:[ \t]*- [^\n]{1,120}\n){0,8}[ \t]*- ["']?$/.exec(before);
  const at =
    open !== null
      ? value.at - before.length + open.index
      : dashes !== null
        ? value.at - before.length + dashes.index + dashes[0].indexOf(':') + 1
        : -1;
  if (at < 0) return null;
  const name = namer.nameOf(layer.text, at, at);
  return name !== null && (name.kind === 'secret' || name.kind === 'id' || name.kind === 'key' || name.kind === 'other')
    ? name
    : null;
};

/** Offsets of all line breaks, those that were written as escapes too, from the reading that took the most back. */
const lineBreaks = (layers: readonly Layer[]): readonly number[] => {
  const layer = layers.findLast(({ touched }, index) => touched !== null || index === 0) ?? layers[0];
  if (layer === undefined) return [];
  const breaks: number[] = [];
  for (let at = layer.text.indexOf('\n'); at >= 0; at = layer.text.indexOf('\n', at + 1))
    breaks.push(originAt(layer, at));
  return breaks;
};
