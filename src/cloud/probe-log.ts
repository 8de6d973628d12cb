// When this user probed which key. A probe is a use of the key, and would later pass for somebody's: it is noted before it is
// sent, with what the last use was until then, and again when it was answered: it may have been tried several times. Keys are known by the SHA-256 of their IDs. A log that cannot be kept is no
// error: then a probe counts as a use.

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Verdict } from '../findings/model.js';
import { makeFolder } from '../make-folder.js';
import { stateFolder } from '../state-folder.js';
import { record } from './body.js';

/** What was known of a key's last use. */
export type LastUseKnown = Pick<Verdict, 'lastUsed' | 'lastUsedService' | 'neverUsed' | 'ownProbe'>;

/** When a probe can have reached a server, ISO 8601. */
export interface ProbeTime {
  readonly at: string;
  /** Absent when nobody noted an end: the run was killed, or is older than this. */
  readonly until?: string;
}

export interface Probed extends ProbeTime {
  /** The last use before it; null when it was not looked up. */
  readonly before: LastUseKnown | null;
}

const KEPT_MS = 90 * 86_400_000;
const MAX_BYTES = 1 << 22;

export interface ProbeLog {
  /** @returns to be called when it was answered, or never will be */
  note(accessKeyId: string, before: LastUseKnown | null): () => void;
}

/** For this run; nothing is opened before the first probe. */
export const openProbeLog = (env: NodeJS.ProcessEnv, now: () => Date = () => new Date()): ProbeLog => {
  let fd: number | null | undefined;
  const write = (line: object): void => {
    if (fd === undefined) fd = opened(env, now());
    if (fd === null) return;
    try {
      fs.writeSync(fd, `${JSON.stringify(line)}\n`);
    } catch {
      // A full disk.
    }
  };
  return {
    note: (accessKeyId, before) => {
      const { lastUsed, lastUsedService, neverUsed, ownProbe } = before ?? {};
      const probe = { key: keyOf(accessKeyId), at: now().toISOString() };
      write({ ...probe, before: before && { lastUsed, lastUsedService, neverUsed, ownProbe } });
      return () => write({ ...probe, until: now().toISOString() });
    },
  };
};

/** Of one key, in the order in which they were noted. */
export const probesOf = (env: NodeJS.ProcessEnv): ((accessKeyId: string) => readonly Probed[]) => {
  const probes = new Map<string, Probed[]>();
  for (const line of linesOf(env)) {
    const { key, at, until, before } = parsed(line);
    if (typeof key !== 'string' || !isTime(at)) continue;
    const known = probes.get(key) ?? [];
    probes.set(key, known);
    const noted = isTime(until) ? known.findIndex((probe) => probe.at === at && probe.until === undefined) : -1;
    const probe = known[noted];
    // What ends a probe that is not there any more: the log was shortened in between.
    const first = probe ?? { at, before: before === null || before === undefined ? null : knownIn(before) };
    const entry = isTime(until) ? { ...first, until } : first;
    if (probe === undefined) known.push(entry);
    else known[noted] = entry;
  }
  return (accessKeyId) => probes.get(keyOf(accessKeyId)) ?? [];
};

const isTime = (value: unknown): value is string => typeof value === 'string' && !Number.isNaN(Date.parse(value));

const keyOf = (accessKeyId: string): string => createHash('sha256').update(accessKeyId).digest('hex');

const knownIn = (value: unknown): LastUseKnown => {
  const { lastUsed, lastUsedService, neverUsed, ownProbe } = record(value);
  return {
    ...(typeof lastUsed === 'string' ? { lastUsed } : {}),
    ...(typeof lastUsedService === 'string' ? { lastUsedService } : {}),
    ...(neverUsed === true ? { neverUsed } : {}),
    ...(isTime(ownProbe) ? { ownProbe } : {}),
  };
};

const fileOf = (env: NodeJS.ProcessEnv): string | null => {
  const folder = stateFolder(env);
  return folder === null ? null : path.join(folder, 'probes.jsonl');
};

const linesOf = (env: NodeJS.ProcessEnv): readonly string[] => {
  const file = fileOf(env);
  if (file === null) return [];
  try {
    const found = fs.lstatSync(file);
    // Whoever else could write it could make a use of the key look like a probe.
    const isOurs = found.isFile() && (process.getuid === undefined || found.uid === process.getuid());
    if (!isOurs || found.size > 2 * MAX_BYTES || (found.mode & 0o022) !== 0) return [];
    return fs.readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
};

const opened = (env: NodeJS.ProcessEnv, now: Date): number | null => {
  const file = fileOf(env);
  if (file === null) return null;
  try {
    makeFolder(path.dirname(file), 0o700);
    shorten(file, now);
    const { O_WRONLY, O_APPEND, O_CREAT, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = fs.constants;
    const fd = fs.openSync(file, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600);
    if (fs.fstatSync(fd).isFile()) return fd;
    fs.closeSync(fd);
    return null;
  } catch {
    return null;
  }
};

/** What is older than ActionTrail reaches is of no use any more. */
const shorten = (file: string, now: Date): void => {
  const found = fs.lstatSync(file, { throwIfNoEntry: false });
  if (found === undefined || !found.isFile() || found.size <= MAX_BYTES) return;
  const since = now.getTime() - KEPT_MS;
  const kept = fs
    .readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => Date.parse(String(parsed(line)['at'])) >= since);
  const fresh = `${file}.${process.pid}`;
  fs.writeFileSync(fresh, `${kept.slice(-20_000).join('\n')}\n`, { mode: 0o600, flag: 'wx' });
  fs.renameSync(fresh, file);
};

const parsed = (line: string): Readonly<Record<string, unknown>> => {
  try {
    return record(JSON.parse(line));
  } catch {
    return {};
  }
};
