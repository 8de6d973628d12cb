// Files made so that one anchor of eight letters arises in every way in which a delta can bring it about: from a cut that
// joins two copied ranges, from an insert of any of its letters, inside long inserts wherever those are cut, at the very
// end; and versions without it in between, so that a file with it is made against one without.

import { createDice } from './dice.js';

export const ANCHOR = 'ANCHORED';

const LETTERS = 'bcdefghijklmnopqrstuvwxyz0123456789';

/** The files in the order in which git should see them. */
export const seamFiles = (seed: number): readonly Buffer[] => {
  const dice = createDice(seed);
  const noise = (length: number): string =>
    Array.from({ length }, () => LETTERS[dice.below(LETTERS.length)] ?? '').join('');
  const [before, after] = [noise(400), noise(400)];
  const files: string[] = [];
  // Every second file has no anchor; what tells it from the others stands far from any seam.
  const plain = (middle: string): void => void files.push(`${files.length}\n${before}${middle}${after}`);
  for (let from = 0; from < ANCHOR.length; from++) {
    for (let to = from + 1; to <= ANCHOR.length; to++) {
      if (from === 0 && to === ANCHOR.length) continue;
      // Without the letters from..to, and with a stranger there.
      plain(ANCHOR.slice(0, from) + ANCHOR.slice(to));
      plain(ANCHOR);
      plain(`${ANCHOR.slice(0, from)}#${ANCHOR.slice(from)}`);
      plain(ANCHOR);
    }
  }
  const long = noise(17_000);
  for (let at = 16_300; at < 16_560; at += 5) {
    plain('');
    plain(`${noise(at)}${ANCHOR}${long.slice(at)}`);
  }
  plain('');
  files.push(`${before}${after}${ANCHOR}`, `${before}${after}#`, ANCHOR, `#${ANCHOR.slice(1)}`, ANCHOR.slice(1));
  return files.map((text) => Buffer.from(text));
};

/** Versions of a text that are larger than what is read or built at once, each with an anchor of its own or none. */
export const largeFiles = (seed: number): readonly Buffer[] => {
  const dice = createDice(seed);
  const files: Buffer[] = [];
  let text = Buffer.from(Array.from({ length: 900_000 }, () => LETTERS[dice.below(LETTERS.length)] ?? '').join(''));
  for (let version = 0; version < 12; version++) {
    const at = dice.below(text.length);
    const middle = Buffer.from(version % 3 === 1 ? ANCHOR : `${version} `);
    text = Buffer.concat([text.subarray(0, at), middle, text.subarray(at + dice.below(9))]);
    files.push(text);
    if (version % 3 === 1) text = Buffer.from(text.toString('latin1').replace(ANCHOR, ''), 'latin1');
  }
  return files;
};

/** Text with long repeats of every distance, for what compression makes of it. */
export const repeatingFiles = (seed: number): readonly Buffer[] => {
  const dice = createDice(seed);
  return Array.from({ length: 80 }, (_, index) => {
    const period = 1 + (index % 40);
    const piece = Array.from({ length: period }, () => LETTERS[dice.below(LETTERS.length)] ?? '').join('');
    const end = index % 2 === 0 ? ANCHOR : '#';
    return Buffer.from(
      `${index}${piece.repeat(1 + Math.ceil(dice.between(100, 6_000) / period))}${end}${dice.below(1e6)}`,
    );
  });
};

/** Each twice as long as the one before it, so that what is built no longer fits where it began. */
export const growingFiles = (): readonly Buffer[] => {
  const files: Buffer[] = [];
  let text = `${ANCHOR}${'0123456789abcdef\n'.repeat(28_000)}`;
  for (let version = 0; version < 5; version++) {
    files.push(Buffer.from(`${version}${text}`));
    text += text;
  }
  return files;
};

/** Files that have nothing in common, with an anchor each: a pack of some 4 MB. */
export const unlikeFiles = (seed: number): readonly Buffer[] => {
  const dice = createDice(seed);
  const noise = Buffer.from(Array.from({ length: 100_000 }, () => dice.below(256)));
  return Array.from({ length: 40 }, (_, index) => {
    const mask = dice.below(256);
    return Buffer.concat([Buffer.from(`${index}${ANCHOR}`), noise.map((byte, at) => byte ^ ((mask * at) >> 3))]);
  });
};
