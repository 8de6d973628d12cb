// The files of a work tree, as git lists them. Two lists at once: what is tracked comes from the index at once, while git
// still walks the folders for what is not.

import { NUL, splitter } from '../../git/lines.js';
import { bytesOfPath, textOfNames, textOfPath } from '../../git/path-text.js';
import { type GitPlace, gitReason, runGit, startGit, startGitAlone } from '../../git/run.js';
import { namesOf, textOf } from './work.js';

/** What git says and goes on: `could not open directory 'x/': Permission denied`. */
type Warn = (reason: string) => void;

/**
 * Names ended by a NUL, always whole; one that ends in a slash is a nested repository.
 * @throws Error with git's reason when the index cannot be read
 */
export async function* listTracked(place: GitPlace, warn: Warn, signal: AbortSignal): AsyncGenerator<string> {
  yield* list(place, ['--cached', '--deduplicate'], warn, signal);
}

/** The same for what is not tracked. */
export async function* listUntracked(
  place: GitPlace,
  ignored: 'with-ignored' | 'without-ignored',
  warn: Warn,
  signal: AbortSignal,
): AsyncGenerator<string> {
  yield* list(place, ['--others', ...(ignored === 'with-ignored' ? [] : ['--exclude-standard'])], warn, signal);
}

async function* list(
  place: GitPlace,
  args: readonly string[],
  warn: Warn,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const git = startGitAlone(place, ['ls-files', '-z', ...args], signal);
  let rest: Buffer | null = null;
  for await (const chunk of git.stdout) {
    const bytes: Buffer = rest === null ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
    const end = bytes.lastIndexOf(NUL) + 1;
    if (end > 0) yield textOfNames(bytes.subarray(0, end));
    rest = end < bytes.length ? bytes.subarray(end) : null;
  }
  const { code, stderr } = await git.ended;
  if (code !== 0) throw new Error(gitReason(stderr));
  for (const line of stderr.split('\n')) if (line !== '') warn(line.replace(/^warning: /, ''));
}

/** Longer lists than this are not held in memory. */
const MOST_NAMES = 1 << 20;

/**
 * The untracked files that git does not ignore, and how many files and whole folders it does, from one walk of git's:
 * enough for nearly every work tree. Null when there is more to it: a folder that is untracked and not ignored.
 */
export const listStrays = async (
  place: GitPlace,
  warn: Warn,
  signal: AbortSignal,
): Promise<{ readonly files: string; readonly ignored: number } | null> => {
  const warnings: string[] = [];
  let listed = '';
  const args = ['--others', '--directory', '--no-empty-directory'];
  for await (const names of list(place, args, (reason) => void warnings.push(reason), signal)) {
    listed += names;
    if (listed.length > MOST_NAMES) return null;
  }
  const all = namesOf(listed);
  const ignored = await whichIgnored(place, all, signal);
  const strays = all.filter((name) => !ignored.has(name));
  if (strays.some((name) => name.endsWith('/'))) return null;
  for (const reason of warnings) warn(reason);
  return { files: textOf(strays), ignored: ignored.size };
};

/** How many files and whole folders git ignores. */
export const countIgnored = async (place: GitPlace, signal: AbortSignal): Promise<number> => {
  const args = ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory'];
  const git = startGitAlone(place, args, signal);
  let count = 0;
  const names = splitter(NUL, () => {
    count += 1;
  });
  git.stdout.on('data', (chunk: Buffer) => names.push(chunk));
  await git.ended;
  return count;
};

/** Whether git ignores the folder itself: then its own list of what is inside would be empty. */
export const isIgnored = async ({ cwd, top }: GitPlace, signal: AbortSignal): Promise<boolean> => {
  // A name that begins with a colon is no pathspec magic.
  const below = `./${cwd.slice(top.length + 1)}`;
  return (await runGit({ cwd: top, top, workTree: top }, ['check-ignore', '--quiet', '--', below], signal)).code === 0;
};

/** Those of `names` that git ignores (a tracked file never is). */
export const whichIgnored = async (
  place: GitPlace,
  names: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlySet<string>> => {
  const ignored = new Set<string>();
  if (names.length === 0) return ignored;
  const git = startGit(place, ['check-ignore', '-z', '--stdin'], signal);
  const lines = splitter(NUL, (name) => void ignored.add(textOfPath(name.subarray(2))));
  git.stdout.on('data', (chunk: Buffer) => lines.push(chunk));
  git.stdin.end(bytesOfPath(names.map((name) => `./${name}\0`).join('')));
  await git.ended;
  return ignored;
};
