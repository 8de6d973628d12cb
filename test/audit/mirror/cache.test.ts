// The folder that mirrors are kept in: what it may take, who shares it, and what is left behind in it.

import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openCacheFolder } from '../../../src/audit/mirror/cache-folder.js';
import { commit, git, repository, temporaryFolder } from '../../support/repository.js';
import { endlessPack, packRequests } from './hostile-pack.js';
import { inAnotherProcess } from './process.js';
import { contentOf, type Forge, forge, mirrorsIn, type Opened, ready, remoteRepository, signal } from './serving.js';

const settingsOf = (folder: string, after: 'keep' | 'remove') =>
  ({ folder, after, cacheSize: 1 << 30, maxRepositorySize: null }) as const;

/** Of `bytes` random bytes, so that its pack is no smaller. */
const withRepository = ({ root }: Forge, name: string, bytes: number): void => {
  const content = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(content.subarray(at, Math.min(at + 65_536, bytes)));
  commit(repository(path.join(root, name)), { content });
};

const fetchAndRelease = async (mirrors: Opened, url: string): Promise<string> => {
  const mirror = ready(await mirrors.obtain(remoteRepository(url), null, signal));
  await mirror.release();
  return mirror.folder;
};

describe('the folder of mirrors', () => {
  it('is made for its owner alone, and found again', () => {
    const folder = path.join(temporaryFolder(), 'a', 'mirrors');
    openCacheFolder(folder, () => {});
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readFileSync(path.join(folder, 'akscan-mirrors'), 'utf8')).toBe('1\n');
    expect(openCacheFolder(folder, () => {}).folder).toBe(folder);
  });

  it('is closed to others where it is empty or ours, and that is said', () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    const told: string[] = [];
    openCacheFolder(folder, (sentence) => void told.push(sentence));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(told).toEqual([expect.stringMatching(/can now be read by you alone/)]);
  });

  it('is refused where it holds anything else, of which nothing is touched', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'thesis.txt'), 'years of work');
    mkdirSync(path.join(folder, 'making'));
    chmodSync(folder, 0o755);
    expect(() => openCacheFolder(folder, () => {})).toThrow(/is not empty and was not made for mirrors/);
    const { url } = await forge();
    const mirrors = await mirrorsIn(folder, { cacheSize: 0, after: 'remove' });
    expect(await mirrors.obtain(remoteRepository(`${url}/team/app`), null, signal)).toMatchObject({ state: 'broken' });
    await mirrors.close();
    expect(readdirSync(folder)).toEqual(['making', 'thesis.txt']);
    expect(statSync(folder).mode & 0o777).toBe(0o755);
  });

  it('is refused where others may write, or where another version has kept its own', () => {
    const open = temporaryFolder();
    chmodSync(open, 0o777);
    expect(() => openCacheFolder(open, () => {})).toThrow(/Others may write/);
    const later = temporaryFolder();
    writeFileSync(path.join(later, 'akscan-mirrors'), '2\n');
    expect(() => openCacheFolder(later, () => {})).toThrow(/another version/);
  });

  it('is refused where half-made mirrors would lie elsewhere, of which nothing is touched', () => {
    const folder = path.join(temporaryFolder(), 'mirrors');
    openCacheFolder(folder, () => {});
    const elsewhere = temporaryFolder();
    rmSync(path.join(folder, 'making'), { recursive: true });
    symlinkSync(elsewhere, path.join(folder, 'making'));
    expect(() => openCacheFolder(folder, () => {})).toThrow(/leads elsewhere/);
  });

  it('is refused where it cannot be made', () => {
    const file = path.join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(() => openCacheFolder(path.join(file, 'mirrors'), () => {})).toThrow(/Mirrors cannot be kept in/);
  });
});

