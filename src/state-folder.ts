// Where things are kept: what must outlive a cache (the record of containment, when keys were probed), and caches.

import { existsSync } from 'node:fs';
import path from 'node:path';

/** `$XDG_STATE_HOME/akscan` or `~/.local/state/akscan`; null without a home. Never relative, which would be in the scanned tree. */
export const stateFolder = (env: NodeJS.ProcessEnv): string | null =>
  folderOf(env, 'XDG_STATE_HOME', path.join('.local', 'state'));

/** `$XDG_CACHE_HOME/akscan` or `~/.cache/akscan`; null without a home. Never relative. */
export const cacheFolder = (env: NodeJS.ProcessEnv): string | null => folderOf(env, 'XDG_CACHE_HOME', '.cache');

const folderOf = (env: NodeJS.ProcessEnv, name: string, inHome: string): string | null => {
  const named = env[name] ?? '';
  if (path.isAbsolute(named)) return path.join(named, 'akscan');
  // Where the environment says it, a hook need not load what else knows it.
  const home = env['HOME'] || process.getBuiltinModule('node:os').homedir();
  // A home that is not there is nobody's, and not ours to make.
  return path.isAbsolute(home) && existsSync(home) ? path.join(home, inHome, 'akscan') : null;
};
