// `akscan hook install` and `uninstall`: which hooks, where, and what was done, in sentences.

import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { CONFIG_NAMES, loadConfiguration } from '../config/load.js';
import type { DetectorOptions } from '../detect/types.js';
import { findHere } from '../git/here.js';
import { type Installed, install, removeIfEmpty, type Uninstalled, uninstall } from './install.js';
import { type GlobalFolder, globalHookFolder, hookFolderHere, nameGlobally } from './places.js';
import { type Gate, type HookName, passOnOf, type Script, scriptOf } from './script.js';
import { workingGate } from './try-gate.js';

export interface HookRequest {
  readonly where: 'here' | 'global';
  readonly hooks: readonly HookName[];
  readonly signal: AbortSignal;
}

/** @returns what was done, a sentence each */
export const installHooks = async ({ where, hooks, signal }: HookRequest): Promise<readonly string[]> => {
  const shared = where === 'global' ? await globalHookFolder(signal) : null;
  const place = shared ?? (await hookFolderHere('install', hooks, signal));
  const gate = hooks.includes('pre-commit') ? await gateFor(where, signal) : null;
  const program = realpathSync(process.argv[1] ?? '');
  const script = (hook: HookName): Omit<Script, 'folder'> => ({
    hook,
    node: process.execPath,
    program,
    gate: hook === 'pre-commit' ? gate : null,
    next: place.next,
  });
  const put = (): readonly Installed[] =>
    hooks.map((hook) => install(place.folder, hook, (folder) => scriptOf({ ...script(hook), folder })));
  const done = shared === null ? put() : await putGlobally(shared, hooks, put, signal);
  const said = done.flatMap((each, index) => installedInWords(each, hooks[index] ?? 'pre-commit', where));
  if (shared !== null && !shared.known) {
    said.push(
      `core.hooksPath in your global configuration is now ${place.folder}; each repository's own hooks are called from there.`,
    );
  }
  if (hooks.includes('pre-commit') && gate === null)
    said.push('This git cannot search for all that has to be searched for, so that akscan itself judges every commit.');
  if (/[/\\]_npx[/\\]/.test(program))
    said.push(
      'This akscan lies in the cache of npx: install it (npm install -g akscan), or the hook may lose it one day.',
    );
  return said;
};

/** In a folder that git is told of when it is whole; when git cannot be told, the folder is gone again. */
const putGlobally = async (
  { folder, next, known }: GlobalFolder,
  hooks: readonly HookName[],
  put: () => readonly Installed[],
  signal: AbortSignal,
): Promise<readonly Installed[]> => {
  const missing = foldersMissing(folder);
  const done = put();
  const passed = next === 'own' ? passOn(folder, hooks) : [];
  if (known) return done;
  try {
    await nameGlobally(folder, signal);
  } catch (error) {
    for (const { file, how } of [...done, ...passed]) if (how === 'new') uninstall(folder, path.basename(file));
    for (const each of missing) removeIfEmpty(each);
    throw error;
  }
  return done;
};

/** A folder and those above it that are not there, the innermost first. */
const foldersMissing = (folder: string): readonly string[] =>
  existsSync(folder) ? [] : [folder, ...foldersMissing(path.dirname(folder))];

const DOES: Readonly<Record<HookName, string>> = {
  'pre-commit': 'a commit that adds an AccessKey is refused',
  'pre-push': 'commits that add an AccessKey are not pushed',
  'pre-receive': 'a push that adds an AccessKey is refused',
};

const installedInWords = ({ file, how, kept }: Installed, hook: HookName, where: HookRequest['where']): string[] => {
  const verb = how === 'new' ? 'Installed' : 'Made anew';
  const of = [...(where === 'global' ? ['--global'] : []), ...(hook === 'pre-commit' ? [] : [`--${hook}`])];
  return [
    `${verb} ${display(file)}: ${DOES[hook]}. ${['akscan hook uninstall', ...of].join(' ')} takes it out.`,
    ...(kept === null ? [] : [`The hook that was there is called after it: ${display(kept)}`]),
  ];
};

