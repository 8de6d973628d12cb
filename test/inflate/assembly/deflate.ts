// A writer of DEFLATE streams that no compressor would make: any codes, any symbols, as its random numbers have it. It
// reaches what zlib's compressor never uses (codes of 15 bits everywhere, odd runs of code lengths, blocks of nothing) and,
// with `faults`, what a decoder must refuse.

interface Code {
  readonly lengths: readonly number[];
  readonly codes: readonly number[];
}

const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const MOST_OUTPUT = 20_000;

class Bits {
  readonly #bytes: number[] = [];
  #held = 0;
  #count = 0;

  /** The lowest bit first. */
  put(value: number, count: number): void {
    for (let i = 0; i < count; i++) {
      this.#held |= ((value >> i) & 1) << this.#count;
      if (++this.#count === 8) {
        this.#bytes.push(this.#held);
        this.#held = 0;
        this.#count = 0;
      }
    }
  }

  align(): void {
    if (this.#count > 0) this.put(0, 8 - this.#count);
  }

  end(): Buffer {
    this.align();
    return Buffer.from(this.#bytes);
  }
}

export interface DeflateOptions {
  /** From 0 up to, not including, 1. */
  readonly next: () => number;
  /** How often, from 0 to 1, something is done that no valid stream has. */
  readonly faults: number;
}

/** A zlib stream, without the checksum at its end, and what it inflates to if nothing in it is wrong. */
export const randomDeflate = ({ next, faults }: DeflateOptions): { stream: Buffer; output: Buffer } => {
  const below = (end: number): number => Math.floor(next() * end);
  const isFault = (): boolean => next() < faults;
  const bits = new Bits();
  const output: number[] = [];

  const symbol = (code: Code, index: number): void => {
    const length = code.lengths[index] ?? 0;
    for (let i = length - 1; i >= 0; i--) bits.put(((code.codes[index] ?? 0) >> i) & 1, 1);
  };

  /** A complete code for some of `symbols`: one leaf is split in two until there are enough. */
  const randomCode = (symbols: readonly number[], size: number, longest: number): Code => {
    const lengths: number[] = Array.from({ length: size }, () => 0);
    const leaves = [0];
    const isDeep = next() < 0.3;
    while (leaves.length < symbols.length) {
      const open = leaves.flatMap((depth, index) => (depth < longest ? [index] : []));
      const chosen = isDeep ? open.at(-1) : open[below(open.length)];
      if (chosen === undefined) break;
      const depth = (leaves[chosen] ?? 0) + 1;
      leaves.splice(chosen, 1, depth, depth);
    }
    if (leaves.length === 1) leaves[0] = 1; // a single symbol has one bit, and the other code stays free
    symbols.slice(0, leaves.length).forEach((entry, index) => {
      lengths[entry] = leaves[index] ?? 0;
    });
    if (isFault()) lengths[below(size)] = below(longest + 1);
    // Every code a bit longer: half of them are not used.
    if (isFault() && !lengths.includes(longest)) {
      lengths.forEach((length, index) => {
        if (length > 0) lengths[index] = length + 1;
      });
    }
    return canonical(lengths);
  };

  /** Code lengths as runs, cut wherever chance cuts them. */
  const runsOf = (lengths: readonly number[]): readonly (readonly [symbol: number, extra: number, bits: number])[] => {
    const runs: [number, number, number][] = [];
    if (isFault()) runs.push([16, 0, 2]);
    const isAllAgain = isFault();
    for (let at = 0; at < lengths.length; ) {
      const length = lengths[at];
      let same = 1;
      while (lengths[at + same] === length) same++;
      // "The last length again" where there is none is a fault, whether one such run is read or nothing else.
      const isAgain = at > 0 ? lengths[at - 1] === length : length === 0 && isFault();
      const past = isFault() ? 10 : 0;
      if (isAllAgain || (isAgain && at === 0 && same >= 3)) {
        const times = 3 + below(isAllAgain ? 4 : Math.min(4, same - 2));
        runs.push([16, times - 3, 2]);
        at += times;
      } else if (length === 0 && same >= 11 && next() < 0.8) {
        const times = Math.min(138, 11 + below(same - 10) + past);
        runs.push([18, times - 11, 7]);
        at += times;
      } else if (length === 0 && same >= 3 && next() < 0.8) {
        const times = Math.min(10, 3 + below(same - 2) + past);
        runs.push([17, times - 3, 3]);
        at += times;
      } else if (isAgain && same >= 3 && next() < 0.8) {
        const times = Math.min(6, 3 + below(same - 2) + past);
        runs.push([16, times - 3, 2]);
        at += times;
      } else {
        runs.push([length ?? 0, 0, 0]);
        at++;
      }
    }
    return runs;
  };

  const shuffled = (values: readonly number[]): number[] =>
    values
      .map((value) => ({ value, key: next() }))
      .sort((a, b) => a.key - b.key)
      .map(({ value }) => value);

  const dynamicCodes = (): { literals: Code; distances: Code } => {
    const used = 1 + below(next() < 0.5 ? 12 : 285);
    const chosen = shuffled(Array.from({ length: 286 }, (_, index) => index).filter((index) => index !== 256));
    const literals = randomCode(shuffled([...(isFault() ? [] : [256]), ...chosen.slice(0, used)]), 286, 15);
    const far = shuffled(Array.from({ length: 30 }, (_, index) => index)).slice(0, below(31));
    const distances = far.length === 0 ? canonical(Array.from({ length: 30 }, () => 0)) : randomCode(far, 30, 15);
    const literalCount = isFault() ? 287 + below(2) : Math.max(257, 1 + literals.lengths.findLastIndex(isUsed));
    const distanceCount = isFault() ? 31 + below(2) : Math.max(1, 1 + distances.lengths.findLastIndex(isUsed));
    const runs = runsOf([...padded(literals.lengths, literalCount), ...padded(distances.lengths, distanceCount)]);
    const needed = [...new Set(runs.map(([run]) => run))];
    // A code for lengths has to be complete: a second symbol that stays unused makes it so.
    if (needed.length === 1 && !isFault()) needed.push(needed[0] === 1 ? 2 : 1);
    const lengths = randomCode(shuffled(needed), 19, 7);
    const told = 1 + ORDER.findLastIndex((entry) => isUsed(lengths.lengths[entry]));
    bits.put(literalCount - 257, 5);
    bits.put(distanceCount - 1, 5);
    bits.put(Math.max(4, told) - 4, 4);
    for (const entry of ORDER.slice(0, Math.max(4, told))) bits.put(lengths.lengths[entry] ?? 0, 3);
    for (const [run, extra, count] of runs) {
      symbol(lengths, run);
      bits.put(extra, count);
    }
    return { literals, distances };
  };

  const content = (literals: Code, distances: Code): void => {
    const some = literals.lengths.flatMap((length, index) => (length > 0 && index !== 256 ? [index] : []));
    const reachable = distances.lengths.flatMap((length, index) => (length > 0 && index < 30 ? [index] : []));
    for (let count = below(next() < 0.5 ? 20 : 600); count > 0 && output.length < MOST_OUTPUT; count--) {
      const chosen = some[below(some.length)];
      if (chosen === undefined) break;
      if (chosen < 256) {
        symbol(literals, chosen);
        output.push(chosen);
        continue;
      }
      if (chosen > 285) continue;
      const within = reachable.filter((index) => distanceBase(index) <= output.length || faults > 0);
      const distanceSymbol = within[below(within.length)];
      if (distanceSymbol === undefined) continue;
      const base = distanceBase(distanceSymbol);
      const room = isFault() ? 1 << 15 : output.length - base + 1;
      const extra = Math.max(0, below(Math.min(1 << distanceExtra(distanceSymbol), room)));
      const lengthExtra = below(1 << lengthBits(chosen));
      symbol(literals, chosen);
      bits.put(lengthExtra, lengthBits(chosen));
      symbol(distances, distanceSymbol);
      bits.put(extra, distanceExtra(distanceSymbol));
      for (let i = lengthBase(chosen) + lengthExtra; i > 0; i--) output.push(output[output.length - base - extra] ?? 0);
    }
    symbol(literals, 256);
  };

  const blocks = 1 + below(3);
  for (let block = 1; block <= blocks; block++) {
    bits.put(block === blocks ? 1 : 0, 1);
    const type = isFault() ? 3 : below(5);
    bits.put(Math.min(type, isFault() ? 3 : 2), 2);
    if (type === 0) {
      const length = below(next() < 0.2 ? 1 : 300);
      bits.align();
      bits.put(length, 16);
      bits.put(isFault() ? length : length ^ 0xffff, 16);
      for (let i = 0; i < length; i++) {
        const byte = below(256);
        bits.put(byte, 8);
        output.push(byte);
      }
    } else if (type === 1) content(FIXED_LITERALS, FIXED_DISTANCES);
    else {
      const { literals, distances } = dynamicCodes();
      content(literals, distances);
    }
  }
  return { stream: Buffer.concat([Buffer.from([0x78, 0x9c]), bits.end()]), output: Buffer.from(output) };
};

const isUsed = (length: number | undefined): boolean => length !== undefined && length > 0;

const padded = (lengths: readonly number[], count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => lengths[index] ?? 0);

/** The codes that lengths stand for (RFC 1951, 3.2.2). */
const canonical = (lengths: readonly number[]): Code => {
  const codes: number[] = [];
  let code = 0;
  for (let length = 1; length <= 15; length++) {
    lengths.forEach((own, index) => {
      if (own === length) codes[index] = code++;
    });
    code <<= 1;
  }
  return { lengths, codes };
};

const FIXED_LITERALS = canonical(
  Array.from({ length: 288 }, (_, index) => (index < 144 ? 8 : index < 256 ? 9 : index < 280 ? 7 : 8)),
);
const FIXED_DISTANCES = canonical(Array.from({ length: 32 }, () => 5));

const lengthBits = (entry: number): number => (entry < 265 || entry === 285 ? 0 : (entry - 261) >> 2);
const lengthBase = (entry: number): number => {
  if (entry === 285) return 258;
  let base = 3;
  for (let i = 257; i < entry; i++) base += 1 << lengthBits(i);
  return base;
};
const distanceExtra = (entry: number): number => (entry < 4 ? 0 : (entry >> 1) - 1);
const distanceBase = (entry: number): number => {
  let base = 1;
  for (let i = 0; i < entry; i++) base += 1 << distanceExtra(i);
  return base;
};
