// Where a repository has moved to. git follows no redirect here, since it would follow to any host; what the answer's
// `Location` says is read from git's own trace of the exchange, and only the same host is believed.

import { type GitPlace, runGit } from '../../git/run.js';
import { type Failure, failure } from './failure.js';
import type { Remote } from './remote.js';
import type { Patience } from './types.js';

/** What git asks a repository first (gitprotocol-http). */
const FIRST = '/info/refs';

/** The address there, or why it is not followed. */
export const movedTo = async (
  place: GitPlace,
  remote: Remote,
  { ask }: Patience,
  signal: AbortSignal,
): Promise<string | Failure> => {
  const { stderr } = await runGit(
    { ...place, reach: { ...remote.reach, trace: 'headers' } },
    ['ls-remote', '--end-of-options', remote.url],
    AbortSignal.any([signal, AbortSignal.timeout(ask)]),
  );
  const said = /<= Recv header: location: *([^\r\n]+)/i.exec(stderr)?.[1]?.trim();
  const asked = new URL(remote.url.replace(/\/*$/, FIRST));
  const target = said !== undefined && URL.canParse(said, asked.href) ? new URL(said, asked) : null;
  if (target === null) return failure('gone', `${remote.host} says that it has moved, and not where to`);
  if (!isSameHost(asked, target)) {
    return failure('gone', `it has moved to another host (${target.host.slice(0, 100)}), which is not followed`);
  }
  if (!target.pathname.endsWith(FIRST)) return failure('gone', `${remote.host} answers with another page in its place`);
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
