// Which of the settings decide what is read of a repository and what is told of it, as one value: what was read under other
// ones is read again. What detection looks for is a value of its own (src/detect/detection-id.ts).

import { createHash } from 'node:crypto';
import type { JobSettings, Repository } from '../types.js';

/** 64 hexadecimal digits. */
export const settingsDigest = (
  { include, exclude, maxSize, allowPartial, repositoryConfiguration }: JobSettings,
  { refs }: Pick<Repository, 'refs'>,
): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        'akscan/audit/settings/1',
        include,
        exclude,
        maxSize,
        allowPartial,
        repositoryConfiguration,
        refs,
      ]),
    )
    .digest('hex');
