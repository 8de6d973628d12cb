// What refs and HEAD name, by one git: for the store with their names, for the reading of history without.

import type { HashFormat } from '../../git/hash.js';
import type { Tips } from '../../git/refs.js';
import { type GitPlace, gitReason, runGit } from '../../git/run.js';

export interface RefsAndTips extends Tips {
  /** `refs/heads/main` to the name of its object. */
  readonly refs: Readonly<Record<string, string>>;
}

export const listRefsAndTips = async (
  place: GitPlace,
  signal: AbortSignal,
): Promise<(hash: HashFormat) => RefsAndTips> => {
  // Says nothing at all, and ends in 1, before the first commit.
  const { code, stdout, stderr } = await runGit(place, ['show-ref', '--head'], signal);
  const damage = code <= 1 && stderr === '' ? null : gitReason(stderr);
  const lines = stdout
    .toString('utf8')
    .split('\n')
    .flatMap((line) => {
      const space = line.indexOf(' ');
      return space < 0 ? [] : [{ oid: line.slice(0, space), name: line.slice(space + 1) }];
    });
  return ({ bytes }) => {
    const named = lines.filter(({ oid }) => oid.length === bytes * 2);
    return {
      refs: Object.fromEntries(named.filter(({ name }) => name !== 'HEAD').map(({ name, oid }) => [name, oid])),
      names: Buffer.from(named.map(({ oid }) => oid).join(''), 'hex'),
      damage,
    };
  };
};
