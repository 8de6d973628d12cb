// The mirrors of a cache folder as things that are put there, found, counted and taken away. Taking one away begins with a
// rename, so that half of a mirror is never taken for one; and it happens only while nobody uses it.

import { existsSync, readdirSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { CacheFolder } from './cache-folder.js';
import { isLease, type Lease, type Leases, pause } from './leases.js';

export interface Shelf {
  folderOf(mirror: string): string;
  has(mirror: string): boolean;
  /** Where the holder of `lease` may make a mirror; nothing is there yet. */
  makingOf(lease: Lease): string;
  /** What was made becomes the mirror, of which there is none. */
  put(lease: Lease): void;
  /** Notes its size, and that it was used now. */
  note(mirror: string, bytes: number): void;
  touch(mirror: string): void;
  discardMaking(lease: Lease): Promise<void>;
  /** Takes it away for whoever is about to fetch it anew; false while somebody reads it. */
  clear(fetching: Lease): Promise<boolean>;
  /**
   * Takes it away unless somebody uses it.
   * @param mine leases that do not count, and are dropped once this is said
   * @returns whether it is gone
   */
  remove(mirror: string, mine?: readonly Lease[]): Promise<boolean>;
  /** Until all together take no more than `most`, those not used for longest first. What they take then. */
  shrink(most: number): Promise<number>;
  /** Takes away what runs that were killed left; how many mirrors that were. */
  sweep(): Promise<number>;
}

const SIZE = 'akscan-size';

export const openShelf = ({ folder, making }: CacheFolder, leases: Leases): Shelf => {
  const folderOf = (mirror: string): string => path.join(folder, `${mirror}.git`);
  const makingOf = ({ id }: Lease): string => path.join(making, id);

  /** Null when somebody else is about to remove it as well, and neither knows who was first. */
  const tryRemove = async (mirror: string, mine: readonly Lease[]): Promise<boolean | null> => {
    const lease = leases.take(mirror, 'removing');
    try {
      const others = leases.others(mirror, [...mine, lease]);
      for (const one of mine) leases.drop(one);
      if (others.length > 0) return others.every(({ use }) => use === 'removing') ? null : false;
      if (existsSync(folderOf(mirror))) renameSync(folderOf(mirror), makingOf(lease));
      await rm(makingOf(lease), { recursive: true, force: true });
      return true;
    } finally {
      leases.drop(lease);
    }
  };

  const remove = async (mirror: string, mine: readonly Lease[] = []): Promise<boolean> => {
    let left = mine;
    for (let attempt = 0; attempt < 20; attempt++) {
      const removed = await tryRemove(mirror, left);
      if (removed !== null) return removed;
      left = [];
      await pause(2, 30);
    }
    return !existsSync(folderOf(mirror));
  };

  return {
    folderOf,
    has: (mirror) => existsSync(folderOf(mirror)),
    makingOf,
    put: (lease) => renameSync(makingOf(lease), folderOf(lease.mirror)),
    note: (mirror, bytes) => writeFileSync(path.join(folderOf(mirror), SIZE), String(bytes)),
    touch: (mirror) => {
      const now = new Date();
      try {
        utimesSync(path.join(folderOf(mirror), SIZE), now, now);
      } catch {
        // Somebody has taken it away by hand.
      }
    },
    discardMaking: (lease) => rm(makingOf(lease), { recursive: true, force: true }),
    clear: async (fetching) => {
      if (leases.others(fetching.mirror, [fetching]).length > 0) return false;
      renameSync(folderOf(fetching.mirror), makingOf(fetching));
      await rm(makingOf(fetching), { recursive: true, force: true });
      return true;
    },
    remove,
    shrink: async (most) => {
      const mirrors = mirrorsIn(folder).sort((a, b) => a.used - b.used);
      let bytes = mirrors.reduce((sum, one) => sum + one.bytes, 0);
      // One by one as long as needed; those in use stay.
      for (const one of mirrors) {
        if (bytes <= most) break;
        if (await remove(one.mirror)) bytes -= one.bytes;
      }
      return bytes;
    },
    sweep: async () => {
      // In this order: whoever makes one now has said so before it began.
      const halves = readdirSync(making);
      const dead = leases.dead();
      const living = new Set(leases.living().map(({ id }) => id));
      let removed = 0;
      for (const lease of dead) {
        const unwanted = lease.use === 'removing' || lease.after === 'remove';
        if (unwanted && existsSync(folderOf(lease.mirror)) && (await remove(lease.mirror))) removed++;
        leases.drop(lease);
      }
      for (const half of halves.filter((id) => isLease(id) && !living.has(id))) {
        // A git that has not noticed yet that nobody waits for it may write there still: then it goes the next time.
        if (await isRemoved(path.join(making, half))) removed++;
      }
      return removed;
    },
  };
};

const isRemoved = (folder: string): Promise<boolean> =>
  rm(folder, { recursive: true, force: true, maxRetries: 3 }).then(
    () => true,
    () => false,
  );

interface Kept {
  readonly mirror: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly used: number;
}

const mirrorsIn = (folder: string): Kept[] =>
  readdirSync(folder).flatMap((name) => {
    const mirror = /^([0-9a-f]{40})\.git$/.exec(name)?.[1];
    if (mirror === undefined) return [];
    const file = path.join(folder, name, SIZE);
    try {
      return [{ mirror, bytes: Number.parseInt(readFileSync(file, 'latin1'), 10) || 0, used: statSync(file).mtimeMs }];
    } catch {
      // Killed between its last two steps: it goes first.
      return [{ mirror, bytes: 0, used: 0 }];
    }
  });
