// Who uses which mirror: one file for each use, whose name says all. Several processes and threads share the folder without a
// lock: each first says what it is about to do, then looks who else has said something. Of two that do so at once, at
// least one sees the other. What somebody left who is gone counts for nothing.

import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beganOf, isRunning } from '../../running.js';

/** Any number may read at once, also while one fetches; nobody may remove what another uses. */
export type Use = 'fetching' | 'reading' | 'removing';

export interface Lease {
  /** Of the mirror: its folder's name. */
  readonly mirror: string;
  readonly use: Use;
  /** Its own, which no other lease ever has. */
  readonly id: string;
  /** What is to become of the mirror when nobody uses it any more. */
  readonly after: 'keep' | 'remove';
}

interface Entry extends Lease {
  readonly file: string;
  readonly isAlive: boolean;
}

export interface Leases {
  take(mirror: string, use: Use): Lease;
  drop(lease: Lease): void;
  /** Live ones of the same mirror, but for those given. */
  others(mirror: string, mine: readonly Lease[]): readonly Lease[];
  /** Those that nobody holds any more. */
  dead(): readonly Lease[];
  living(): readonly Lease[];
  /** Waits until nobody else fetches or removes it. */
  toFetch(mirror: string, signal: AbortSignal): Promise<Lease>;
}

const NAME =
  /^([0-9a-f]{40})\.(fetching|reading|removing)\.(keep|remove)\.(\d+)\.(\d+)\.([0-9a-f]{12})\.([0-9a-f-]{36})$/;

/** Whether it may be a lease's `id`. */
export const isLease = (id: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);

const HERE = createHash('sha256').update(os.hostname()).digest('hex').slice(0, 12);

/** On another machine nobody can tell who is gone: after two days. */
const ELSEWHERE_MS = 2 * 86_400_000;

/** @param folder where they are kept, which is there */
export const openLeases = (folder: string, after: Lease['after']): Leases => {
  const began = beganOf(process.pid) ?? '0';
  const nameOf = (lease: Lease): string =>
    `${lease.mirror}.${lease.use}.${lease.after}.${process.pid}.${began}.${HERE}.${lease.id}`;

  const take = (mirror: string, use: Use): Lease => {
    const lease: Lease = { mirror, use, id: randomUUID(), after };
    writeFileSync(path.join(folder, nameOf(lease)), '', { flag: 'wx', mode: 0o600 });
    return lease;
  };
  // By its own number, whoever took it.
  const drop = ({ id }: Lease): void => {
    for (const { file } of entriesIn(folder).filter((entry) => entry.id === id)) rmSync(file, { force: true });
  };
  const others = (mirror: string, mine: readonly Lease[]): readonly Lease[] =>
    entriesIn(folder).filter(
      (entry) => entry.mirror === mirror && entry.isAlive && !mine.some(({ id }) => id === entry.id),
    );
  const toFetch = async (mirror: string, signal: AbortSignal): Promise<Lease> => {
    for (;;) {
      signal.throwIfAborted();
      const lease = take(mirror, 'fetching');
      if (others(mirror, [lease]).every(({ use }) => use === 'reading')) return lease;
      drop(lease);
      await pause(20, 100, signal);
    }
  };
  return {
    take,
    drop,
    others,
    dead: () => entriesIn(folder).filter(({ isAlive }) => !isAlive),
    living: () => entriesIn(folder).filter(({ isAlive }) => isAlive),
    toFetch,
  };
};

/** Never as long as another who waits for the same. */
export const pause = async (least: number, most: number, signal?: AbortSignal): Promise<void> => {
  await sleep(least + Math.random() * (most - least), undefined, signal === undefined ? {} : { signal });
};

const entriesIn = (folder: string): readonly Entry[] =>
  readdirSync(folder).flatMap((name) => {
    const [, mirror, use, after, pid, began, host, id] = NAME.exec(name) ?? [];
    if (mirror === undefined || id === undefined) return [];
    const file = path.join(folder, name);
    const isAlive = host === HERE ? isRunning(Number(pid), began === '0' ? null : (began ?? null)) : isFresh(file);
    return [{ mirror, use: use as Use, after: after as Lease['after'], id, file, isAlive }];
  });

const isFresh = (file: string): boolean => {
  try {
    return Date.now() - statSync(file).mtimeMs < ELSEWHERE_MS;
  } catch {
    return false;
  }
};
