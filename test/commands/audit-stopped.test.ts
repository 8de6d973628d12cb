// Ctrl-C in the middle of an audit: here its forge never answers, so that the middle is long.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROGRAM } from '../support/akscan.js';
import { temporaryFolder } from '../support/repository.js';

const server = createServer(() => {});
let source = '';

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  source = `gitea:http://127.0.0.1:${(server.address() as AddressInfo).port}/acme`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const stopped = async (args: readonly string[]) => {
  const folder = temporaryFolder();
  const asked = once(server, 'request');
  const child = spawn(process.execPath, [PROGRAM, 'audit', source, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  await asked;
  child.kill('SIGINT');
  const [stdout, stderr, [code]] = await said;
  return { stdout, stderr, code };
};

describe('an audit that is stopped', () => {
  it('with a store says what to type to go on', async () => {
    const { code, stdout } = await stopped(['--store', 'a b.db', '--verify']);
    expect(code).toBe(130);
    expect(stdout).toContain('  Stopped before any repository was listed.\n');
    expect(stdout).toMatch(/Next: go on where it was stopped:\n.*\n$/);
    expect(stdout.split('\n').at(-2)).toBe(`  akscan audit --resume ${source} --store 'a b.db' --verify`);
  });

  it('without one says that nothing was kept, and what would', async () => {
    const { stdout } = await stopped([]);
    expect(stdout.replace(/\n/g, ' ')).toMatch(/Next: nothing was kept, .* with --store FILE it can go on\. $/);
    expect(stdout).not.toContain('--resume');
  });

  it('says it beside a report for programs', async () => {
    const { stdout, stderr } = await stopped(['--store', 'a.db', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ summary: { interrupted: true } });
    expect(stderr).toMatch(
      /^Stopped before the end\. No repository was read\. [^\n]*\nNext: go on where it was stopped:\n/,
    );
  });
});
