// The folder mirrors are kept in. It is ours when it holds our marker, and nothing is ever taken away anywhere else.
//
//     akscan-mirrors    the marker: the version of this layout
//     <id>.git/         a whole mirror; `akscan-size` in it: how large it is, and by its time when it was used last
//     making/<lease>/   one that is being made, or taken away
//     leases/           who uses what (leases.ts)

import {
  chmodSync,
  lstatSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { AkscanError, reasonOf } from '../../errors.js';
import { makeFolder } from '../../make-folder.js';

export interface CacheFolder {
  /** Links followed. */
  readonly folder: string;
  readonly making: string;
  readonly leases: string;
}

const MARKER = 'akscan-mirrors';
const VERSION = '1';

/** @throws AkscanError when it is somebody else's, open to others, or cannot be made */
export const openCacheFolder = (named: string, tell: (sentence: string) => void): CacheFolder => {
  if (named === '') {
    throw new AkscanError('There is no home folder to keep mirrors in.', 'Name a folder with --cache-dir.');
  }
  try {
    makeFolder(named, 0o700);
    const folder = realpathSync(named);
    checkOwner(folder, tell);
    checkMarker(folder);
    const [making, leases] = [path.join(folder, 'making'), path.join(folder, 'leases')];
    for (const inside of [making, leases]) makeInside(inside);
    return { folder, making, leases };
  } catch (error) {
    if (error instanceof AkscanError) throw error;
    throw new AkscanError(
      `Mirrors cannot be kept in ${named}: ${reasonOf(error)}`,
      'Name another folder with --cache-dir.',
    );
  }
};

/** Never a link: what is taken away there would be taken away elsewhere. */
const makeInside = (folder: string): void => {
  makeFolder(folder, 0o700);
  if (lstatSync(folder).isDirectory()) return;
  throw new AkscanError(
    `${folder} leads elsewhere, so no mirrors are kept there.`,
    'Name another folder with --cache-dir.',
  );
};

/** Whoever may write here decides what is read; whoever may read here reads private repositories. */
const checkOwner = (folder: string, tell: (sentence: string) => void): void => {
  const mine = process.getuid?.();
  // Windows has no such notion of who may write.
  if (mine === undefined) return;
  const { uid, mode } = statSync(folder);
  if (uid !== mine) {
    throw new AkscanError(
      `${folder} belongs to another user, so no mirrors are kept there.`,
      'Name a folder of your own.',
    );
  }
  if ((mode & 0o022) !== 0) {
    throw new AkscanError(
      `Others may write to ${folder}, so no mirrors are kept there.`,
      `If it is yours alone: chmod 700 ${folder}`,
    );
  }
  if ((mode & 0o077) === 0) return;
  // Only what is certainly ours is changed.
  if (!isOurs(folder) && readdirSync(folder).length > 0) return;
  chmodSync(folder, 0o700);
  tell(`${folder} can now be read by you alone, since mirrors of private repositories are kept there.`);
};

const isOurs = (folder: string): boolean => markerOf(folder) !== null;

const markerOf = (folder: string): string | null => {
  try {
    return readFileSync(path.join(folder, MARKER), 'utf8').trim();
  } catch {
    return null;
  }
};

const checkMarker = (folder: string): void => {
  const found = markerOf(folder);
  if (found === VERSION) return;
  if (found !== null) {
    throw new AkscanError(
      `${folder} holds mirrors of another version of akscan (${found.slice(0, 20)}).`,
      'Remove it, or name another folder.',
    );
  }
  // Another process may be about to put the marker in its place.
  const foreign = readdirSync(folder).filter((name) => !name.startsWith(MARKER));
  if (foreign.length > 0 && !isOurs(folder)) {
    throw new AkscanError(
      `${folder} is not empty and was not made for mirrors, so none are kept there.`,
      'Name a folder that is empty or not there yet: what is in a folder of mirrors may be taken away.',
    );
  }
  const made = path.join(folder, `${MARKER}.${process.pid}.${Date.now()}`);
  writeFileSync(made, `${VERSION}\n`, { mode: 0o600 });
  renameSync(made, path.join(folder, MARKER));
};
