// Keeps names that git listed inside the tree: the index may name what lies behind a folder that has become a link.

import { lstatSync } from 'node:fs';
import { pathOfText } from '../../git/path-text.js';
import { folderOf } from '../siblings.js';

/** Whether a file is reached without passing a link. It may be one itself. */
export type LinkGuard = (name: string) => boolean;

/** A made-up index may name `..`. */
const DOTS = /(^|\/)\.\.?$/;

/** @param root absolute, with no slash at its end */
export const createLinkGuard = (root: string): LinkGuard => {
  const known = new Map<string, boolean>([['', true]]);
  const isFolder = (folder: string): boolean => {
    const answer = known.get(folder);
    if (answer !== undefined) return answer;
    const fresh = isFolder(folderOf(folder)) && !isLink(pathOfText(`${root}/${folder}`)) && !DOTS.test(folder);
    known.set(folder, fresh);
    return fresh;
  };
  return (name) => isFolder(folderOf(name)) && !DOTS.test(name);
};

const isLink = (path: string | Buffer): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
