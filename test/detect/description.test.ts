import { describe, expect, it } from 'vitest';
import { createDescribe } from '../../src/detect/description.js';
import { createNoise } from '../../src/detect/noise.js';
import { builtInVocabulary } from '../../src/detect/vocabulary.js';
import { createKeys } from '../support/keys.js';

const { placeholders, words } = builtInVocabulary;
const saved = createDescribe([...placeholders.long, ...placeholders.short, ...words]);

describe('the bits that describing a value saves', () => {
  it('are hardly ever any where it was drawn evenly: a bit more, half as many values', () => {
    const keys = createKeys(81);
    for (const length of [12, 20, 30, 44]) {
      const bits = Array.from({ length: 30_000 }, () => saved(keys.text('base62', length), 62));
      for (const n of [8, 10, 12]) expect(bits.filter((bit) => bit >= n).length).toBeLessThan(8 + 30_000 / 2 ** n);
      expect(Math.max(...bits)).toBeLessThan(18);
    }
  });

  it.each([
    ...['BackupBucket', 'ProdKey00001', 'NotARealKeyJustDemo1', 'UnitTestOnlyKey00001', 'StagingBucketShop001'],
    ...['OssKeyVendorRegion01', 'DocumentClassBuilder', 'getDescribeInstancesRequestBuf', 'QUOTATIONHEADERVIEW1'],
    ...['13579bdfhjln', 'zZyYxXwWvVuUtTsSrRqQ', 'AB12CD34EF56GH78IJ90', 'K1K2K3K4K5K6K7K8K9', 'BcDfGhJkLmNpQrStVw'],
    ...['a1b2c3d4e5f6', 'abcabcabcabc', 'qwertyuiopas', '1qaz2wsx3edc', 'QwErTyUiOpAsDfGhJkLz', '112233445566778899'],
  ])('are many for %s', (value) => {
    expect(saved(value, 62)).toBeGreaterThan(18);
  });

  it('count letters of one case, and nothing where the alphabet has no more', () => {
    const keys = createKeys(82);
    const upper = keys
      .text('base62', 40)
      .replace(/[^A-Z]/g, '')
      .padEnd(12, 'QXZJKVW')
      .slice(0, 12);
    expect(saved(upper, 62)).toBeGreaterThan(10);
    expect(saved('7f3a9c0e5b1d8462', 16)).toBeLessThan(10);
  });

  it('of the longest value are found in no more time', () => {
    const started = performance.now();
    for (let i = 0; i < 200; i++) saved('ab1'.repeat(100_000), 62);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('what is only probably made up', () => {
  const noise = createNoise(builtInVocabulary);
  it('is told from what certainly is', () => {
    for (const value of ['OrderService', 'yourKeyId123', 'aaaaaaaaaaaa', 'abcdefghijkl']) {
      expect(noise.madeUp(value, 'alphanumeric')).not.toBeNull();
      expect(noise.surelyMadeUp(value, 'alphanumeric')).toBe(true);
    }
    const capitals = ['QZKWJX', 'VPLMBH'].join('');
    expect(noise.madeUp(capitals, 'alphanumeric')).not.toBeNull();
    expect(noise.surelyMadeUp(capitals, 'alphanumeric')).toBe(false);
  });
});
