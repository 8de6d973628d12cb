// What the other side may answer instead of a repository. Each ends in a state of its own and one sentence.

import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { PATIENCE } from '../../../src/audit/mirror/types.js';
import { commit, git, temporaryFolder } from '../../support/repository.js';
import { ENOUGH, endlessPack, isPost, packRequests } from './hostile-pack.js';
import { contentOf, forge, mirrorsIn, ready, remoteRepository, signal } from './serving.js';

afterEach(() => void vi.unstubAllEnvs());

const advertisement = { 'content-type': 'application/x-git-upload-pack-advertisement' };

const NOTHING = { mirrors: 0, making: 0, leases: 0 };

const answering =
  (status: number, headers: Readonly<Record<string, string>> = {}, body: string | Buffer = '') =>
  (_: IncomingMessage, response: ServerResponse): boolean => {
    response.writeHead(status, headers).end(body);
    return true;
  };

describe('credentials', () => {
  const auth = { username: 'x-access-token', password: `t0ken-${randomBytes(8).toString('hex')}` };

  it('are asked for by address, and open what is private', async () => {
    const { url } = await forge({ auth });
    const asked: string[] = [];
    const credentialFor = async (address: URL) => {
      asked.push(address.href);
      return auth;
    };
    const mirrors = await mirrorsIn(undefined, {}, { credentialFor });
    ready(await mirrors.obtain(remoteRepository(`${url}/team/app`), null, signal));
    expect(asked).toEqual([`${url}/team/app`]);
  });

  it.skipIf(!existsSync('/proc/self/cmdline'))('stand in no command line and in no file', async () => {
    const lines = new Set<string>();
    const { url } = await forge({
      auth,
      onRequest: async (request) => {
        for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) lines.add(commandLineOf(pid));
        // For the test to be one: git is at work meanwhile.
        if (isPost(request)) await sleep(50);
        return false;
      },
    });
    const mirrors = await mirrorsIn(undefined, {}, { credentialFor: async () => auth });
    const { folder } = ready(await mirrors.obtain(remoteRepository(`${url}/team/app`), null, signal));
    const pair = Buffer.from(`${auth.username}:${auth.password}`).toString('base64');
    expect([...lines].some((line) => line.includes(`${url}/team/app`) && line.includes('fetch'))).toBe(true);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const texts = [...lines, ...files.map((file) => readFileSync(`${file.parentPath}/${file.name}`, 'latin1'))];
    for (const hidden of [auth.password, pair]) expect(texts.filter((text) => text.includes(hidden))).toEqual([]);
  });

  it('that an address brings along are taken out of it', async () => {
    const { url } = await forge({ auth });
    const mirrors = await mirrorsIn();
    const address = url.replace('//', `//${auth.username}:${auth.password}@`);
    const { folder } = ready(await mirrors.obtain(remoteRepository(`${address}/team/app`), null, signal));
    expect(readFileSync(`${folder}/config`, 'utf8')).not.toContain(auth.password);
    expect(await mirrors.obtain(remoteRepository(`${address}/none`), null, signal)).toMatchObject({ state: 'gone' });
  });

  it.each([
    ['none', null, /asks for credentials, and there are none/],
    ['wrong ones', { username: 'wei', password: 'guessed' }, /does not accept the credentials/],
  ])('that are not enough mean denied: %s', async (_, credential, reason) => {
    const { url } = await forge({ auth });
    const mirrors = await mirrorsIn(undefined, {}, { credentialFor: async () => credential });
    const mirror = await mirrors.obtain(remoteRepository(`${url}/team/app`), null, signal);
    expect(mirror).toEqual({ state: 'denied', reason: expect.stringMatching(reason), look: null });
    expect(JSON.stringify(mirror)).not.toContain('guessed');
    expect(contentOf(mirrors.folder)).toEqual(NOTHING);
  });
});

const commandLineOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
};

