// Which windows of each anchor the coarse search looks for (assembly/coarse.ts), and in which of its buckets: that decides
// how often it stops in vain.
//
// Of an anchor any three bytes in a row will do, as long as one window begins an even number of bytes into it and one an
// odd number. A bucket stops at what holds a nibble of any of its windows in each of five places, so windows that look
// alike belong together, and those that ordinary text seldom holds are the better ones.

import { once } from '../once.js';
import { BUCKETS } from './arrange.js';

/** Characters of one class, as often as they occur in source code. */
const CLASSES: Readonly<Record<string, string>> = {
  l: 'eeeeeeeeeeeeetttttttttttnnnnnnnnrrrrrrrroooooooaaaaaaaiiiiiiissssssccccccuuuullllldddfffpppmmgghhbbvywkxjqz',
  U: 'SSSSSSSSSSSCCCCCCCTTTTTTTIIIIIIEEEEEERRRRRRRAAAAAANNNNNNLLLLLOOOOOPPPPPMMMMMDDDDDFFFUUUHHWWBBGGVVKKYJQZX',
  d: '00001111112222233333444445555666778899',
  p: `${' '.repeat(50)}\n\n\n\n\n\n\n.....))))((((;;;;"""",,,{{{}}}==--::''**//>>__[]<@+?\`\\|$&!#^%~\t`,
  h: '0123456789abcdef',
  H: '0123456789ABCDEF',
  b: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  z: '\0',
  x: String.fromCharCode(...Array.from({ length: 256 }, (_, code) => code)),
};

/**
 * The classes of three bytes in a row, and how many of a thousand places in source code are such; then what else a search
 * goes through: hex, base64, UTF-16, anything. It need not be exact: a wrong measure costs time, never a finding.
 */
const SHAPES =
  'lll341 ppp138 llp88 pll80 lpl51 lpp40 ppl38 Ull30 lUl22 llU22 ddd14 UUU12 plp9 pUl9 ldd7 dld6 ddl6 lpU6 ppU5 lld5 ' +
  'ddp5 pdd4 dll4 ldl4 dpp4 pUU4 UUp4 ppd3 dpd2 lpd2 pdp2 UlU2 UUl2 lUU2 UpU2 Upp2 hhh20 HHH5 bbb10 zzz10 lzl5 zlz5 ' +
  'UzU5 zUz5 xxx10';

/** The places: low nibble of the first, second and third byte, then high nibble of the first and the second. */
const PLACES = 5;
const ANY = 0xffff;

/** Of each class, how much of it has a nibble: the 16 low ones, then the 16 high ones. Made for rules of one's own only. */
const shares = once(
  () =>
    new Map(
      Object.entries(CLASSES).map(([name, characters]) => {
        const share = new Float64Array(32);
        for (let at = 0; at < characters.length; at++) {
          const code = characters.charCodeAt(at);
          for (const nibble of [code & 15, 16 + (code >> 4)])
            share[nibble] = (share[nibble] ?? 0) + 1 / characters.length;
        }
        return [name, share] as const;
      }),
    ),
);

/** Of each shape its weight and, place by place, how much of its text has each nibble there. */
const shapes = once(() =>
  SHAPES.split(' ').map((shape) => ({
    weight: Number(shape.slice(3)),
    shares: [0, 1, 2, 0, 1].map((byte, place) => {
      const share = shares().get(shape[byte] ?? '') ?? new Float64Array(32);
      return place < 3 ? share.subarray(0, 16) : share.subarray(16);
    }),
  })),
);

/** Bit sets of the nibbles in each place. */
type Sets = readonly number[];

interface Window {
  /** Where it begins in its anchor; -1 where any byte comes first. */
  readonly from: number;
  readonly sets: Sets;
}

interface Bucket {
  readonly sets: number[];
  /** How much of each shape of text has one of `sets` in each place. */
  readonly within: Float64Array;
  cost: number;
}

const emptyBucket = (): Bucket => ({
  sets: [0, 0, 0, 0, 0],
  within: new Float64Array(PLACES * shapes().length),
  cost: 0,
});

const setsAt = (word: string, from: number): Sets => {
  const code = (at: number): number => word.charCodeAt(from + at);
  const [low, high] = from < 0 ? [ANY, ANY] : [1 << (code(0) & 15), 1 << (code(0) >> 4)];
  return [low, 1 << (code(1) & 15), 1 << (code(2) & 15), high, 1 << (code(1) >> 4)];
};

/** The windows to choose from of the first eight bytes of an anchor: the even ones, or the odd ones. */
const windowsOf = (word: string, parity: 0 | 1): readonly Window[] => {
  const windows: Window[] = [];
  for (let from: number = parity; from + 3 <= word.length; from += 2) windows.push({ from, sets: setsAt(word, from) });
  return windows.length > 0 ? windows : [{ from: -1, sets: setsAt(word, -1) }];
};

/** How much of the text of one shape a bucket with `more` nibbles would let through in one place. */
const withMore = (bucket: Bucket, shape: number, place: number, more: number): number => {
  const share = shapes()[shape]?.shares[place];
  let sum = bucket.within[shape * PLACES + place] ?? 0;
  for (let left = more & ~(bucket.sets[place] ?? 0); left !== 0; left &= left - 1) {
    sum += share?.[31 - Math.clz32(left & -left)] ?? 0;
  }
  return sum;
};

