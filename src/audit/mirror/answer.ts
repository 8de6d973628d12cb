// What an HTTP server answers git's first question with, where git itself does not say: read from its own trace of the exchange.
// A redirect is never followed by git here, since it would follow to any host; what its `Location` says is believed of
// the same host only.

import { type GitPlace, runGit } from '../../git/run.js';
import { type Failure, failure } from './failure.js';
import type { Remote } from './remote.js';
import type { Patience } from './types.js';

/** What git asks a repository first (gitprotocol-http). */
const FIRST = '/info/refs';

const headersOf = async (
  place: GitPlace,
  remote: Remote,
  { ask }: Patience,
  signal: AbortSignal,
): Promise<(name: string) => string | undefined> => {
  const { stderr } = await runGit(
    { ...place, reach: { ...remote.reach, trace: 'headers' } },
    ['ls-remote', '--end-of-options', remote.url],
    AbortSignal.any([signal, AbortSignal.timeout(ask)]),
  );
  return (name) => new RegExp(`<= Recv header: ${name}: *([^\\r\\n]+)`, 'i').exec(stderr)?.[1]?.trim();
};

/**
 * Whether it is a git server that lists no refs. A page for people, such as one to sign in on, is taken by git for the file
 * of an empty repository on a server that knows nothing of git.
 */
export const isGitServer = async (
  place: GitPlace,
  remote: Remote,
  patience: Patience,
  signal: AbortSignal,
): Promise<boolean> => {
  if (remote.reach.protocol === 'ssh') return true;
  const headerOf = await headersOf(place, remote, patience, signal);
  return headerOf('content-type')?.startsWith('application/x-git-') === true;
};

/** The address it has moved to, or why that is not followed. */
export const movedTo = async (
  place: GitPlace,
  remote: Remote,
  patience: Patience,
  signal: AbortSignal,
): Promise<string | Failure> => {
  const said = (await headersOf(place, remote, patience, signal))('location');
  const asked = new URL(remote.url.replace(/\/*$/, FIRST));
  const target = said !== undefined && URL.canParse(said, asked.href) ? new URL(said, asked) : null;
  if (target === null) return failure('gone', `${remote.host} says that it has moved, and not where to`);
  if (!isSameHost(asked, target)) {
    return failure('gone', `it has moved to another host (${target.host.slice(0, 100)}), which is not followed`);
  }
  if (!target.pathname.endsWith(FIRST)) return anotherPage('gone', remote);
  target.pathname = target.pathname.slice(0, -FIRST.length);
  target.search = '';
  target.hash = '';
  target.username = '';
  target.password = '';
  return target.href;
};

/** The very same, or from plain HTTP to HTTPS. Never to plain HTTP: credentials go along. */
const isSameHost = (from: URL, to: URL): boolean =>
  to.origin === from.origin || (to.hostname === from.hostname && from.protocol === 'http:' && to.protocol === 'https:');

export const anotherPage = (state: 'gone' | 'broken', { host }: Remote): Failure =>
  failure(state, `${host} answers with another page in its place`);
