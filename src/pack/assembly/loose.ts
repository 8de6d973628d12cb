// Loose objects: a file each, one zlib stream that begins with `<type> SP <size> NUL` (gitformat-loose).

import { SLACK, inflate, produced } from '../../inflate/assembly/inflate';
import { adler32 } from '../../inflate/assembly/adler';
import { checkMessage, checkTree } from './names';
import { allocate } from './memory';
import { search } from '../../kernel/assembly/search';

const UNREADABLE: u32 = 0xffffffff;

let file: usize = 0;
let object: usize = 0;
let capacity: usize = 0;

/** Room for files of `mostFile` bytes that inflate to `mostObject`. */
export function openLoose(mostFile: u32, mostObject: u32): void {
  file = allocate(<usize>mostFile + 64);
  capacity = mostObject;
  object = allocate(capacity + SLACK);
}
export function looseFileAt(): usize {
  return file;
}
export function looseObjectAt(): usize {
  return object;
}

/** Inflates a file of `length` bytes. Gives the length of what was in it, header and all, or 2^32 - 1. */
export function readLoose(length: u32): u32 {
  const end = file + length;
  const used = inflate(file, end, object, capacity);
  if (used == 0 || file + used + 4 != end) return UNREADABLE;
  if (bswap<u32>(load<u32>(file + used)) != adler32(object, produced)) return UNREADABLE;
  return <u32>produced;
}

/** Whether bytes `from` to `to` of the object hold an anchor. */
export function searchLoose(from: u32, to: u32): u32 {
  return search(object + from, object + to) != 0 ? 1 : 0;
}

/** Checks the names in a commit or a tag. */
export function checkLooseMessage(from: u32, to: u32): void {
  checkMessage(object + from, to - from);
}

/** Checks the names in a tree. */
export function checkLooseTree(from: u32, to: u32): void {
  checkTree(object + from, to - from);
}
