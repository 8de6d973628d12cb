// What commits, tags and trees name: the objects without which they are not whole.

import type { ObjectHead } from '../../git/batch-format.js';
import type { HashFormat } from '../../git/hash.js';

const SPACE = 32;
const ONE = 49;
const SIX = 54;

/** Gives each name in binary, valid only during the call. A submodule's commit is in another repository, and not named. */
export const eachReference = (
  { type }: Pick<ObjectHead, 'type'>,
  bytes: Uint8Array,
  hash: HashFormat,
  each: (name: Uint8Array) => void,
): void => {
  if (type === 'tree') eachEntry(bytes, hash, each);
  else if (type !== 'blob') eachHeader(bytes, hash, each);
};

/** `<mode> SP <name> NUL <raw id>` each; a submodule's mode is 160000 (gitformat-index). */
const eachEntry = (bytes: Uint8Array, hash: HashFormat, each: (name: Uint8Array) => void): void => {
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(0, at);
    if (end < 0 || end + 1 + hash.bytes > bytes.length) return;
    const isSubmodule = bytes[at] === ONE && bytes[at + 1] === SIX && bytes[at + 6] === SPACE;
    if (!isSubmodule) each(bytes.subarray(end + 1, end + 1 + hash.bytes));
    at = end + 1 + hash.bytes;
  }
};

/** Lines up to the first empty one; `tree`, `parent` and, of a tag, `object` name something. */
const eachHeader = (bytes: Uint8Array, hash: HashFormat, each: (name: Uint8Array) => void): void => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = text.indexOf('\n\n');
  const lines = text.toString('latin1', 0, end < 0 ? text.length : end).split('\n');
  for (const line of lines) {
    const name = /^(?:tree|parent|object) ([0-9a-f]+)$/.exec(line)?.[1];
    if (name?.length === hash.bytes * 2) each(Buffer.from(name, 'hex'));
  }
};
