// Verdicts that an interrupted run already had, or that the user calls young enough: one file for each way of asking, one
// line for each credential, written as they arrive. It holds no secret and none of their IDs: a line is found again by a
// SHA-256 over the ID and the SHA-256 of its secret. A cache that cannot be read or written is none, and no error.

import version from 'akscan:version';
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { VerdictState } from '../findings/model.js';
import { makeFolder } from '../make-folder.js';
import { cacheFolder } from '../state-folder.js';
import { record, records } from './body.js';
import type { CachePolicy, CredentialToVerify, CredentialVerdicts } from './types.js';

/** All that decides what a verdict would be: verdicts of another auditor or endpoint are never taken. */
export interface AskedHow {
  /** Whoever looks up, such as ARNs; in any order. */
  readonly auditors: readonly string[];
  readonly endpoints: Readonly<Record<string, URL>>;
  /** What is asked: `inventory`, `probe`, ... */
  readonly ways: readonly string[];
}

export interface VerdictCache {
  /** What was said at this stage of an earlier run, where it may be taken. */
  take(stage: string, credential: CredentialToVerify): CredentialVerdicts | null;
  keep(stage: string, credential: CredentialToVerify, said: CredentialVerdicts): void;
  /** How many credentials something was taken of. */
  taken(): number;
  /** @param how `interrupted` leaves the verdicts to the next run */
  close(how: 'done' | 'interrupted'): void;
}

const SCHEMA = 1;

/** How long an interrupted run can be taken up. */
const RESUME_MS = 3_600_000;

/** Older files, and larger ones, are started anew. */
const KEPT_MS = 7 * 86_400_000;
const MAX_BYTES = 1 << 24;

const NONE: VerdictCache = { take: () => null, keep: () => {}, taken: () => 0, close: () => {} };

/** @param now milliseconds since 1970 */
export const openCache = (how: AskedHow, { maxAgeMs }: CachePolicy, now: () => number = Date.now): VerdictCache => {
  const opened = openFile(`verdicts-${hashOf(how)}.jsonl`, now());
  if (opened === null) return NONE;
  const { fd, entries, ended } = opened;
  const run = randomBytes(8).toString('hex');
  const resumed = new Set<string>();
  /** Asked anew in this run: what an earlier one said of them at a later stage is older than what is known now. */
  const renewed = new Set<string>();
  const taken = new Set<string>();
  let isClosed = false;
  const write = (line: object): void => {
    // Of a run that was stopped, answers still arrive; by then another file may have this number.
    if (isClosed) return;
    try {
      fs.writeSync(fd, `${JSON.stringify(line)}\n`);
    } catch {
      // A full disk: what is not kept is asked again.
    }
  };
  return {
    take: (stage, credential) => {
      const key = keyOf(credential);
      const entry = renewed.has(key) ? undefined : entries.get(`${stage} ${key}`);
      if (entry === undefined) return null;
      const age = now() - entry.at;
      const isOpen = credential.byHand !== true && !ended.has(entry.run) && age < RESUME_MS;
      const isYoung = age < (maxAgeMs ?? 0) && !isPartial(entry.said);
      if (age < 0 || (!isOpen && !isYoung)) return null;
      if (isOpen) resumed.add(entry.run);
      taken.add(key);
      return entry.said;
    },
    keep: (stage, credential, said) => {
      const key = keyOf(credential);
      renewed.add(key);
      if (isWorthKeeping(said)) write({ run, stage, key, at: now(), said });
    },
    taken: () => taken.size,
    close: (ending) => {
      if (ending === 'done') write({ ends: [run, ...resumed] });
      isClosed = true;
      try {
        fs.closeSync(fd);
      } catch {
        // Nothing that was written is lost.
      }
    },
  };
};

const TOLD: ReadonlySet<VerdictState> = new Set([
  'live',
  'restricted',
  'disabled',
  'deleted',
  'not-found',
  'wrong-secret',
  'expired',
]);

/** What nobody could tell may be told next time. */
const isWorthKeeping = ({ verdict }: CredentialVerdicts): boolean => TOLD.has(verdict.state);

/** What was not read, for want of a permission it may be, is asked for again by another run. */
const isPartial = ({ verdict: { powersReason, activity } }: CredentialVerdicts): boolean =>
  powersReason !== undefined || (activity?.complete === false && activity.events === 0);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const hashOf = ({ auditors, endpoints, ways }: AskedHow): string => {
  const hosts = Object.entries(endpoints).map(([service, url]) => `${service} ${url.href}`);
  return sha256(JSON.stringify([SCHEMA, version, [...auditors].sort(), hosts.sort(), [...ways].sort()])).slice(0, 32);
};

