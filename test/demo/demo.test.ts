import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keys } from '../../src/demo/company.js';
import { PROGRAM } from '../support/akscan.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'akscan-demo-test-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** A machine with configuration of its own, none of which may count. */
const env = () => ({
  PATH: process.env['PATH'],
  HOME: folder,
  TMPDIR: folder,
  ALIBABA_CLOUD_PROFILE: 'nobody',
  AKSCAN_ENDPOINT_STS: 'https://192.0.2.1',
  HTTPS_PROXY: 'http://192.0.2.1:1',
  GIT_DIR: '/nowhere',
});

describe('akscan demo', () => {
  it('shows every command, sees everything that is to be seen, and leaves nothing behind', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, 'demo'], { env: env(), encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).not.toContain('✗');
    expect(status).toBe(0);
    expect(stdout.match(/^\$ .*/gm)).toEqual([
      '$ git log --oneline --graph --all',
      '$ akscan --report jsonl=../found.jsonl',
      '$ akscan --verify --probe --report jsonl=../verified.jsonl',
      `$ akscan verify ${keys.links.id} --report jsonl=../single.jsonl`,
    ]);
    expect(stdout).toMatch(new RegExp(`CRITICAL +${keys.root.id}.*live, ROOT key`));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('shows no secret', () => {
    const { stdout } = spawnSync(process.execPath, [PROGRAM, 'demo'], { env: env(), encoding: 'utf8' });
    for (const { secret } of Object.values(keys)) expect(stdout).not.toContain(secret);
  });

  it('cleans up when it is stopped', async () => {
    const child = spawn(process.execPath, [PROGRAM, 'demo'], { env: env(), stdio: ['ignore', 'pipe', 'ignore'] });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    child.stdout.on('data', (chunk: Buffer) => {
      // In the middle: a repository stands and akscan is about to be run on it.
      if (chunk.includes('$ akscan')) child.kill('SIGINT');
    });
    expect(await ended).toBe(130);
    expect(readdirSync(folder)).toEqual([]);
  });
});
