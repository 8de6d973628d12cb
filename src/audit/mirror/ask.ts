// What there is to fetch: `git ls-remote`, whose lines in order are what a repository looks like from outside.

import { createHash } from 'node:crypto';
import type { GitPlace } from '../../git/run.js';
import type { Repository } from '../types.js';
import { anotherPage, isGitServer, movedTo } from './answer.js';
import { runBounded } from './bounded-git.js';
import { type Failure, failure, failureOf, isRedirect } from './failure.js';
import { isFailure, type Remote, remoteOf } from './remote.js';
import type { MirrorDeps, Patience } from './types.js';

export interface Tips {
  /** What to say of it when it is not where it was asked for; null: it is. */
  readonly moved: string | null;
  /** Where it answered: not always where it was asked. */
  readonly remote: Remote;
  readonly look: string;
  /** Refs that lead somewhere, HEAD among them. */
  readonly count: number;
  readonly hash: 'sha1' | 'sha256';
  /**
   * The branch HEAD stands for, one that is not there where HEAD leads nowhere; or the commit that HEAD alone names, and the ref
   * that is free for it.
   */
  readonly head: { readonly branch: string } | { readonly detached: string; readonly as: string };
}

/** Bytes of names that are taken in: about a million refs. */
const MOST = 96 << 20;

/** As often as a repository may have moved. */
const HOPS = 3;

/**
 * @param place a folder that is no repository, to start git in
 */
export const askForTips = async (
  place: GitPlace,
  address: string,
  refs: Repository['refs'],
  deps: Pick<MirrorDeps, 'credentialFor'>,
  patience: Patience,
  signal: AbortSignal,
): Promise<Tips | Failure> => {
  let asked = address;
  for (let hop = 0; hop <= HOPS; hop++) {
    const remote = await remoteOf(asked, deps.credentialFor, patience);
    if (isFailure(remote)) return remote;
    const told = await list(place, remote, patience, signal);
    if (typeof told === 'string') {
      const moved = hop > 0 ? `A repository has moved: ${shown(address)} is now ${remote.url}.` : null;
      const tips = { moved, ...tipsOf(told, remote, refs) };
      const isDoubtful = told === '' && !(await isGitServer(place, remote, patience, signal));
      return isDoubtful ? anotherPage('broken', remote) : tips;
    }
    if (!told.redirected) return told.failure;
    const next = await movedTo(place, remote, patience, signal);
    if (typeof next !== 'string') return next;
    asked = next;
  }
  return failure('gone', 'it is said to have moved again and again');
};

/** Without what stands before the host. @param address that a request was sent to: a URL */
const shown = (address: string): string => {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href;
};

type NotTold = { readonly redirected: boolean; readonly failure: Failure };

const list = async (
  place: GitPlace,
  remote: Remote,
  { ask, memory }: Patience,
  signal: AbortSignal,
): Promise<string | NotTold> => {
  const not = (why: Failure, redirected = false): NotTold => ({ redirected, failure: why });
  const end = await runBounded(
    { ...place, reach: remote.reach },
    ['ls-remote', '--symref', '--end-of-options', remote.url],
    { milliseconds: ask, output: MOST, memory, disk: null },
    signal,
  );
  if (end.within) {
    if (end.code === 0) return end.stdout.toString('utf8');
    return not(failureOf(end.stderr, remote), isRedirect(end.stderr));
  }
  if (end.beyond !== 'milliseconds') return not(failure('too-large', 'it has more refs than can be taken in'));
  return not(failure('broken', `${remote.host} did not say within ${ask / 1000} seconds what there is`));
};

/** `<name of object> TAB <ref>`, `ref: <ref> TAB HEAD`; `^{}` behind a tag says what it leads to. */
const tipsOf = (text: string, remote: Remote, refs: Repository['refs']): Omit<Tips, 'moved'> => {
  const lines = text.split('\n').filter((line) => line !== '' && isWanted(line.slice(line.indexOf('\t') + 1), refs));
  const listed = lines.filter((line) => /^[0-9a-f]{40,64}\t/.test(line));
  const branches = listed.map((line) => line.slice(line.indexOf('\t') + 1)).filter((name) => name !== 'HEAD');
  const free = (name: string): string => freeAmong(branches, name);
  const at = listed.find((line) => line.endsWith('\tHEAD'))?.split('\t')[0];
  const branch = lines.map((line) => /^ref: (refs\/[^\t]+)\tHEAD$/.exec(line)?.[1]).find((name) => name !== undefined);
  return {
    remote,
    look: `refs ${createHash('sha256')
      .update(`${refs}\n${[...lines].sort().join('\n')}`)
      .digest('hex')}`,
    count: listed.length,
    hash: listed.some((line) => line.indexOf('\t') === 64) ? 'sha256' : 'sha1',
    head:
      branch !== undefined && branches.includes(branch)
        ? { branch }
        : at === undefined
          ? { branch: free('refs/heads/akscan-no-branch') }
          : { detached: at, as: free('refs/akscan-HEAD') },
  };
};

/** A ref that no other one is, and none lies below: nobody can name theirs after a digest of all of them. */
const freeAmong = (refs: readonly string[], name: string): string =>
  refs.some((ref) => ref === name || ref.startsWith(`${name}/`))
    ? `${name}-${createHash('sha256').update(refs.join('\n')).digest('hex').slice(0, 16)}`
    : name;

/** Pull (merge) requests hold what others proposed: GitHub's, Gitea's and Gitee's, GitLab's, Bitbucket's, Gerrit's. */
export const PROPOSED = ['refs/pull/', 'refs/merge-requests/', 'refs/pull-requests/', 'refs/changes/'] as const;

const isWanted = (ref: string, refs: Repository['refs']): boolean =>
  refs === 'with-pull-requests' || !PROPOSED.some((prefix) => ref.startsWith(prefix));
