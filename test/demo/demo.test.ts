import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COMPANY, keys } from '../../src/demo/company.js';
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
  // Compiled code would be kept in the home.
  NODE_DISABLE_COMPILE_CACHE: '1',
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
      `$ akscan verify ${keys.admin.id} --activity --report jsonl=../one.jsonl`,
      '$ akscan account --leaked ../verified.jsonl',
      '$ akscan disable ../verified.jsonl',
      '$ akscan disable ../verified.jsonl --only report-runner --yes \\',
      `$ akscan restore --yes --account ${COMPANY}`,
    ]);
    expect(stdout).toMatch(new RegExp(`CRITICAL +${keys.root.id}.*\\n +live, ROOT key`));
    expect(stdout).toMatch(new RegExp(`CRITICAL +${keys.admin.id}.*\\n +live, RAM user ci-deployer`));
    expect(stdout).toMatch(new RegExp(`MEDIUM +${keys.stranger.id}.*\\n +unknown`));
    expect(stdout).toMatch(
      new RegExp(`^OFF +${keys.reports.id}[\\s\\S]*STS refuses it[\\s\\S]*^RESTORED +${keys.reports.id}`, 'm'),
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it('shows no secret', () => {
    const { stdout } = spawnSync(process.execPath, [PROGRAM, 'demo'], { env: env(), encoding: 'utf8' });
    for (const { secret } of Object.values(keys)) expect(stdout).not.toContain(secret);
  });

  it('keeps its own words within 80 columns', () => {
    const { stdout } = spawnSync(process.execPath, [PROGRAM, 'demo'], { env: env(), encoding: 'utf8' });
    const own = stdout
      .split('\n')
      .filter((line) => /^(?:\d {2}| {3}\S|akscan|The company|Nothing|Now your own|\$)/.test(line));
    expect(own.length).toBeGreaterThan(20);
    expect(own.filter((line) => line.length > 80)).toEqual([]);
  });

  it('says so when there is no place for its folder', () => {
    const { status, stderr } = spawnSync(process.execPath, [PROGRAM, 'demo'], {
      env: { ...env(), TMPDIR: path.join(folder, 'missing') },
      encoding: 'utf8',
    });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^akscan: The demo needs a temporary folder/);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 130],
    ['SIGHUP', 129],
  ] as const)('cleans up when it is stopped by %s', async (name, code) => {
    const child = spawn(process.execPath, [PROGRAM, 'demo'], { env: env(), stdio: ['ignore', 'pipe', 'ignore'] });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    child.stdout.on('data', (chunk: Buffer) => {
      // In the middle: a repository stands and akscan is about to be run on it.
      if (chunk.includes('$ akscan')) child.kill(name);
    });
    expect(await ended).toBe(code);
    expect(readdirSync(folder)).toEqual([]);
  });
});
