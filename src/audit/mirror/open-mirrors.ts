// Mirrors of repositories, fetched once and kept within bounds. A folder is read where it is; of what lies behind a URL, `git
// ls-remote` says whether it has changed, and only then what is missing is fetched.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { AkscanError, reasonOf } from '../../errors.js';
import type { MirrorSettings, Repository } from '../types.js';
import { askForTips, type Tips } from './ask.js';
import { openBudget } from './budget.js';
import { openCacheFolder } from './cache-folder.js';
import { DISK_FULL, type Failure, failure, isDiskFull } from './failure.js';
import { fetchAll, makeMirror } from './fetch.js';
import { folderLook } from './folder-look.js';
import { type Lease, openLeases } from './leases.js';
import { openShelf } from './shelf.js';
import { bytesIn } from './size.js';
import { type Mirror, type MirrorDeps, type Mirrors, PATIENCE } from './types.js';

/**
 * The folder of mirrors is made or looked at for the first repository behind a URL: an audit of folders needs none. Whoever knows
 * that it will be needed asks `openCacheFolder` whether it can be used.
 */
export const openMirrors = async (settings: MirrorSettings, deps: MirrorDeps): Promise<Mirrors> => {
  let open: Promise<Mirrors> | null = null;
  const cache = (): Promise<Mirrors> => {
    open ??= openCache(settings, deps);
    return open;
  };
  return {
    obtain: async (repository, lastLook, signal, largest) => {
      signal.throwIfAborted();
      const { clone } = repository;
      if (clone.from === 'folder') return inPlace(clone.folder, lastLook);
      try {
        return await (await cache()).obtain(repository, lastLook, signal, largest);
      } catch (error) {
        signal.throwIfAborted();
        return failedHere(error);
      }
    },
    close: async () => (await open?.catch(() => null))?.close(),
  };
};

const inPlace = (folder: string, lastLook: string | null): Mirror => {
  if (!existsSync(folder)) return failure('gone', 'the folder is not there');
  try {
    const look = folderLook(folder);
    return look === lastLook ? { state: 'unchanged', look } : { state: 'ready', folder, look, release: async () => {} };
  } catch (error) {
    return failedHere(error);
  }
};

/**
 * A name for a folder, of what may hold anything. With pull requests it is another mirror: git does not take away refs that
 * are left out of a fetch, nor the objects that they brought.
 */
const nameOf = ({ id, refs }: Repository): string =>
  createHash('sha256').update(`${refs}\n${id}`).digest('hex').slice(0, 40);

interface Limit {
  readonly bytes: number;
  /** What sets it, as a person calls it. */
  readonly option: string;
}

interface Fetching {
  readonly tips: Tips;
  readonly refs: Repository['refs'];
  readonly limit: Limit;
  readonly signal: AbortSignal;
}