describe('answers that are no repository', () => {
  it.each([
    [403, 'denied', /does not let everybody read it.*403/],
    [404, 'gone', /knows no such repository, or hides it/],
    [410, 'gone', /knows no such repository/],
    [429, 'broken', /too many requests/],
    [500, 'broken', /answers with an error \(500\)/],
    [503, 'broken', /answers with an error \(503\)/],
  ])('%i', async (status, state, reason) => {
    const { url } = await forge({
      onRequest: answering(status, { 'content-type': 'text/plain' }, 'fatal: all is well'),
    });
    const mirrors = await mirrorsIn();
    expect(await mirrors.obtain(remoteRepository(`${url}/team/app`), null, signal)).toMatchObject({
      state,
      reason: expect.stringMatching(reason),
      look: null,
    });
    expect(contentOf(mirrors.folder)).toEqual(NOTHING);
  });

  it.each([
    ['a page for people', answering(200, { 'content-type': 'text/html' }, '<html>Sign in</html>')],
    ['an empty one', answering(200, advertisement)],
    ['random bytes', answering(200, advertisement, randomBytes(100_000))],
    ['half a line', answering(200, advertisement, '001e# service=git-upload-pack\n0000ffff')],
    ['a name that is none', answering(200, advertisement, '001e# service=git-upload-pack\n0000000ano name')],
  ])('%s', async (_, onRequest) => {
    const { url } = await forge({ onRequest });
    const mirrors = await mirrorsIn();
    expect(await mirrors.obtain(remoteRepository(`${url}/team/app`), null, signal)).toMatchObject({ state: 'broken' });
  });

  it('a pack of random bytes, or none', async () => {
    for (const body of [randomBytes(5_000), Buffer.from('PACK'), Buffer.alloc(0)]) {
      const isForPack = packRequests();
      const result = { 'content-type': 'application/x-git-upload-pack-result' };
      const { url } = await forge({
        onRequest: (request, response) => isForPack(request) && answering(200, result, body)(request, response),
      });
      const mirrors = await mirrorsIn();
      expect(await mirrors.obtain(remoteRepository(`${url}/team/app`), null, signal)).toMatchObject({
        state: 'broken',
      });
      expect(contentOf(mirrors.folder)).toEqual(NOTHING);
    }
  });

  it('nobody there', async () => {
    const { url, close } = await forge();
    await close();
    const mirrors = await mirrorsIn();
    expect(await mirrors.obtain(remoteRepository(`${url}/team/app`), null, signal)).toMatchObject({
      state: 'broken',
      reason: expect.stringMatching(/cannot be reached/),
    });
  });

  it('an address of another kind', async () => {
    const mirrors = await mirrorsIn();
    for (const address of [
      'ext::sh -c true',
      'git://127.0.0.1/a',
      'file:///tmp',
      '--upload-pack=true',
      'ssh://-oProxyCommand=x/a',
      'wei@$(id):a',
    ]) {
      expect(
        await mirrors.obtain(
          remoteRepository('https://x.invalid/a', { clone: { from: 'url', url: address } }),
          null,
          signal,
        ),
      ).toMatchObject({
        state: 'broken',
      });
    }
  });
});

