// Keeps names that somebody made up, as an index may, inside the root: none leads through a link or by way of `..`.

import { PATH } from './memory';
import { DIRECTORY, kindOf } from './wasi';

/** The folder that was found to be within last, its slash included: names of one folder follow each other. */
const KNOWN: usize = memory.data(8_192, 16);
let known: usize = 0;

/** What was a folder a while ago may be a link now. */
export function forgetFolders(): void {
  known = 0;
}

/**
 * @param root length of the root's path, slash included
 * @param length of the path at PATH, which is below the root
 */
export function isWithin(root: usize, length: usize): bool {
  const end = folderEnd(root, length);
  const size = end - root;
  if (isDots(PATH + end, length - end)) return false;
  if (size == known && memory.compare(KNOWN, PATH + root, size) == 0) return true;
  let from = root;
  for (let at = root; at < end; at++) {
    if (load<u8>(PATH + at) != SLASH) continue;
    if (isDots(PATH + from, at - from)) return false;
    if (!isKnown(root, at + 1) && kindOf(PATH, at) != DIRECTORY) return false;
    from = at + 1;
  }
  memory.copy(KNOWN, PATH + root, size);
  known = size;
  return true;
}

/** Whether the folder that ends at `end` is above the known one, or is that. */
function isKnown(root: usize, end: usize): bool {
  return end - root <= known && memory.compare(KNOWN, PATH + root, end - root) == 0;
}

function folderEnd(root: usize, length: usize): usize {
  let end = length;
  while (end > root && load<u8>(PATH + end - 1) != SLASH) end--;
  return end;
}

const SLASH: u8 = 0x2f;
const DOT: u8 = 0x2e;

/** Nothing is no name, either. */
function isDots(name: usize, length: usize): bool {
  return length == 0 || (load<u8>(name) == DOT && (length == 1 || (length == 2 && load<u8>(name, 1) == DOT)));
}
