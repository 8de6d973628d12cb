// One folder for all that tests leave in the temporary folder, removed with everything in it when they are over.

import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Vitest's global set-up: test processes take over this environment. */
export const setup = (): (() => void) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'akscan-'));
  // Some tests read in it as nobody.
  chmodSync(folder, 0o755);
  process.env['TMPDIR'] = folder;
  // The built program keeps code there.
  process.env['XDG_CACHE_HOME'] = path.join(folder, 'cache');
  // Retries: a program that a test has just stopped may write its last file now.
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
};
