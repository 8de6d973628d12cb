import { describe, expect, it } from 'vitest';
import { detectionDigest, settingsDigest } from '../../../src/audit/job/settings-digest.js';
import { jobSettings } from '../../support/jobs.js';

const digest = (
  changed: Partial<typeof jobSettings> = {},
  refs: 'branches-and-tags' | 'with-pull-requests' = 'branches-and-tags',
) => settingsDigest({ ...jobSettings, ...changed }, { refs });

describe('the digest of settings', () => {
  it('goes by what decides what is read and told, and by nothing else', () => {
    expect(digest()).toMatch(/^[0-9a-f]{64}$/);
    expect(digest({ threads: 7, detector: { minConfidence: 'low' } })).toBe(digest());
    const others = [
      digest({ include: ['a'] }),
      digest({ exclude: ['a'] }),
      digest({ allowPartial: true }),
      digest({ repositoryConfiguration: 'honour' }),
      digest({}, 'with-pull-requests'),
    ];
    expect(new Set([digest(), ...others]).size).toBe(6);
  });

  it('of detection goes by what decides whether an object is read and holds something', () => {
    const of = (changed: Partial<typeof jobSettings> = {}): string => detectionDigest({ ...jobSettings, ...changed });
    expect(of()).toMatch(/^[0-9a-f]{64}$/);
    expect(of({ include: ['a'], threads: 9, allowPartial: true })).toBe(of());
    expect(
      new Set([of(), of({ maxSize: 0 }), of({ maxSize: 9 }), of({ detector: { minConfidence: 'low' } })]).size,
    ).toBe(4);
  });
});
