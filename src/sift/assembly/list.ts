// Lists a folder that holds files, folders and links only, and no more of them than there is room for. Any other folder
// is the host's, which takes its time and knows better.

import { append, FOLDERS, FOLDERS_ROOM, NAMES, PATH, PATH_ROOM } from './memory';
import { close, DIRECTORY, entriesOf, LINK, openFolder, REGULAR } from './wasi';

const ENTRIES_ROOM: usize = 32_768;
const ENTRIES: usize = memory.data(32_768, 16);
/** Of an entry: where the next begins (8 bytes), the inode (8), the length of the name (4), the kind (1, and 3 unused). */
const HEADER: usize = 24;

/** Where the names end of the files that the folder holds; they begin at NAMES. */
export let filesEnd: usize = NAMES;
/** Where the folders end that are to be walked, those of the folder among them. */
export let foldersEnd: usize = FOLDERS;
export let linksInside: u32 = 0;

/**
 * @param root length of the path of the root, slash included
 * @param length the same of the folder; both are 0 where it is the root of all
 * @param to where the folders in it are put, as paths below the root
 * @param repositories whether a folder with a `.git` is the host's
 * @returns whether it was listed
 */
export function list(root: usize, length: usize, to: usize, repositories: bool): bool {
  // The root of all has no name but this.
  if (length == 0) store<u8>(PATH, DOT);
  const fd = openFolder(PATH, length == 0 ? 1 : length - 1);
  if (fd < 0) return false;
  const used = entriesOf(fd, ENTRIES, ENTRIES_ROOM);
  close(fd);
  // A full room may have cut the last entry, and there may be more.
  if (used < 0 || <usize>used >= ENTRIES_ROOM) return false;
  return sort(ENTRIES + <usize>used, root, length, to, repositories);
}

function sort(end: usize, root: usize, length: usize, to: usize, repositories: bool): bool {
  filesEnd = NAMES;
  foldersEnd = to;
  linksInside = 0;
  const below = PATH + root;
  let at = ENTRIES;
  while (at + HEADER <= end) {
    const size = <usize>load<u32>(at, 16);
    const kind = load<u8>(at, 20);
    const name = at + HEADER;
    at = name + size;
    if (at > end || length + size >= PATH_ROOM) return false;
    if (isDots(name, size)) continue;
    if (isGit(name, size)) {
      if (repositories) return false;
    } else if (kind == REGULAR) filesEnd = append(filesEnd, name, size);
    else if (kind == DIRECTORY) {
      if (foldersEnd + length - root + size + 1 > FOLDERS + FOLDERS_ROOM) return false;
      memory.copy(PATH + length, name, size);
      foldersEnd = append(foldersEnd, below, length - root + size);
    } else if (kind == LINK) linksInside++;
    else return false;
  }
  return true;
}

const DOT: u8 = 0x2e;

function isDots(name: usize, length: usize): bool {
  return load<u8>(name) == DOT && (length == 1 || (length == 2 && load<u8>(name, 1) == DOT));
}

/** `.git` */
function isGit(name: usize, length: usize): bool {
  return length == 4 && load<u32>(name) == 0x7469672e;
}
