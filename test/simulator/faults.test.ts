import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { table } from '../../src/cloud/states.js';
import { failing, faultNamed, faults, type NamedFault } from '../../src/simulator/faults.js';
import { testCloud } from '../support/world.js';
import { call, start } from './calling.js';

describe('the faults', () => {
  it('have a name each', () => {
    const names = faults.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(faultNamed('captive-portal')?.group).toBe('noise');
    expect(faultNamed('nothing')).toBeNull();
  });

  it('have one for every row of the verdict table, in each of its statuses', () => {
    const covers =
      (code: string, isOpen: boolean, status: string) =>
      ({ error }: NamedFault): boolean =>
        error !== undefined &&
        (status === '5xx' ? error.status >= 500 : String(error.status) === status) &&
        (isOpen ? error.code.startsWith(code) : error.code === code);
    const missing = table.flatMap(({ code, statuses, open }) =>
      statuses
        .map(String)
        .filter((status) => !faults.some(covers(code, open === true, status)))
        .map((status) => `${status} ${code}`),
    );
    expect(missing).toEqual([]);
  });

  // fetch asks for a password by itself, and not with 407.
  const silent = ['reset', 'stall', 'hang', 'truncated', 'proxy-407'];
  const answering = faults.filter(({ name }) => !silent.includes(name));

  it.each(answering.filter(({ error }) => error !== undefined).map((fault) => [fault.name, fault] as const))(
    'answer %s with its status and its code',
    async (_, fault) => {
      const cloud = testCloud();
      const { url } = await start({ ...cloud.world, fault: failing(fault) });
      const { status, text, headers } = await call(url, cloud.active);
      expect(status).toBe(fault.error?.status);
      expect(text).toMatch(new RegExp(`(?:[Cc]ode":"|<Code>)${fault.error?.code.replaceAll('.', '\\.')}["<]`));
      expect(headers.has('x-acs-retry-after')).toBe(fault.error?.code.includes('Throttling'));
    },
  );

  it.each(answering.filter(({ group }) => group === 'noise').map((fault) => [fault.name, fault] as const))(
    'answer %s without an envelope of the API’s',
    async (name, fault) => {
      const cloud = testCloud();
      const { url } = await start({ ...cloud.world, fault: failing(fault) });
      if (name === 'gzip-rubbish') return expect(call(url, cloud.active)).rejects.toThrow();
      const { text } = await call(url, cloud.active);
      if (name === 'gzip') expect(JSON.parse(text).IdentityType).toBe('RAMUser');
      else expect(text).not.toMatch(/"RequestId":"[^"]+".*"Code":"[^"]+"/);
    },
  );

  it.each(['reset', 'truncated'])('end %s without a whole answer', async (name) => {
    const cloud = testCloud();
    const fault = faultNamed(name);
    if (fault === null) throw new Error(name);
    const { url } = await start({ ...cloud.world, fault: failing(fault) });
    await expect(call(url, cloud.active)).rejects.toThrow();
  });

  it.each(['hang', 'stall'])('leave %s without an end', async (name) => {
    const cloud = testCloud();
    const fault = faultNamed(name);
    if (fault === null) throw new Error(name);
    const simulator = await start({ ...cloud.world, fault: failing(fault) });
    const asked = call(simulator.url, cloud.active);
    const settled = asked.then(
      () => 'answered',
      () => 'closed',
    );
    expect(await Promise.race([settled, wait(100, 'open')])).toBe('open');
    await simulator.close();
    expect(await settled).toBe('closed');
  });

  it.each(['clock-ahead', 'clock-behind'])('judge by another clock and say so: %s', async (name) => {
    const cloud = testCloud();
    const fault = faultNamed(name);
    if (fault === null) throw new Error(name);
    const { url } = await start({ ...cloud.world, fault: failing(fault) });
    const first = await call(url, cloud.active);
    expect(first.body.Code).toBe('InvalidTimeStamp.Expired');
    const theirs = new Date(first.headers.get('date') ?? '').toISOString();
    expect((await call(url, cloud.active, { Timestamp: `${theirs.slice(0, 19)}Z` })).status).toBe(200);
  });

  it('touch one action alone when it is named', async () => {
    const cloud = testCloud();
    const fault = faultNamed('InternalError');
    if (fault === null) throw new Error('none');
    const { url } = await start({ ...cloud.world, fault: failing(fault, 'ListUsers') });
    expect((await call(url, cloud.auditor)).status).toBe(200);
    expect((await call(url, cloud.auditor, { Action: 'ListUsers', Version: '2015-05-01' })).status).toBe(500);
  });
});
