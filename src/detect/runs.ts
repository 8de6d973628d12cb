// Runs of characters of one kind, no shorter than what is looked for. A regular expression tries anew at every character of a
// run that is too short; this looks at one character in many, as most text is words shorter than any key.

export interface RunFinder {
  /** Where the first run at or after `from` begins (at `from` itself, when that is inside one), or -1. */
  next(text: string, from: number): number;
  /** Where the run that `at` lies in ends. */
  end(text: string, at: number): number;
}

/** @param kind of one character, below 256; others are in no run */
export const createRunFinder = (kind: RegExp, least: number): RunFinder => {
  const isOfKind = Uint8Array.from({ length: 256 }, (_, code) => (kind.test(String.fromCharCode(code)) ? 1 : 0));
  return {
    next: (text, from) => {
      for (let at = from; at + least <= text.length; ) {
        // From the far end: one character that is not of the kind rules out all that begin before it.
        let back = at + least - 1;
        while (back >= at && isOfKind[text.charCodeAt(back)] === 1) back--;
        if (back < at) return at;
        at = back + 1;
      }
      return -1;
    },
    end: (text, at) => {
      let end = at;
      while (end < text.length && isOfKind[text.charCodeAt(end)] === 1) end++;
      return end;
    },
  };
};
