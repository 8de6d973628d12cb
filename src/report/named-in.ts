// Whether a reason says itself what it is about.

/** What may stand before and behind a name in a sentence. */
const BEFORE = /(?:^|[\s("'`])$/;
const BEHIND = /^\.?(?:$|[\s)"'`,:;])/;

/**
 * @param name of a file, a folder, a repository or an object; one of letters alone may as well be a word of the sentence, and
 *   the current directory is nothing to name
 */
export const isNamedIn = (reason: string, name: string): boolean => {
  if (name === '' || name === '.') return true;
  if (/^[a-z]+$/i.test(name)) return false;
  for (let at = reason.indexOf(name); at >= 0; at = reason.indexOf(name, at + 1)) {
    const end = at + name.length;
    if (BEFORE.test(reason.slice(Math.max(0, at - 1), at)) && BEHIND.test(reason.slice(end, end + 2))) return true;
  }
  return false;
};
