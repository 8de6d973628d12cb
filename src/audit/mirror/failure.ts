// What it means when git could not fetch: told from what it wrote to stderr. What the other side had to say (`remote: ...`)
// decides nothing.

import type { NoMirror } from './types.js';

export type Failure = NoMirror & {
  readonly state: 'too-large' | 'denied' | 'gone' | 'broken';
  readonly reason: string;
  /** The other side could not be reached, or not to the end: another time it may be. What is here already is no worse for it. */
  readonly away?: true;
};

export const failure = (state: Failure['state'], reason: string): Failure => ({ state, reason, look: null });

export interface Asked {
  /** With its port, where it has one. */
  readonly host: string;
  readonly hasCredential: boolean;
  /** Seconds after which a transfer has stalled. */
  readonly stalled: number;
}

/** HTTP statuses that say: elsewhere. */
export const isRedirect = (stderr: string): boolean => /returned error: 30[12378]\b/.test(ownLines(stderr).join('\n'));

export const isDiskFull = (text: string): boolean =>
  /No space left on device|Disk quota exceeded|ENOSPC|EDQUOT/.test(text);

export const DISK_FULL = 'the disk that mirrors are kept on is full (--cache-size bounds what they take)';

/** @param stderr what git wrote in English (`LC_ALL=C`) */
export const failureOf = (stderr: string, asked: Asked): Failure => {
  const lines = ownLines(stderr);
  const text = lines.join('\n');
  for (const [pattern, state, reason] of MEANINGS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const sentence = reason(asked, shown(match[1] ?? ''));
    return state === 'away' ? { ...failure('broken', sentence), away: true } : failure(state, sentence);
  }
  const line = lines.find((one) => /^(?:fatal|error):/.test(one)) ?? lines.at(-1);
  return failure('broken', line === undefined ? 'git gave no reason' : `git says: ${shown(bare(line))}`);
};

type Meaning = readonly [RegExp, Failure['state'] | 'away', (asked: Asked, detail: string) => string];

/** The first that fits. Sentences of git 2.31 to 2.5x, of curl 7 and 8, and of OpenSSH. */
const MEANINGS: readonly Meaning[] = [
  [/No space left on device|Disk quota exceeded/, 'broken', () => DISK_FULL],
  [
    /terminal prompts disabled|could not read (?:Username|Password)|Authentication failed|returned error: 401\b/,
    'denied',
    ({ host, hasCredential }) =>
      hasCredential
        ? `${host} does not accept the credentials (401)`
        : `${host} asks for credentials, and there are none for it (401)`,
  ],
  [
    /returned error: 403\b/,
    'denied',
    ({ host, hasCredential }) =>
      hasCredential
        ? `${host} does not let these credentials read it (403)`
        : `${host} does not let everybody read it, and there are no credentials (403)`,
  ],
  [/Permission denied \(/, 'denied', ({ host }) => `${host} accepts none of the SSH keys at hand`],
  [
    /repository '[^\n]*' not found|returned error: 4(?:04|10)\b|Repository not found|does not appear to be a git repository/i,
    'gone',
    ({ host }) =>
      `${host} knows no such repository, or hides it from these credentials: forges answer the same (404) to both`,
  ],
  [/returned error: 30\d\b/, 'gone', ({ host }) => `${host} says that it has moved, and not where to`],
  [/returned error: 429\b/, 'away', ({ host }) => `${host} has had too many requests (429)`],
  [/returned error: (\d{3})\b/, 'away', ({ host }, status) => `${host} answers with an error (${status})`],
  [/Could not resolve (?:host|hostname|proxy)/i, 'away', ({ host }) => `the name ${host} cannot be resolved`],
  [/Host key verification failed/, 'away', ({ host }) => `the SSH key of ${host} is not among the known hosts`],
  [
    /Operation too slow|Less than \d+ bytes\/sec/,
    'away',
    ({ host, stalled }) => `${host} sent next to nothing for ${stalled} seconds, so the transfer was ended`,
  ],
  [
    /Failed to connect|Couldn't connect|Connection (?:refused|timed out)|Network is unreachable|No route to host/i,
    'away',
    ({ host }) => `${host} cannot be reached`,
  ],
  [
    /((?:SSL|TLS|certificate)[^\n]*)/i,
    'away',
    ({ host }, detail) => `there is no safe connection to ${host}: ${detail}`,
  ],
  [/transport '(\w+)' not allowed/, 'broken', (_, name) => `${name} is not spoken here`],
  [
    /early EOF|RPC failed|hung up|unexpected disconnect|Empty reply|transfer closed|Recv failure|reset by peer|disconnected/i,
    'away',
    ({ host }) => `${host} broke off in the middle of the transfer`,
  ],
  [
    /(?:bad (?:pack|object|tree|line length)|corrupt|inflate|invalid|unresolved deltas?|did not send|pack signature|SHA1? (?:mismatch|collision)|missing (?:blob|tree|commit|object)|not our ref|expected)[^\n]*/i,
    'broken',
    ({ host }) => `what ${host} sent is damaged or no repository`,
  ],
];

/** Lines that git itself wrote: progress ends in a carriage return, and the other side's words begin with `remote:`. */
const ownLines = (stderr: string): readonly string[] =>
  stderr
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('remote:') && !/^[A-Z][a-z ]+: +\d+/.test(line));

const bare = (line: string): string => line.replace(/^(?:fatal|error|warning):\s*/, '');

/** Part of a sentence: one line of at most 200 characters, nothing that moves a terminal. */
const shown = (text: string): string =>
  text
    .replace(/[^\x20-\x7e]+/g, ' ')
    .slice(0, 200)
    .trim();
