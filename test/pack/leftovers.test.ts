import { describe, expect, it } from 'vitest';
import { createPackKernel, NOBODY } from '../../src/pack/kernel.js';
import { collectorFor, giveBack } from '../../src/pack/leftovers.js';
import { watchStreams } from '../../src/standard-streams.js';

describe('the memory of what planned a pack', () => {
  it('is left alone in the library, whose user has memory of its own', () => {
    expect(collectorFor(1_000_000)).toBeNull();
  });

  it('is given back by the program when the pack is large', () => {
    watchStreams(() => {});
    expect(collectorFor(199_999)).toBeNull();
    expect(collectorFor(200_000)).toBeTypeOf('function');
  });

  it('is given back when it is much, however it came about', async () => {
    watchStreams(() => {});
    const { external } = process.memoryUsage();
    const held = (): number => process.memoryUsage().external - external;
    useKernels();
    expect(held()).toBeGreaterThan(MUCH);
    giveBack();
    await expect.poll(held).toBeLessThan(MUCH);
  });
});

const MUCH = 64 << 20;

/** Nothing refers to them afterwards, but V8 has no reason to look. */
const useKernels = (): void => {
  for (let nth = 0; nth < 3; nth++) createPackKernel([], NOBODY).allocate(MUCH);
};
