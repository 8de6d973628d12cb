// The few calls of WASI (snapshot preview 1) that are used. Each gives 0 or an error number.

/** What the host has opened for us: the root of the file system. */
export const ROOT: i32 = 3;

export const DIRECTORY: u8 = 3;
export const REGULAR: u8 = 4;
export const LINK: u8 = 7;

const O_DIRECTORY: i32 = 2;
const RIGHT_TO_READ: u64 = 1 << 1;
const RIGHT_TO_LIST: u64 = 1 << 14;
/** A FIFO must not block. */
const NONBLOCK: i32 = 1 << 2;

// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "path_open")
declare function path_open(
  folder: i32,
  lookup: i32,
  path: usize,
  length: usize,
  flags: i32,
  rights: u64,
  inherited: u64,
  status: i32,
  fd: usize,
): i32;

// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "path_filestat_get")
declare function path_filestat_get(folder: i32, lookup: i32, path: usize, length: usize, stat: usize): i32;

// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_readdir")
declare function fd_readdir(fd: i32, to: usize, room: usize, cookie: u64, used: usize): i32;

// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_read")
declare function fd_read(fd: i32, pieces: usize, count: usize, read: usize): i32;

// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_close")
declare function fd_close(fd: i32): i32;

const STAT: usize = memory.data(64, 16);
const PIECE: usize = memory.data(8, 16);
const ANSWER: usize = memory.data(16, 16);

/** A descriptor, or -1. */
export function openFile(path: usize, length: usize): i32 {
  return path_open(ROOT, 0, path, length, 0, RIGHT_TO_READ, 0, NONBLOCK, ANSWER) == 0 ? load<i32>(ANSWER) : -1;
}

/** A descriptor, or -1. */
export function openFolder(path: usize, length: usize): i32 {
  return path_open(ROOT, 0, path, length, O_DIRECTORY, RIGHT_TO_LIST, 0, 0, ANSWER) == 0 ? load<i32>(ANSWER) : -1;
}

export function close(fd: i32): void {
  fd_close(fd);
}

/** Gives back what the host has opened for us: nothing can be asked for after that. */
export function closeRoot(): void {
  fd_close(ROOT);
}

/** Of the path itself, when it is a link; 0 when that cannot be said. */
export function kindOf(path: usize, length: usize): u8 {
  return path_filestat_get(ROOT, 0, path, length, STAT) == 0 ? load<u8>(STAT, 16) : 0;
}

/** How many bytes were read, or -1. */
export function read(fd: i32, to: usize, room: usize): isize {
  store<u32>(PIECE, <u32>to);
  store<u32>(PIECE, <u32>room, 4);
  return fd_read(fd, PIECE, 1, ANSWER) == 0 ? <isize>load<u32>(ANSWER) : -1;
}

/** How many bytes of entries were put down, from the first of the folder on, or -1. */
export function entriesOf(fd: i32, to: usize, room: usize): isize {
  return fd_readdir(fd, to, room, 0, ANSWER) == 0 ? <isize>load<u32>(ANSWER) : -1;
}
