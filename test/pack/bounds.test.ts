// What the kernel leaves to another reader does not depend on what its memory was used for before.

import { closeSync, openSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openIndex } from '../../src/pack/index-file.js';
import { createPackKernel, NOBODY } from '../../src/pack/kernel.js';
import { KINDS, planPack } from '../../src/pack/plan.js';
import { HANDS, LARGEST, runGroups } from '../../src/pack/windows.js';
import { temporaryFolder } from '../support/repository.js';
import { blobName, type HandEntry, writePack } from './build-pack.js';

const hash = { name: 'sha1', bytes: 20 } as const;
const SIZE = 7 << 20;
const DEPTH = 8;

/** The same bytes as its base has: their sizes, and as many copies of 65,536 as they take. */
const same = Buffer.from([
  ...[SIZE, SIZE].flatMap((size) => [
    (size & 127) | 128,
    ((size >> 7) & 127) | 128,
    ((size >> 14) & 127) | 128,
    size >> 21,
  ]),
  ...Array.from({ length: SIZE >> 16 }, (_, at) => [0b1000_0100, at]).flat(),
]);

/** Two deltas against each object but the last: on the way down all of a path has to be held. */
const family = (base: string, depth: number): readonly HandEntry[] =>
  depth === DEPTH
    ? []
    : [0, 1].flatMap((turn) => {
        const oid = blobName(Buffer.from(`${base} ${turn}`));
        return [{ oid, type: 'ref-delta', base, content: same } as const, ...family(oid, depth + 1)];
      });

const unreadWith = async (stem: string, usedBefore: number): Promise<number> => {
  let unread = 0;
  const kernel = createPackKernel([], { ...NOBODY, unread: () => void unread++ });
  kernel.rewind();
  kernel.allocate(usedBefore);
  const index = openIndex(`${stem}.idx`, hash);
  const fd = openSync(`${stem}.pack`, 'r');
  try {
    const planning = {
      hash,
      largest: LARGEST,
      kinds: KINDS.messagesAndBlobs,
      entries: 'by start',
      names: null,
    } as const;
    for (const { plan } of planPack(() => kernel, { pack: `${stem}.pack`, fd, index }, planning)) {
      kernel.rewind();
      const { mostJobs, mostDepth, mostWindow, mostDelta } = plan;
      kernel.openRun(mostJobs, mostDepth, mostWindow, mostDelta, LARGEST, LARGEST, HANDS.nothing);
      const events = { window: () => {}, group: () => null };
      expect(await runGroups(kernel, fd, plan, new Int32Array(1), events)).toBe(true);
    }
    return unread;
  } finally {
    closeSync(fd);
    index.close();
  }
};

describe('a chain that needs more memory than it may have', () => {
  it('is left unread as far down in a kernel that has plenty as in a new one', async () => {
    const content = Buffer.alloc(SIZE);
    const oid = blobName(content);
    const stem = writePack(temporaryFolder(), [{ oid, type: 'blob', content }, ...family(oid, 0)]);
    const unread = await unreadWith(stem, 0);
    expect(unread).toBeGreaterThan(0);
    expect(await unreadWith(stem, 200 << 20)).toBe(unread);
  });
});
