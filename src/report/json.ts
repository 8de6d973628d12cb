// The whole report as one JSON object: `{ "schema": 1, "findings": [...], "skipped": [...], "summary": {...} }`.

import { forJson } from './escape.js';
import type { WriteReport } from './types.js';

export const writeJson: WriteReport = function* ({ findings, skipped, summary }) {
  yield '{\n  "schema": 1,\n  "findings": ';
  yield* list(findings);
  yield ',\n  "skipped": ';
  yield* list(skipped);
  yield `,\n  "summary": ${indented(summary, 2)}\n}\n`;
};

const list = function* (items: readonly unknown[]): Iterable<string> {
  if (items.length === 0) {
    yield '[]';
    return;
  }
  yield '[';
  for (const [index, item] of items.entries()) yield `${index === 0 ? '' : ','}\n    ${indented(item, 4)}`;
  yield '\n  ]';
};

const indented = (value: unknown, by: number): string =>
  forJson(JSON.stringify(value, null, 2)).replaceAll('\n', `\n${' '.repeat(by)}`);
