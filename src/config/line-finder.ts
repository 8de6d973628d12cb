// Where a key stands in a configuration.

import { type Document, isMap, isPair, type LineCounter, type Node } from 'yaml';

/** 1-based. */
export type LineOf = (path: readonly string[]) => number;

/** The line of a key, or of the nearest thing above it that has one. */
export const lineFinder =
  (document: Document, lines: LineCounter): LineOf =>
  (path) => {
    let node: unknown = document.contents;
    let offset = (document.contents as Node | null)?.range?.[0] ?? 0;
    for (const [depth, key] of path.entries()) {
      if (isMap(node)) {
        const pair = node.items.find((item) => isPair(item) && String(item.key) === key);
        if (pair === undefined) break;
        offset = (pair.key as Node | null)?.range?.[0] ?? offset;
        node = pair.value;
      } else {
        node = document.getIn(path.slice(0, depth + 1), true);
        offset = (node as Node | null)?.range?.[0] ?? offset;
      }
    }
    return lines.linePos(offset).line;
  };
