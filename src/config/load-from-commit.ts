// The configuration that counts for a change is the base's: whoever opens a pull request must not decide how it is judged. It is
// read from the commit, never from the files of the checkout, which may be the pull request's.

import { AkscanError } from '../errors.js';
import { parseBaseline } from '../findings/baseline.js';
import { parseIgnoreFile } from '../findings/ignore-file.js';
import { createBatch } from '../git/batch.js';
import type { GitPlace } from '../git/run.js';
import { BASELINE_NAME, CONFIG_NAMES, IGNORE_NAME, type Loaded } from './load.js';
import type { Configuration } from './types.js';

/** Paths in the commit; null: the usual names. */
export interface NamedFiles {
  readonly config: string | null;
  readonly baseline: string | null;
}

/** Bytes, as of a file (read-text.ts). */
const LIMIT = 32 << 20;

/**
 * @param commit whose files count; null: there is none, and defaults do
 * @throws AkscanError for a file that is named and missing, or wrong
 */
export const loadFromCommit = async (
  place: GitPlace,
  commit: string | null,
  { config, baseline }: NamedFiles,
  signal: AbortSignal,
): Promise<Loaded> => {
  const batch = createBatch(place, signal);
  try {
    const textOf = async (file: string): Promise<string | null> => {
      if (commit === null) return null;
      const answer = await batch.read(`${commit}:${file}`, LIMIT);
      if (answer.kind !== 'object' || answer.type !== 'blob') return null;
      if (answer.bytes === null) throw new AkscanError(`${file} of the base is larger than ${LIMIT >> 20} MB.`);
      return answer.bytes.toString('utf8').replace(/^\uFEFF/, '');
    };
    return await load(textOf, { config, baseline });
  } finally {
    await batch.close().catch(() => {});
  }
};

const load = async (textOf: (file: string) => Promise<string | null>, named: NamedFiles): Promise<Loaded> => {
  const found = await firstThere(named.config === null ? CONFIG_NAMES : [named.config], textOf);
  if (found === null && named.config !== null) throw absent(named.config);
  const configuration: Configuration =
    found === null ? {} : (await import('./parse.js')).parseConfiguration(found.text, found.file);
  const folder = found?.file.includes('/') === true ? found.file.slice(0, found.file.lastIndexOf('/') + 1) : '';
  const ignoreFile = within(folder, configuration.ignoreFile ?? IGNORE_NAME, 'ignoreFile');
  const baselineFile = named.baseline ?? within(folder, configuration.baseline ?? BASELINE_NAME, 'baseline');
  const ignore = await textOf(ignoreFile);
  if (ignore === null && configuration.ignoreFile !== undefined) throw absent(ignoreFile);
  const baseline = await textOf(baselineFile);
  if (baseline === null && named.baseline !== null) throw absent(baselineFile);
  return {
    configuration,
    file: found?.file ?? null,
    // Its paths are those of the repository, whose top is where the work is done.
    root: process.cwd(),
    ignore: ignore === null ? [] : parseIgnoreFile(ignore, ignoreFile),
    ignoreFile,
    baseline: baseline === null ? new Set() : parseBaseline(baseline, baselineFile),
    baselineFile,
    notes: found === null ? [] : [`${found.file} of the base decided what was searched and shown.`],
  };
};

const firstThere = async (
  files: readonly string[],
  textOf: (file: string) => Promise<string | null>,
): Promise<{ readonly file: string; readonly text: string } | null> => {
  for (const file of files) {
    const text = await textOf(file);
    if (text !== null) return { file, text };
  }
  return null;
};

/** `./a//b` as git has it. */
const within = (folder: string, name: string, key: string): string => {
  const parts = `${folder}${name}`.split('/').filter((part) => part !== '' && part !== '.');
  if (name.startsWith('/') || parts.includes('..')) {
    throw new AkscanError(`The configuration of the base: "${key}" names a file outside the repository.`);
  }
  return parts.join('/');
};

const absent = (file: string): AkscanError =>
  new AkscanError(
    `${file} is not in the commit that is compared with.`,
    'The base branch must have it: what a pull request brings along does not count for itself.',
  );
