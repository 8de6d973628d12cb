// What `A..B` on the command line means: revisions of this repository, checked before git is given them.

import { AkscanError } from '../../errors.js';
import { OID } from '../../git/hash.js';
import { refusalOf } from '../../git/here.js';
import { type GitPlace, runGit } from '../../git/run.js';

/** The commits to read, and the commit whose files tell what was there before. */
export interface Span {
  /** As a person calls it: `main..topic`, `refs/heads/topic`. */
  readonly name: string;
  /** Objects whose history is read. */
  readonly tips: readonly string[];
  /** What is not read: objects, or `--all`, `--remotes=...` of `rev-list`. */
  readonly not: readonly string[];
  readonly base: Base;
}

export type Base =
  | { readonly kind: 'commit'; readonly commit: string }
  /** Where two histories parted (`A...B`). */
  | { readonly kind: 'merge-base'; readonly of: readonly [string, string] }
  /** A new branch has no old state: what its commits were built on. */
  | { readonly kind: 'fork' };

export interface RangeText {
  readonly text: string;
  readonly from: string;
  readonly to: string;
  readonly dots: '..' | '...';
}

const FORM = 'Name it as BASE..HEAD, or BASE...HEAD to begin where the two parted.';

/** @throws AkscanError for what is no range */
export const parseRange = (text: string): RangeText => {
  const match = /^(.*?)(\.{2,3})(?!\.)(.*)$/s.exec(text);
  if (match === null) throw new AkscanError(`${quoted(text)} is no range of commits.`, FORM);
  const [, from = '', dots, to = ''] = match;
  if (from === '' && to === '') throw new AkscanError(`${quoted(text)} names no commits.`, FORM);
  return {
    text,
    from: checked(from === '' ? 'HEAD' : from),
    to: checked(to === '' ? 'HEAD' : to),
    dots: dots === '...' ? '...' : '..',
  };
};

/** Git would take these for options, exclusions, patterns or whole sets of commits. */
const checked = (revision: string): string => {
  const wrong =
    revision.startsWith('-') || revision.startsWith('^') || /[\u0000-\u001f\u007f*?[\\]|\.\./.test(revision);
  if (wrong) throw new AkscanError(`${quoted(revision)} is no revision.`, FORM);
  return revision;
};

const quoted = (text: string): string => JSON.stringify(text.slice(0, 200));

export interface Resolved {
  readonly span: Span;
  /** Path of git's list of them, from the current directory; null when history is whole. */
  readonly shallowFile: string | null;
}

/** @throws AkscanError for a revision that is unknown, or a repository that git will not read */
export const resolveRange = async (
  { text, from, to, dots }: RangeText,
  place: GitPlace,
  signal: AbortSignal,
): Promise<Resolved> => {
  const names = [from, `${from}^{commit}`, to, `${to}^{commit}`];
  const { code, stdout, stderr } = await runGit(place, [...ABOUT, ...names], signal);
  const [shallow = '', file = '', ...oids] = stdout.toString('utf8').trimEnd().split('\n');
  const [base, baseCommit, tip, tipCommit] = oids.filter((line) => OID.test(line));
  if (code !== 0 || base === undefined || baseCommit === undefined || tip === undefined || tipCommit === undefined) {
    if (/not a git repository|dubious ownership|unsafe repository/.test(stderr)) throw refusalOf(place.top, stderr);
    throw await unknown([from, to], shallow === 'true', place, signal);
  }
  const kind =
    dots === '..' ? { kind: 'commit', commit: baseCommit } : { kind: 'merge-base', of: [baseCommit, tipCommit] };
  return {
    // The tag itself where one is named: its message is part of what is added.
    span: { name: text, tips: [tip], not: [base], base: kind as Base },
    shallowFile: shallow === 'true' ? file : null,
  };
};

/** Where git lists the commits that a shallow clone was cut off at. */
export const shallowFileOf = async (place: GitPlace, signal: AbortSignal): Promise<string | null> => {
  const { code, stdout, stderr } = await runGit(place, ABOUT, signal);
  if (code !== 0) throw refusalOf(place.top, stderr);
  const [shallow, file = ''] = stdout.toString('utf8').trimEnd().split('\n');
  return shallow === 'true' ? file : null;
};

const ABOUT = ['rev-parse', '--is-shallow-repository', '--git-path', 'shallow'];

const unknown = async (
  revisions: readonly string[],
  shallow: boolean,
  place: GitPlace,
  signal: AbortSignal,
): Promise<AkscanError> => {
  for (const revision of revisions) {
    const { code } = await runGit(place, ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`], signal);
    if (code === 0) continue;
    return shallow
      ? new AkscanError(
          `${quoted(revision)} is not in this shallow clone, so what was added since cannot be told.`,
          'Bring it with git fetch --unshallow, or with git fetch --deepen=N.',
        )
      : new AkscanError(
          `${quoted(revision)} is no commit of this repository.`,
          'git log shows what there is; a branch of a remote may have to be fetched.',
        );
  }
  return new AkscanError(`${revisions.map(quoted).join(' and ')} cannot be told apart from a file.`, FORM);
};