describe('a repository that has moved', () => {
  const movingTo =
    (base: () => string, status = 301) =>
    (request: IncomingMessage, response: ServerResponse) => {
      const rest = /^\/old\/name(\/.*)$/.exec(request.url ?? '')?.[1];
      if (rest === undefined) return false;
      return answering(status, { location: `${base()}/team/app${rest}` })(request, response);
    };

  it.each([301, 302, 307, 308])('is followed on the same host, and that is said (%i)', async (status) => {
    const auth = { username: 'wei', password: 'open sesame' };
    const { url } = await forge({ auth, onRequest: movingTo(() => '', status) });
    const mirrors = await mirrorsIn(undefined, {}, { credentialFor: async () => auth });
    const { look } = ready(await mirrors.obtain(remoteRepository(`${url}/old/name`), null, signal));
    const told = [`A repository has moved: ${url}/old/name is now ${url}/team/app.`];
    expect(mirrors.told).toEqual(told);
    expect(await mirrors.obtain(remoteRepository(`${url}/old/name`), look, signal)).toMatchObject({
      state: 'unchanged',
    });
    expect(mirrors.told).toEqual(told);
  });

  it('to another host is not followed, and nothing is sent there', async () => {
    const other = await forge();
    const { url } = await forge({ onRequest: movingTo(() => other.url) });
    const mirrors = await mirrorsIn(undefined, {}, { credentialFor: async () => ({ username: 'a', password: 'b' }) });
    expect(await mirrors.obtain(remoteRepository(`${url}/old/name`), null, signal)).toEqual({
      state: 'gone',
      reason: `it has moved to another host (${new URL(other.url).host}), which is not followed`,
      look: null,
    });
    expect(other.requests).toEqual([]);
  });

  it('to another host is not followed where the person has their git follow', async () => {
    const other = await forge();
    const { url } = await forge({ onRequest: movingTo(() => other.url) });
    const configuration = path.join(temporaryFolder(), 'gitconfig');
    writeFileSync(configuration, `[http "${url}/old"]\n\tfollowRedirects = true\n`);
    vi.stubEnv('GIT_CONFIG_GLOBAL', configuration);
    const mirrors = await mirrorsIn(undefined, {}, { credentialFor: async () => ({ username: 'a', password: 'b' }) });
    expect(await mirrors.obtain(remoteRepository(`${url}/old/name`), null, signal)).toMatchObject({ state: 'gone' });
    expect(other.requests).toEqual([]);
  });

  it('is told of without the password that its old address had', async () => {
    const auth = { username: 'wei', password: 'open@sesame' };
    const { url } = await forge({ auth, onRequest: movingTo(() => '') });
    const mirrors = await mirrorsIn(undefined, {}, { credentialFor: async () => auth });
    const address = url.replace('//', '//wei:open@sesame@');
    await mirrors.obtain(remoteRepository(url, { clone: { from: 'url', url: `${address}/old/name` } }), null, signal);
    expect(mirrors.told).toEqual([`A repository has moved: ${url}/old/name is now ${url}/team/app.`]);
  });

  it('in a circle, to another page, or to nowhere is given up', async () => {
    for (const location of ['/old/name/info/refs?service=git-upload-pack', '/login', null]) {
      const { url } = await forge({ onRequest: answering(302, location === null ? {} : { location }) });
      const mirrors = await mirrorsIn();
      expect(await mirrors.obtain(remoteRepository(`${url}/old/name`), null, signal)).toMatchObject({ state: 'gone' });
    }
  });

  it('while it is fetched from is not followed either', async () => {
    const other = await forge();
    const isForPack = packRequests();
    const { url } = await forge({
      onRequest: (request, response) =>
        isForPack(request) && answering(307, { location: `${other.url}${request.url}` })(request, response),
    });
    const mirrors = await mirrorsIn();
    expect(await mirrors.obtain(remoteRepository(`${url}/team/app`), null, signal)).toMatchObject({ state: 'gone' });
    expect(other.requests).toEqual([]);
  });
});

