// What commits put where: the raw output of `git diff-tree`, which applies no attributes and starts no other program.

import { NUL, splitter } from './lines.js';
import { textOfPath } from './path-text.js';
import { type GitPlace, gitReason, startGit } from './run.js';

/**
 * Shows what each commit has that none of its parents has at that path: of a merge, what only the merge brought.
 * @param commits lines for `diff-tree --stdin`: `<commit> [SP <parent>]...`
 * @param show `oid` is what lies at `path` in the commit, zeros where nothing does any more; `path` is asked for when needed
 * @returns what git stumbled over, or null
 */
export const eachChange = async (
  place: GitPlace,
  commits: Buffer,
  show: (commit: string, oid: string, path: () => string) => void,
  signal: AbortSignal,
): Promise<string | null> => {
  const git = startGit(place, ['diff-tree', '--stdin', '--root', '-r', '-c', '--raw', '-z', '--no-renames'], signal);
  let commit = '';
  let oid: string | null = null;
  const pieces = splitter(NUL, (piece) => {
    if (oid !== null) {
      show(commit, oid, () => textOfPath(piece));
      oid = null;
    } else if (piece[0] === COLON) {
      // `:<mode>... SP <oid>... SP <status>`: a mode and a name more than there are parents.
      const fields = piece.toString('latin1').split(' ');
      oid = fields.at(-2) ?? '';
    } else commit = piece.toString('latin1');
  });
  git.stdout.on('data', (chunk: Buffer) => pieces.push(chunk));
  git.stdin.end(commits);
  const { code, stderr } = await git.ended;
  return code === 0 ? null : gitReason(stderr);
};

const COLON = 58;
