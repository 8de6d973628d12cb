import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { keys } from '../../src/demo/company.js';
import { type ServeOptions, serveDemo } from '../../src/demo/serve.js';
import { faultNamed } from '../../src/simulator/faults.js';
import { readState } from '../../src/simulator/state.js';
import { call } from '../simulator/calling.js';
import { temporaryFolder } from '../support/repository.js';

/** Serves, does something with the address, stops. */
const serving = async (options: Partial<ServeOptions>, visit: (url: string) => Promise<void>) => {
  const controller = new AbortController();
  let written = '';
  let said = '';
  let isDone: Promise<void> | null = null;
  const write = (text: string): void => {
    written += text;
    const url = /AKSCAN_ENDPOINT_STS='([^']+)'/.exec(text)?.[1] ?? '';
    isDone = visit(url).finally(() => controller.abort());
  };
  const say = (text: string): void => {
    said += text;
  };
  await serveDemo({ ...options, signal: controller.signal, write, say });
  await isDone;
  return { written, said };
};

describe('serveDemo', () => {
  it('prints what to set, and answers the credentials that it prints', async () => {
    const { written, said } = await serving({}, async (url) => {
      expect((await call(url, keys.auditor)).body.IdentityType).toBe('RAMUser');
    });
    const names = [...written.matchAll(/^(?:export |\$env:)(AKSCAN_ENDPOINT_\w+|ALIBABA_CLOUD_\w+)=/gm)].map(
      ([, name]) => name,
    );
    expect(names).toEqual([
      'AKSCAN_ENDPOINT_RAM',
      'AKSCAN_ENDPOINT_IMS',
      'AKSCAN_ENDPOINT_STS',
      'AKSCAN_ENDPOINT_ACTIONTRAIL',
      'AKSCAN_ENDPOINT_SAS',
      'ALIBABA_CLOUD_ACCESS_KEY_ID',
      'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
    ]);
    expect(written).toContain(`ALIBABA_CLOUD_ACCESS_KEY_SECRET='${keys.auditor.secret}'`);
    // Who may change something does so only on purpose: a comment, to be pasted by itself.
    expect(written.split('\n').filter((line) => line.includes(keys.operator.secret))).toEqual([
      expect.stringMatching(/^# /),
    ]);
    expect(said).toContain('200 GetCallerIdentity');
    expect(said).not.toContain(keys.auditor.secret);
  });

  it('goes wrong as it was told to, and says so', async () => {
    const fault = faultNamed('InternalError');
    if (fault === null) throw new Error('no fault');
    const { said } = await serving({ fault: { fault, action: 'ListUsers' } }, async (url) => {
      expect((await call(url, keys.auditor)).status).toBe(200);
      const ram = { Action: 'ListUsers', Version: '2015-05-01' };
      expect((await call(url, keys.auditor, ram)).body.Code).toBe('InternalError');
    });
    expect(said).toContain('500 ListUsers (InternalError)');
  });

  it('keeps its cloud in a file', async () => {
    const state = path.join(temporaryFolder(), 'cloud.json');
    const over = { SignatureNonce: 'once' };
    await serving({ state }, async (url) => {
      expect((await call(url, keys.root, over)).status).toBe(200);
    });
    expect(readState(state)?.accounts[0]?.rootKeys[0]?.lastUsed?.service).toBe('Sts');
    await serving({ state }, async (url) => {
      expect((await call(url, keys.root, over)).body.Code).toBe('SignatureNonceUsed');
    });
  });

  it('throttles when it was told to', async () => {
    await serving({ quotas: 'real' }, async (url) => {
      const lookUp = { Action: 'LookupEvents', Version: '2020-07-06' };
      const asked = Array.from({ length: 20 }, () => call(url, keys.root, lookUp));
      expect((await Promise.all(asked)).some(({ body }) => body.Code === 'Throttling.User')).toBe(true);
    });
  });

  it('says that a port is taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as AddressInfo;
      await expect(serving({ port }, async () => {})).rejects.toThrow(`Cannot listen on port ${port}`);
    } finally {
      server.close();
    }
  });
});