describe('what mirrors may take', () => {
  it('is kept by taking away those not used for longest', async () => {
    const server = await forge();
    for (const name of ['a', 'b', 'c']) withRepository(server, name, 300_000);
    const mirrors = await mirrorsIn(undefined, { cacheSize: 800_000 });
    const a = await fetchAndRelease(mirrors, `${server.url}/a`);
    await sleep(5);
    const b = await fetchAndRelease(mirrors, `${server.url}/b`);
    await sleep(5);
    await fetchAndRelease(mirrors, `${server.url}/a`);
    const c = await fetchAndRelease(mirrors, `${server.url}/c`);
    expect([a, b, c].map((folder) => existsSync(folder))).toEqual([true, false, true]);
    expect(contentOf(mirrors.folder)).toEqual({ mirrors: 2, making: 0, leases: 0 });
  });

  it('is never made room for with one that is in use, by this process or another', async () => {
    const server = await forge();
    for (const name of ['a', 'b', 'c']) withRepository(server, name, 300_000);
    const mirrors = await mirrorsIn(undefined, { cacheSize: 400_000 });
    const a = ready(await mirrors.obtain(remoteRepository(`${server.url}/a`), null, signal));
    const other = await inAnotherProcess(
      { ...settingsOf(mirrors.folder, 'keep'), cacheSize: 400_000 },
      `${server.url}/b`,
    );
    expect(await other.state).toBe('ready');
    const c = ready(await mirrors.obtain(remoteRepository(`${server.url}/c`), null, signal));
    expect(contentOf(mirrors.folder).mirrors).toBe(3);
    for (const { release } of [a, c]) await release();
    await other.end();
    await mirrorsIn(mirrors.folder, { cacheSize: 400_000 }).then((again) => fetchAndRelease(again, `${server.url}/a`));
    expect(contentOf(mirrors.folder)).toEqual({ mirrors: 1, making: 0, leases: 0 });
  });
});

describe('mirrors that are not to stay', () => {
  it('go as soon as they are released, or at the end', async () => {
    const { url } = await forge();
    const mirrors = await mirrorsIn(undefined, { after: 'remove' });
    const repo = remoteRepository(`${url}/team/app`);
    const first = ready(await mirrors.obtain(repo, null, signal));
    await first.release();
    await first.release();
    expect(contentOf(mirrors.folder)).toEqual({ mirrors: 0, making: 0, leases: 0 });
    ready(await mirrors.obtain(repo, null, signal));
    await mirrors.close();
    expect(contentOf(mirrors.folder)).toEqual({ mirrors: 0, making: 0, leases: 0 });
  });

  it('stay while somebody else reads them, and the last one takes them away', async () => {
    const { url, app } = await forge();
    const repo = remoteRepository(`${url}/team/app`);
    const mirrors = await mirrorsIn(undefined, { after: 'remove' });
    const [first, second] = [
      ready(await mirrors.obtain(repo, null, signal)),
      ready(await (await mirrorsIn(mirrors.folder, { after: 'remove' })).obtain(repo, null, signal)),
    ];
    await first.release();
    expect(git(second.folder, 'rev-parse', 'main')).toBe(git(app, 'rev-parse', 'main'));
    await second.release();
    expect(contentOf(mirrors.folder)).toEqual({ mirrors: 0, making: 0, leases: 0 });
  });

  it('go when several let go at once', async () => {
    const { url } = await forge();
    const repo = remoteRepository(`${url}/team/app`);
    const folder = path.join(temporaryFolder(), 'mirrors');
    const users = await Promise.all(Array.from({ length: 5 }, () => mirrorsIn(folder, { after: 'remove' })));
    const held = await Promise.all(users.map((mirrors) => mirrors.obtain(repo, null, signal).then(ready)));
    await Promise.all(held.map(({ release }) => release()));
    expect(contentOf(folder)).toEqual({ mirrors: 0, making: 0, leases: 0 });
  });

  it('go at the next start when their process was killed while it read them; those that are to stay do', async () => {
    const { url } = await forge();
    for (const after of ['remove', 'keep'] as const) {
      const folder = path.join(temporaryFolder(), 'mirrors');
      const other = await inAnotherProcess(settingsOf(folder, after), `${url}/team/app`);
      expect(await other.state).toBe('ready');
      await other.kill();
      expect(contentOf(folder)).toEqual({ mirrors: 1, making: 0, leases: 1 });
      const next = await mirrorsIn(folder);
      await fetchAndRelease(next, `${url}/team/app`);
      expect(next.told).toHaveLength(after === 'remove' ? 1 : 0);
      expect(contentOf(folder)).toEqual({ mirrors: 1, making: 0, leases: 0 });
    }
  });
});

