// Containment for programs: one object, in the order of the keys, without secrets.

import { forJson } from '../report/escape.js';
import type { ContainedKey, Containment } from './report.js';

export const containmentInJson = (containment: Containment): readonly string[] => [
  forJson(
    JSON.stringify(
      {
        type: 'containment',
        schema: 1,
        ...containment,
        keys: containment.keys.map(keyOf),
      },
      null,
      2,
    ),
  ),
  '\n',
];

/** Findings are in the report that they came from; here is what decided. */
const keyOf = ({ candidate, ...key }: ContainedKey) => {
  const { verdict, owner, own, actsWith, use, findings } = candidate;
  return {
    ...key,
    fingerprints: [...new Set(findings.map(({ fingerprint }) => fingerprint))],
    verdict,
    owner,
    own,
    actsWith,
    use,
  };
};
