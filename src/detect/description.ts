// How much shorter a value can be described than a random one could: as words, letters that follow each other as in words,
// sequences, repeats, keyboard rows. Fewer than one in 2^n random values can be described in n bits less than they
// take, whatever the way of describing (a code's lengths obey Kraft's inequality): so the bits saved say how sure it is that
// somebody made a value up, and no list of its own is needed for each way of making one up.

/** What it takes to say what comes next. Their probabilities add up to no more than one. */
const COST = { literal: 0.6, word: 3, letters: 3.3, rule: 3.5 };
/** How a word is written: in lower case, with a capital, in capitals. */
const CASE = Math.log2(3);
const END = 2.3;

/**
 * Half bits that a letter takes behind another, one row a letter behind nothing, a, b, ...: from the words of programs and
 * their documentation, some of them pinyin. Base 36.
 */
const PAIRS = (
  '897889bb9eea9aa8f878acagfg h979heai9hd696dai685bcefch 6dcg6gif7ag5eg6ei89c6jiibi ' +
  '6hbg6hi69h89gi4hi9c6aiiiei 7ffa3fdh5hhaff8eib8f9fhhcj 9e86cbdgegh9a6fad569gbe9eh ' +
  '7gef67ii4jj8hf6hj9ca8jii9j 8fff4fb86gg9c79ef78c8ggjde 5hii4igf6ihebg6hh9d88ijjdi ' +
  'ac8a9a9hiif9946bhb87gbieib 8jgf4jjb6jhfjh6fge4f7ddjjh 8edb3acj6igdf9cdhc6dbjegej ' +
  '7dfa4egi5gf6gg6ejhaa9dhj8i 59gf4hgj5ggc9g76ihagahiigi 8e877c5g9gcceb9dhg65bchidh ' +
  'db99fccicfc984b9i5998b9efg 6hge5hgc9ig7eg69i5a8ahihej jjgjjjjg7jj8jjgjjdjj1jejjg ' +
  '6fbb4dbh6jcdab7eia88bdfjai ag9g5eh97jdcef98gf748gegbj 7hbf4fg75ijcfg8di78abjehaj ' +
  '99ab8cah9ih785d9h676hiiehi 5ifj2idj5jhhih8jjgegejiiij 5ihe6je75jhdj76hj78efjbgij ' +
  '8g7f6ejg6jjfbjf4jhj4cjjgch 9bbg8ceh8jf98784jd79bjajjd 5jdg3jj77jebfj7gjgej9jhjcb'
)
  .split(' ')
  .map((row) => [...row].map((digit) => Number.parseInt(digit, 36) / 2));

const letterCost = (previous: number, letter: number): number => PAIRS[previous + 1]?.[letter] ?? 6;

/** A way in which characters follow from others before them. */
interface Rule {
  /** How far before it the other stands; 0: the last of its own kind (`AB12CD34`, `zZyYxX`). */
  readonly stride: number;
  /** How many steps further on it is, of letters or of digits, at least and at most; null: the next key on the keyboard. */
  readonly by: readonly [number, number] | null;
  /** Bits for a character of the same kind as the other, and of another kind. */
  readonly same: number;
  readonly changed: number;
}

const RULES: readonly Rule[] = [
  ...[1, -1, 2, -2, 0].map((by) => ({ stride: 1, by: [by, by] as const, same: 0.7, changed: 2.1 })),
  ...[1, -1].map((by) => ({ stride: 0, by: [by, by] as const, same: 1.6, changed: 1.6 })),
  ...[2, 3, 4, 5, 6, 7, 8, 9, 10].map((stride) => ({ stride, by: [0, 0] as const, same: 0.6, changed: 2.4 })),
  // `K1K2K3`, `BcDfGh`: rising, with steps left out.
  { stride: 0, by: [0, 2], same: 3.2, changed: 3.2 },
  { stride: 1, by: [1, 3], same: 2.3, changed: 3.7 },
  { stride: 1, by: null, same: 1.6, changed: 2.6 },
];
const RULE_CHOICE = Math.log2(RULES.length);

const KEYBOARD = new Set(
  ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz', '2wsx', '3edc', '4rfv', '5tgb', '6yhn', '7ujm'].flatMap(
    (row) => [...row].slice(1).map((key, i) => Number.parseInt(row[i] ?? '', 36) * 36 + Number.parseInt(key, 36)),
  ),
);

/** Letters go on in letters and digits in digits; 9 is followed by 0, and digits by letters. */
const follows = (index: number, previous: number, by: Rule['by']): boolean => {
  if (by === null) return KEYBOARD.has(previous * 36 + index);
  const [least, most] = by;
  const further = index - previous;
  return (
    (further >= least && further <= most) ||
    (previous < 10 && index < 10 && (previous + least + 10) % 10 === index && least === most)
  );
};

const DIGIT = 0;
const UPPER = 1;
const LOWER = 2;

/** Longest value that is described; of longer ones the beginning. */
const LONGEST = 64;

