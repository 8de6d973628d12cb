// Fetching over HTTP from git's own server program, which asks for the credentials that actions/checkout leaves.

import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { buildAction, runStep } from '../support/action.js';
import { createKeys } from '../support/keys.js';
import { commit, git, repository, sharedFolder, temporaryFolder } from '../support/repository.js';

const keys = createKeys(7_702);
const folder = sharedFolder();
let bundle = '';

beforeAll(() => {
  bundle = buildAction(`${folder}/action`);
});

const yaml = (): string => `accessKeyId: ${keys.id24()}\naccessKeySecret: ${keys.secret30()}\n`;
const basic = (pair: string): string => `basic ${Buffer.from(pair).toString('base64')}`;

/** `git http-backend` for one repository, behind a password (git-http-backend, CGI). */
const serve = async (origin: string, wanted: string) => {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const { authorization } = request.headers;
    asked.push(authorization);
    if (authorization?.toLowerCase() !== wanted.toLowerCase()) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' });
      response.end();
      return;
    }
    const url = new URL(request.url ?? '/', 'http://git');
    const backend = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env['PATH'],
        GIT_PROJECT_ROOT: path.dirname(origin),
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        PATH_INFO: url.pathname.replace('/wei/shop', `/${path.basename(origin)}`),
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method ?? 'GET',
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
        ...(request.headers['content-encoding'] === undefined
          ? {}
          : { HTTP_CONTENT_ENCODING: request.headers['content-encoding'] }),
      },
    });
    request.pipe(backend.stdin);
    backend.stdin.on('error', () => {});
    const chunks: Buffer[] = [];
    backend.stdout.on('data', (chunk: Buffer) => void chunks.push(chunk));
    backend.on('close', () => {
      const whole = Buffer.concat(chunks);
      const end = whole.indexOf('\r\n\r\n');
      const headers = whole.toString('latin1', 0, end).split('\r\n');
      const status = Number(/^Status: (\d+)/im.exec(headers.join('\n'))?.[1] ?? 200);
      const given = headers
        .filter((line) => !/^status:/i.test(line))
        .map((line) => line.split(': ') as [string, string]);
      response.writeHead(status, Object.fromEntries(given));
      response.end(whole.subarray(end + 4));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
};

/** A checkout of the merge commit alone, and the event. */
const prepared = () => {
  const origin = repository();
  for (let index = 0; index < 6; index += 1)
    commit(origin, { 'README.md': `The shop ${index}\n`, [`${index}.txt`]: 'x\n' });
  const base = git(origin, 'rev-parse', 'HEAD');
  git(origin, 'checkout', '--quiet', '-b', 'topic');
  const head = commit(origin, { 'b.yml': yaml() });
  git(origin, 'checkout', '--quiet', '--detach', 'main');
  git(origin, 'merge', '--quiet', '--no-ff', '--message', 'Merge', 'topic');
  git(origin, 'update-ref', 'refs/pull/7/merge', 'HEAD');
  git(origin, 'update-ref', 'refs/pull/7/head', head);
  const payload = { pull_request: { number: 7, commits: 1, base: { ref: 'main', sha: base }, head: { sha: head } } };
  const env = { GITHUB_SHA: git(origin, 'rev-parse', 'HEAD') };
  git(origin, 'checkout', '--quiet', 'main');
  return { origin, payload, env };
};

const clone = (origin: string, url: string, ...options: readonly string[]): string => {
  const cwd = repository();
  git(cwd, 'remote', 'add', 'origin', `file://${origin}`);
  git(cwd, 'fetch', '--quiet', '--depth=1', ...options, 'origin', '+refs/pull/7/merge:refs/remotes/pull/7/merge');
  git(cwd, 'checkout', '--quiet', '--detach', 'refs/remotes/pull/7/merge');
  git(cwd, 'remote', 'set-url', 'origin', url);
  return cwd;
};

describe('fetching what a shallow checkout lacks', () => {
  it('uses the header that actions/checkout left, also in a file that is included', async () => {
    const { origin, payload, env } = prepared();
    const token = basic('x-access-token:from-checkout');
    const { url, asked } = await serve(origin, token);
    for (const how of ['own', 'included']) {
      const cwd = clone(origin, `${url}/wei/shop`);
      if (how === 'own') git(cwd, 'config', `http.${url}/.extraheader`, `AUTHORIZATION: ${token}`);
      else {
        const file = `${temporaryFolder()}/credentials.config`;
        writeFileSync(file, `[http "${url}/"]\n\textraheader = AUTHORIZATION: ${token}\n`);
        git(cwd, 'config', `includeIf.gitdir:${cwd}/.git.path`, file);
      }
      const ran = await runStep(bundle, { cwd, event: 'pull_request', payload, env });
      expect([ran.code, ran.outputs['findings']], ran.log).toEqual([1, '1']);
      expect(ran.stdout).not.toContain(token.slice(6));
    }
    expect(asked.length).toBeGreaterThan(0);
  });

  it('uses the token where there is none, for a checkout over SSH, too, and gives it to no other host', async () => {
    const { origin, payload, env } = prepared();
    const { url } = await serve(origin, basic('x-access-token:given'));
    const other = await serve(origin, basic('nobody:knows'));
    const inputs = { 'github-token': 'given', comment: 'false' };
    const server = { ...env, GITHUB_SERVER_URL: url };
    for (const remote of [`${url}/wei/shop`, 'git@example.com:wei/shop.git', 'ssh://git@example.com/wei/shop.git']) {
      const ran = await runStep(bundle, {
        cwd: clone(origin, remote),
        event: 'pull_request',
        payload,
        env: server,
        inputs,
      });
      expect([ran.code, ran.outputs['findings']], ran.log).toEqual([1, '1']);
    }
    const cwd = clone(origin, `${other.url}/wei/shop`);
    const ran = await runStep(bundle, { cwd, event: 'pull_request', payload, env: server, inputs });
    expect(ran.code).toBe(2);
    expect(ran.commands).toEqual([expect.stringContaining('could not be fetched')]);
    expect(other.asked.every((header) => header === undefined)).toBe(true);
  });

  it('uses the password of a URL and prints it nowhere', async () => {
    const { origin, payload, env } = prepared();
    const { url } = await serve(origin, basic('wei:p@ss'));
    const remote = `${url.replace('//', '//wei:p%40ss@')}/wei/shop`;
    const ran = await runStep(bundle, { cwd: clone(origin, remote), event: 'pull_request', payload, env });
    expect([ran.code, ran.outputs['findings']], ran.log).toEqual([1, '1']);
    const wrong = remote.replace('p%40ss', 'passw%40rd');
    const failed = await runStep(bundle, { cwd: clone(origin, wrong), event: 'pull_request', payload, env });
    expect(failed.code).toBe(2);
    expect(failed.stdout + failed.stderr).not.toMatch(/passw/);
  });

  it('fetches what a partial clone left out', async () => {
    const { origin, payload, env } = prepared();
    git(origin, 'config', 'uploadpack.allowFilter', 'true');
    const cwd = clone(origin, `file://${origin}`, '--filter=blob:none');
    const ran = await runStep(bundle, { cwd, event: 'pull_request', payload, env });
    expect([ran.code, ran.outputs['findings']], ran.log).toEqual([1, '1']);
  });

  it('runs nothing that the configuration of the checkout names', async () => {
    const { origin, payload, env } = prepared();
    const cwd = clone(origin, `file://${origin}`);
    const mark = `${temporaryFolder()}/ran`;
    const program = `touch ${mark}`;
    for (const name of [
      'core.fsmonitor',
      'core.sshCommand',
      'remote.origin.uploadpack',
      'credential.helper',
      'core.pager',
    ])
      git(cwd, 'config', name, program);
    git(cwd, 'config', 'url.ext::sh -c touch% x.insteadOf', 'file://');
    const ran = await runStep(bundle, { cwd, event: 'pull_request', payload, env });
    expect([ran.code, ran.outputs['findings']], ran.log).toEqual([1, '1']);
    expect(() => git(folder, 'hash-object', mark)).toThrow();
  });
});
