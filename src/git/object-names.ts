// Names of objects in their binary form, numbered in the order they come: a hash table without an object for each, since
// a repository may have millions.

/** Numbers names of objects, from 0. */
export interface ObjectNames {
  readonly count: number;
  /** The number of the name that stands at `at`, or -1. */
  find(bytes: DataView, at: number): number;
  /** The same; a name not known yet gets the next number. */
  add(bytes: DataView, at: number): number;
  findHex(oid: string): number;
  addHex(oid: string): number;
  /** @throws RangeError when there is no such number */
  hex(index: number): string;
}

const EMPTY = 0;
const SMALLEST = 1 << 10;

/** @param length bytes of a name: 20 for SHA-1, 32 for SHA-256 */
export const createObjectNames = (length: number, expected = 0): ObjectNames => {
  // Drawn anew for each table: a tree may name what is nowhere, and nobody shall make up names that all fall into one slot.
  const [seed, first, second] = [oddNumber(), oddNumber(), oddNumber()];
  let capacity = SMALLEST;
  while (capacity < expected * 2) capacity *= 2;
  let shift = Math.clz32(capacity) + 1;
  /** Number of a name + 1. */
  let slots = new Uint32Array(capacity);
  let names = Buffer.allocUnsafeSlow((capacity / 2) * length);
  let view = viewOf(names);
  let count = 0;

  const slotOf = (from: DataView, at: number): number => {
    let mixed = seed;
    for (let offset = 0; offset < length; offset += 4) {
      mixed = Math.imul(mixed ^ from.getUint32(at + offset), first);
      mixed ^= mixed >>> 16;
    }
    return Math.imul(mixed, second) >>> shift;
  };

  const isAt = (index: number, bytes: DataView, at: number): boolean => {
    const from = index * length;
    for (let offset = 0; offset < length; offset += 4) {
      if (view.getUint32(from + offset) !== bytes.getUint32(at + offset)) return false;
    }
    return true;
  };

  /** The slot that holds the name, or the empty one where it belongs. */
  const place = (bytes: DataView, at: number): number => {
    for (let slot = slotOf(bytes, at); ; slot = slot + 1 === capacity ? 0 : slot + 1) {
      const held = slots[slot] ?? EMPTY;
      if (held === EMPTY || isAt(held - 1, bytes, at)) return slot;
    }
  };

  const grow = (): void => {
    capacity *= 2;
    shift -= 1;
    const larger = Buffer.allocUnsafeSlow((capacity / 2) * length);
    larger.set(names);
    names = larger;
    view = viewOf(names);
    slots = new Uint32Array(capacity);
    for (let index = 0; index < count; index++) {
      let slot = slotOf(view, index * length);
      while (slots[slot] !== EMPTY) slot = slot + 1 === capacity ? 0 : slot + 1;
      slots[slot] = index + 1;
    }
  };

  const find = (bytes: DataView, at: number): number => (slots[place(bytes, at)] ?? EMPTY) - 1;

  const add = (bytes: DataView, at: number): number => {
    let slot = place(bytes, at);
    const held = slots[slot] ?? EMPTY;
    if (held !== EMPTY) return held - 1;
    if (count === capacity / 2) {
      grow();
      slot = place(bytes, at);
    }
    for (let offset = 0; offset < length; offset++) names[count * length + offset] = bytes.getUint8(at + offset);
    count += 1;
    slots[slot] = count;
    return count - 1;
  };

  const single = Buffer.alloc(length);
  const singleView = viewOf(single);
  const fromHex = (oid: string): DataView => {
    if (single.write(oid, 'hex') !== length) throw new RangeError(`not a name of ${length} bytes`);
    return singleView;
  };

  return {
    get count() {
      return count;
    },
    find,
    add,
    findHex: (oid) => find(fromHex(oid), 0),
    addHex: (oid) => add(fromHex(oid), 0),
    hex: (index) => {
      if (index < 0 || index >= count) throw new RangeError(`there is no name ${index}`);
      return names.toString('hex', index * length, (index + 1) * length);
    },
  };
};

const viewOf = (bytes: Buffer): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const oddNumber = (): number => Math.floor(Math.random() * 0x1_0000_0000) | 1;

/** Writes the name that stands as hexadecimal digits at `from` as bytes at `to`. False when there are other characters. */
export const bytesOfHex = (hex: Uint8Array, from: number, bytes: Uint8Array, to: number, length: number): boolean => {
  let all = 0;
  for (let index = 0; index < length; index++) {
    const high = DIGITS[hex[from + 2 * index] ?? 0] ?? BAD;
    const low = DIGITS[hex[from + 2 * index + 1] ?? 0] ?? BAD;
    all |= high | low;
    bytes[to + index] = (high << 4) | low;
  }
  return all < BAD;
};

const BAD = 16;
const DIGITS = Uint8Array.from({ length: 256 }, (_, code) => {
  const digit = '0123456789abcdef'.indexOf(String.fromCharCode(code));
  return digit < 0 ? BAD : digit;
});
