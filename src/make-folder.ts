// Makes a folder and those above it. Node's own way to do so never comes back where nothing can be made and the system says
// that something is missing, as in /proc: it makes the folder above once more, which is there, and tries again.

import { existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * @param mode of each folder that is made
 * @returns whether it was made, and not there already
 * @throws the system's error
 */
export const makeFolder = (folder: string, mode = 0o777): boolean => {
  const above = path.dirname(folder);
  if (above !== folder && !existsSync(above)) makeFolder(above, mode);
  try {
    mkdirSync(folder, { mode });
    return true;
  } catch (error) {
    // It was there, or somebody else made it at the same moment.
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return false;
    throw error;
  }
};
