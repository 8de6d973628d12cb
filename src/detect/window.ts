// Judges one stretch of bytes around anchors: which credentials it holds, how sure that is, whether a comment allows them.
// Offsets here count from the window's first byte; the detector turns them into places in the blob.

import { expiriesOf } from './expiry.js';
import { type Layer, rawLayer } from './layers/layer.js';
import { utf16At, utf16Layer } from './layers/utf16.js';
import type { Located } from './located.js';
import { type Pair, PLAIN } from './pairing.js';
import { pathOf, readScope, type ScopeResult, type ScopeTools } from './scope.js';
import { lastNotAbove, lineStarts } from './structure.js';
import type { Detection } from './types.js';
import type { Vocabulary } from './vocabulary.js';

/** A detection whose places are offsets in the window. */
export interface WindowDetection extends Omit<Detection, 'place' | 'secretPlace'> {
  readonly offset: number;
  readonly secretOffset: number | null;
}

export interface WindowTools extends ScopeTools {
  readonly vocabulary: Vocabulary;
  /** UTF-16 forms of the literal prefixes, without the last zero. */
  readonly wideAnchors: readonly Uint8Array[];
}

/**
 * @param at the window's offset in its blob: UTF-16 goes by even and odd
 */
export const judgeWindow = (bytes: Uint8Array, at: number, tools: WindowTools): readonly WindowDetection[] => {
  const budget = { left: bytes.length * 6 + 65_536 };
  const raw = rawLayer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'));
  const found = rootLayers(bytes, at, raw, tools.wideAnchors).flatMap((root) => {
    const result = readScope(root, tools, budget);
    return detectionsOf(result, root, tools);
  });
  const seen = new Set<string>();
  return found
    .filter((detection) => {
      const id = `${detection.offset} ${detection.accessKeyId} ${detection.secret}`;
      if (seen.has(id)) return false;
      seen.add(id);
      return true;
    })
    .sort((a, b) => a.offset - b.offset);
};

/** The bytes as they stand, and read as UTF-16 where an anchor stands in UTF-16. */
const rootLayers = (
  bytes: Uint8Array,
  at: number,
  raw: Layer,
  wideAnchors: readonly Uint8Array[],
): readonly Layer[] => {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const readings = new Map<string, Layer>();
  for (const anchor of wideAnchors) {
    for (let hit = view.indexOf(anchor); hit >= 0 && readings.size < 4; hit = view.indexOf(anchor, hit + 4096)) {
      // What goes on in single bytes is no text in UTF-16.
      if (view[hit + anchor.length] !== 0) continue;
      const how = utf16At(view, hit, at);
      const key = `${how.order}${how.parity}`;
      if (!readings.has(key)) readings.set(key, utf16Layer(view, how));
    }
  }
  return [raw, ...readings.values()];
};

const detectionsOf = (result: ScopeResult, root: Layer, tools: WindowTools): readonly WindowDetection[] => {
  const allow = createAllow(root);
  const tokens = new Set(result.tokens);
  const lone = result.alone.filter(({ role, suspect }) => role === 'key' && !suspect);
  const issued = result.pairs.filter(({ key, score }) => !key.suspect || score >= PLAIN);
  const temporary = [...issued.map(({ key }) => key), ...lone].filter(({ rule }) => rule?.token !== undefined);
  const expiries = expiriesOf(temporary);
  const claims = (key: Located): Pick<Detection, 'claimedExpiry'> => {
    const claimedExpiry = expiries.get(key);
    return claimedExpiry === undefined ? {} : { claimedExpiry };
  };
  const pairs = issued.map((pair) => ({
    ...pairDetection(pair, takeToken(pair.key, pair.secret, tokens), allow),
    ...claims(pair.key),
  }));
  const keys = lone.flatMap((key) => {
    // A rule whose keys count only by their name finds nothing without a secret.
    if (key.rule?.key?.named !== undefined) return [];
    return [{ ...loneDetection(key, takeToken(key, key, tokens), allow), ...claims(key) }];
  });
  return [...pairs, ...keys, ...secretDetections(result, tools, allow)];
};

type Allow = (value: Located) => string | null;

