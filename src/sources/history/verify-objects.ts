// Whether objects that git gave are what their names stand for: git itself does not look when it gives them.

import { createHash } from 'node:crypto';
import type { HashFormat } from '../../git/hash.js';
import { createObjectReader } from '../../git/object-reader.js';
import { type GitPlace, startGitAlone } from '../../git/run.js';

/** Those of `oids` whose bytes are not theirs. What git cannot give has been told by whoever read it. */
export const falseObjects = async (
  place: GitPlace,
  hash: HashFormat,
  oids: Iterable<string>,
  signal: AbortSignal,
): Promise<readonly string[]> => {
  const found: string[] = [];
  const reader = createObjectReader(place, signal);
  try {
    for (const oid of oids) {
      const info = await reader.info(oid);
      if (info === null) continue;
      const digest = createHash(hash.name).update(`${info.type} ${info.size}\0`);
      const git = startGitAlone(place, ['cat-file', info.type, oid], signal);
      for await (const chunk of git.stdout) digest.update(chunk as Buffer);
      const { code } = await git.ended;
      if (code === 0 && digest.digest('hex') !== oid) found.push(oid);
    }
    return found;
  } finally {
    reader.close();
  }
};
