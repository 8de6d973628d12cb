// Seeded random values: the credentials that are planted, and the things that look like credentials and are none.
// Shapes only; nothing key-shaped is written down in these sources, so that push protection stays quiet.

/** The four letters that every long-lived AccessKey ID starts with. */
export const L = 'LTAI';

const DIGITS = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const BASE62 = DIGITS + UPPER + LOWER;
const BASE58 = BASE62.replace(/[0OIl]/g, '');
const BASE64 = `${UPPER}${LOWER}${DIGITS}+/`;

/** sfc32: small, fast and the same on every machine. */
const generator = (seed) => {
  let a = 0x9e3779b9 ^ seed;
  let b = 0x243f6a88;
  let c = 0xb7e15162 ^ (seed << 7);
  let counter = 1;
  const next = () => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 20; i += 1) next();
  return next;
};

/** Everything random that a template may ask for, on one generator. */
export const randomness = (seed) => {
  const next = generator(seed);
  const int = (from, to) => from + Math.floor(next() * (to - from + 1));
  const pick = (list) => list[int(0, list.length - 1)];
  const chance = (p) => next() < p;
  const chars = (alphabet, n) => Array.from({ length: n }, () => alphabet[int(0, alphabet.length - 1)]).join('');
  const shuffle = (list) => {
    const out = [...list];
    for (let i = out.length - 1; i > 0; i -= 1) {
      const j = int(0, i);
      [out[i], out[j]] = [out[j], out[i]];
    }
    return out;
  };
  return {
    next,
    int,
    pick,
    chance,
    chars,
    shuffle,
    ...shapes({ int, pick, chance, chars }),
    ...decoys({ int, pick, chars }),
  };
};

const WORDS =
  'access account action alarm audit backup batch bucket cache callback channel client cluster config connect consumer context cursor default delete device domain endpoint engine event export factory filter gateway group handler header image import index input instance invoke item job key layer limit list loader local manager message method model module name network node notify object option order output owner packet page parser path payment plugin policy pool port profile project provider proxy query queue reader record region remote request resource result role route rule schema script secret section server service session setting signal source stack stage state storage stream system table target task template tenant thread ticket timer token topic trace upload user value vendor version view volume worker writer zone'.split(
    ' ',
  );

const splice = (text, word, at) => text.slice(0, at) + word + text.slice(at + word.length);

/** The credentials themselves. Sources: the vendor's own samples and the public code the shapes were counted in. */
const shapes = ({ int, pick, chance, chars }) => {
  const id24 = () => {
    const kind = int(1, 100);
    // About one in twelve breaks base58: tools must treat the alphabet as a sign, not as a law.
    const alphabet = chance(0.08) ? BASE62 : BASE58;
    if (kind <= 70) return `${L}5t${chars('56789ABCDEFGHJKLMNPQRS', 1)}${chars(alphabet, 17)}`;
    if (kind <= 90) return `${L}4${pick(['G', 'F'])}${chars(alphabet, 18)}`;
    return `${L}${chars(alphabet, 20)}`;
  };
  const id16 = () => `${L}${chars(BASE62, 12)}`;
  /** 30 of base62, uniform, with the unlucky draws that a large set would hold drawn more often than they should be. */
  const secret30 = () => {
    const kind = int(1, 100);
    if (kind <= 94) return chars(BASE62, 30);
    if (kind <= 96) return chars(UPPER + LOWER, 30);
    if (kind <= 98)
      return splice(chars(BASE62, 30), pick(['test', 'xxx', 'demo', 'Abc', '1234', 'aaa', 'your']), int(0, 26));
    return splice(chars(LOWER + DIGITS, 30), chars(UPPER, 2), int(0, 28));
  };
  const sts = () => ({
    id: `STS.${pick(['N', 'N', 'N', 'L', 'M'])}${chars(BASE58, 24)}`,
    secret: chars(BASE58, int(43, 44)),
    token: `CAIS${chars(BASE64, 4 * int(130, 240) - 6)}==`,
  });
  return { id24, id16, secret30, sts };
};

/** Things of other kinds that stand near keys, or look like them. */
const decoys = ({ int, pick, chars }) => {
  const hex = (n) => chars('0123456789abcdef', n);
  const capital = (word) => word[0].toUpperCase() + word.slice(1);
  /** An identifier in camelCase of exactly `n` letters. */
  const camel = (n) => {
    for (;;) {
      let out = pick(WORDS);
      while (out.length < n) out += capital(pick(WORDS));
      if (out.length === n) return out;
    }
  };
  /** EagleEye: address, time, sequence and process in 30 hexadecimal digits. */
  const trace = () => `${hex(8)}16${chars(DIGITS, 11)}${chars(DIGITS, 4)}d${hex(4)}`;
  const uuid = () => [8, 4, 4, 4, 12].map(hex).join('-');
  return {
    hex,
    camel,
    trace,
    uuid,
    word: () => pick(WORDS),
    Word: () => capital(pick(WORDS)),
    alnum: (n) => chars(BASE62, n),
    base58: (n) => chars(BASE58, n),
    base64: (n) => chars(BASE64, n),
    digits: (n) => chars(DIGITS, n),
    upper: (n) => chars(UPPER, n),
    lower: (n) => chars(LOWER, n),
    epoch: () => String(int(1560000000, 1790000000)),
    date: () => `20${int(18, 26)}-${String(int(1, 12)).padStart(2, '0')}-${String(int(1, 28)).padStart(2, '0')}`,
    region: () => pick(['cn-hangzhou', 'cn-shanghai', 'cn-beijing', 'cn-shenzhen', 'ap-southeast-1', 'eu-central-1']),
    bucket: () => `${pick(WORDS)}-${pick(WORDS)}-${chars(DIGITS, 3)}`,
  };
};
