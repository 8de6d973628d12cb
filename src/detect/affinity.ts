// How much a key and a secret look like a pair, from what stands around them: distance, names, layout. Sums of small
// weights; what they add up to is judged in pairing.ts.

import type { Located } from './located.js';
import { relateStems } from './names.js';

/** Score for distance, in lines: [at most, score]. */
const PROXIMITY: readonly (readonly [number, number])[] = [
  [0, 10],
  [1, 9.3],
  [2, 8.6],
  [3, 8],
  [5, 7],
  [10, 6.2],
  [20, 5.4],
  [60, 4.4],
  [200, 2.6],
  [1000, 1],
];

export const proximity = (key: Located, secret: Located): number => {
  const lines = Math.abs(key.line - secret.line);
  const characters = Math.abs(key.start - secret.start);
  // Long lines: what is a screen away is not near because no line break stands between.
  const distance = lines === 0 ? Math.floor(characters / 160) : Math.max(lines, Math.floor(characters / 400));
  return PROXIMITY.find(([most]) => distance <= most)?.[1] ?? 0;
};

export const nameScore = (key: Located, secret: Located): number => {
  const own = secret.name;
  const keyKind = key.name?.kind ?? null;
  if (own === null) return 0;
  switch (own.kind) {
    case 'secret':
      return own.byComma ? 4 : 5;
    case 'key':
      return 2.5;
    case 'id':
      // Swapped names and names that lie: the key stands under the secret's name.
      return keyKind === 'secret' ? 4 : own.byComma ? 0 : keyKind === 'key' ? 1 : -5;
    case 'user':
      if (keyKind === 'password') return 2;
      return own.byComma ? 0 : -8;
    case 'password':
      if (own.folded.includes('access')) return 2.5;
      return keyKind === 'user' ? 4 : own.byComma ? 0 : -6;
    case 'other':
      return own.byComma ? 0 : -9;
    default:
      // What both go by is not their name: a file's, where lines were cut out of it.
      if (own.folded === key.name?.folded) return 0;
      if (own.folded.length <= 2 || (own.folded.length === 3 && keyKind !== 'id')) return -0.5;
      // `accessValue`: nothing in it says anything else.
      return keyKind === 'id' && !own.byComma && own.stem.some((word) => word.length > 1) ? -6 : -3;
  }
};

export const stemScore = (key: Located, secret: Located): number => {
  if (key.name === null || secret.name === null) return 0;
  const relation = relateStems(key.name.stem, secret.name.stem);
  // `a` and `b`, `v1` and `v2` are no two accounts.
  if (relation !== 'same' && secret.name.kind === 'unknown' && secret.name.folded.length <= 3) return 0;
  switch (relation) {
    case 'same':
      return 2;
    case 'overlap':
      return 0.5;
    case 'different':
      return -3;
    default:
      return 0;
  }
};

export const layoutScore = ({ layout: key, text }: Located, { layout: secret }: Located): number => {
  // The key is what the block is called: `"LTAI...": { secret: ... }`.
  if (secret.heads[0]?.includes(text) === true) return 4;
  let score = 0;
  if (key.group >= 0 && key.group === secret.group) score += 2;
  else if (key.outer >= 0 && key.outer === secret.outer) score += 0.8;
  if (key.parent >= 0 && key.parent === secret.parent) score += 1.5;
  else if (key.parent !== secret.parent && key.group !== secret.group) score -= 1;
  if (key.section !== secret.section) score -= 3;
  if (key.speaker !== null && secret.speaker !== null) score += key.speaker === secret.speaker ? 1.5 : -3;
  if (key.marker !== secret.marker) score -= (key.marker + secret.marker).replace('+', '') === '' ? 0.5 : 2.5;
  return score;
};

/** Nothing but punctuation or tags between them: `Auth('ID', 'SECRET')`, `ID:SECRET@`. */
export const adjacent = (key: Located, secret: Located): boolean => {
  if (key.layer !== secret.layer || Math.abs(secret.at - key.at) > 160) return false;
  const [from, to] = key.at < secret.at ? [key.until, secret.at] : [secret.until, key.at];
  return /^(?:["'`\s,;:|/()@=&\\]|<[^<>]{1,60}>){1,80}$/.test(key.layer.text.slice(from, to));
};
