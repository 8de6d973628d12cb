import { describe, expect, it } from 'vitest';
import { withoutOurs } from '../../src/cloud/own-probes.js';
import type { Probed } from '../../src/cloud/probe-log.js';
import type { Verdict } from '../../src/findings/model.js';
import { judged } from '../../src/verdicts.js';
import { findingFor } from '../../src/verify.js';
import { endpointsOf, isolate, pairOf, simulate, useCredentials, verifyOne } from '../support/verifying.js';
import { testCloud } from '../support/world.js';

isolate();

const OSS = { lastUsed: '2025-10-01T02:03:04Z', lastUsedService: 'Oss' };
const FIRST = '2026-03-04T05:06:07Z';
const SECOND = '2026-03-05T05:06:07Z';
const sts = (lastUsed: string) => ({ lastUsed, lastUsedService: 'Sts' });
const said = (over: Partial<Verdict> = {}): Verdict => ({ state: 'live', how: 'inventory', ...over });

describe('our own probes', () => {
  it.each<[string, Partial<Verdict>, readonly Probed[], Partial<Verdict>]>([
    ['one', sts(FIRST), [{ at: FIRST, before: OSS }], OSS],
    [
      'two, one after the other',
      sts(SECOND),
      [
        { at: FIRST, before: OSS },
        { at: SECOND, before: sts(FIRST) },
      ],
      OSS,
    ],
    ['one of a key that was never used', sts(FIRST), [{ at: FIRST, before: { neverUsed: true } }], { neverUsed: true }],
  ])('hide nobody else’s last use: %s', (_, used, probes, expected) => {
    const { lastUsed, lastUsedService, neverUsed, reason } = withoutOurs(said(used), probes);
    expect({ lastUsed, lastUsedService, neverUsed }).toEqual({
      lastUsed: undefined,
      lastUsedService: undefined,
      neverUsed: undefined,
      ...expected,
    });
    expect(reason).toContain(`only akscan used it, to probe it (${used.lastUsed})`);
  });

  it('leave open what was not looked up before', () => {
    const verdict = withoutOurs(said({ ...sts(FIRST), reason: 'Because.' }), [{ at: FIRST, before: null }]);
    expect(verdict).toEqual(
      said({
        ownProbe: FIRST,
        reason: `Because. Its last use was akscan's own probe (${FIRST}); who used it before is not known.`,
      }),
    );
  });

  it('leave open no more than the first of them hid', () => {
    const probes = [
      { at: FIRST, before: null },
      { at: SECOND, before: { ownProbe: FIRST } },
    ];
    expect(withoutOurs(said(sts(SECOND)), probes)).toMatchObject({ ownProbe: FIRST });
    expect(withoutOurs(said(sts(SECOND)), [{ at: SECOND, before: {} }])).toMatchObject({ ownProbe: SECOND });
  });

  it('are known by all of the time that they took', () => {
    const slow = { at: '2026-03-04T05:05:00Z', until: '2026-03-04T05:06:06.5Z', before: OSS };
    expect(withoutOurs(said(sts(FIRST)), [slow])).toMatchObject(OSS);
    expect(withoutOurs(said(sts(FIRST)), [{ ...slow, until: '2026-03-04T05:06:00Z' }])).toEqual(said(sts(FIRST)));
  });

  it.each<[string, Partial<Verdict>]>([
    ['of another time', sts('2026-03-04T05:07:07Z')],
    ['of another service', { lastUsed: FIRST, lastUsedService: 'Ecs' }],
    ['none', { neverUsed: true }],
    ['not known', {}],
  ])('do not take a use for theirs: %s', (_, used) => {
    expect(withoutOurs(said(used), [{ at: FIRST, before: OSS }])).toEqual(said(used));
  });

  it('do not make a key look used to the next run', async () => {
    const cloud = testCloud();
    useCredentials(cloud.auditor);
    const simulator = await simulate(cloud.world);
    const noted: Probed[] = [];
    const options = {
      inventory: true,
      probe: true,
      endpoints: endpointsOf(simulator.url),
      probeLog: {
        note: (_: string, before: Probed['before']) => {
          noted.push({ at: new Date().toISOString(), before });
          return () => {};
        },
      },
      ownProbes: () => () => [...noted],
    };
    const pair = pairOf(cloud.active);
    for (const run of [1, 2, 3]) {
      const { verdict, verdicts } = await verifyOne(pair, options);
      expect({ run, ...verdict }).toMatchObject({ run, state: 'live', ...OSS });
      expect(judged(findingFor(pair), verdict, verdicts).next).toContain('Nothing has used it since 2025-10-01');
    }
  });

  it('are no events of the key, and whatever else calls itself akscan is one', async () => {
    const cloud = testCloud(['*']);
    useCredentials(cloud.auditor);
    const simulator = await simulate(cloud.world);
    const noted: Probed[] = [];
    const options = {
      inventory: true,
      probe: true,
      activity: true,
      endpoints: endpointsOf(simulator.url),
      probeLog: {
        note: (_: string, before: Probed['before']) => {
          noted.push({ at: new Date().toISOString(), before });
          return () => {};
        },
      },
    };
    const credential = { ...pairOf(cloud.active), leakedAt: '2025-01-01T00:00:00Z' };
    const { verdict } = await verifyOne(credential, { ...options, ownProbes: () => () => noted });
    expect(verdict.activity).toMatchObject({
      events: 0,
      sinceLeak: 0,
      reason: expect.stringContaining("A probe of akscan's own is left out."),
    });
    const long = new Date(Date.now() - 60_000).toISOString();
    const elsewhere = await verifyOne(credential, { ...options, ownProbes: () => () => [{ at: long, before: null }] });
    expect(elsewhere.verdict.activity?.sinceLeak).toBe(2);
  });
});
