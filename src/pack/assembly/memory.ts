// Memory is handed out from the bottom up and taken back all at once, by rewinding: planning and running follow one
// another in the same memory.

let top: usize = 0;
/** Below it lies what outlives planning and running. */
let floor: usize = 0;

/** Takes back all that was handed out since the last `settle`. */
export function rewind(): void {
  if (floor == 0) floor = (__heap_base + 63) & ~63;
  top = floor;
}

/** What has been handed out by now stays. */
export function settle(): void {
  floor = (top + 63) & ~(<usize>63);
}

/** `bytes` bytes, aligned to 64. Traps when there is no memory left, which the host turns into an error. */
export function allocate(bytes: usize): usize {
  const at = (top + 63) & ~(<usize>63);
  top = at + bytes;
  reserve(top);
  return at;
}

/** Makes everything below `end` usable. */
export function reserve(end: usize): void {
  const have = <usize>memory.size() << 16;
  if (end > have && memory.grow(<i32>((end - have + 65535) >> 16)) < 0) unreachable();
}

export function memoryEnd(): usize {
  return <usize>memory.size() << 16;
}

/** Copies an object's name, of 20 or 32 bytes: so few that `memory.copy` would take longer to be called. */
// @ts-ignore: decorator
@inline
export function copyName(to: usize, from: usize, length: u32): void {
  v128.store(to, v128.load(from));
  if (length == 20) store<u32>(to, load<u32>(from, 16), 16);
  else v128.store(to, v128.load(from, 16), 16);
}
