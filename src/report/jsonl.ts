// One JSON object a line: findings, then what was skipped, then the summary (schema/finding.schema.json).

import { forJson } from './escape.js';
import type { WriteReport } from './types.js';

export const writeJsonl: WriteReport = function* ({ findings, skipped, summary }) {
  for (const line of findings) yield `${forJson(JSON.stringify(line))}\n`;
  for (const line of skipped) yield `${forJson(JSON.stringify(line))}\n`;
  yield `${forJson(JSON.stringify(summary))}\n`;
};
