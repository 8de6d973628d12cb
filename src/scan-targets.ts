// A scan of targets. A file of its own, so that what a commit hook loads holds nothing that reads targets.

import type { Loaded } from './config/load.js';
import type { Report } from './findings/model.js';
import { type ScanRequest, scanWith } from './scan.js';

/**
 * @param loaded the configuration that counts (src/config/load.ts); what the request says goes before it
 * @throws AkscanError for a target that is missing or rules that are wrong
 */
export const scanTargets = (request: ScanRequest, loaded: Loaded): Promise<Report> =>
  scanWith(request, loaded, async (targets, options, sink) => {
    const { readTargets } = await import('./sources/read-targets.js');
    return readTargets(targets, options, sink);
  });