describe('a fetch that is stopped in the middle', () => {
  /** A server that begins with the pack and never goes on. */
  const halting = async () => {
    let asked = (): void => {};
    const begun = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const isForPack = packRequests();
    const server = await forge({
      onRequest: (request) => {
        if (!isForPack(request)) return false;
        asked();
        return true;
      },
    });
    return { server, begun };
  };

  it('by Ctrl-C leaves neither a process nor half of a mirror', async () => {
    const { server, begun } = await halting();
    const mirrors = await mirrorsIn();
    const controller = new AbortController();
    const obtaining = mirrors.obtain(remoteRepository(`${server.url}/team/app`), null, controller.signal);
    await begun;
    expect(contentOf(mirrors.folder)).toEqual({ mirrors: 0, making: 1, leases: 1 });
    controller.abort(new Error('stopped'));
    await expect(obtaining).rejects.toThrow('stopped');
    expect(contentOf(mirrors.folder)).toEqual({ mirrors: 0, making: 0, leases: 0 });
    await gitGone(server.url);
  });

  it('by kill -9 is swept up at the next start, while others that are being made stay', async () => {
    const [killed, going] = [await halting(), await halting()];
    const folder = path.join(temporaryFolder(), 'mirrors');
    const one = await inAnotherProcess(settingsOf(folder, 'keep'), `${killed.server.url}/team/app`);
    await killed.begun;
    const controller = new AbortController();
    const alive = await mirrorsIn(folder);
    const obtaining = alive
      .obtain(remoteRepository(`${going.server.url}/team/app`, { id: 'another' }), null, controller.signal)
      .catch(() => {});
    await going.begun;
    await one.kill();
    expect(contentOf(folder)).toEqual({ mirrors: 0, making: 2, leases: 2 });
    const next = await mirrorsIn(folder);
    const { url } = await forge();
    await fetchAndRelease(next, `${url}/team/app`);
    expect(next.told).toEqual(['Removed 1 mirror that an interrupted run had left.']);
    expect(contentOf(folder)).toEqual({ mirrors: 1, making: 1, leases: 1 });
    controller.abort();
    await obtaining;
    expect(contentOf(folder)).toEqual({ mirrors: 1, making: 0, leases: 0 });
    await killed.server.close();
    await gitGone(killed.server.url);
  });
});

describe('git', () => {
  it('ends with the process that started it, however that ended', async () => {
    const endless = endlessPack(20);
    const { url } = await forge({ onRequest: endless.onRequest });
    const other = await inAnotherProcess(
      settingsOf(path.join(temporaryFolder(), 'mirrors'), 'keep'),
      `${url}/team/app`,
    );
    await expect.poll(() => endless.sent()).toBeGreaterThan(200_000);
    await other.kill();
    await endless.left;
    await gitGone(url);
  });
});

/** Waits until no process speaks to that server any more. */
const gitGone = async (url: string): Promise<void> => {
  await expect.poll(() => commandLines().filter((line) => line.includes(url) && line.startsWith('git'))).toEqual([]);
};

const commandLines = (): readonly string[] =>
  (existsSync('/proc/self/cmdline') ? readdirSync('/proc') : [])
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    });

describe('two processes that want the same repository', () => {
  it('fetch it one after the other, and both read it', async () => {
    const { url, requests } = await forge({
      // Long enough for both to be there.
      onRequest: async ({ method }) => {
        if (method === 'POST') await sleep(100);
        return false;
      },
    });
    const folder = path.join(temporaryFolder(), 'mirrors');
    const others = await Promise.all([1, 2].map(() => inAnotherProcess(settingsOf(folder, 'keep'), `${url}/team/app`)));
    expect(await Promise.all(others.map(({ state }) => state))).toEqual(['ready', 'ready']);
    expect(contentOf(folder)).toEqual({ mirrors: 1, making: 0, leases: 2 });
    for (const other of others) await other.end();
    expect(contentOf(folder)).toEqual({ mirrors: 1, making: 0, leases: 0 });
    // Each asks which refs there are twice; the pack is sent once.
    expect(requests.filter((request) => request.startsWith('POST'))).toHaveLength(5);
  });
});
