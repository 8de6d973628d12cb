import { describe, expect, it } from 'vitest';
import { nearKeys } from '../../src/detect/near.js';

const range = (from: number, to: number): readonly number[] => Array.from({ length: to - from }, (_, i) => from + i);

describe('candidates near a key', () => {
  it('are all, where there are few', () => {
    expect(nearKeys([50], [10, 49, 50, 90])).toEqual([0, 1, 2, 3]);
  });

  it('are none without a key', () => {
    expect(nearKeys([], range(0, 100))).toEqual([]);
  });

  it('are the 24 before and the 24 after one key among many', () => {
    expect(nearKeys([500], range(0, 1000))).toEqual(range(476, 524));
  });

  it('are as many as keys stand in a row, on either side', () => {
    const keys = range(0, 40);
    expect(nearKeys(keys, range(100, 200))).toEqual(range(0, 40));
    expect(nearKeys(range(300, 340), range(100, 200))).toEqual(range(60, 100));
  });
});