export const uninstallHooks = async ({ where, hooks, signal }: HookRequest): Promise<readonly string[]> => {
  if (where === 'here') {
    const { folder } = await hookFolderHere('uninstall', hooks, signal);
    return hooks.map((hook) => uninstalledInWords(uninstall(folder, hook)));
  }
  const { folder, next, known } = await globalHookFolder(signal);
  const said = hooks.map((hook) => uninstalledInWords(uninstall(folder, hook)));
  if (next !== 'own') return said;
  const left = OTHER_HOOKS.judging.filter((hook) => existsSync(path.join(folder, hook)) && judges(folder, hook));
  if (left.length > 0) {
    // What was taken out is still to be passed on.
    passOn(folder, left);
    return said;
  }
  // First: as long as git looks there, what it finds has to call each repository's own hooks.
  if (known) await nameGlobally(null, signal);
  for (const hook of [...OTHER_HOOKS.passed, ...OTHER_HOOKS.judging]) uninstall(folder, hook);
  removeIfEmpty(folder);
  removeIfEmpty(path.dirname(folder));
  return known ? [...said, 'core.hooksPath is no longer set in your global configuration.'] : said;
};

const uninstalledInWords = ({ file, how }: Uninstalled): string => {
  switch (how) {
    case 'none':
      return `${display(file)} is no hook of akscan's: nothing to take out.`;
    case 'removed':
      return `Removed ${display(file)}.`;
    case 'restored':
      return `Took out ${display(file)}; the hook that was there before is back.`;
  }
};

/**
 * Every hook that git knows (githooks), but for two: the mere presence of `push-to-checkout` and of `proc-receive` changes
 * what git does, so that they cannot be passed on.
 */
const OTHER_HOOKS = {
  judging: ['pre-commit', 'pre-push', 'pre-receive'],
  passed: [
    'applypatch-msg',
    'commit-msg',
    'post-applypatch',
    'post-checkout',
    'post-commit',
    'post-index-change',
    'post-merge',
    'post-receive',
    'post-rewrite',
    'post-update',
    'pre-applypatch',
    'pre-auto-gc',
    'pre-merge-commit',
    'pre-rebase',
    'prepare-commit-msg',
    'reference-transaction',
    'sendemail-validate',
    'update',
  ],
} as const;

/** In a folder of ours for all repositories every other hook calls the repository's own. */
const passOn = (folder: string, installed: readonly string[]): readonly Installed[] =>
  [...OTHER_HOOKS.passed, ...OTHER_HOOKS.judging]
    .filter((hook) => !installed.includes(hook) && !judges(folder, hook))
    .map((hook) => install(folder, hook, () => passOnOf(hook)));

const judges = (folder: string, hook: string): boolean => {
  try {
    return readFileSync(path.join(folder, hook), 'utf8').includes('\njudge() {\n');
  } catch {
    return false;
  }
};

/** Null when this git cannot do it, or what ships lacks the mark that tells one akscan from the next. */
const gateFor = async (where: HookRequest['where'], signal: AbortSignal): Promise<Gate | null> => {
  const top = where === 'here' ? findHere().place.top : null;
  const configuration = top === null ? null : configurationIn(top);
  const options = top === null || configuration === null ? {} : await detectorOptions(top);
  const pattern = await workingGate(options, signal);
  const mark = path.join(path.dirname(realpathSync(process.argv[1] ?? '')), 'gate-id');
  if (pattern === null || !existsSync(mark)) return null;
  return { pattern, id: readFileSync(mark, 'utf8').trim(), configuration };
};

/** The text of the only configuration at the top of the work tree; a large one is not repeated in a hook. */
const configurationIn = (top: string): string | null => {
  const [file, another] = CONFIG_NAMES.map((name) => path.join(top, name)).filter((name) => existsSync(name));
  if (file === undefined || another !== undefined || statSync(file).size > LARGEST_REPEATED) return null;
  return readFileSync(file, 'utf8');
};

const LARGEST_REPEATED = 16_384;

const detectorOptions = async (top: string): Promise<DetectorOptions> => {
  const { configuration } = await loadConfiguration({ from: 'tree' }, [top]);
  return {
    minConfidence: configuration.minConfidence ?? 'medium',
    ...(configuration.rules === undefined ? {} : { customRules: configuration.rules }),
  };
};

const display = (file: string): string => {
  const relative = path.relative(process.cwd(), file);
  return relative === '' || relative.startsWith('..') ? file : relative;
};
