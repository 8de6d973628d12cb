// What there is to know of a repository before it is read: where it is, whether it is bare, shallow or partial, and
// whether git will read it at all.

import { readdirSync } from 'node:fs';
import path from 'node:path';
import { type HashFormat, hashFormat } from './hash.js';
import { type GitPlace, refusal, runGit } from './run.js';
import { requireGit } from './version.js';

export interface Repository {
  /** The folder that holds `.git`, or the bare repository itself. */
  readonly top: string;
  readonly place: GitPlace;
  readonly bare: boolean;
  readonly shallow: boolean;
  /** The folder of its own objects, absolute. */
  readonly objects: string;
  readonly hash: HashFormat;
  /** Cloned with a filter: objects may be missing on purpose. */
  readonly partial: boolean;
}

/**
 * @throws AkscanError when git is missing, too old, or refuses: somebody else owns the repository, or it is damaged.
 */
export const openRepository = async (top: string, signal: AbortSignal): Promise<Repository> => {
  const described = describeRepository(top, signal);
  // That git is too old explains more than what it then says.
  described.catch(() => {});
  await requireGit({ cwd: top, top }, signal);
  return described;
};

/** The same for who knows which git there is. @throws AkscanError when git is missing or refuses */
export const describeRepository = async (top: string, signal: AbortSignal): Promise<Repository> => {
  const place: GitPlace = { cwd: top, top };
  const questions = [
    '--is-bare-repository',
    '--is-shallow-repository',
    '--show-object-format',
    '--git-path',
    'objects',
  ];
  const { code, stdout, stderr } = await runGit(place, ['rev-parse', ...questions], signal);
  if (code !== 0) throw refusal(top, stderr);
  const [bare, shallow, format, ...rest] = stdout.toString('utf8').replace(/\n$/, '').split('\n');
  const objects = path.resolve(top, rest.join('\n'));
  return {
    top,
    place,
    bare: bare === 'true',
    shallow: shallow === 'true',
    objects,
    hash: hashFormat(format ?? ''),
    partial: holdsPromisorPack(path.join(objects, 'pack')),
  };
};

/** What a filtered clone fetched lies in packs that are marked so (gitformat-pack, partial-clone.txt). */
const holdsPromisorPack = (folder: string): boolean => {
  try {
    return readdirSync(folder).some((name) => name.endsWith('.promisor'));
  } catch {
    return false;
  }
};
