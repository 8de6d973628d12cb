// `akscan worker` as it ships, against a Redis of its own.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { akscan, PROGRAM } from '../support/akscan.js';
import { missingRedis, startRedis } from '../support/redis.js';

const missing = missingRedis();
const password = ['open', 'sesame'].join('-');
const key = { AKSCAN_STORE_KEY: 'a key that both sides have' };
const folder = mkdtempSync(path.join(os.tmpdir(), 'akscan-worker-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('akscan worker', () => {
  it.each([
    ['without a queue', [], key, 'There is no queue to work with.'],
    ['with a password that everybody can read', ['--queue', `redis://:${password}@h`], key, '--queue holds a password'],
    ['without the key', ['--queue', 'redis://h'], {}, 'A queue needs the key AKSCAN_STORE_KEY'],
    [
      'for a queue that is not there',
      ['--queue', 'redis://127.0.0.1:1'],
      key,
      'The queue at 127.0.0.1:1 cannot be reached',
    ],
    [
      'for a folder that is not there',
      ['--queue', 'redis://h', '--allow-folder', '/none'],
      key,
      'there is no folder /none',
    ],
  ] as const)('%s ends with a sentence', async (_, args, env, sentence) => {
    const { code, stdout, stderr } = await akscan(['worker', ...args, '--cache-dir', folder], { env });
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
    expect(stdout + stderr).not.toContain(password);
  });

  it.skipIf(missing !== null)('waits until it is told to stop, and prints its password nowhere', async () => {
    const redis = await startRedis({ password });
    // Not in the home folder, which is to be empty: Node 22 and later keep code there.
    const cache = path.join(folder, 'mirrors');
    const child = spawn(process.execPath, [PROGRAM, 'worker', '--queue', redis.url, '--cache-dir', cache], {
      env: { PATH: process.env['PATH'], HOME: folder, ...key, REDIS_PASSWORD: password, DEBUG: '*', NODE_DEBUG: '*' },
    });
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
    });
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    while (!said.includes('Waiting for audits')) await new Promise((resolve) => setTimeout(resolve, 20));
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(said).toMatch(/^akscan: Waiting for audits at 127\.0\.0\.1:\d+: \d+ at a time\.$/m);
    expect(said).toMatch(/^akscan: Stopped: 0 jobs done\.$/m);
    for (const form of [
      password,
      Buffer.from(password).toString('base64').slice(0, -2),
      Buffer.from(password).toString('hex'),
    ]) {
      expect(said).not.toContain(form);
    }
    await redis.stop();
  });
});
