// Where what must outlive a cache is kept: the record of containment, and when keys were probed.

import os from 'node:os';
import path from 'node:path';

/** `$XDG_STATE_HOME/akscan` or `~/.local/state/akscan`; null without a home. Never relative, which would be in the scanned tree. */
export const stateFolder = (env: NodeJS.ProcessEnv): string | null => {
  const named = env['XDG_STATE_HOME'] ?? '';
  const base = path.isAbsolute(named) ? named : path.join(os.homedir(), '.local', 'state');
  return path.isAbsolute(base) ? path.join(base, 'akscan') : null;
};
