// How to go on with an audit that was stopped, in the words in which it was begun.

/** What a shell takes as it stands. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/**
 * @param typed behind the program's name
 * @param kept whether a store remembers what was read
 * @returns null when there is nothing to go on with
 */
export const goOnOf = (typed: readonly string[], kept: boolean): string | null => {
  if (!kept) return null;
  const at = typed.indexOf('audit') + 1;
  const resume = typed.includes('--resume') ? [] : ['--resume'];
  return ['akscan', ...[...typed.slice(0, at), ...resume, ...typed.slice(at)].map(quoted)].join(' ');
};

const quoted = (word: string): string => (PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
