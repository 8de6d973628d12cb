// Globs as people know them, by picomatch. They may come from a scanned tree, and picomatch turns them into regular
// expressions that can keep a thread busy for years on `*a*a*a*a*b` or on nested groups, where not even Ctrl-C is heard.
// So a glob may cost only so much: one that could is refused with a sentence (glob-complaint.ts).
//
// `*` and `?` match within a name, `**` as a whole name any number of folders, `[a-z]` and `[!a-z]` one character, `{a,b}`
// either. There are no extglobs and no negation, and dots are nothing special.

import picomatch from 'picomatch';
import { refused, refuseGlob } from './glob-complaint.js';

/**
 * A test for whole paths with `/` between names: whether any of the globs matches.
 * @param where what they were given to, for the sentence that refuses one
 * @throws AkscanError for a glob that could take longer than anybody waits
 */
export const compileGlobs = (globs: readonly string[], where: string | null = null): ((path: string) => boolean) => {
  for (const glob of globs) refuseGlob(glob, where);
  const tests = globs.map((glob) => compile(glob, where));
  return (path) => tests.some((test) => test(path));
};

const compile = (glob: string, where: string | null): ((path: string) => boolean) => {
  try {
    // Without `debug` what it cannot compile matches nothing, and nobody is told.
    const options = { dot: true, noextglob: true, nonegate: true, posix: true, windows: false, debug: true };
    return picomatch(withoutOperators(glob), options);
  } catch {
    throw refused(glob, where, { what: 'cannot be understood', hint: 'Write it in another way.' });
  }
};

/** What picomatch would take for operators of regular expressions is itself. */
const withoutOperators = (glob: string): string =>
  glob.replace(/\\.|\[[^\]/]*\]|[()|+^$@!]/gs, (part) => (part.length === 1 ? `\\${part}` : part));
