// The names that commits and tags hold: a commit's tree and parents, what a tag stands for. The host checks that all are
// there (gitformat-commit; git-mktag for tags).

/** Names that have been gathered, in binary; valid during the call only. */
// @ts-ignore: decorator
@external('host', 'links')
declare function links(at: usize, bytes: u32): void;

const ROOM: u32 = 1 << 16;
const gathered: usize = memory.data(65536 + 64, 16);
let filled: u32 = 0;
let nameLength: u32 = 20;

export function openLinks(hash: u32): void {
  nameLength = hash;
  filled = 0;
}

/** Tells the host what has been gathered since the last time. */
export function flushLinks(): void {
  if (filled > 0) links(gathered, filled);
  filled = 0;
}

const TREE: u64 = 0x2065657274; // "tree "
const PARENT: u64 = 0x20746e65726170; // "parent "
const OBJECT: u64 = 0x207463656a626f; // "object "

/** @param at a commit or a tag, `length` bytes, with eight readable bytes behind it */
export function collectLinks(at: usize, length: usize): void {
  const end = at + length;
  const hex = nameLength << 1;
  while (at < end) {
    const word = load<u64>(at);
    let skip: usize = 7;
    if ((word & 0xffffffffff) == TREE) skip = 5;
    else if ((word & 0xffffffffffffff) != PARENT && (word & 0xffffffffffffff) != OBJECT) return;
    at += skip;
    if (at + hex >= end || !gather(at)) return;
    at += hex + 1;
  }
}

function gather(at: usize): bool {
  if (filled + nameLength > ROOM) flushLinks();
  const to = gathered + filled;
  for (let i: u32 = 0; i < nameLength; i++) {
    const first = digit(load<u8>(at + (i << 1)));
    const second = digit(load<u8>(at + (i << 1), 1));
    if ((first | second) > 15) return false;
    store<u8>(to + i, (first << 4) | second);
  }
  filled += nameLength;
  return true;
}

// @ts-ignore: decorator
@inline
function digit(character: u32): u32 {
  return character - 48 <= 9 ? character - 48 : character - 97 <= 5 ? character - 87 : 255;
}
