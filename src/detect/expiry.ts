// When a temporary key ends, as the text beside it says: the `Expiration` of an AssumeRole answer, or what a program wrote in
// its place. It is a claim and no more: whoever wrote the file may have written anything.

import { originAt } from './layers/layer.js';
import type { Located } from './located.js';

/** Characters to either side of the key: a security token of the longest kind fits between. */
const REACH = 8192;

/** `"Expiration": "2026-01-02T03:04:05Z"`, `sts_expiration = 1767323045`, `<Expiration>…`; a time without a zone is none. */
const EXPIRY =
  /expir[a-z_]{0,16}["'`\\\s:=>,(]{1,12}(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)|\d{13}|\d{10})(?![\w.])/gi;

/** Tells temporary keys apart: what stands beyond another of them is not this one's. */
const NEXT_KEY = 'STS.';

/** The expiry of each of these keys that has one, ISO 8601 in whole seconds; each is the nearest that no other has. */
export const expiriesOf = (keys: readonly Located[]): ReadonlyMap<Located, string> => {
  const found = new Map<Located, string>();
  const taken = new Set<number>();
  // In the order of the text: the second of two keys does not take what follows the first.
  for (const key of [...keys].sort((a, b) => a.start - b.start)) {
    const { text } = key.layer;
    const before = text.slice(Math.max(0, key.at - REACH), key.at);
    const after = text.slice(key.until, key.until + REACH);
    const from = key.at - before.length + Math.max(0, before.lastIndexOf(NEXT_KEY));
    const next = after.indexOf(NEXT_KEY);
    const to = key.until + (next < 0 ? after.length : next);
    const nearest = [...text.slice(from, to).matchAll(EXPIRY)]
      .map(({ index, 1: written = '' }) => ({ at: from + index, time: timeOf(written) }))
      .filter(({ at, time }) => time !== null && !taken.has(originAt(key.layer, at)))
      .sort((a, b) => Math.abs(a.at - key.at) - Math.abs(b.at - key.at))[0];
    if (nearest === undefined || nearest.time === null) continue;
    taken.add(originAt(key.layer, nearest.at));
    found.set(key, nearest.time);
  }
  return found;
};

const EARLIEST = Date.UTC(2010, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

const timeOf = (written: string): string | null => {
  const epoch = /^\d+$/.test(written) ? Number(written) * (written.length === 10 ? 1000 : 1) : null;
  const time = epoch ?? Date.parse(written.replace(' ', 'T').replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return time >= EARLIEST && time < LATEST ? `${new Date(time).toISOString().slice(0, 19)}Z` : null;
};
