// Ignore entries speak of paths. Of a repository that was fetched a path begins with its address, without `https://`:
// `github.com/org/name/src/config.ts`; of a folder it is relative to the folder of the ignore file, as in a scan.

import type { Finding, Occurrence } from '../findings/model.js';
import { createPathOf } from '../findings/path-of.js';

/** @param root absolute path of the folder that holds the ignore file */
export const createAuditPathOf = (root: string): ((finding: Finding, occurrence: Occurrence) => string | null) => {
  const inFolder = createPathOf(root);
  return (finding, occurrence) => {
    const address = /^[a-z]+:\/\/(.+)$/.exec(occurrence.target ?? finding.target)?.[1];
    if (address === undefined) return inFolder(finding, occurrence);
    return occurrence.path === null ? null : `${address}/${occurrence.path}`;
  };
};
