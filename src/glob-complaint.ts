// What is wrong with a glob (glob.ts), said before anything is read. It is known without the package that compiles globs, so
// that whoever only reads a file of globs need not load that.

import { AkscanError } from './errors.js';

/** Stars in one name that something comes after: each multiplies the cost by the name's length, 255 bytes at most. */
const MOST_STARS = 2;
/** `**` that something comes after: each multiplies the cost by the path's length. */
const MOST_FOLDER_STARS = 2;
/** Ways to read a glob through its groups. */
const MOST_ALTERNATIVES = 64;

export interface Complaint {
  /** To go on after the glob. */
  readonly what: string;
  readonly hint: string | null;
}

/**
 * @param where what it was given to: an option, or a line and a key of a file; null where only the glob is known
 * @throws AkscanError for a glob that could take longer than anybody waits, or that no path can match
 */
export const refuseGlob = (glob: string, where: string | null): void => {
  const complaint = complaintAbout(glob);
  if (complaint !== null) throw refused(glob, where, complaint);
};

/** The sentence that refuses a glob. */
export const refused = (glob: string, where: string | null, { what, hint }: Complaint): AkscanError =>
  new AkscanError(`${where === null ? '' : `${where}: `}the glob ${JSON.stringify(cut(glob, 80))} ${what}.`, hint);

const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length)}…` : text);

/** What is wrong with a glob; null when nothing is. What could never match would leave files out, or in, and nobody would know. */
export const complaintAbout = (glob: string): Complaint | null => {
  const unescaped = glob.replace(/\\./gs, 'x');
  const plain = unescaped.replace(/\[[^\]/]*\]/g, 'x');
  const broken = brokenIn(glob, plain);
  if (broken !== null)
    return { what: broken, hint: glob === '' ? null : 'A backslash before a character takes it as it is.' };
  const costly = costlyIn(plain);
  return costly === null ? null : { what: costly, hint: 'Write it as several simpler globs.' };
};

/** @param plain the glob without escapes and sets */
const brokenIn = (glob: string, plain: string): string | null => {
  if (glob === '') return 'is empty';
  if (plain.endsWith('\\')) return 'ends with a backslash';
  const backwards = backwardsIn(glob);
  if (backwards !== undefined) return `has the set ${cut(backwards, 40)}, whose range runs backwards`;
  let open = 0;
  for (const [brace] of plain.matchAll(/[{}]/g)) open = brace === '{' ? open + 1 : Math.max(0, open - 1);
  return open > 0 ? 'has a `{` that is not closed' : null;
};

/** Compiled only, never matched with: whether a set can be is known best by what makes it. */
const backwardsIn = (glob: string): string | undefined =>
  glob.match(/\\.|\[(?:\\.|[^\]\\/])*\]/gs)?.find((part) => {
    if (part.startsWith('\\')) return false;
    try {
      new RegExp(part.replace(/^\[!/, '[^'));
      return false;
    } catch {
      return true;
    }
  });

const costlyIn = (plain: string): string | null => {
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
