// Addresses that git clones from, as people write them: https, ssh, and `git@host:path`. Whatever would run a program (`ext::`),
// carries a password, could be read as an option, or goes to another machine in the clear is refused.

import { isLoopback } from '../../cloud/transport/loopback.js';
import { AkscanError } from '../../errors.js';

export interface GitUrl {
  /** For git: https, ssh, file, or http of this machine, without a password. */
  readonly url: string;
  /** `git.example.com/group/app`, the same however it is reached. */
  readonly place: string;
  /** `group/app`. */
  readonly path: string;
}

const PROTOCOLS: ReadonlySet<string> = new Set(['https:', 'http:', 'ssh:', 'git+ssh:', 'file:']);

/** Whether text looks like an address rather than like anything else. */
export const looksLikeUrl = (text: string): boolean =>
  /^[a-z][a-z0-9+.-]*:\/\//i.test(text) || /^[\w-]+::/.test(text) || scpLike(text) !== null;

/** @throws AkscanError that repeats neither password nor token */
export const parseGitUrl = (text: string): GitUrl => {
  const scp = scpLike(text);
  const address = scp ?? text;
  if (/^[\w-]+::/.test(text)) {
    throw new AkscanError(
      `${text.slice(0, text.indexOf(':'))}:: would let git start a program of that name`,
      'Give an https:// or ssh:// address.',
    );
  }
  if (!URL.canParse(address) || /[\p{Cc}\s\\]/u.test(address)) {
    throw new AkscanError(
      'an address of a repository is not a URL',
      'Write https://HOST/PATH.git or git@HOST:PATH.git.',
    );
  }
  const url = new URL(address);
  if (!PROTOCOLS.has(url.protocol)) {
    throw new AkscanError(
      `${url.protocol}// is not fetched from`,
      'Give an https:// or ssh:// address, or dir:PATH for repositories on this machine.',
    );
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new AkscanError(
      'plain http:// is spoken to this machine only: on its way anybody could read a repository, or change what is read',
      'Give an https:// or ssh:// address.',
    );
  }
  const isSsh = url.protocol.endsWith('ssh:');
  if (url.password !== '' || (!isSsh && url.username !== '')) {
    throw new AkscanError(
      `the address of a repository at ${url.host} holds a user or password`,
      'Take it out, where everybody can read it, and give the token in the environment (docs/audit-sources.md).',
    );
  }
  const option = (part: string): boolean => /^(?:-|%2d)/i.test(part);
  if (option(url.hostname) || option(url.username) || (url.hostname === '') !== (url.protocol === 'file:')) {
    throw new AkscanError(
      'the address of a repository has no host that could be meant',
      'Write https://HOST/PATH.git.',
    );
  }
  const path = url.pathname.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '');
  if (path === '')
    throw new AkscanError(`the address at ${url.host} names no repository`, 'Write https://HOST/PATH.git.');
  const user = isSsh && url.username !== '' ? `${url.username}@` : '';
  const protocol = isSsh ? 'ssh:' : url.protocol;
  return {
    url: `${protocol}//${user}${url.host}${url.pathname}`,
    // An SSH port says nothing about what is there.
    place: `${(isSsh ? url.hostname : url.host).toLowerCase()}/${path}`,
    path: decoded(path),
  };
};

/** `git@host:path` as a URL; null for anything else. One letter before the colon is a drive of Windows. */
const scpLike = (text: string): string | null => {
  const match = /^(?:([\w.-]+)@)?([\w-]{2,}(?:\.[\w-]+)*):(?!\/\/|:)(.+)$/.exec(text);
  if (match === null) return null;
  const [, user, host = '', path = ''] = match;
  // A host without a dot and without a user is a prefix of ours: `dir:`, `github:`.
  if (user === undefined && !host.includes('.')) return null;
  return `ssh://${user === undefined ? '' : `${user}@`}${host}/${path.replace(/^\/+/, '')}`;
};

export const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};
