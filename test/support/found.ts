// What the detector makes of a template, in the names of its values.

import { createDetector } from '../../src/detect/detector.js';
import type { Detection } from '../../src/detect/types.js';
import { createTemplates } from './templates.js';

const detector = createDetector();
export const scan = (text: string): readonly Detection[] => detector.scan(Buffer.from(text)).detections;

/** What is found in a template, as the names of its values: `id24>secret30`, or `id24` alone. */
export const found = (template: string, seed: number): readonly string[] => {
  const { expand, valueNamed } = createTemplates(seed);
  const text = expand(template);
  const names = [...template.matchAll(/(?:id24|id16|secret30|stsId|stsSecret|token)(?:\.\d+)?/g)].map(([name]) => name);
  const nameOf = (value: string | null): string => names.find((name) => valueNamed(name) === value) ?? '?';
  return scan(text)
    .map(({ accessKeyId, secret }) =>
      secret === null ? nameOf(accessKeyId) : `${nameOf(accessKeyId)}>${nameOf(secret)}`,
    )
    .sort();
};
