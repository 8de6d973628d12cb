// Whether everything that commits and tags name is there. Names that the kernel gathered are looked up among all names of the
// database: by their first eight bytes, which no two objects share by chance.

import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { HashFormat } from '../git/hash.js';
import type { IndexFile } from './index-file.js';

export interface LinkCheck {
  know(index: IndexFile): void;
  /** Folders of loose objects. */
  knowLoose(folders: readonly string[]): void;
  /** Those of the names, in binary, that are not known; in hexadecimal, each once. */
  missing(links: readonly Uint8Array[]): readonly string[];
}

interface Table {
  /** The first and second four bytes of each name, sorted by both. */
  readonly high: Uint32Array;
  readonly low: Uint32Array;
  /** First position of each first two bytes; one more for the end. */
  readonly starts: Uint32Array;
}

/** Names that are missing after which the rest is not looked for: the history is ruined. */
const MOST = 1_000;

export const createLinkCheck = (hash: HashFormat): LinkCheck => {
  const tables: Table[] = [];
  const loose = new Set<string>();
  const isKnown = (high: number, low: number): boolean => tables.some((table) => has(table, high, low));
  return {
    know: (index) => void tables.push(tableOf(index.names(), hash.bytes)),
    knowLoose: (folders) => {
      for (const folder of folders) for (const name of listed(folder)) loose.add(path.basename(folder) + name);
    },
    missing: (links) => {
      const missing = new Set<string>();
      for (const bytes of links) {
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
        for (let at = 0; at < bytes.length && missing.size < MOST; at += hash.bytes) {
          if (isKnown(view.getUint32(at), view.getUint32(at + 4))) continue;
          const oid = Buffer.from(bytes.subarray(at, at + hash.bytes)).toString('hex');
          if (!loose.has(oid)) missing.add(oid);
        }
      }
      return [...missing];
    },
  };
};

const tableOf = (names: Buffer, stride: number): Table => {
  const count = names.length / stride;
  const view = new DataView(names.buffer, names.byteOffset, names.length);
  const high = new Uint32Array(count);
  const low = new Uint32Array(count);
  const starts = new Uint32Array(65_537);
  let next = 0;
  for (let at = 0; at < count; at++) {
    const first = view.getUint32(at * stride);
    high[at] = first;
    low[at] = view.getUint32(at * stride + 4);
    while (next <= first >>> 16) starts[next++] = at;
  }
  starts.fill(count, next);
  return { high, low, starts };
};

const has = ({ high, low, starts }: Table, first: number, second: number): boolean => {
  let from = starts[first >>> 16] ?? 0;
  let to = starts[(first >>> 16) + 1] ?? 0;
  while (from < to) {
    const middle = (from + to) >> 1;
    const found = high[middle] ?? 0;
    if (found < first || (found === first && (low[middle] ?? 0) < second)) from = middle + 1;
    else to = middle;
  }
  return high[from] === first && low[from] === second;
};

const listed = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};
