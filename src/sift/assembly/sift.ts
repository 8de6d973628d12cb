// Reads one file and searches it.

import { search } from '../../kernel/assembly/search';
import { PATH } from './memory';
import { close, kindOf, openFile, read, REGULAR } from './wasi';

/** A read that ends at a multiple may have been cut short by an odd file system. */
const PAGE: usize = 4_096;

/**
 * @param length of the path at PATH
 * @param room where the file is put, with 64 bytes to spare behind it
 * @param capacity bytes a file has at most, and one more
 * @param careful whether the path may be that of a link or of no file at all: opening it would not tell
 * @returns bytes of a file that holds no anchor; -1 for all else: a file that does, or is empty, large, gone or none
 */
export function sift(length: usize, room: usize, capacity: usize, careful: bool): isize {
  if (careful && kindOf(PATH, length) != REGULAR) return -1;
  const fd = openFile(PATH, length);
  if (fd < 0) return -1;
  const size = readWhole(fd, room, capacity);
  close(fd);
  if (size <= 0 || <usize>size >= capacity) return -1;
  return search(room, room + <usize>size) == 0 ? size : -1;
}

function readWhole(fd: i32, room: usize, capacity: usize): isize {
  let size = read(fd, room, capacity);
  while (size > 0 && <usize>size % PAGE == 0 && <usize>size < capacity) {
    const more = read(fd, room + <usize>size, capacity - <usize>size);
    if (more < 0) return more;
    if (more == 0) break;
    size += more;
  }
  return size;
}