const pairDetection = ({ key, secret, score }: Pair, token: Located | null, allow: Allow): WindowDetection => ({
  rule: key.rule?.id ?? '',
  kind: key.rule?.token === undefined ? 'pair' : 'sts',
  accessKeyId: key.text,
  secret: secret.text,
  token: token?.text ?? null,
  confidence: key.rule?.confidence ?? (score >= PLAIN && !key.doubtful ? 'high' : 'medium'),
  offset: key.start,
  secretOffset: secret.start,
  encoding: [...new Set([...key.encoding, ...secret.encoding])],
  allow: allow(key) ?? allow(secret),
  idName: pathOf(key),
});

const loneDetection = (key: Located, token: Located | null, allow: Allow): WindowDetection => ({
  rule: key.rule?.id ?? '',
  // A rule that has no secret beside its key finds values that are secrets themselves.
  ...(key.rule?.secret === undefined
    ? { kind: 'secret-only', accessKeyId: null, secret: key.text }
    : { kind: 'id-only', accessKeyId: key.text, secret: null }),
  token: token?.text ?? null,
  confidence: key.rule?.confidence ?? 'medium',
  offset: key.start,
  secretOffset: null,
  encoding: key.encoding,
  allow: allow(key),
  idName: pathOf(key),
});

/** Lines between a temporary key and the token that goes with it. */
const TOKEN_REACH = 20;

/** The nearest token that no other key has taken. */
const takeToken = (key: Located, secret: Located, tokens: Set<Located>): Located | null => {
  if (key.rule?.token === undefined) return null;
  const distance = (token: Located): number =>
    Math.abs(token.line - key.line) + Math.abs(token.start - secret.start) / 1e9;
  const nearest = [...tokens]
    .filter((token) => Math.abs(token.line - key.line) <= TOKEN_REACH)
    .sort((a, b) => distance(a) - distance(b))[0];
  if (nearest === undefined) return null;
  tokens.delete(nearest);
  return nearest;
};

/** Secrets without an ID: only where a rule for them takes part, and only under a name that says Alibaba and secret. */
const secretDetections = (
  result: ScopeResult,
  { rules, vocabulary }: WindowTools,
  allow: Allow,
): readonly WindowDetection[] => {
  const rule = rules.find(({ key, secret }) => key === undefined && secret?.named === 'secret');
  if (rule === undefined) return [];
  const house = new Set(vocabulary.house.filter((word) => word.startsWith('ali')));
  return result.alone
    .filter(({ role, name, layout }) => {
      if (role !== 'secret' || name?.kind !== 'secret') return false;
      return [name.raw, ...layout.heads].some((text) => [...house].some((word) => text.toLowerCase().includes(word)));
    })
    .map((secret) => ({
      rule: rule.id,
      kind: 'secret-only',
      accessKeyId: null,
      secret: secret.text,
      token: null,
      confidence: rule.confidence ?? 'low',
      offset: secret.start,
      secretOffset: null,
      encoding: secret.encoding,
      allow: allow(secret),
      idName: null,
    }));
};

const ALLOW = /akscan:allow\b[ \t:=-]*([^\r\n]*?)[ \t]*(?:\*\/|-->|#\}|%>|\r?$)/;

/** Reads `akscan:allow REASON` on a value's line, or on a line of its own directly above. */
const createAllow = (root: Layer): Allow => {
  if (!root.text.includes('akscan:allow')) return () => null;
  const { text, origin } = root;
  const indexOf = (offset: number): number => {
    if (origin === null) return offset;
    let low = 0;
    let high = text.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((origin[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const starts = lineStarts(text);
  const lineAt = (index: number): string => text.slice(starts[index] ?? 0, (starts[index + 1] ?? text.length + 1) - 1);
  // Many values may stand on one long line.
  const known = new Map<number, string | null>();
  const read = (index: number): string | null => {
    const own = ALLOW.exec(lineAt(index));
    if (own !== null) return own[1] ?? '';
    const above = index === 0 ? '' : lineAt(index - 1);
    // Only a comment stands on a line of its own; behind code it speaks for that code.
    const match = /^[ \t]*(?:#|\/\/|\/\*|--|;|<!--|%|\{#|'|\*|rem\b)/i.test(above) ? ALLOW.exec(above) : null;
    return match === null ? null : (match[1] ?? '');
  };
  return (value) => {
    const index = lastNotAbove(starts, indexOf(value.start));
    const held = known.get(index);
    const reason = held === undefined ? read(index) : held;
    known.set(index, reason);
    return reason;
  };
};