describe('a transfer', () => {
  it('of more than is allowed is ended, and nothing of it stays', async () => {
    const { url, app } = await forge();
    commit(app, { large: randomBytes(3 << 20) });
    const repo = remoteRepository(`${url}/team/app`);
    const mirrors = await mirrorsIn(undefined, { maxRepositorySize: 1 << 20 });
    expect(await mirrors.obtain(repo, null, signal)).toEqual({
      state: 'too-large',
      reason: 'it takes more than 1 MB on the disk (--max-repo-size)',
      look: null,
    });
    expect(contentOf(mirrors.folder)).toEqual(NOTHING);
    const narrow = await mirrorsIn(undefined, { cacheSize: 1 << 20, maxRepositorySize: 2 << 20 });
    expect(await narrow.obtain(repo, null, signal)).toMatchObject({ reason: expect.stringMatching(/--cache-size/) });
  });

  it('that makes a mirror larger than is allowed takes it away', async () => {
    const { url, app } = await forge();
    const repo = remoteRepository(`${url}/team/app`);
    const mirrors = await mirrorsIn(undefined, { maxRepositorySize: 1 << 20 });
    await ready(await mirrors.obtain(repo, null, signal)).release();
    expect(contentOf(mirrors.folder).mirrors).toBe(1);
    commit(app, { large: randomBytes(2 << 20) });
    expect(await mirrors.obtain(repo, null, signal)).toMatchObject({ state: 'too-large' });
    expect(contentOf(mirrors.folder)).toEqual(NOTHING);
  });

  it('of what took the place of another history fits where a fresh one does', async () => {
    const { url, app } = await forge();
    const rewrite = (): void => {
      git(app, 'checkout', '--quiet', '--orphan', 'other');
      commit(app, { large: randomBytes(700_000) });
      git(app, 'branch', '-M', 'other', 'main');
    };
    rewrite();
    const repo = remoteRepository(`${url}/team/app`);
    const mirrors = await mirrorsIn(undefined, { maxRepositorySize: 1 << 20 });
    const first = ready(await mirrors.obtain(repo, null, signal));
    await first.release();
    rewrite();
    const second = ready(await mirrors.obtain(repo, first.look, signal));
    expect(git(second.folder, 'rev-parse', 'main')).toBe(git(app, 'rev-parse', 'main'));
  });

  it('without end is ended at the bound', async () => {
    const endless = endlessPack();
    const { url } = await forge({ onRequest: endless.onRequest });
    const mirrors = await mirrorsIn(undefined, { maxRepositorySize: 4 << 20 });
    expect(await mirrors.obtain(remoteRepository(`${url}/team/app`), null, signal)).toMatchObject({
      state: 'too-large',
    });
    expect(endless.sent()).toBeLessThan(ENOUGH);
    expect(contentOf(mirrors.folder)).toEqual(NOTHING);
  });

  it.each([
    ['stalls', { stalled: 1 }, /sent next to nothing for 1 seconds/],
    ['takes too long', { fetch: 700 }, /took more than 1 minutes/],
  ])('that %s is ended', async (_, patience, reason) => {
    const { url } = await forge({ onRequest: packRequests() });
    const mirrors = await mirrorsIn(undefined, {}, { patience: { ...PATIENCE, ...patience } });
    expect(await mirrors.obtain(remoteRepository(`${url}/team/app`), null, signal)).toMatchObject({
      state: 'broken',
      reason: expect.stringMatching(reason),
      look: null,
    });
    expect(contentOf(mirrors.folder)).toEqual(NOTHING);
  });

  it.skipIf(!existsSync('/proc/self/stat'))('of refs without end is ended before it takes all memory', async () => {
    let sent = 0;
    const { url } = await forge({
      onRequest: async (_, response) => {
        response.on('error', () => {});
        response.writeHead(200, advertisement);
        response.write('001e# service=git-upload-pack\n0000');
        for (let at = 0; !response.destroyed && sent < ENOUGH; at++) {
          const line = `${'1'.repeat(40)} refs/heads/${'x'.repeat(900)}${at}\n`;
          const lines = `${(line.length + 4).toString(16).padStart(4, '0')}${line}`.repeat(64);
          sent += lines.length;
          response.write(lines);
          while (response.writableNeedDrain && !response.destroyed) await sleep(1);
        }
        return true;
      },
    });
    const mirrors = await mirrorsIn(undefined, {}, { patience: { ...PATIENCE, memory: 64 << 20 } });
    expect(await mirrors.obtain(remoteRepository(`${url}/team/app`), null, signal)).toEqual({
      state: 'too-large',
      reason: 'it has more refs than can be taken in',
      look: null,
    });
    expect(sent).toBeLessThan(ENOUGH);
  });

  it('that never begins is ended', async () => {
    const { url } = await forge({ onRequest: () => true });
    const mirrors = await mirrorsIn(undefined, {}, { patience: { ...PATIENCE, ask: 500 } });
    expect(await mirrors.obtain(remoteRepository(`${url}/team/app`), null, signal)).toMatchObject({
      state: 'broken',
      reason: expect.stringMatching(/did not say within 0.5 seconds/),
    });
  });

  it('that breaks off is said to, and the next attempt succeeds', async () => {
    const isForPack = packRequests();
    const { url } = await forge({
      onRequest: (request, response) => {
        if (!isForPack(request)) return false;
        response.writeHead(200, { 'content-type': 'application/x-git-upload-pack-result', 'content-length': '5000' });
        response.write('000dpackfile\n', () => response.destroy());
        return true;
      },
    });
    const repo = remoteRepository(`${url}/team/app`);
    const mirrors = await mirrorsIn();
    expect(await mirrors.obtain(repo, null, signal)).toMatchObject({
      state: 'broken',
      reason: expect.stringMatching(/broke off in the middle/),
    });
    ready(await mirrors.obtain(repo, null, signal));
  });

  it.each([
    ['has had too many requests', 429],
    ['fails', 503],
  ])('that %s loses us no mirror', async (_, status) => {
    let isAway = false;
    const { url, app, requests } = await forge({
      onRequest: (request, response) =>
        isAway && request.method === 'POST' && answering(status, { 'content-type': 'text/plain' })(request, response),
    });
    const repo = remoteRepository(`${url}/team/app`);
    const mirrors = await mirrorsIn();
    const first = ready(await mirrors.obtain(repo, null, signal));
    await first.release();
    commit(app, { more: 'more' });
    isAway = true;
    const before = requests.length;
    expect(await mirrors.obtain(repo, first.look, signal)).toMatchObject({ state: 'broken' });
    const asked = requests.length - before;
    expect(contentOf(mirrors.folder)).toEqual({ mirrors: 1, making: 0, leases: 0 });
    isAway = false;
    ready(await mirrors.obtain(repo, first.look, signal));
    // Once, not once more for a mirror made anew.
    expect(asked).toBeLessThanOrEqual(4);
  });
});
