// Which range a call of `akscan range` means, and whose configuration counts for it.

import { type Loaded, loadConfiguration } from '../config/load.js';
import { AkscanError } from '../errors.js';
import { runGit } from '../git/run.js';
import type { RangeRequest } from '../sources/range/ask-range.js';
import { parseHookInput } from '../sources/range/hook-lines.js';
import { parseRange } from '../sources/range/revisions.js';

export interface RangeOptions {
  readonly config?: string;
  readonly stdin?: true;
  readonly remote?: string;
  readonly trustRepoConfig?: true;
  readonly configFrom?: string;
}

/** @throws AkscanError for a call that names no range, or two */
export const rangeRequestOf = async (range: string | undefined, flags: RangeOptions): Promise<RangeRequest> => {
  if ((range === undefined) === (flags.stdin === undefined)) {
    throw new AkscanError(
      range === undefined
        ? 'No range was named.'
        : 'A range comes from the command line or from --stdin, not from both.',
      'For example: akscan range origin/main...HEAD',
    );
  }
  if (range !== undefined) {
    if (flags.remote !== undefined) throw new AkscanError('--remote goes with --stdin.');
    if (flags.trustRepoConfig !== undefined) {
      throw new AkscanError(
        '--trust-repo-config goes with --stdin.',
        'For a range that is named, the configuration of the repository counts as it is.',
      );
    }
    return { kind: 'range', range: parseRange(range) };
  }
  return { kind: 'hook', input: parseHookInput(await standardInput()), remote: remoteOf(flags.remote) };
};

/** Git gives a pre-push hook the URL where a remote has no name; it has no branches here either. */
const remoteOf = (name: string | undefined): string | null => {
  if (name === undefined) return null;
  if (name === '' || /[\u0000-\u0020\u007f*?[\\^~:]/.test(name)) return 'a-remote-without-a-name';
  return name;
};

/** Who pushes must not decide how the push is judged: only the caller's own configuration counts there. */
export const loadForRange = (
  asked: RangeRequest,
  { config, configFrom, trustRepoConfig }: RangeOptions,
): Promise<Loaded> => {
  const named = configFrom === undefined ? 'config' : 'config-from';
  if (trustRepoConfig !== undefined && (config ?? configFrom) !== undefined)
    throw new AkscanError(`--${named} and --trust-repo-config name two configurations.`, 'Leave one out.');
  if (configFrom !== undefined) {
    if (config !== undefined) throw new AkscanError('--config and --config-from name two configurations.');
    return loadAt(configFrom);
  }
  const received = asked.kind === 'hook' && asked.input.hook === 'receive';
  if (config !== undefined) return loadConfiguration({ from: 'file', file: config }, ['.']);
  return loadConfiguration({ from: received && trustRepoConfig === undefined ? 'none' : 'tree' }, ['.']);
};

const loadAt = async (revision: string): Promise<Loaded> => {
  const { findHere } = await import('../git/here.js');
  const { loadFromCommit } = await import('../config/load-from-commit.js');
  const { place } = findHere();
  const { signal } = new AbortController();
  const { code, stdout } = await runGit(
    place,
    ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`],
    signal,
  );
  if (code !== 0) throw new AkscanError(`--config-from: ${JSON.stringify(revision)} is no commit of this repository.`);
  const loaded = await loadFromCommit(
    place,
    stdout.toString('latin1').trim(),
    { config: null, baseline: null },
    signal,
  );
  // Its paths begin at the top, wherever the command stands.
  return { ...loaded, root: place.top };
};

/** A line is some 200 bytes; a push of more refs than this is none. */
const LARGEST_INPUT = 64 << 20;

const standardInput = async (): Promise<string> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length > LARGEST_INPUT) throw new AkscanError('standard input is far too long for what git tells a hook');
  }
  return Buffer.concat(chunks).toString('utf8');
};
