import { describe, expect, it } from 'vitest';
import { collectorFor } from '../../src/pack/leftovers.js';
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
});
