import { describe, expect, it } from 'vitest';
import { recentUseOf } from '../../src/contain/use.js';

const at = '2026-03-04T05:06:07Z';
const within = { at: '2026-03-04T05:06:11Z' };
const day = '2026-03-03T00:00:00Z';
const sts = { lastUsed: at, lastUsedService: 'Sts' };

describe('the last use of a key', () => {
  it('is none only when the account says so', () => {
    expect(recentUseOf({ neverUsed: true }, [], null)).toBeNull();
    expect(recentUseOf({}, [], null)).toBe('unread');
    expect(recentUseOf({}, [], [])).toBe('unread');
  });

  it('is none when our probe is the only one, and there was none before it', () => {
    const products = [{ service: 'Sts', last: at }];
    expect(recentUseOf({ neverUsed: true }, [within], products)).toBeNull();
    expect(recentUseOf({ neverUsed: true }, [], products)).toEqual({ at, services: ['Sts'] });
    expect(recentUseOf({ neverUsed: true }, [within], [{ service: 'Oss', last: 'strange' }])).toBe('unread');
  });

  it('is what the account says', () => {
    expect(recentUseOf({ lastUsed: at, lastUsedService: 'Oss' }, [], null)).toEqual({ at, services: ['Oss'] });
    expect(recentUseOf({ lastUsed: at }, [], null)).toEqual({ at, services: [] });
  });

  it('is not our own probe', () => {
    expect(recentUseOf(sts, [within], null)).toEqual({ ownProbe: at });
    expect(recentUseOf(sts, [within], [{ service: 'Sts', last: at }])).toEqual({ ownProbe: at });
    expect(
      recentUseOf(
        sts,
        [within],
        [
          { service: 'sts', last: at },
          { service: 'Oss', last: day },
        ],
      ),
    ).toEqual({
      at: day,
      services: ['Oss'],
      ownProbe: at,
    });
    expect(recentUseOf({ lastUsed: at }, [within], null)).toEqual({ ownProbe: at });
    expect(recentUseOf({ ownProbe: at }, [], null)).toEqual({ ownProbe: at });
    expect(recentUseOf({ lastUsed: day, lastUsedService: 'Oss' }, [within], [])).toEqual({
      at: day,
      services: ['Oss'],
    });
  });

  it('is our own probe however long that took, and nobody’s else', () => {
    const slow = { at: '2026-03-04T05:05:00Z', until: '2026-03-04T05:06:05Z' };
    expect(recentUseOf(sts, [slow], null)).toEqual({ ownProbe: at });
    expect(recentUseOf(sts, [{ ...slow, until: '2026-03-04T05:06:01Z' }], null)).toEqual({ at, services: ['Sts'] });
  });

  it('is somebody else’s when no probe of ours was then, or it was no use of STS', () => {
    expect(recentUseOf(sts, [], null)).toEqual({ at, services: ['Sts'] });
    expect(recentUseOf(sts, [{ at: '2026-03-04T05:06:13Z' }], null)).toEqual({ at, services: ['Sts'] });
    expect(recentUseOf({ lastUsed: at, lastUsedService: 'Ecs' }, [{ at }], null)).toEqual({ at, services: ['Ecs'] });
  });

  it('names each service once, latest first, and none that was left long before', () => {
    const products = [
      { service: 'Oss', last: day },
      { service: 'ecs', last: at },
      { service: 'Log', last: '2025-01-01T00:00:00Z' },
      { service: 'Rds', last: 'never' },
    ];
    expect(recentUseOf({ lastUsed: at, lastUsedService: 'Ecs' }, [], products)).toEqual({
      at,
      services: ['Ecs', 'Oss'],
    });
  });

  it('is the latest, whoever tells', () => {
    const products = [{ service: 'Oss', last: at }];
    expect(recentUseOf({ lastUsed: day, lastUsedService: 'Ecs' }, [], products)).toMatchObject({ at });
    expect(recentUseOf({ neverUsed: true }, [], products)).toMatchObject({ at });
  });
});
