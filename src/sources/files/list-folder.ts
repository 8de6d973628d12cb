// What one folder holds, told apart. Names whose bytes are no UTF-8 stay distinguishable and can be opened; `.git` is
// git's own and never among them.

import { type Dirent, readdirSync } from 'node:fs';
import { reasonOf } from '../../errors.js';
import { pathOfText, textOfPath } from '../../git/path-text.js';
import { specialName } from './special.js';

export interface Listing {
  readonly files: readonly string[];
  readonly folders: readonly string[];
  readonly specials: readonly { readonly name: string; readonly what: string }[];
  readonly links: number;
  /** Whether there is a `.git`, of whatever kind. */
  readonly git: boolean;
}

/** The reason when it cannot be listed. */
export type Listed = Listing | { readonly failure: string };

export const listFolder = (folder: string): Listed => {
  try {
    return sorted(entriesOf(pathOfText(folder)));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { failure: 'disappeared while it was walked' };
    return { failure: code === 'EACCES' || code === 'EPERM' ? 'permission denied' : reasonOf(error) };
  }
};

const entriesOf = (folder: string | Buffer): readonly Dirent[] => {
  const entries = readdirSync(folder, { withFileTypes: true });
  if (!entries.some(({ name }) => name.includes('\uFFFD'))) return entries;
  const raw = readdirSync(folder, { withFileTypes: true, encoding: 'buffer' });
  return raw.map((entry) => Object.assign(entry as unknown as Dirent, { name: textOfPath(entry.name as Buffer) }));
};

const sorted = (entries: readonly Dirent[]): Listing => {
  const [files, folders]: [string[], string[]] = [[], []];
  const specials: { name: string; what: string }[] = [];
  let links = 0;
  let git = false;
  for (const entry of entries) {
    const { name } = entry;
    if (name === '.git') git = true;
    else if (entry.isFile()) files.push(name);
    else if (entry.isDirectory()) folders.push(name);
    else if (entry.isSymbolicLink()) links += 1;
    else specials.push({ name, what: specialName(entry) });
  }
  return { files, folders, specials, links, git };
};
