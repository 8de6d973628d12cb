// Reads one pack: plans it, has all threads run the plan, and gives what they found its names.

import { closeSync } from 'node:fs';
import path from 'node:path';
import { reasonOf } from '../errors.js';
import { openFile } from '../git/open-file.js';
import type { PackFile } from './database.js';
import { type IndexFile, openIndex } from './index-file.js';
import { createPackKernel, NOBODY, type PackKernel } from './kernel.js';
import { collectorFor } from './leftovers.js';
import { allNames, namesAt, namesByOffset } from './names.js';
import { JOB, KINDS, type PlanSettings, planPack } from './plan.js';
import type { PackResult } from './results.js';
import { type Scan, threadsFor } from './scan.js';
import { LARGEST } from './windows.js';

/** What is wrong with the pack is told; what could not be read in it is named in `scan.unread`. */
export const readPack = async (file: PackFile, scan: Scan): Promise<void> => {
  const index = openOrTell(file, scan);
  if (index === null) return;
  try {
    await readWith(index, file, scan);
  } catch (error) {
    scan.signal.throwIfAborted();
    if (isGone(error)) scan.gone = true;
    else {
      scan.events.fault(path.basename(file.pack), `the pack cannot be read as it is: ${reasonOf(error)}`);
      scan.unread.push(allNames(file.index, scan.hash));
    }
  } finally {
    index.close();
  }
};

const openOrTell = ({ index }: PackFile, scan: Scan): IndexFile | null => {
  try {
    return openIndex(index, scan.hash);
  } catch (error) {
    if (isGone(error)) scan.gone = true;
    else scan.events.fault(path.basename(index), `the index cannot be read: ${reasonOf(error)}`);
    return null;
  }
};

const isGone = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

const readWith = async (index: IndexFile, file: PackFile, scan: Scan): Promise<void> => {
  const fd = openFile(file.pack);
  try {
    const { hash, settings, runner, mostEntries } = scan;
    // What planning takes would lie idle while the plan is run: a large pack has a kernel of its own for it, soon gone.
    const collect = collectorFor(index.count);
    const kernelFor = (): PackKernel =>
      collect === null ? runner.kernel : createPackKernel([], NOBODY, settings.program);
    // Helpers start while this thread plans.
    const threads = await threadsFor(index.count, scan);
    const names = settings.verify === 'all' ? namesByOffset(index, hash) : null;
    if (settings.verify === 'all' && names === null)
      scan.events.fault(
        path.basename(file.pack),
        'it has too many objects for their checksums to be verified (git fsck does)',
      );
    const planning: PlanSettings = {
      hash,
      largest: LARGEST,
      kinds: settings.check === 'all' || settings.verify === 'all' ? KINDS.all : KINDS.messagesAndBlobs,
      entries: 'by start',
      names,
      ...(mostEntries === undefined ? {} : { mostEntries }),
    };
    for (const { plan, objects, unplanned, circular } of planPack(
      kernelFor,
      { pack: file.pack, fd, index },
      planning,
    )) {
      collect?.();
      const results = await threads.runPack(plan);
      // What is no job and not given up is a tree.
      scan.events.progress(objects - plan.jobs.length / JOB.words - unplanned.length - circular.length, 0);
      for (const { oid } of namesAt(index, circular))
        scan.events.fault(oid, 'damaged: a delta that is made, in the end, against itself');
      tellResults(file, index, { unplanned, results }, scan);
      scan.signal.throwIfAborted();
    }
  } finally {
    closeSync(fd);
  }
};

export const NOT_GENUINE = 'damaged: its bytes are not those its name stands for';

interface Outcome {
  readonly unplanned: readonly number[];
  readonly results: readonly PackResult[];
}

const tellResults = (file: PackFile, index: IndexFile, { unplanned, results }: Outcome, scan: Scan): void => {
  const { events } = scan;
  const offsets = new Set(unplanned);
  const damaged = new Set<number>();
  for (const { held, unread, tooLarge, failure, ...result } of results) {
    events.genuine?.(result.genuine);
    for (const offset of result.damaged) damaged.add(offset);
    for (const offset of unread) offsets.add(offset);
    for (const { offset } of held) offsets.add(offset);
    for (const { offset } of tooLarge) offsets.add(offset);
    if (failure === 'gone') scan.gone = true;
    if (failure === 'short') events.fault(path.basename(file.pack), 'the pack is shorter than its index says');
  }
  for (const { oid } of namesAt(index, damaged)) events.fault(oid, NOT_GENUINE);
  const oids = new Map(namesAt(index, offsets).map(({ offset, oid }) => [offset, oid]));
  const take = (offset: number): string | undefined => {
    const oid = oids.get(offset);
    oids.delete(offset);
    return oid;
  };
  for (const { held, tooLarge } of results) {
    for (const one of held) {
      const oid = take(one.offset);
      if (oid === undefined) continue;
      if (one.digest !== oid && !damaged.has(one.offset)) events.fault(oid, NOT_GENUINE);
      events.held(oid, one);
    }
    for (const { offset, type, size } of tooLarge) {
      const oid = take(offset);
      if (oid !== undefined) events.tooLarge(oid, type, size);
    }
  }
  if (oids.size > 0) scan.unread.push([...oids.values()]);
};
