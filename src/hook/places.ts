// Which folder git takes a repository's hooks from (git-config, core.hooksPath), and whose folder that is.

import { realpathSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AkscanError, reasonOf } from '../errors.js';
import { gitFolders } from '../git/folders.js';
import { findHere, type Here, refusalOf } from '../git/here.js';
import { type GitPlace, runGit } from '../git/run.js';
import type { HookName } from './script.js';

export interface HookFolder {
  readonly folder: string;
  /** What a hook calls that stands there: one that was there before, or, from a folder that we have made for all, each repository's own. */
  readonly next: 'kept' | 'own';
}

/**
 * @param purpose whatever git is told now, hooks may stand where they were put before
 * @throws AkscanError where no hook can be put, or none that would be run
 */
export const hookFolderHere = async (
  purpose: 'install' | 'uninstall',
  hooks: readonly HookName[],
  signal: AbortSignal,
): Promise<HookFolder> => {
  const here = findHere();
  if (purpose === 'install' && here.bare && hooks.includes('pre-commit')) {
    throw new AkscanError(
      `Nothing is committed in ${here.place.top}: it is a bare repository.`,
      'For what is pushed to it: akscan hook install --pre-receive',
    );
  }
  const folders = await gitFolders(here.place, signal);
  if (folders === null) throw refusalOf(here.place.top, '');
  const set = await hooksPath(here.place, signal);
  const isOwn = set !== null && (set.scope === 'local' || set.scope === 'worktree');
  if (set === null || (!isOwn && purpose === 'uninstall'))
    return { folder: path.join(folders.common, 'hooks'), next: 'kept' };
  if (purpose === 'install' && set.value === '') {
    throw new AkscanError(
      `core.hooksPath of ${here.place.top} is set to nothing, so git looks for hooks in the root of all folders.`,
      'git config --unset core.hooksPath',
    );
  }
  const folder = path.resolve(here.bare ? here.gitFolder : here.place.top, set.value);
  if (purpose === 'install') refuseForeign(folder, set, here);
  return { folder, next: 'kept' };
};

const refuseForeign = (folder: string, { scope, value }: HooksPath, here: Here): void => {
  if (scope !== 'local' && scope !== 'worktree') {
    throw new AkscanError(
      `core.hooksPath in your ${scope} configuration gives all repositories the hooks of ${value}.`,
      'For all of them: akscan hook install --global',
    );
  }
  if (path.basename(folder) === '_' && path.basename(path.dirname(folder)) === '.husky') {
    throw new AkscanError(
      `husky makes the hooks of ${here.place.top} anew each time it is installed.`,
      'Add the line "akscan staged --format brief" to .husky/pre-commit.',
    );
  }
};

/** The folder for all repositories of a person, and whether git knows of it. */
export interface GlobalFolder extends HookFolder {
  readonly known: boolean;
}

/** @throws AkscanError where a person has no configuration, or one that names a folder in each repository */
export const globalHookFolder = async (signal: AbortSignal): Promise<GlobalFolder> => {
  if (isHomeless()) {
    throw new AkscanError('HOME is not set, so there is no global configuration.', 'Set HOME to your home folder.');
  }
  const own = ownFolder();
  const set = (await hooksPaths(nowhere(), signal)).filter(({ scope }) => scope === 'global').at(-1);
  if (set === undefined) return { folder: own, next: 'own', known: false };
  const folder = path.resolve(os.homedir(), set.value);
  if (!path.isAbsolute(set.value)) {
    throw new AkscanError(
      `core.hooksPath in your global configuration is ${set.value}: a folder in each repository.`,
      'Run akscan hook install in the repository.',
    );
  }
  return { folder, next: folder === own ? 'own' : 'kept', known: true };
};

/** git looks for a person's configuration by HOME alone, and sets it itself on Windows. */
const isHomeless = (): boolean => {
  const { HOME = '', GIT_CONFIG_GLOBAL = '' } = process.env;
  return process.platform !== 'win32' && !path.isAbsolute(HOME) && GIT_CONFIG_GLOBAL === '';
};

/** Where we make one: `$XDG_CONFIG_HOME/akscan/hooks` or `~/.config/akscan/hooks`. */
const ownFolder = (): string => {
  const { XDG_CONFIG_HOME: named = '' } = process.env;
  return path.join(path.isAbsolute(named) ? named : path.join(os.homedir(), '.config'), 'akscan', 'hooks');
};

/** Says in the person's own configuration that git's hooks are there, or no longer. */
export const nameGlobally = async (folder: string | null, signal: AbortSignal): Promise<void> => {
  const change = folder === null ? ['--unset', 'core.hooksPath'] : ['core.hooksPath', folder];
  const { code, stderr } = await runGit(nowhere(), ['config', '--global', ...change], signal);
  if (code !== 0) throw new AkscanError(`git cannot change your configuration: ${reasonOf(stderr)}`);
};

/** Outside any repository. */
const nowhere = (): GitPlace => {
  const root = realpathSync(path.parse(process.cwd()).root);
  return { cwd: root, top: root };
};

interface HooksPath {
  readonly scope: string;
  readonly value: string;
}

/** As git has it: of what is set several times the last counts. */
const hooksPath = async (place: GitPlace, signal: AbortSignal): Promise<HooksPath | null> =>
  (await hooksPaths(place, signal)).at(-1) ?? null;

const hooksPaths = async (place: GitPlace, signal: AbortSignal): Promise<readonly HooksPath[]> => {
  const asked = ['config', '--null', '--show-scope', '--type=path', '--get-all', 'core.hooksPath'];
  const { stdout } = await runGit(place, asked, signal);
  const parts = stdout.toString('utf8').split('\0');
  const found: HooksPath[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [scope = '', value = ''] = parts.slice(at, at + 2);
    // What we set ourselves for this very call (git/run.ts).
    if (scope !== 'command') found.push({ scope, value });
  }
  return found;
};
