import { describe, expect, it } from 'vitest';
import type { LastUseKnown, Probed } from '../../src/cloud/probe-log.js';
import { useBefore } from '../../src/contain/cloud.js';

const LONG_AGO: LastUseKnown = { lastUsed: '2025-01-01T00:00:00Z', lastUsedService: 'Oss' };
const AT = '2026-03-04T05:06:07Z';
const sts: LastUseKnown = { lastUsed: AT, lastUsedService: 'Sts' };

const probed = (at: string, before: LastUseKnown | null): Probed => ({ at, before });

describe('useBefore', () => {
  it('takes our own probes back, one after the other', () => {
    const first = probed('2026-03-04T04:00:00Z', LONG_AGO);
    const second = probed('2026-03-04T05:06:06.900Z', { lastUsed: '2026-03-04T04:00:00Z', lastUsedService: 'Sts' });
    expect(useBefore(sts, [first, second]).use).toEqual(LONG_AGO);
  });

  it('leaves a use of another service alone, however near to a probe', () => {
    const ecs: LastUseKnown = { lastUsed: AT, lastUsedService: 'Ecs' };
    expect(useBefore(ecs, [probed(AT, LONG_AGO)]).use).toEqual(ecs);
  });

  it('leaves a use alone that was there before the probe was sent', () => {
    const now = probed('2026-03-04T05:06:08Z', sts);
    expect(useBefore(sts, [now])).toEqual({ use: sts, suspects: [] });
    const earlier = probed('2026-03-04T05:06:04Z', LONG_AGO);
    expect(useBefore(sts, [earlier, now]).use).toEqual(LONG_AGO);
  });

  it('suspects a probe of which nobody knows what was before', () => {
    const blind = probed(AT, null);
    expect(useBefore(sts, [blind])).toEqual({ use: sts, suspects: [blind] });
  });
});
