// Made-up keys of the real shapes. They are made at run time, from a seed: no text of this repository looks like a key.

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BASE62 = `${BASE58}0OIl`;

/** mulberry32: small, fast, the same on every machine. */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

export interface Keys {
  /** An AccessKey ID of today: 24 characters. */
  readonly id24: () => string;
  /** An AccessKey ID from before 2018: 16 characters. */
  readonly id16: () => string;
  /** An ID from before the prefix: 16 characters of all three classes. */
  readonly legacyId: () => string;
  readonly secret30: () => string;
  /** A temporary key's ID, secret and (short) security token. */
  readonly stsId: () => string;
  readonly stsSecret: () => string;
  readonly stsToken: () => string;
  /** Characters drawn evenly from an alphabet. */
  readonly text: (alphabet: 'base58' | 'base62', length: number) => string;
  /** A whole number from 0 up to, not including, `end`. */
  readonly below: (end: number) => number;
}

const PREFIX = ['LT', 'AI'].join('');

/** Keys that are the same for the same seed. */
export const createKeys = (seed: number): Keys => {
  const next = randomFrom(seed);
  const below = (end: number): number => Math.floor(next() * end);
  const text = (alphabet: 'base58' | 'base62', length: number): string => {
    const letters = alphabet === 'base58' ? BASE58 : BASE62;
    return Array.from({ length }, () => letters[below(letters.length)]).join('');
  };
  const legacyId = (): string => {
    const drawn = text('base62', 16);
    return /\d/.test(drawn) && /[a-z]/.test(drawn) && /[A-Z]/.test(drawn) ? drawn : legacyId();
  };
  return {
    id24: () => `${PREFIX}5t${text('base58', 18)}`,
    id16: () => `${PREFIX}${text('base58', 12)}`,
    legacyId,
    secret30: () => text('base62', 30),
    stsId: () => `STS.NT${text('base58', 23)}`,
    stsSecret: () => text('base58', 44),
    stsToken: () => `CAIS${text('base62', 200)}`,
    text,
    below,
  };
};

export const { id24, id16, secret30, stsId, stsSecret, stsToken } = createKeys(20_260_101);