/** What a value consists of, in memory that is used again for the next. */
const createSigns = () => {
  const kinds = new Uint8Array(LONGEST);
  /** 0-9 for digits, 10-35 for letters of either case. */
  const indexes = new Uint8Array(LONGEST);
  /** Where the last character of the same kind stands, or -1. */
  const lasts = new Int8Array(LONGEST);
  const read = (value: string): void => {
    const last = [-1, -1, -1];
    for (let at = 0; at < value.length; at++) {
      const code = value.charCodeAt(at);
      const kind = code <= 0x39 ? DIGIT : code <= 0x5a ? UPPER : LOWER;
      kinds[at] = kind;
      indexes[at] = code - (kind === DIGIT ? 0x30 : kind === UPPER ? 0x37 : 0x57);
      lasts[at] = last[kind] ?? -1;
      last[kind] = at;
    }
  };
  return { kinds, indexes, lasts, read };
};

type Signs = ReturnType<typeof createSigns>;

const NEVER = Number.POSITIVE_INFINITY;

/** What the character at `at` costs by a rule, when it is what the rule expects. */
const ruleCost = ({ kinds, indexes, lasts }: Signs, at: number, { stride, by, same, changed }: Rule): number => {
  const other = stride === 0 ? (lasts[at] ?? -1) : at - stride;
  if (other < 0 || !follows(indexes[at] ?? 0, indexes[other] ?? 0, by)) return NEVER;
  return kinds[at] === kinds[other] ? same : changed;
};

/** Letters of fewer kinds take fewer bits each. */
const ALPHABETS: readonly (readonly [RegExp, number])[] = [
  [/^[0-9]*$/, 10],
  [/^[0-9a-f]*$/, 16],
  [/^[0-9A-F]*$/, 16],
  [/^[a-z]*$/, 26],
  [/^[A-Z]*$/, 26],
  [/^[0-9a-z]*$/, 36],
  [/^[0-9A-Z]*$/, 36],
];
const ALPHABET_CHOICE = Math.log2(ALPHABETS.length + 1);

const byAlphabet = (value: string, characters: number): number => {
  const size = ALPHABETS.find(([letters]) => letters.test(value))?.[1] ?? characters;
  // Where the alphabet is small by itself this says nothing.
  return size >= characters || characters < 58 ? 0 : value.length * Math.log2(characters / size) - ALPHABET_CHOICE;
};

/**
 * @param characters how many different ones the value was drawn from
 * @returns how many bits less than a random one the value takes, as far as is known here
 */
export type Describe = (value: string, characters: number) => number;

/** @param words what people make values of: lower case, three characters or more */
export const createDescribe = (words: readonly string[]): Describe => {
  const known = [...new Set(words)];
  const byStart = new Map<string, string[]>();
  for (const word of known) byStart.set(word.slice(0, 3), [...(byStart.get(word.slice(0, 3)) ?? []), word]);
  const wordCost = COST.word + Math.log2(known.length) + CASE;
  const signs = createSigns();
  /** The least that the first characters take. */
  const least = new Float64Array(LONGEST + 1);
  /** The same, ending within what a rule expects. */
  const ruled = new Float64Array(RULES.length);

  return (text, characters) => {
    const plain = Math.log2(characters);
    const value = text.slice(0, LONGEST);
    const size = value.length;
    const folded = value.toLowerCase();
    signs.read(value);
    least.fill(NEVER, 0, size + 1);
    least[0] = 0;
    ruled.fill(NEVER);
    /** The same, ending within letters that follow each other as in a word. */
    let letters = NEVER;
    let byRule = NEVER;
    for (let at = 0; at < size; at++) {
      const here = Math.min(least[at] ?? NEVER, letters + END, byRule + END);
      least[at + 1] = Math.min(least[at + 1] ?? NEVER, here + COST.literal + plain);
      for (const word of byStart.get(folded.slice(at, at + 3)) ?? []) {
        const to = at + word.length;
        if (folded.startsWith(word, at) && isWritten(value.slice(at, to)))
          least[to] = Math.min(least[to] ?? NEVER, here + wordCost);
      }
      letters = nextLetters(signs, at, here, letters);
      byRule = NEVER;
      for (let i = 0; i < RULES.length; i++) {
        const rule = RULES[i];
        const cost = rule === undefined ? NEVER : ruleCost(signs, at, rule);
        ruled[i] = cost === NEVER ? NEVER : Math.min(ruled[i] ?? NEVER, here + COST.rule + RULE_CHOICE) + cost;
        byRule = Math.min(byRule, ruled[i] ?? NEVER);
      }
    }
    return Math.max(size * plain - Math.min(least[size] ?? NEVER, letters, byRule), byAlphabet(value, characters));
  };
};

/** The cost of being within a word's letters behind the character at `at`. */
const nextLetters = ({ kinds, indexes }: Signs, at: number, here: number, within: number): number => {
  const kind = kinds[at];
  if (kind === DIGIT) return NEVER;
  const letter = (indexes[at] ?? 0) - 10;
  const begun = here + COST.letters + 1 + letterCost(-1, letter);
  if (within === NEVER) return begun;
  // A capital after a small letter begins the next word.
  const goesOn =
    kind === UPPER && kinds[at - 1] === LOWER
      ? 2.6 + letterCost(-1, letter)
      : 0.45 + letterCost((indexes[at - 1] ?? 0) - 10, letter);
  return Math.min(begun, within + goesOn);
};

const isWritten = (word: string): boolean => /^(?:[a-z0-9]+|[A-Z0-9]+|[A-Z][a-z0-9]+)$/.test(word);
