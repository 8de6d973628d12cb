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
