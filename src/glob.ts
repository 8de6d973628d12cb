// Globs as people know them, by picomatch. They may come from a scanned tree, and picomatch turns them into regular
// expressions that can keep a thread busy for years on `*a*a*a*a*b` or on nested groups, where not even Ctrl-C is heard.
// So a glob may cost only so much: one that could is refused with a sentence.
//
// `*` and `?` match within a name, `**` as a whole name any number of folders, `[a-z]` and `[!a-z]` one character, `{a,b}`
// either. There are no extglobs and no negation, and dots are nothing special.

import picomatch from 'picomatch';
import { AkscanError } from './errors.js';

/** Stars in one name that something comes after: each multiplies the cost by the name's length, 255 bytes at most. */
const MOST_STARS = 2;
/** `**` that something comes after: each multiplies the cost by the path's length. */
const MOST_FOLDER_STARS = 2;
/** Ways to read a glob through its groups. */
const MOST_ALTERNATIVES = 64;

/**
 * A test for whole paths with `/` between names: whether any of the globs matches.
 * @throws AkscanError for a glob that could take longer than anybody waits
 */
export const compileGlobs = (globs: readonly string[]): ((path: string) => boolean) => {
  for (const glob of globs) {
    const complaint = complaintAbout(glob);
    if (complaint !== null) {
      const shown = JSON.stringify(glob.length > 80 ? `${glob.slice(0, 80)}…` : glob);
      throw new AkscanError(`the glob ${shown} ${complaint}`, 'Write it as several simpler globs.');
    }
  }
  const tests = globs.map((glob) =>
    picomatch(withoutOperators(glob), { dot: true, noextglob: true, nonegate: true, posix: true, windows: false }),
  );
  return (path) => tests.some((test) => test(path));
};

/** What picomatch would take for operators of regular expressions is itself. */
const withoutOperators = (glob: string): string =>
  glob.replace(/\\.|\[[^\]/]*\]|[()|+^$@!]/gs, (part) => (part.length === 1 ? `\\${part}` : part));

/** What is wrong with a glob, to go on after its name; null when nothing is. */
export const complaintAbout = (glob: string): string | null => {
  const plain = glob.replace(/\\./gs, 'x').replace(/\[[^\]/]*\]/g, 'x');
  if (alternatives(plain) > MOST_ALTERNATIVES)
    return `has groups with more than ${MOST_ALTERNATIVES} alternatives in all`;
  const names = plain.replace(/\/\*\*$/, '').split('/');
  if (names.filter((name) => /^\*{2,}$/.test(name)).length > MOST_FOLDER_STARS) {
    return `has more than ${MOST_FOLDER_STARS} \`**\``;
  }
  const stars = names
    .filter((name) => !/^\*+$/.test(name))
    .map((name) => name.replace(/\*+$/, '').match(/\*+/g)?.length ?? 0);
  return Math.max(0, ...stars) > MOST_STARS ? `has more than ${MOST_STARS} stars inside one name` : null;
};

/** The product of the groups' sizes; a group within a group counts as far too many. */
const alternatives = (glob: string): number => {
  let product = 1;
  for (const group of glob.match(/\{[^{}]*\}/g) ?? []) product *= group.split(',').length;
  return /\{[^{}]*\{/.test(glob) ? Number.POSITIVE_INFINITY : product;
};
