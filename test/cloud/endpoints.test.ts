import { describe, expect, it } from 'vitest';
import { resolveEndpoints } from '../../src/cloud/endpoints.js';
import { AkscanError } from '../../src/errors.js';

describe('resolveEndpoints', () => {
  it('knows the public hosts', () => {
    const endpoints = resolveEndpoints({}, {});
    expect(Object.values(endpoints).map(String)).toEqual([
      'https://ram.aliyuncs.com/',
      'https://ims.aliyuncs.com/',
      'https://sts.aliyuncs.com/',
      'https://actiontrail.cn-hangzhou.aliyuncs.com/',
      'https://tds.aliyuncs.com/',
    ]);
  });

  it('takes the command line before the environment before the public host', () => {
    const env = {
      AKSCAN_ENDPOINT_RAM: 'https://env.example',
      AKSCAN_ENDPOINT_STS: 'https://sts.example',
      AKSCAN_ENDPOINT_IMS: '',
    };
    const { ram, sts, ims } = resolveEndpoints({ ram: 'https://given.example:8443' }, env);
    expect([ram.host, sts.host, ims.host]).toEqual(['given.example:8443', 'sts.example', 'ims.aliyuncs.com']);
  });

  it.each(['http://127.0.0.1:8080', 'http://localhost', 'http://[::1]:1', 'http://127.9.9.9', 'http://2130706433'])(
    'speaks plain HTTP to this machine: %s',
    (sts) => {
      expect(resolveEndpoints({ sts }, {}).sts.protocol).toBe('http:');
    },
  );

  it.each([
    'http://sts.aliyuncs.com',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'http://10.0.0.1',
    'http://0.0.0.0',
    'http://[::2]',
  ])('speaks it to nobody else: %s', (sts) => {
    expect(() => resolveEndpoints({ sts }, {})).toThrow(/plain HTTP/);
  });

  it.each([
    'sts.aliyuncs.com',
    '',
    'ftp://sts.example',
    'https://sts.example/path',
    'https://user:word@sts.example',
    'https://sts.example/?a=b',
  ])('refuses what is no bare host: %s', (sts) => {
    expect(() => resolveEndpoints({ sts }, {})).toThrow(AkscanError);
  });

  it('names the variable that is wrong and repeats no password', () => {
    const env = { AKSCAN_ENDPOINT_STS: 'https://user:hunter2@sts.example' };
    expect(() => resolveEndpoints({}, env)).toThrow(/^(?!.*hunter2).*AKSCAN_ENDPOINT_STS/);
  });
});
