// Whether an anchor can begin a key, for the prefixes that are also words or ends of words (`HOSTS.`, `VOLTAIRE`). Asked of
// every hit of the search, so it reads bytes and allocates nothing but where an escape may stand. Wrong only in the safe
// direction.

/** What may follow a literal prefix: a character of the key, or what a split, an escape or a colour begins with. */
const MAY_FOLLOW = /[0-9A-Za-z"'`\\=&%<[+/_\x1b\x00-]/;
/** An escape or a colour that ends in a letter or digit just before a key. */
const ESCAPED =
  /(?:%(?:25){0,3}[0-9A-Fa-f]{2}|\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[0-7]{3}|[nrtbf])|=[0-9A-F]{2}|\[[0-9;]*[mK])$/;
const REACH = 12;

const tableOf = (matches: (character: string) => boolean): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, code) => (matches(String.fromCharCode(code)) ? 1 : 0));

/** @returns whether the anchor at `at` of `bytes`, whose end is `end`, may begin a key */
type KeyStart = (bytes: Uint8Array, at: number, end: number) => boolean;

/** What a word that stands glued before a key ends in: the cheap test before the words themselves. */
export const lastLettersOf = (glue: readonly string[]): ReadonlySet<string> =>
  new Set(glue.flatMap((word) => [word.slice(-1), word.slice(-1).toUpperCase()]));

/** @param glue words that may stand glued before a key */
export const createKeyStart = (prefixes: readonly string[], glue: readonly string[]): KeyStart => {
  const literals = prefixes.map((prefix) => Buffer.from(prefix));
  const follows = tableOf((character) => MAY_FOLLOW.test(character));
  const lastLetters = lastLettersOf(glue);
  const precedes = tableOf((character) => !/[0-9A-Za-z]/.test(character) || lastLetters.has(character));

  const begins = tableOf((character) => '%\\=['.includes(character));

  const startsWith = (bytes: Uint8Array, at: number, literal: Uint8Array): boolean => {
    for (let i = 0; i < literal.length; i++) if (bytes[at + i] !== literal[i]) return false;
    return true;
  };

  return (bytes, at, end) => {
    for (const literal of literals) {
      if (!startsWith(bytes, at, literal)) continue;
      const next = at + literal.length;
      if (next < end && follows[bytes[next] ?? 0] === 0) return false;
      if (at === 0 || precedes[bytes[at - 1] ?? 0] === 1) return true;
      const from = Math.max(0, at - REACH);
      let mark = at - 1;
      while (mark >= from && begins[bytes[mark] ?? 0] === 0) mark--;
      return (
        mark >= from && ESCAPED.test(Buffer.from(bytes.buffer, bytes.byteOffset + from, at - from).toString('latin1'))
      );
    }
    // A derived form: base64, UTF-16, escapes.
    return true;
  };
};
