// What a rotation came to, for people and for programs.

import type { Skipped } from '../../findings/model.js';
import { forJson } from '../../report/escape.js';
import { type Fate, fateOf } from '../report.js';
import type { Made } from './make.js';
import type { ToRotate } from './plan.js';
import type { RotationStep } from './steps.js';

export interface RotatedKey extends ToRotate {
  /** What is to be done, in its order; empty for keys that need no replacing. */
  readonly steps: readonly RotationStep[];
  /** Null in a dry run, and where none was to be made. */
  readonly made: Made | null;
}

export interface Rotated {
  readonly dryRun: boolean;
  readonly account: string | null;
  readonly log: string | null;
  readonly keys: readonly RotatedKey[];
  readonly skipped: readonly Skipped[];
  readonly notes: readonly string[];
  readonly interrupted: boolean;
}

/** The old key goes on working: that is what a rotation is for. */
export const fateOfRotated = ({ candidate, rotation }: ToRotate): Fate =>
  rotation.kind === 'replace' || rotation.kind === 'unused' ? 'still-live' : fateOf(candidate, rotation);

/** As after `disable`: 0 when all are off, 1 when one is or may be still live, 2 after a fault. */
export const rotatedExitCode = ({ keys, skipped, interrupted }: Rotated): 0 | 1 | 2 | 130 => {
  if (interrupted) return 130;
  const isFault = keys.some(({ made }) => made !== null && made.kind !== 'made' && made.kind !== 'not-made');
  if (isFault || skipped.some(({ because }) => because === 'fault')) return 2;
  return keys.some((key) => fateOfRotated(key) === 'still-live') ? 1 : 0;
};

export const rotatedInJson = ({ keys, ...rotated }: Rotated): readonly string[] => [
  forJson(
    JSON.stringify(
      {
        type: 'rotation',
        schema: 1,
        ...rotated,
        keys: keys.map(({ candidate, rotation, steps, made }) => ({
          accessKeyId: candidate.accessKeyId,
          fingerprints: [...new Set(candidate.findings.map(({ fingerprint }) => fingerprint))],
          verdict: candidate.verdict,
          owner: candidate.owner,
          use: candidate.use,
          rotation,
          steps,
          made,
          fate: fateOfRotated({ candidate, rotation }),
        })),
      },
      null,
      2,
    ),
  ),
  '\n',
];
