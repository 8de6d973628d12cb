// Puts a hook where git looks for it, and takes it out again. A hook that is there already is moved aside, name and all, and
// moved back: neither its bytes nor its mode, its times or what it links to change. At no moment is there no hook.

import { existsSync, linkSync, lstatSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AkscanError, reasonOf } from '../errors.js';
import { makeFolder } from '../make-folder.js';
import { KEPT, readScript, type Script } from './script.js';

export interface Installed {
  readonly file: string;
  /** `again`: one of ours stood there. */
  readonly how: 'new' | 'again';
  /** Where the hook is now that was there before; null without one. */
  readonly kept: string | null;
}

/**
 * @param write the script, once it is known whether the folder was made for it
 * @throws AkscanError when something of somebody else's is in the way, or the folder cannot be written
 */
export const install = (folder: string, name: string, write: (folder: Script['folder']) => string): Installed => {
  const file = path.join(folder, name);
  const kept = `${file}${KEPT}`;
  const there = lookAt(file);
  if (there.kind === 'other' && isThere(kept)) {
    throw new AkscanError(`Both ${file} and ${kept} are there, and neither is a hook of akscan's.`, 'Take one away.');
  }
  if (there.kind === 'changed') throw changed(file);
  try {
    const made = makeFolder(folder);
    const wasMade = made || (there.kind === 'ours' && there.folder === 'made');
    if (there.kind === 'other') setAside(file, kept);
    replace(file, write(wasMade ? 'made' : 'found'));
  } catch (error) {
    throw new AkscanError(`Cannot install ${file}: ${reasonOf(error)}`);
  }
  return { file, how: there.kind === 'ours' ? 'again' : 'new', kept: isThere(kept) ? kept : null };
};

export type Uninstalled =
  | { readonly file: string; readonly how: 'none' | 'removed' }
  /** What was there before is there again. */
  | { readonly file: string; readonly how: 'restored' };

/** @throws AkscanError when the hook was changed since, or cannot be taken out */
export const uninstall = (folder: string, name: string): Uninstalled => {
  const file = path.join(folder, name);
  const kept = `${file}${KEPT}`;
  const there = lookAt(file);
  if (there.kind === 'changed') throw changed(file);
  if (there.kind !== 'ours') return { file, how: 'none' };
  try {
    if (isThere(kept)) {
      renameSync(kept, file);
      return { file, how: 'restored' };
    }
    rmSync(file);
    if (there.folder === 'made') removeIfEmpty(folder);
    return { file, how: 'removed' };
  } catch (error) {
    throw new AkscanError(`Cannot take out ${file}: ${reasonOf(error)}`);
  }
};

const changed = (file: string): AkscanError =>
  new AkscanError(
    `${file} was made by akscan and changed by hand since.`,
    isThere(`${file}${KEPT}`)
      ? `Move what you need of it elsewhere; what was there before it is ${file}${KEPT}.`
      : 'Move what you need of it elsewhere and remove it.',
  );

type There = ReturnType<typeof readScript> | { readonly kind: 'nothing' };

const lookAt = (file: string): There => {
  if (!isThere(file)) return { kind: 'nothing' };
  try {
    // Ours is a file of a few kilobytes and no link.
    const { size } = lstatSync(file);
    return lstatSync(file).isFile() && size < LARGEST ? readScript(readFileSync(file, 'utf8')) : { kind: 'other' };
  } catch (error) {
    throw new AkscanError(`Cannot read ${file}: ${reasonOf(error)}`);
  }
};

const LARGEST = 1 << 20;

/** Also a link that leads nowhere. */
const isThere = (file: string): boolean => {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    throw new AkscanError(`Cannot read ${file}: ${reasonOf(error)}`);
  }
};

/** A second name first, so that the old hook is in force until the new one takes its place. */
const setAside = (file: string, kept: string): void => {
  try {
    linkSync(file, kept);
  } catch {
    // No such links on this file system.
    renameSync(file, kept);
  }
};

const replace = (file: string, text: string): void => {
  const beside = `${file}.akscan-${process.pid}`;
  try {
    writeFileSync(beside, text, { mode: 0o755, flag: 'wx' });
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
};

export const removeIfEmpty = (folder: string): void => {
  if (!existsSync(folder)) return;
  try {
    rmdirSync(folder);
  } catch {
    // Somebody has put something there since.
  }
};
