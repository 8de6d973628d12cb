import { describe, expect, it } from 'vitest';
import { elsewhere, readProducts } from '../../../src/cloud/activity/products.js';
import { trailEvent } from '../../support/trail.js';

const span = { from: Date.parse('2026-01-01T00:00:00Z'), to: Date.parse('2026-04-01T00:00:00Z') };
const IN_TIME = '2026-02-01T00:00:00Z';

describe('the services of a key', () => {
  it('are read, latest first, and what is none is left out', () => {
    const Products = [
      { ServiceName: 'Oss', UsedTimestamp: Date.parse('2026-01-02T00:00:00Z') },
      { ServiceName: 'Ecs', UsedTimestamp: Date.parse(IN_TIME), Detail: '{"acsRegion":"cn-shanghai"}' },
      { ServiceName: 'Rds', UsedTimestamp: 'yesterday' },
      { ServiceName: 'a\u001b[2J', UsedTimestamp: 1 },
      null,
      { ServiceName: 'Sls', UsedTimestamp: 1_000, Detail: '{"acsRegion":"evil.example/?"}' },
    ];
    expect(readProducts({ Products })).toEqual({
      value: [
        { service: 'Ecs', last: IN_TIME, region: 'cn-shanghai' },
        { service: 'Oss', last: '2026-01-02T00:00:00Z', region: null },
        { service: 'Sls', last: '1970-01-01T00:00:01Z', region: null },
      ],
    });
  });

  it('are a fault in another shape, and no more than a hundred', () => {
    for (const body of [{}, { Products: null }, { Products: {} }]) expect(readProducts(body)).toBe('malformed');
    const Products = Array.from({ length: 5_000 }, (_, index) => ({ ServiceName: `S${index}`, UsedTimestamp: 1_000 }));
    const reading = readProducts({ Products });
    expect(typeof reading === 'object' ? reading.value.length : 0).toBe(100);
  });
});

describe('what happened elsewhere', () => {
  const events = [trailEvent(IN_TIME, 'Ecs:DescribeInstances')];
  const told = (service: string, region: string | null, last = IN_TIME) =>
    elsewhere([{ service, last, region }], events, span, 'cn-hangzhou');

  it('is nothing for what was seen here, or was not in that time', () => {
    expect(told('Ecs', 'cn-hangzhou')).toEqual([]);
    expect(told('ECS', null)).toEqual([]);
    expect(told('Oss', 'cn-shanghai', '2025-06-01T00:00:00Z')).toEqual([]);
  });

  it('names the region of the last use, and how to ask there', () => {
    const sentence = (service: string) =>
      `It was used with ${service}, whose events cn-shanghai may have: ` +
      'ask there with --endpoint actiontrail=https://actiontrail.cn-shanghai.aliyuncs.com.';
    expect(told('Oss', 'cn-shanghai')).toEqual([sentence('Oss')]);
    expect(told('Ecs', 'cn-shanghai')).toEqual([sentence('Ecs')]);
  });

  it('says so when the region is not known', () => {
    expect(told('Oss', null)).toEqual(['It was used with Oss, of which cn-hangzhou has no events.']);
    expect(told('Oss', 'cn-hangzhou')).toEqual(['It was used with Oss, of which cn-hangzhou has no events.']);
  });

  it('looks for the events of global services in the other of the two regions that may store them', () => {
    expect(told('Ram', 'cn-hangzhou').join()).toContain('ap-southeast-1');
    const inSingapore = elsewhere([{ service: 'Ram', last: IN_TIME, region: null }], events, span, 'ap-southeast-1');
    expect(inSingapore.join()).toContain('cn-hangzhou');
  });

  it('is short whatever there is', () => {
    const products = Array.from({ length: 100 }, (_, index) => ({
      service: `S${index}`,
      last: IN_TIME,
      region: `cn-r${index % 50}`,
    }));
    expect(elsewhere(products, events, span, 'cn-hangzhou').join(' ').length).toBeLessThan(1_000);
  });
});
