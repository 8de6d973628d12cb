// Where things are kept: what must outlive a cache (the record of containment, when keys were probed), and caches.

import { existsSync } from 'node:fs';
import path from 'node:path';

/** `$XDG_STATE_HOME/akscan` or `~/.local/state/akscan`; null without a home. Never relative, which would be in the scanned tree. */
export const stateFolder = (env: NodeJS.ProcessEnv): string | null =>
  folderOf(env['XDG_STATE_HOME'], path.join('.local', 'state'));

/** `$XDG_CACHE_HOME/akscan` or `~/.cache/akscan`; null without a home. Never relative. */
export const cacheFolder = (env: NodeJS.ProcessEnv): string | null => folderOf(env['XDG_CACHE_HOME'], '.cache');

const folderOf = (named = '', inHome: string): string | null => {
  if (path.isAbsolute(named)) return path.join(named, 'akscan');
  // A home that is not there is nobody's, and not ours to make.
  const home = process.getBuiltinModule('node:os').homedir();
  return path.isAbsolute(home) && existsSync(home) ? path.join(home, inHome, 'akscan') : null;
};
