// What decides which objects are found to hold something, as one value: whoever remembers what was read asks whether it
// still holds.

import rules from 'akscan:rules';
import version from 'akscan:version';
import vocabulary from 'akscan:vocabulary';
import { createHash } from 'node:crypto';
import type { DetectorOptions } from './types.js';

/** The same for the same rules, version and options; 64 hexadecimal digits. */
export const detectionOf = ({ minConfidence = 'medium', customRules = [] }: DetectorOptions): string =>
  createHash('sha256')
    .update(JSON.stringify([version, rules, vocabulary, minConfidence, customRules]))
    .digest('hex');
