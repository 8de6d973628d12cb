// Globs are held against paths that begin at a folder. One that begins elsewhere would match nothing, and nobody would know.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Complaint, complaintAbout } from './glob-complaint.js';

/**
 * What is wrong with a glob over paths below folders; null when nothing is. `/dist` is `dist` at the top, as in .gitignore: an
 * absolute path is what leads into one of the folders from the root, or to what is there on this machine and not in them.
 *
 * @param folders what the paths begin at
 */
export const complaintAboutPlaced = (glob: string, folders: readonly string[]): Complaint | null => {
  const complaint = complaintAbout(glob);
  if (complaint !== null) return complaint;
  if (glob.split('/').includes('..')) return { what: 'leads out of the folder that it is for', hint: RELATIVE };
  return isAbsolute(glob, folders) ? { what: 'is an absolute path', hint: RELATIVE } : null;
};

/** What is wrong with a glob over paths that never begin with `/`; null when nothing is. */
export const complaintAboutRelative = (glob: string): Complaint | null =>
  complaintAboutPlaced(glob, []) ?? (glob.startsWith('/') ? { what: 'is an absolute path', hint: RELATIVE } : null);

const RELATIVE = 'Write it relative to that folder, such as src/** or ./vendor.';

const isAbsolute = (glob: string, folders: readonly string[]): boolean => {
  if (/^[A-Za-z]:[\\/]/.test(glob)) return true;
  if (!glob.startsWith('/')) return false;
  const tops = folders.map((folder) => path.resolve(folder));
  if (tops.some((top) => top !== '/' && (glob === top || glob.startsWith(`${top}/`)))) return true;
  const [, first = '', second = ''] = glob.split('/');
  const isPlain = first !== '' && second !== '' && !/[*?[{\\]/.test(first + second);
  return isPlain && existsSync(`/${first}/${second}`) && !tops.some((top) => existsSync(path.join(top, first)));
};
