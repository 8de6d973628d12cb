// Writes the small text files that steer a run. What lies in a tree may be a link that the tree brought along, to whatever file
// of the person's: only one that the person names is followed.

import { closeSync, constants, openSync, writeFileSync } from 'node:fs';
import { AkscanError, reasonOf } from '../errors.js';

const { O_APPEND, O_CREAT, O_NOFOLLOW = 0, O_TRUNC, O_WRONLY } = constants;

export interface TextFile {
  readonly file: string;
  /** Who says that it is this file: the person, or what was found in the tree. */
  readonly by: 'person' | 'tree';
}

/** @throws AkscanError when the file cannot be written, or is a link of the tree's */
export const writeText = ({ file, by }: TextFile, text: string, how: 'anew' | 'behind'): void => {
  const links = by === 'tree' ? O_NOFOLLOW : 0;
  try {
    const fd = openSync(file, O_WRONLY | O_CREAT | links | (how === 'anew' ? O_TRUNC : O_APPEND), 0o666);
    try {
      writeFileSync(fd, text);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    const isLink = error instanceof Error && 'code' in error && error.code === 'ELOOP';
    if (!isLink) throw new AkscanError(`Cannot write ${file}: ${reasonOf(error)}`);
    throw new AkscanError(
      `Cannot write ${file}: it is a link, which a repository may have brought along.`,
      'Put a file in its place.',
    );
  }
};
