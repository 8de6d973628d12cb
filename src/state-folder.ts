// Where what must outlive a cache is kept: the record of containment, and when keys were probed.

import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** `$XDG_STATE_HOME/akscan` or `~/.local/state/akscan`; null without a home. Never relative, which would be in the scanned tree. */
export const stateFolder = (env: NodeJS.ProcessEnv): string | null => {
  const named = env['XDG_STATE_HOME'] ?? '';
  if (path.isAbsolute(named)) return path.join(named, 'akscan');
  // A home that is not there is nobody's, and not ours to make.
  const home = os.homedir();
  return path.isAbsolute(home) && existsSync(home) ? path.join(home, '.local', 'state', 'akscan') : null;
};
