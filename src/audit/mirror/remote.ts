// The other side of a fetch: an address without credentials, and what git may do to reach it. Whatever could lead git
// elsewhere, or make it do more than fetch, is off: also what the person's own configuration would turn on.

import { isLoopback } from '../../cloud/transport/loopback.js';
import type { Reach } from '../../git/run.js';
import { type Asked, type Failure, failure } from './failure.js';
import type { Credential, Patience } from './types.js';

export interface Remote extends Asked {
  /** Without user and password, but for SSH, where the user belongs to the address. */
  readonly url: string;
  readonly reach: Reach;
}

/** Part of a host's or user's name may become part of a command in the person's SSH configuration (`ProxyCommand %h`). */
const HOST = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i;
const USER = /^\w[\w.+-]*$/;

/** `user@host:path`, as scp has it. */
const SCP_LIKE = /^([^@/:]+)@([^@/:]+):(?!\/\/)(.+)$/;

/** @param credentialFor asked for `http:` and `https:` only; an address that brings its own is not asked about */
export const remoteOf = async (
  address: string,
  credentialFor: (url: URL) => Promise<Credential | null>,
  { stalled }: Patience,
): Promise<Remote | Failure> => {
  const [, user = '', host = '', path = ''] = SCP_LIKE.exec(address) ?? [];
  if (path !== '') return overSsh(address, user, host, stalled);
  if (!URL.canParse(address)) return failure('broken', 'its address is no URL');
  const url = new URL(address);
  if (url.protocol === 'ssh:') {
    if (url.password !== '') return failure('broken', 'an SSH address may hold no password');
    // Git takes all before the first slash for the host, whatever a URL may have there.
    if (!address.startsWith(`ssh://${authorityOf(url)}/`)) return failure('broken', 'its SSH address is not usable');
    return overSsh(address, decoded(url.username), url.hostname, stalled);
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return failure('broken', `${url.protocol.slice(0, -1)} is not spoken: only https, http and ssh are`);
  }
  // Also where a server sends us on to, or a job in a queue names.
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return failure('broken', 'plain http is spoken to this machine only');
  }
  const own = url.username === '' ? null : { username: decoded(url.username), password: decoded(url.password) };
  url.username = '';
  url.password = '';
  url.hash = '';
  const credential = own ?? (await credentialFor(new URL(url)));
  return {
    url: url.href,
    host: url.host,
    hasCredential: credential !== null,
    stalled,
    reach: {
      protocol: url.protocol === 'https:' ? 'https' : 'http',
      settings: [...calm(url.href), ...slowness(stalled), ...headerOf(url.href, credential)],
    },
  };
};

const authorityOf = ({ username, host }: URL): string => `${username === '' ? '' : `${username}@`}${host}`;

export const isFailure = (remote: Remote | Failure): remote is Failure => 'state' in remote;

const overSsh = (address: string, user: string, host: string, stalled: number): Remote | Failure => {
  if (!HOST.test(host) || (user !== '' && !USER.test(user))) return failure('broken', 'its SSH address is not usable');
  return { url: address, host, hasCredential: true, stalled, reach: { protocol: 'ssh', settings: calm(address) } };
};

type Setting = readonly [name: string, value: string];

const calm = (url: string): readonly Setting[] => [
  // The longest match wins: an address is taken as it is, whatever the person has others rewritten to.
  [`url.${url}.insteadOf`, url],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['fetch.writeCommitGraph', 'false'],
  // A pack stays one: it is read faster than loose objects.
  ['fetch.unpackLimit', '1'],
  ['transfer.unpackLimit', '1'],
  // Names and checksums are verified in any case. This would also refuse old commits that are written in an odd way.
  ['fetch.fsckObjects', 'false'],
  ['transfer.fsckObjects', 'false'],
  // Whoever answers may not send us on: not by a redirect, and not to another server for parts of the pack. The first is said
  // for this very address: what a person has for a host would win over what is said for all.
  [`http.${url}.followRedirects`, 'false'],
  ['fetch.uriProtocols', ''],
  ['transfer.bundleURI', 'false'],
];

const slowness = (seconds: number): readonly Setting[] => [
  ['http.lowSpeedLimit', '1000'],
  ['http.lowSpeedTime', String(seconds)],
];

/** For this address and no other; an empty value first takes back what the person's configuration may say. */
const headerOf = (url: string, credential: Credential | null): readonly Setting[] => {
  if (credential === null) return [];
  const pair = Buffer.from(`${credential.username}:${credential.password}`).toString('base64');
  const name = `http.${url}.extraHeader`;
  return [
    [name, ''],
    [name, `Authorization: Basic ${pair}`],
  ];
};

/** A password with a bare `%` is taken as it stands. */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
