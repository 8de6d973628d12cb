// The flags that say how the cloud is asked, through the program as it ships.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { akscan, linesOf } from '../support/akscan.js';
import { id24 } from '../support/keys.js';
import { simulate } from '../support/verifying.js';
import { newKey, testCloud } from '../support/world.js';

let home = '';

beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'akscan-asking-'));
});

afterEach(() => rmSync(home, { recursive: true }));

const profiles = (...all: readonly { name: string; id: string; secret: string }[]): void => {
  mkdirSync(path.join(home, '.aliyun'));
  const listed = all.map(({ name, id, secret }) => ({
    name,
    mode: 'AK',
    access_key_id: id,
    access_key_secret: secret,
  }));
  writeFileSync(path.join(home, '.aliyun/config.json'), JSON.stringify({ current: all[0]?.name, profiles: listed }));
};

const verify = async (url: string, ...args: readonly string[]) => {
  const endpoints = ['ram', 'ims', 'sts', 'actiontrail'].flatMap((service) => ['--endpoint', `${service}=${url}`]);
  const ran = await akscan(['verify', '--format', 'jsonl', ...endpoints, ...args], { env: { HOME: home } });
  return { ...ran, verdicts: linesOf(ran.stdout, 'finding').map(({ verdict }) => verdict) };
};

describe('--profile', () => {
  it('chooses whose credentials look an ID up, several one after the other', async () => {
    const cloud = testCloud();
    const theirs = newKey();
    cloud.other.users.push({ id: '2', name: 'auditor', keys: [theirs], allow: ['*'] });
    const { url } = await simulate(cloud.world);
    profiles({ name: 'ours', ...cloud.auditor }, { name: 'theirs', ...theirs });
    expect((await verify(url, cloud.foreign.id)).verdicts).toMatchObject([{ state: 'unknown' }]);
    const { verdicts, code } = await verify(url, cloud.foreign.id, '--profile', 'ours', '--profile', 'theirs');
    expect(verdicts).toMatchObject([{ state: 'live', user: 'bob', account: '6543210987654321' }]);
    expect(code).toBe(1);
  });

  it('is an error when nothing is looked up', async () => {
    const { code, stderr } = await akscan(['scan', '-', '--profile', 'x'], { env: { HOME: home } });
    expect(code).toBe(2);
    expect(stderr).toContain('Add --verify.');
  });
});

describe('--probe-id', () => {
  it('tells existing IDs from unknown ones without any credentials', async () => {
    const cloud = testCloud();
    const { url } = await simulate(cloud.world);
    const { verdicts, code } = await verify(url, cloud.active.id, cloud.inactive.id, id24(), '--probe-id');
    expect(verdicts.map((verdict) => (verdict as { state: string }).state).sort()).toEqual([
      'disabled',
      'live',
      'not-found',
    ]);
    expect(code).toBe(1);
  });
});
