// Where paths and names lie. Names are ended by a NUL each.

/** The path that is asked for, without the slash it begins with: the root of all, and behind it what is below. */
export const PATH: usize = memory.data(8_192, 16);
export const PATH_ROOM: usize = 8_192;

/** Folders still to be walked, below the root; the last is the next. The host puts NAMES_ROOM bytes there at most. */
export const FOLDERS: usize = memory.data(131_072, 16);
export const FOLDERS_ROOM: usize = 131_072;

/** Files still to be read, below the folder that is read. */
export const NAMES: usize = memory.data(65_536, 16);
export const NAMES_ROOM: usize = 65_536;

/** The longest name there can be below the root: the host's longest, in a folder. */
export const LONGEST: usize = 73_728;

/** Files below the root that the host has to look at. */
export const LEFT: usize = memory.data(147_456, 16);
export const LEFT_ROOM: usize = 147_456;

/** Folders below the root that the host has to list. */
export const UNLISTED: usize = memory.data(147_456, 16);
export const UNLISTED_ROOM: usize = 147_456;

/** Appends a name to others. @returns where the next goes */
export function append(to: usize, name: usize, length: usize): usize {
  memory.copy(to, name, length);
  store<u8>(to + length, 0);
  return to + length + 1;
}

export function endOf(name: usize): usize {
  while (load<u8>(name) != 0) name++;
  return name;
}
