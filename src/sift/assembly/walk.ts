// Goes through files and folders until it has done some work. What it does not clear stays behind by name.

import { filesEnd, foldersEnd as listedEnd, linksInside, list } from './list';
import {
  append,
  endOf,
  FOLDERS,
  LEFT,
  LEFT_ROOM,
  LONGEST,
  NAMES,
  PATH,
  PATH_ROOM,
  UNLISTED,
  UNLISTED_ROOM,
} from './memory';
import { sift } from './sift';
import { forgetFolders, isWithin } from './within';

/** What opening a file or a folder is reckoned at, in bytes read. */
const OPENING: usize = 16_384;

/** Length of the root's path and of the folder's that `names` are in, slashes included. */
let root: usize = 0;
export let folder: usize = 0;
/** The next of the names that are to be read, and where they end. */
export let names: usize = NAMES;
export let namesEnd: usize = NAMES;
export let foldersEnd: usize = FOLDERS;
/** Whether a folder was entered since the host said what comes next. */
let entered: bool = false;

/** Of the last call: files that hold no anchor, their bytes, links; and what stayed behind. */
export let files: u32 = 0;
export let bytes: f64 = 0;
export let links: u32 = 0;
export let leftEnd: usize = LEFT;
export let unlistedEnd: usize = UNLISTED;

/**
 * Says what comes next: names put at NAMES, folders put at FOLDERS.
 *
 * @param length of the root's path, which the host has put at PATH, slash included; 0 for the root of all
 */
export function begin(length: usize, toNames: usize, toFolders: usize): void {
  root = length;
  folder = length;
  names = NAMES;
  namesEnd = toNames;
  foldersEnd = toFolders;
  entered = false;
  forgetFolders();
}

/**
 * @param room where a file is put, with 64 bytes to spare behind it
 * @param capacity bytes a file has at most, and one more
 * @param amount bytes to be read until the host is asked again
 * @param careful whether the names the host has given may be those of links, or lead through one out of the root
 * @param repositories whether a folder with a `.git` is left to the host, unless it is the root
 * @param deep whether all folders are walked; else one is
 * @returns whether all is done
 */
export function walk(
  room: usize,
  capacity: usize,
  amount: usize,
  careful: bool,
  repositories: bool,
  deep: bool,
): bool {
  files = 0;
  bytes = 0;
  links = 0;
  leftEnd = LEFT;
  unlistedEnd = UNLISTED;
  let done: usize = 0;
  while (done < amount && hasRoom()) {
    done += OPENING;
    if (names < namesEnd) done += readNext(room, capacity, careful);
    else if (foldersEnd > FOLDERS && (deep || !entered)) done += enterNext(repositories) ? 0 : amount >> 3;
    else return true;
  }
  return false;
}

function hasRoom(): bool {
  return leftEnd + LONGEST < LEFT + LEFT_ROOM && unlistedEnd + LONGEST < UNLISTED + UNLISTED_ROOM;
}

/** @returns bytes read */
function readNext(room: usize, capacity: usize, careful: bool): usize {
  const name = names;
  const end = endOf(name);
  const length = end - name;
  names = end + 1;
  let size: isize = -1;
  if (folder + length <= PATH_ROOM) {
    memory.copy(PATH + folder, name, length);
    if (!careful || isWithin(root, folder + length)) size = sift(folder + length, room, capacity, careful);
  }
  if (size < 0) {
    memory.copy(leftEnd, PATH + root, folder - root);
    leftEnd = append(leftEnd + folder - root, name, length);
    return 0;
  }
  files++;
  bytes += <f64>size;
  return <usize>size;
}

/** @returns whether it could be listed */
function enterNext(repositories: bool): bool {
  entered = true;
  let name = foldersEnd - 1;
  while (name > FOLDERS && load<u8>(name - 1) != 0) name--;
  const length = foldersEnd - 1 - name;
  foldersEnd = name;
  if (root + length < PATH_ROOM) {
    memory.copy(PATH + root, name, length);
    folder = root + length;
    if (length > 0) store<u8>(PATH + folder++, SLASH);
    if (list(root, folder, name, repositories && length > 0)) {
      foldersEnd = listedEnd;
      links += linksInside;
      names = NAMES;
      namesEnd = filesEnd;
      return true;
    }
    // What was listed may lie where the name did.
    unlistedEnd = append(unlistedEnd, PATH + root, length);
  } else unlistedEnd = append(unlistedEnd, name, length);
  return false;
}

const SLASH: u8 = 0x2f;
