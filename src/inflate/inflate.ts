// Host side of the inflate kernel (assembly/): small zlib streams, without what Node loads for its own (streams above all), which
// takes a commit hook longer than to inflate what is staged.

import wasm from 'akscan:inflate-kernel';
import { once } from '../once.js';

/** Bytes of a stream, and of what it holds, above which it is left to somebody else. */
export const LARGEST_STREAM = 1 << 20;
export const LARGEST_INFLATED = 4 << 20;

/** Functions that assembly/index.ts exports; addresses and lengths are bytes in `memory`. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  open(mostFrom: number, mostTo: number): number;
  output(): number;
  read(length: number): number;
}

const REFUSED = 0xffffffff;

/** One for each thread; null where there is no room: each takes gigabytes of addresses, which somebody may have limited. */
const instance = once(() => {
  try {
    const program = new WebAssembly.Module(Buffer.from(wasm, 'base64'));
    const kernel = new WebAssembly.Instance(program, { env: { abort: () => {} } }).exports as unknown as Exports;
    const from = kernel.open(LARGEST_STREAM, LARGEST_INFLATED);
    return { kernel, input: Buffer.from(kernel.memory.buffer, from, LARGEST_STREAM) };
  } catch {
    return null;
  }
});

/** Makes what `inflateSmall` needs, when there is time for it. */
export const readyToInflate = (): void => void instance();

/**
 * What a zlib stream (RFC 1950) holds; its checksum is compared.
 *
 * @returns null when the stream is damaged, does not end where it should, or is too large, and where there is no room for the kernel
 */
export const inflateSmall = (stream: Uint8Array): Buffer | null => {
  const made = stream.length > LARGEST_STREAM ? null : instance();
  if (made === null) return null;
  const { kernel, input } = made;
  input.set(stream);
  const length = kernel.read(stream.length) >>> 0;
  return length === REFUSED ? null : Buffer.from(Buffer.from(kernel.memory.buffer, kernel.output(), length));
};
