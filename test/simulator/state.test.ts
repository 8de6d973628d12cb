import { existsSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readState, writeState } from '../../src/simulator/state.js';
import { temporaryFolder } from '../support/repository.js';
import { testCloud } from '../support/world.js';
import { call, start } from './calling.js';

const newFile = (): string => path.join(temporaryFolder(), 'cloud.json');

describe('the state of a simulated cloud', () => {
  it('comes back as it was', () => {
    const file = newFile();
    const { accounts } = testCloud().world;
    writeState(file, { accounts, nonces: [['once', 1]] });
    expect(readState(file)).toEqual({ accounts, nonces: [['once', 1]] });
  });

  it('is nothing before it is written', () => {
    expect(readState(newFile())).toBeNull();
  });

  it.skipIf(process.platform === 'win32')('is its owner’s alone, and leaves nothing beside it', () => {
    const file = newFile();
    writeState(file, { accounts: [], nonces: [] });
    writeState(file, { accounts: [], nonces: [] });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(path.dirname(file))).toEqual(['cloud.json']);
  });

  it.skipIf(process.platform === 'win32')('replaces a link and leaves what it pointed to', () => {
    const file = newFile();
    const elsewhere = `${file}.elsewhere`;
    symlinkSync(elsewhere, file);
    writeState(file, { accounts: [], nonces: [] });
    expect(existsSync(elsewhere)).toBe(false);
    expect(readState(file)).toEqual({ accounts: [], nonces: [] });
  });

  it.each([
    ['no JSON', 'hello'],
    ['another format', '{"format":"akscan simulated cloud 2","accounts":[],"nonces":[]}'],
    ['a list', '[]'],
    ['accounts that are none', '{"format":"akscan simulated cloud 1","accounts":[{"uid":1}],"nonces":[]}'],
    ['nonces that are none', '{"format":"akscan simulated cloud 1","accounts":[],"nonces":[["x"]]}'],
  ])('says that a file is not one: %s', (_, text) => {
    const file = newFile();
    writeFileSync(file, text);
    expect(() => readState(file)).toThrow(/is not the state of a simulated cloud/);
  });

  it('says that it cannot be read or written', () => {
    const folder = temporaryFolder();
    expect(() => readState(folder)).toThrow(/^Cannot read/);
    expect(() => writeState(path.join(folder, 'none', 'cloud.json'), { accounts: [], nonces: [] })).toThrow(
      /^Cannot write/,
    );
  });

  it('lets the next server go on: last use, the trail, and nonces that were used', async () => {
    const cloud = testCloud(['*']);
    const first = await start(cloud.world);
    const over = { SignatureNonce: 'once' };
    expect((await call(first.url, cloud.active, over)).status).toBe(200);
    const file = newFile();
    writeState(file, { accounts: cloud.world.accounts, nonces: first.nonces() });
    await first.close();

    const state = readState(file);
    if (state === null) throw new Error('no state');
    const second = await start({ accounts: state.accounts }, { nonces: state.nonces });
    expect((await call(second.url, cloud.active, over)).body.Code).toBe('SignatureNonceUsed');
    const lookUp = {
      Action: 'LookupEvents',
      Version: '2020-07-06',
      'LookupAttribute.1.Key': 'EventAccessKeyId',
      'LookupAttribute.1.Value': cloud.active.id,
    };
    expect((await call(second.url, cloud.auditor, lookUp)).body.Events[0].eventName).toBe('GetCallerIdentity');
  });
});
