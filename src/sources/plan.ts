// What a target on the command line means.

import { lstatSync, realpathSync, type Stats, statSync } from 'node:fs';
import { AkscanError, reasonOf } from '../errors.js';
import { looksLike, workTreeAbove } from '../git/discover.js';
import { specialName } from './files/special.js';

export type Plan =
  | { readonly kind: 'stdin' }
  /** `top`: the work tree it lies in. */
  | { readonly kind: 'file'; readonly file: string; readonly top: string | null }
  /** Never opened: a pipe may keep us waiting, and a device do something. `what`: `a pipe`. */
  | { readonly kind: 'special'; readonly what: string }
  | { readonly kind: 'folder'; readonly folder: string }
  /** A folder below the top of a work tree: its files only. */
  | { readonly kind: 'inside'; readonly folder: string; readonly top: string }
  | { readonly kind: 'work-tree'; readonly folder: string }
  | { readonly kind: 'bare'; readonly folder: string };

/** @throws AkscanError when the target is no file, folder or repository on this machine */
export const planTarget = (target: string): Plan => {
  if (target === '-') return { kind: 'stdin' };
  const stats = find(target);
  if (!stats.isDirectory() && !stats.isFile()) return { kind: 'special', what: specialName(stats) };
  // Links in the way to a target are the user's own words and followed; git and the walk then see real folders only.
  const real = realpathSync(target);
  if (stats.isFile()) return { kind: 'file', file: real, top: workTreeAbove(real) };
  switch (looksLike(real)) {
    case 'work-tree':
      return { kind: 'work-tree', folder: real };
    case 'bare':
      return { kind: 'bare', folder: real };
    case 'neither': {
      const top = workTreeAbove(real);
      return top === null ? { kind: 'folder', folder: real } : { kind: 'inside', folder: real, top };
    }
  }
};

const find = (target: string): Stats => {
  if (target === '') throw new AkscanError('a target is empty', 'Name a file, a folder, a repository, or - for stdin.');
  try {
    return statSync(target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (isUrl(target)) throw new AkscanError(`${hidden(target)} is a URL`, 'Clone it first, then name the folder.');
    if (code === 'ENOENT' && isLink(target)) throw new AkscanError(`${target} is a link to what is not there`);
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new AkscanError(`there is no ${target}`, isGarbled(target) ? GARBLED : null);
    if (code === 'EACCES') throw new AkscanError(`${target} cannot be read: permission denied`);
    throw new AkscanError(`${target} cannot be read: ${reasonOf(error)}`);
  }
};

const isLink = (target: string): boolean => lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink() === true;

/** Node hands over arguments as text: bytes that are no UTF-8 are lost before anybody here sees them. */
const isGarbled = (target: string): boolean => target.includes('\uFFFD');
const GARBLED = 'A name that is no UTF-8 cannot be given here: name its folder.';

const isUrl = (target: string): boolean =>
  /^[a-z][a-z0-9+.-]*:\/\//i.test(target) || /^[^/\\@]+@[^/\\:]+:/.test(target);

/** A URL may carry a password. */
const hidden = (url: string): string => url.replace(/\/\/[^/@]*@/, '//');
