// The diff in credentials: of those that a change brings, which does the other side hold already? A credential is known by its
// ID and secret, not by file, line or commit, so that a move, a rename or an edit beside it adds nothing.

import type { Detection } from '../../detect/types.js';

type Credential = Pick<Detection, 'accessKeyId' | 'secret'>;

export const keyOf = ({ accessKeyId, secret }: Credential): string => `${accessKeyId ?? ''}\0${secret ?? ''}`;

export interface Wanted {
  /** How many are still looked for. */
  readonly size: number;
  /** Whether it is looked for and was not seen yet. */
  has(credential: Credential): boolean;
  /** Whether an ID that stands alone may be half of a pair that is looked for. */
  mayComplete(lone: Credential): boolean;
  /**
   * Takes off the list what is shown by one detection: the credential itself, its ID, and its secret. A pair that is looked for
   * is not found by its ID alone: with a secret it is another matter.
   */
  see(found: Credential): void;
}

/** @param credentials in any order, any number of times */
export const createWanted = (credentials: Iterable<Credential>): Wanted => {
  const open = new Set<string>();
  const pairs = new Map<string, number>();
  for (const credential of credentials) {
    const { accessKeyId, secret } = credential;
    if (open.has(keyOf(credential))) continue;
    open.add(keyOf(credential));
    if (accessKeyId !== null && secret !== null) pairs.set(accessKeyId, (pairs.get(accessKeyId) ?? 0) + 1);
  }
  return {
    get size() {
      return open.size;
    },
    has: (credential) => open.has(keyOf(credential)),
    mayComplete: ({ accessKeyId, secret }) =>
      accessKeyId !== null && secret === null && (pairs.get(accessKeyId) ?? 0) > 0,
    see: (found) => {
      const { accessKeyId, secret } = found;
      if (accessKeyId !== null && secret !== null && open.delete(keyOf(found))) {
        pairs.set(accessKeyId, (pairs.get(accessKeyId) ?? 1) - 1);
      }
      if (accessKeyId !== null) open.delete(keyOf({ accessKeyId, secret: null }));
      if (secret !== null) open.delete(keyOf({ accessKeyId: null, secret }));
    },
  };
};