const openCache = async (settings: MirrorSettings, deps: MirrorDeps): Promise<Mirrors> => {
  const cache = openCacheFolder(settings.folder, deps.tell);
  const leases = openLeases(cache.leases, settings.after);
  const shelf = openShelf(cache, leases);
  const swept = await shelf.sweep();
  if (swept > 0) deps.tell(`Removed ${swept} ${swept === 1 ? 'mirror' : 'mirrors'} that an interrupted run had left.`);
  const budget = await openBudget(shelf, settings.cacheSize);
  const patience = deps.patience ?? PATIENCE;
  const place = { cwd: cache.folder, top: cache.folder };
  const inUse = new Set<Lease>();

  const bringUpToDate = async (lease: Lease, { tips, refs, limit, signal }: Fetching) => {
    const common = { tips, refs, limit, patience, signal };
    // A server that had cut its history off may have all of it now, and git would not ask.
    const isCut = existsSync(path.join(shelf.folderOf(lease.mirror), 'shallow'));
    if (shelf.has(lease.mirror) && !(isCut && (await shelf.clear(lease)))) {
      const failed = await fetchAll({ ...common, folder: shelf.folderOf(lease.mirror) });
      if (failed === null || !mayBeOwn(failed)) return failed;
      if (!(await shelf.clear(lease))) return failed;
    }
    const folder = shelf.makingOf(lease);
    const failed = (await makeMirror(folder, tips, signal)) ?? (await fetchAll({ ...common, folder }));
    if (failed === null) shelf.put(lease);
    return failed;
  };

  const release = async (lease: Lease): Promise<void> => {
    if (!inUse.delete(lease)) return;
    if (settings.after === 'remove') await shelf.remove(lease.mirror, [lease]);
    else {
      shelf.touch(lease.mirror);
      leases.drop(lease);
    }
  };

  const fetched = async (repository: Repository, what: Fetching): Promise<Mirror> => {
    const { tips, signal } = what;
    const fetching = await leases.toFetch(nameOf(repository), signal);
    const { mirror } = fetching;
    try {
      const room = tips.count * REF + (repository.sizeKb ?? 0) * 1024;
      await budget.makeRoom(shelf.has(mirror) ? 0 : room);
      if (tips.count * REF > settings.cacheSize) return tooManyRefs(tips);
      const failed = await bringUpToDate(fetching, what);
      if (failed !== null) {
        // Nobody is going to read it, and it takes room.
        if (failed.state === 'too-large' && shelf.has(mirror)) await shelf.clear(fetching);
        return failed;
      }
      const bytes = await bytesIn(shelf.folderOf(mirror));
      shelf.note(mirror, bytes);
      await budget.add(bytes);
      const reading = leases.take(mirror, 'reading');
      inUse.add(reading);
      return { state: 'ready', folder: shelf.folderOf(mirror), look: tips.look, release: () => release(reading) };
    } finally {
      await shelf.discardMaking(fetching);
      leases.drop(fetching);
    }
  };

  return {
    obtain: async (repository, lastLook, signal, largest = null) => {
      const { clone, refs } = repository;
      if (clone.from === 'folder') return inPlace(clone.folder, lastLook);
      const tips = await askForTips(place, clone.url, repository.refs, deps, patience, signal);
      if ('state' in tips) return tips;
      if (tips.count === 0) return { state: 'empty', reason: null, look: tips.look };
      if (tips.look === lastLook) return { state: 'unchanged', look: tips.look };
      // Not in every run: only when there is something new to fetch from there.
      if (tips.moved !== null) deps.tell(tips.moved);
      return fetched(repository, { tips, refs, limit: limitOf(settings, largest), signal });
    },
    close: async () => {
      for (const lease of [...inUse]) await release(lease);
    },
  };
};

/** One that does not fit into the cache by itself is too large, too. */
const limitOf = ({ maxRepositorySize, cacheSize }: MirrorSettings, largest: number | null): Limit => {
  const most = Math.min(maxRepositorySize ?? Number.POSITIVE_INFINITY, largest ?? Number.POSITIVE_INFINITY);
  return most > cacheSize ? { bytes: cacheSize, option: '--cache-size' } : { bytes: most, option: '--max-repo-size' };
};

/**
 * Whether a mirror that is made anew may succeed: the other side has just answered, so that this one may be damaged; and it
 * holds all that was fetched before, also what the other side has thrown away since.
 */
const mayBeOwn = ({ state, reason, away }: Failure): boolean =>
  state === 'too-large' || (state === 'broken' && away !== true && !isDiskFull(reason));

/** Bytes that git takes on the disk for each ref that it fetches, until all of them are put into one file. */
const REF = 4_096;

const tooManyRefs = ({ count }: Tips): Failure =>
  failure('too-large', `its ${count} refs take more room than there is while it is fetched (--cache-size)`);

/** Why there is no mirror, when what went wrong was neither git nor the other side. */
const failedHere = (error: unknown): Failure => {
  const reason = reasonOf(error);
  if (isDiskFull(reason)) return failure('broken', DISK_FULL);
  const hint = error instanceof AkscanError ? error.hint : null;
  return failure('broken', hint === null ? reason : `${reason.replace(/\.$/, '')}. ${hint.replace(/\.$/, '')}`);
};
