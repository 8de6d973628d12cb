import '../support/sdk-transport.js';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { findCredentials } from '../../src/cloud/credentials.js';
import { providerOf } from '../../src/cloud/sdk.js';
import { AkscanError } from '../../src/errors.js';
import { id24, secret30 } from '../support/keys.js';
import { isolate, useCredentials } from '../support/verifying.js';

isolate();

const write = (file: string, text: string): void => {
  const full = path.join(process.env['HOME'] ?? '', file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, text);
};

const key = () => ({ id: id24(), secret: secret30() });

const cliConfig = (profiles: readonly object[], current = 'default'): void =>
  write('.aliyun/config.json', JSON.stringify({ current, profiles }));

const akProfile = (name: string, { id, secret }: ReturnType<typeof key>) => ({
  name,
  mode: 'AK',
  access_key_id: id,
  access_key_secret: secret,
});

const found = async (profile: string | null = null) => {
  const keyring = await findCredentials(providerOf, profile);
  return { from: keyring.from, ...(await keyring.signer()) };
};

const refusal = async (profile: string | null = null): Promise<AkscanError> => {
  const error: unknown = await findCredentials(providerOf, profile).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof AkscanError) return error;
  throw new Error('not refused');
};

describe('findCredentials', () => {
  it('takes the environment first', async () => {
    const [first, second] = [key(), key()];
    useCredentials(first);
    cliConfig([akProfile('default', second)]);
    expect(await found()).toEqual({
      from: 'the environment',
      accessKeyId: first.id,
      secret: first.secret,
      token: null,
    });
  });

  it('takes the token of temporary credentials along', async () => {
    useCredentials(key());
    vi.stubEnv('ALIBABA_CLOUD_SECURITY_TOKEN', 'token');
    expect((await found()).token).toBe('token');
  });

  it('takes the current profile of the command line tool', async () => {
    const wanted = key();
    cliConfig([akProfile('default', key()), akProfile('audit', wanted)], 'audit');
    expect(await found()).toMatchObject({ from: '~/.aliyun/config.json', accessKeyId: wanted.id });
  });

  it('takes the shared credentials file', async () => {
    const { id, secret } = key();
    write(
      '.alibabacloud/credentials',
      `[default]\ntype = access_key\naccess_key_id = ${id}\naccess_key_secret = ${secret}\n`,
    );
    expect(await found()).toMatchObject({ from: '~/.alibabacloud/credentials', accessKeyId: id });
  });

  it('lets a named profile win over the environment', async () => {
    useCredentials(key());
    const wanted = key();
    cliConfig([akProfile('default', key()), akProfile('audit', wanted)]);
    expect(await found('audit')).toMatchObject({ from: 'the profile "audit"', accessKeyId: wanted.id });
  });

  it('says which ways there are when there is nothing', async () => {
    const { message, hint } = await refusal();
    expect(message).toBe('No credentials to look AccessKeys up with.');
    for (const way of [
      'ALIBABA_CLOUD_ACCESS_KEY_ID',
      '~/.aliyun/config.json',
      '~/.alibabacloud/credentials',
      '--profile',
      '--probe',
    ]) {
      expect(hint).toContain(way);
    }
  });

  it('takes nothing from a home that would be the current folder', async () => {
    cliConfig([akProfile('default', key())]);
    write('.alibabacloud/credentials', '[default]\nenable=true\ntype=access_key\n');
    const relative = path.relative(process.cwd(), process.env['HOME'] ?? '');
    for (const home of [relative, '']) {
      vi.stubEnv('HOME', home);
      vi.stubEnv('USERPROFILE', home);
      expect((await refusal()).message).toBe('No credentials to look AccessKeys up with.');
    }
  });

  it('never asks the instance metadata on its own', async () => {
    const { message } = await refusal();
    // The SDK's own chain would name the address that it could not reach.
    expect(message).not.toContain('100.100');
    vi.stubEnv('ALIBABA_CLOUD_ECS_METADATA', 'role');
    expect((await refusal()).message).toBe('No credentials to look AccessKeys up with.');
  });

  it.each([
    [
      'an ID without its secret',
      () => vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', id24()),
      'the environment has an ID without its secret',
    ],
    [
      'a file that is no JSON',
      () => write('.aliyun/config.json', '{"profiles": "hunter2'),
      'config.json is not valid JSON',
    ],
    ['a profile that is not there', () => cliConfig([akProfile('other', key())]), 'config.json has no such profile'],
    [
      'a profile of an unknown kind',
      () => cliConfig([{ name: 'default', mode: 'Magic' }]),
      'of a kind that is not known',
    ],
  ])('says what is wrong with %s, and repeats nothing of it', async (_, prepare, words) => {
    prepare();
    const { message } = await refusal();
    expect(message).toContain(words);
    expect(message).not.toContain('hunter2');
  });

  it('says that a named profile is missing', async () => {
    useCredentials(key());
    cliConfig([akProfile('default', key())]);
    expect((await refusal('audit')).message).toBe(
      'The profile "audit" gives no credentials (~/.aliyun/config.json has no such profile).',
    );
  });

  it('goes on with the next place when one is broken', async () => {
    const { id, secret } = key();
    write('.aliyun/config.json', 'broken');
    write(
      '.alibabacloud/credentials',
      `[default]\ntype = access_key\naccess_key_id = ${id}\naccess_key_secret = ${secret}\n`,
    );
    expect((await found()).accessKeyId).toBe(id);
  });

  it('runs a program only for a profile that names it', async () => {
    const { id, secret } = key();
    const answer = JSON.stringify({ mode: 'AK', access_key_id: id, access_key_secret: secret });
    write('helper.mjs', `console.log(${JSON.stringify(answer)})`);
    const command = `${process.execPath} ${path.join(process.env['HOME'] ?? '', 'helper.mjs')}`;
    cliConfig([{ name: 'program', mode: 'External', process_command: command }, akProfile('plain', key())], 'plain');
    expect((await found('program')).accessKeyId).toBe(id);
    expect((await found()).accessKeyId).not.toBe(id);
  });
});
