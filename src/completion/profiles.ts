// The names of the profiles of ~/.aliyun/config.json, and nothing else of it.

import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Empty when there is no such file, or it is none: somebody pressed a key, and there is nobody to tell. */
export const profileNames = (env: NodeJS.ProcessEnv): readonly string[] => {
  try {
    const file = path.join(env['HOME'] || os.homedir(), '.aliyun', 'config.json');
    const config = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')) as { profiles?: unknown };
    const profiles: readonly unknown[] = Array.isArray(config.profiles) ? config.profiles : [];
    return [...new Set(profiles.flatMap(nameOf))].sort();
  } catch {
    return [];
  }
};

/** One a line: what would break a line, or draw on the terminal, is no name. */
const nameOf = (profile: unknown): readonly string[] => {
  if (typeof profile !== 'object' || profile === null || !('name' in profile)) return [];
  const { name } = profile;
  return typeof name === 'string' && /^[^\p{C}\p{Zl}\p{Zp}]{1,200}$/u.test(name) ? [name] : [];
};
