// What the installed hook asks of git before it starts this program: a pattern that every staged file matches in which there
// may be something to report. It is made from the one list of anchors, and errs on the side of letting through.
//
// `git grep` looks at one line at a time, so that no anchor and no word may hold a line feed. It is called with LC_ALL=C: a
// byte is a character. A pattern cannot hold NUL, which stands between the letters of UTF-16: `\x00` serves Perl's patterns,
// and a byte that is no printable ASCII the extended ones, which match NUL only in some of the C libraries. Whether a git can
// do the one or the other is tried when the hook is installed (try-gate.ts).

import { createHash } from 'node:crypto';
import { anchorsOf } from '../detect/anchors.js';
import { rulesFor } from '../detect/rules.js';
import { wordLengthsOf } from '../detect/secret-words.js';
import type { DetectorOptions } from '../detect/types.js';

/** How `git grep` reads a pattern: `-P`, with PCRE, or `-E`. */
export type PatternKind = 'perl' | 'extended';

export interface GatePattern {
  readonly kind: PatternKind;
  /** Matches what holds an anchor. */
  readonly anchors: string;
  /** Matches a word that may be a secret: one whose ID may stand in an untouched file of the folder (detect/siblings.ts). */
  readonly words: string;
}

/** The search for anchors compares no more of them (kernel/load-anchors.ts). */
const COMPARED = 8;

/** The byte strings that the pattern looks for. */
export const gateAnchors = (options: DetectorOptions): readonly string[] => {
  const texts = anchorsOf(rulesFor(options)).map((anchor) =>
    Buffer.from(anchor.subarray(0, COMPARED)).toString('latin1'),
  );
  return [...new Set(texts)].filter((text, _, all) => !all.some((other) => other !== text && text.startsWith(other)));
};

export const gatePattern = (kind: PatternKind, options: DetectorOptions): GatePattern => ({
  kind,
  anchors: gateAnchors(options).map(WRITTEN[kind]).join('|'),
  words: WORDS[kind](lengthRanges(options)),
});

const written =
  (byte: (code: number) => string) =>
  (text: string): string =>
    [...text]
      .map((character) => {
        const code = character.charCodeAt(0);
        if (code < 0x20 || code > 0x7e) return byte(code);
        return /[0-9A-Za-z]/.test(character) ? character : `[${character}]`.replace(/^\[([\\^])\]$/, '\\$1');
      })
      .join('');

const WRITTEN: Readonly<Record<PatternKind, (text: string) => string>> = {
  perl: written((code) => `\\x${code.toString(16).padStart(2, '0')}`),
  // In the C locale: every byte that is not printable.
  extended: written(() => '[^ -~]'),
};

const WORD = 'A-Za-z0-9+/';

/** Both cases stand in a secret: those who can look ahead do, and camel case and hashes let fewer files through. */
const WORDS: Readonly<Record<PatternKind, (lengths: string) => string>> = {
  perl: (lengths) => `(?<![${WORD}])(?=[A-Z0-9+/]*[a-z])(?=[a-z0-9+/]*[A-Z])(?:${lengths})(?![${WORD}])`,
  extended: (lengths) => `(^|[^${WORD}])(${lengths})([^${WORD}]|$)`,
};

/** `[...]{30}|[...]{40,46}`. */
const lengthRanges = (options: DetectorOptions): string => {
  const lengths = [...wordLengthsOf(rulesFor(options))].sort((a, b) => a - b);
  const ranges: { from: number; to: number }[] = [];
  for (const length of lengths) {
    const last = ranges.at(-1);
    if (last !== undefined && last.to + 1 === length) last.to = length;
    else ranges.push({ from: length, to: length });
  }
  return ranges.map(({ from, to }) => `[${WORD}]{${from}${from === to ? '' : `,${to}`}}`).join('|');
};

/** Changes when an installed hook would look for something else: it then asks akscan itself (script.ts). */
export const gateId = (): string => {
  const kinds: readonly PatternKind[] = ['perl', 'extended'];
  const patterns = kinds.flatMap((kind) => [gatePattern(kind, {}), gatePattern(kind, { minConfidence: 'low' })]);
  return createHash('sha256').update(JSON.stringify(patterns)).digest('hex').slice(0, 16);
};
