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

const next = randomFrom(20_260_101);

const text = (alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet[Math.floor(next() * alphabet.length)]).join('');

const PREFIX = ['LT', 'AI'].join('');

/** An AccessKey ID of today: 24 characters. */
export const id24 = (): string => `${PREFIX}5t${text(BASE58, 18)}`;

/** An AccessKey ID from before 2018: 16 characters. */
export const id16 = (): string => `${PREFIX}${text(BASE58, 12)}`;

export const secret30 = (): string => text(BASE62, 30);

/** A temporary key's ID, secret and (short) security token. */
export const stsId = (): string => `STS.NT${text(BASE58, 23)}`;
export const stsSecret = (): string => text(BASE58, 44);
export const stsToken = (): string => `CAIS${text(BASE62, 200)}`;
