// Which of the settings decide what is read of a repository and what is told of it, as two values: what was read under other
// ones is read again.

import { createHash } from 'node:crypto';
import { detectionOf } from '../../detect/detection-id.js';
import type { JobSettings, Repository } from '../types.js';

/**
 * What decides of an object, whichever repository it is in, whether it is read and holds something: what is known of it counts
 * under the same ones only. 64 hexadecimal digits.
 */
export const detectionDigest = ({ detector, maxSize }: Pick<JobSettings, 'detector' | 'maxSize'>): string =>
  createHash('sha256')
    .update(JSON.stringify(['akscan/audit/detection/1', detectionOf(detector), maxSize]))
    .digest('hex');

/** What else decides. 64 hexadecimal digits. */
export const settingsDigest = (
  { include, exclude, allowPartial, repositoryConfiguration }: JobSettings,
  { refs }: Pick<Repository, 'refs'>,
): string =>
  createHash('sha256')
    .update(JSON.stringify(['akscan/audit/settings/1', include, exclude, allowPartial, repositoryConfiguration, refs]))
    .digest('hex');
