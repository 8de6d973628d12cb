// The table of all names, where trees name what is not there.

import { describe, expect, it } from 'vitest';
import { createRunner } from '../../src/pack/runner.js';

const runnerFor = (bytes: 20 | 32) =>
  createRunner({
    hash: { name: bytes === 20 ? 'sha1' : 'sha256', bytes },
    detector: {},
    maxSize: null,
    judge: 'anchors',
    verify: 'hits',
    check: 'all',
    known: { indexes: [], loose: [] },
    progress: new BigInt64Array(2),
  });

/** Names whose first four bytes are one. The next four are never zero: the table takes that for a one, and two names for one. */
const alike = (count: number, bytes: number): Buffer => {
  const names = Buffer.alloc(count * bytes, 0x5a);
  for (let at = 0; at < count; at++) names.writeUInt32LE(at + 1, at * bytes + 4);
  return names;
};

describe.each([20, 32] as const)('names of %i bytes that no object has', (bytes) => {
  it('are told, each once', () => {
    const names = alike(500, bytes);
    const runner = runnerFor(bytes);
    expect(Buffer.from(runner.missing(Buffer.concat([names, names])))).toEqual(names);
    expect(runner.missing(names)).toHaveLength(0);
  });

  it('do not pile up, however alike they were made', () => {
    const runner = runnerFor(bytes);
    runner.kernel.rewind();
    runner.kernel.openNames(400_000);
    runner.kernel.settle();
    const count = 400_000;
    const at = runner.kernel.allocate(count * bytes);
    new Uint8Array(runner.kernel.memory.buffer, at).set(alike(count, bytes));
    runner.kernel.checkNames(at, count);
    expect(runner.missing(new Uint8Array())).toHaveLength(200_000 * bytes);
  });
});
