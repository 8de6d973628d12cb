// How many columns of a terminal a text takes: Chinese, Japanese and Korean characters, and most emoji, take two
// (Unicode Standard Annex #11, wide and fullwidth).

const WIDE =
  /[\u1100-\u115F\u231A\u231B\u2329\u232A\u23E9-\u23EC\u25FD\u25FE\u2614\u2615\u2648-\u2653\u26A1\u2705\u274C\u2753-\u2755\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE10-\uFE19\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{1B000}-\u{1B2FF}\u{1F200}-\u{1F64F}\u{1F680}-\u{1F6FF}\u{1F900}-\u{1F9FF}\u{20000}-\u{3FFFD}]/u;

/** Drawn over what stands before them. */
const NONE = /\p{Mn}|\p{Me}|\u200D|[\uFE00-\uFE0F]/u;

/** Of one column each, all of them, and no need to ask what Unicode knows of marks. */
const PLAIN = /^[\x20-\x7E\xA0-\u02FF\u2010-\u2027\u2190-\u21FF]*$/;

export const columnsOf = (text: string): number => {
  if (PLAIN.test(text)) return text.length;
  let columns = 0;
  for (const character of text) columns += WIDE.test(character) ? 2 : NONE.test(character) ? 0 : 1;
  return columns;
};

export const isWide = (character: string): boolean => WIDE.test(character);

/** At least that many columns, with spaces after. */
export const padTo = (text: string, columns: number): string =>
  `${text}${' '.repeat(Math.max(0, columns - columnsOf(text)))}`;
