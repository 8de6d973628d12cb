// Finds the configuration, the ignore file and the baseline that count for a run. Absent files cost one look each; only a
// configuration that is there loads the parser.

import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { AkscanError } from '../errors.js';
import { parseBaseline } from '../findings/baseline.js';
import { type IgnoreEntry, parseIgnoreFile } from '../findings/ignore-file.js';
import { isThere, readTextIfAny } from './read-text.js';
import type { Configuration, ConfigurationChoice } from './types.js';

export const CONFIG_NAMES: readonly string[] = ['akscan.config.yml', 'akscan.config.yaml'];
export const IGNORE_NAME = '.akscanignore';
export const BASELINE_NAME = '.akscan-baseline';

export interface Loaded {
  readonly configuration: Configuration;
  /** The configuration file that counts, as it would be named to a person; null without one. */
  readonly file: string | null;
  /** The folder that holds it and that ignore paths are relative to. */
  readonly root: string;
  readonly ignore: readonly IgnoreEntry[];
  readonly ignoreFile: string;
  readonly baseline: ReadonlySet<string>;
  readonly baselineFile: string;
  /** For the summary: what a tree was allowed to decide, and what was not asked. */
  readonly notes: readonly string[];
}

/**
 * For several targets the first decides: a run has one configuration.
 *
 * @throws AkscanError for a file that is named and missing, unreadable or wrong
 */
export const loadConfiguration = async (choice: ConfigurationChoice, targets: readonly string[]): Promise<Loaded> => {
  if (choice.from === 'none') return withFiles({}, null, process.cwd(), 'none');
  if (choice.from === 'file') {
    const text = readTextIfAny(choice.file, 'named');
    if (text === null) throw new AkscanError(`The configuration ${choice.file} does not exist.`);
    return withFiles(await parse(text, choice.file), choice.file, path.dirname(path.resolve(choice.file)), 'caller');
  }
  const root = rootOf(targets[0] ?? '.');
  const notes = unasked(root, targets.slice(1));
  for (const name of CONFIG_NAMES) {
    const file = display(path.join(root, name));
    const text = readTextIfAny(file);
    if (text === null) continue;
    notes.unshift(`${file} decided what was searched and shown; --config FILE uses another.`);
    return { ...withFiles(await parse(text, file), file, root, 'tree'), notes };
  }
  return { ...withFiles({}, null, root, 'tree'), notes };
};

/** Targets whose own configuration is passed over, since the first target's counts. */
const unasked = (root: string, targets: readonly string[]): string[] =>
  targets
    .filter((target) => target !== '-' && rootOf(target) !== root && holder([rootOf(target)]) !== undefined)
    .map((target) => `The configuration and ignore file of ${target} were not used: those of the first target count.`);

const parse = async (text: string, file: string): Promise<Configuration> => {
  const { parseConfiguration } = await import('./parse.js');
  return parseConfiguration(text, file);
};

/** `tree`: nobody vouches for the files named, so that they must lie inside the tree. `none`: no files at all. */
type Trust = 'caller' | 'tree' | 'none';

const withFiles = (configuration: Configuration, file: string | null, root: string, trust: Trust): Loaded => {
  const ignoreFile = resolveIn(root, configuration.ignoreFile ?? IGNORE_NAME, trust, 'ignoreFile', file);
  const baselineFile = resolveIn(root, configuration.baseline ?? BASELINE_NAME, trust, 'baseline', file);
  const ignoreText = trust === 'none' ? null : readTextIfAny(ignoreFile, howFound(configuration.ignoreFile));
  const baselineText = trust === 'none' ? null : readTextIfAny(baselineFile, howFound(configuration.baseline));
  if (ignoreText === null && configuration.ignoreFile !== undefined) {
    throw new AkscanError(`${file}: the ignore file ${ignoreFile} does not exist.`);
  }
  return {
    configuration,
    file,
    root,
    ignoreFile,
    ignore: ignoreText === null ? [] : parseIgnoreFile(ignoreText, ignoreFile),
    baselineFile,
    baseline: baselineText === null ? new Set() : parseBaseline(baselineText, baselineFile),
    notes: [],
  };
};

const howFound = (name: string | undefined): 'named' | 'looked-for' => (name === undefined ? 'looked-for' : 'named');

const resolveIn = (root: string, name: string, trust: Trust, key: string, file: string | null): string => {
  const resolved = path.resolve(root, name);
  const inside = path.relative(root, resolved);
  if (trust === 'tree' && (path.isAbsolute(inside) || inside.split(path.sep)[0] === '..')) {
    throw new AkscanError(`${file}: "${key}" names a file outside the tree.`, 'Give your own with --config FILE.');
  }
  return display(resolved);
};

/** Relative where that is shorter: what a person types and a terminal makes clickable. */
const display = (file: string): string => {
  const relative = path.relative(process.cwd(), file);
  return relative === '' || relative.startsWith('..') ? file : relative;
};

/**
 * The folder whose configuration counts for a target: the nearest one, from the target up to the top of its repository,
 * that holds a configuration, an ignore file or a baseline; without any, the repository's top, or outside repositories the
 * target's own folder. Stdin and what does not exist go by the current directory.
 */
export const rootOf = (target: string): string => {
  const start = folderOf(target);
  const climbed: string[] = [];
  for (let folder = start; ; folder = path.dirname(folder)) {
    climbed.push(folder);
    if (existsSync(path.join(folder, '.git'))) break;
    if (path.dirname(folder) === folder) return holder([start]) ?? start;
  }
  return holder(climbed) ?? climbed.at(-1) ?? start;
};

const holder = (folders: readonly string[]): string | undefined =>
  folders.find((folder) =>
    [...CONFIG_NAMES, IGNORE_NAME, BASELINE_NAME].some((name) => isThere(path.join(folder, name))),
  );

const folderOf = (target: string): string => {
  if (target === '-') return process.cwd();
  const resolved = path.resolve(target);
  try {
    return statSync(resolved).isDirectory() ? resolved : path.dirname(resolved);
  } catch {
    return process.cwd();
  }
};