/** With all that a verdict may depend on. */
const keyOf = ({ accessKeyId, secret, token, leakedAt }: CredentialToVerify): string =>
  sha256(
    JSON.stringify([
      accessKeyId,
      secret === null ? null : sha256(secret),
      token === null ? null : sha256(token),
      leakedAt ?? null,
    ]),
  );

interface Entry {
  readonly run: string;
  readonly at: number;
  readonly said: CredentialVerdicts;
}

interface Opened {
  readonly fd: number;
  /** The latest of each stage and credential. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** Runs that came to their end: what they kept is not taken up. */
  readonly ended: ReadonlySet<string>;
}

const openFile = (name: string, now: number): Opened | null => {
  const folder = cacheFolder(process.env);
  if (folder === null) return null;
  let fd: number | null = null;
  try {
    makeFolder(folder, 0o700);
    if (!isOurs(fs.lstatSync(folder), 'folder')) return null;
    sweep(folder, now);
    const { O_RDWR, O_APPEND, O_CREAT, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = fs.constants;
    // Not through a link, and not waiting for the other end of a pipe.
    fd = fs.openSync(path.join(folder, name), O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600);
    const found = fs.fstatSync(fd);
    if (!isOurs(found, 'file')) throw new Error('not ours');
    const content = found.size > MAX_BYTES ? '' : fs.readFileSync(fd, 'utf8');
    const lines = content.split('\n');
    if (!isHeader(lines[0])) {
      if (found.size > 0) fs.ftruncateSync(fd, 0);
      fs.writeSync(fd, `${JSON.stringify({ akscan: 'verdicts', schema: SCHEMA })}\n`);
      return { fd, entries: new Map(), ended: new Set() };
    }
    // A run that was killed leaves half a line, which must not take the next one with it.
    if (lines.at(-1) !== '') fs.writeSync(fd, '\n');
    return { fd, ...readLines(lines.slice(1)) };
  } catch {
    if (fd !== null) fs.closeSync(fd);
    return null;
  }
};

/** A real folder or file of this user, which nobody else can write to, and the file under this one name. */
const isOurs = (found: fs.Stats, what: 'folder' | 'file'): boolean => {
  if (what === 'folder' ? !found.isDirectory() : !found.isFile() || found.nlink !== 1) return false;
  const uid = process.getuid?.();
  if (uid === undefined) return true;
  return found.uid === uid && (found.mode & (what === 'folder' ? 0o022 : 0o077)) === 0;
};

/** Whoever asks in another way next time leaves a file that nobody opens any more. */
const sweep = (folder: string, now: number): void => {
  for (const name of fs.readdirSync(folder)) {
    if (!/^verdicts-[0-9a-f]{32}\.jsonl$/.test(name)) continue;
    const file = path.join(folder, name);
    const { mtimeMs, size } = fs.lstatSync(file);
    if (now - mtimeMs > KEPT_MS || size > MAX_BYTES) fs.rmSync(file, { force: true });
  }
};

const isHeader = (line: string | undefined): boolean => {
  const header = parsed(line ?? '');
  return header['akscan'] === 'verdicts' && header['schema'] === SCHEMA;
};

const readLines = (lines: readonly string[]): Pick<Opened, 'entries' | 'ended'> => {
  const entries = new Map<string, Entry>();
  const ended = new Set<string>();
  for (const line of lines) {
    const { run, stage, key, at, said, ends } = parsed(line);
    if (Array.isArray(ends)) for (const each of ends) ended.add(String(each));
    if (typeof run !== 'string' || typeof at !== 'number' || !isSaid(said)) continue;
    const name = `${String(stage)} ${String(key)}`;
    const before = entries.get(name);
    if (before === undefined || before.at <= at) entries.set(name, { run, at, said });
  }
  return { entries, ended };
};

const parsed = (line: string): Readonly<Record<string, unknown>> => {
  try {
    return record(JSON.parse(line));
  } catch {
    return {};
  }
};

const isSaid = (said: unknown): said is CredentialVerdicts => {
  const { verdict, verdicts } = record(said);
  const all = records(verdicts);
  return all !== null && TOLD.has(record(verdict)['state'] as VerdictState);
};