/** How often a bucket would stop with one window more. */
const costWith = (bucket: Bucket, sets: Sets): number => {
  let cost = 0;
  for (let shape = 0; shape < shapes().length; shape++) {
    let chance = shapes()[shape]?.weight ?? 0;
    // The high nibbles first: most classes of characters have few.
    for (let place = PLACES - 1; place >= 0 && chance > 0; place--) {
      chance *= withMore(bucket, shape, place, sets[place] ?? 0);
    }
    cost += chance;
  }
  return cost;
};

const put = (bucket: Bucket, sets: Sets): void => {
  bucket.cost = costWith(bucket, sets);
  for (let place = 0; place < PLACES; place++) {
    const more = sets[place] ?? 0;
    for (let shape = 0; shape < shapes().length; shape++) {
      bucket.within[shape * PLACES + place] = withMore(bucket, shape, place, more);
    }
    bucket.sets[place] = (bucket.sets[place] ?? 0) | more;
  }
};

interface Choice {
  readonly window: Window;
  readonly bucket: number;
}

/** The window and the bucket that cost least. */
const cheapest = (buckets: readonly Bucket[], windows: readonly Window[]): Choice | null => {
  let best: Choice | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const window of windows) {
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const into = buckets[bucket];
      const dearer = into === undefined ? Number.POSITIVE_INFINITY : costWith(into, window.sets) - into.cost;
      if (dearer < least) {
        least = dearer;
        best = { window, bucket };
      }
    }
  }
  return best;
};

/** As the kernel's addAnchor takes them. */
const packed = (even: Choice, odd: Choice): number =>
  even.window.from + even.bucket * 0x100 + (odd.window.from + 1) * 0x10000 + odd.bucket * 0x1000000;

/**
 * Chooses for one word after the other, and never again.
 *
 * @param words as `wordsOf` gives them
 * @param known what `settleWindows` chose for some of them
 * @returns the windows of each, as the kernel's addAnchor takes them
 */
export const chooseWindows = (words: readonly string[], known: ReadonlyMap<string, number>): readonly number[] => {
  const buckets = Array.from({ length: BUCKETS }, emptyBucket);
  const putInto = (bucket: number, sets: Sets): void => {
    const into = buckets[bucket];
    if (into !== undefined) put(into, sets);
  };
  for (const word of words) {
    const windows = known.get(word);
    if (windows === undefined) continue;
    putInto((windows >> 8) & 255, setsAt(word, windows & 255));
    putInto(windows >> 24, setsAt(word, ((windows >> 16) & 255) - 1));
  }
  return words.map((word) => {
    const windows = known.get(word);
    if (windows !== undefined) return windows;
    const [even, odd] = ([0, 1] as const).map((parity) => {
      const choice = cheapest(buckets, windowsOf(word, parity));
      if (choice !== null) putInto(choice.bucket, choice.window.sets);
      return choice;
    });
    return even && odd ? packed(even, odd) : 0;
  });
};

/** How often all is chosen anew, each time in another order: steps through the words that are prime to their number. */
const ORDERS = 8;
const ROUNDS = 12;

/** The same with all the time there is, for what is computed when the project is built: each choice is made again. */
export const settleWindows = (words: readonly string[]): readonly number[] => {
  if (words.length === 0) return [];
  const items = words.flatMap((word) => [windowsOf(word, 0), windowsOf(word, 1)]);
  let best: readonly (Choice | null)[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (let step = 1, order = 0; order < ORDERS; step += 2) {
    if (divisor(step, items.length) !== 1) continue;
    order++;
    const { choices, cost } = settle(items, step);
    if (cost >= least) continue;
    least = cost;
    best = choices;
  }
  return words.map((_, index) => {
    const [even, odd] = [best[2 * index], best[2 * index + 1]];
    return even && odd ? packed(even, odd) : 0;
  });
};

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

const settle = (
  items: readonly (readonly Window[])[],
  step: number,
): { readonly choices: readonly (Choice | null)[]; readonly cost: number } => {
  const choices: (Choice | null)[] = items.map(() => null);
  const buckets = Array.from({ length: BUCKETS }, emptyBucket);
  const total = (): number => buckets.reduce((sum, { cost }) => sum + cost, 0);
  const refill = (bucket: number): void => {
    const filled = emptyBucket();
    for (const choice of choices) if (choice?.bucket === bucket) put(filled, choice.window.sets);
    buckets[bucket] = filled;
  };
  let cost = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    for (let turn = 0; turn < items.length; turn++) {
      const index = (turn * step) % items.length;
      const old = choices[index];
      choices[index] = null;
      if (old) refill(old.bucket);
      const choice = cheapest(buckets, items[index] ?? []);
      choices[index] = choice;
      if (choice !== null) refill(choice.bucket);
    }
    const now = total();
    if (now >= cost) break;
    cost = now;
  }
  return { choices, cost: total() };
};
