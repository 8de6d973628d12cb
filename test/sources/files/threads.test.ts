// The second thread is a program of its own: it is built here as the product's build does it.

import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import esbuild from 'esbuild';
import { describe, expect, it, vi } from 'vitest';
// @ts-expect-error a plain script shared with the build
import { forEsbuild } from '../../../scripts/virtual-modules.mjs';
import { anchorsOf } from '../../../src/detect/anchors.js';
import { rulesFor } from '../../../src/detect/rules.js';
import { scanTree } from '../../../src/sources/files/scan-tree.js';
import {
  createThreads,
  type FromWorker,
  type ThreadsOptions,
  type ToWorker,
  type WorkerData,
} from '../../../src/sources/files/threads.js';
import { namesOf, type Root, textOf, type Work } from '../../../src/sources/files/work.js';
import { id24, secret30 } from '../../support/keys.js';
import { temporaryFolder, write } from '../../support/repository.js';
import { defaults, places, recorder } from '../recording.js';

const buildWorker = async (folder: string): Promise<URL> => {
  const outfile = path.join(folder, 'scan-worker.cjs');
  await esbuild.build({
    entryPoints: [path.resolve('src/sources/files/worker.ts')],
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    plugins: [forEsbuild()],
  });
  return pathToFileURL(outfile);
};

const rootOf = (folder: string): Root => ({ folder, prefix: '', top: null });

const optionsWith = (url: URL): ThreadsOptions => ({
  settings: { include: [], exclude: [], maxSize: null, detector: {} },
  threads: 2,
  signal: new AbortController().signal,
  worker: () => url,
});

describe('several threads', () => {
  it('find what one finds, and count the same', async () => {
    const folder = temporaryFolder();
    const ids = Array.from({ length: 30 }, id24);
    const files: Record<string, string> = {};
    for (let index = 0; index < 3_000; index += 1) files[`folder-${index % 10}/file-number-${index}.txt`] = `${index}`;
    for (const [index, id] of ids.entries())
      files[`folder-${index % 10}/key-${index}`] = `accessKeyId=${id}\naccessKeySecret=${secret30()}\n`;
    write(folder, files);
    const worker = await buildWorker(temporaryFolder());
    const results = [];
    for (const url of [null, worker]) {
      const { sink, recording } = recorder();
      await scanTree({ target: folder, folder, top: null }, { ...defaults, threads: 3 }, sink, () => url);
      results.push({ places: places(recording), counts: recording.counts, skipped: recording.skipped });
    }
    expect(results[0]?.places).toHaveLength(30);
    expect(results[0]?.counts.files).toBe(3_030);
    expect(results[1]).toEqual(results[0]);
  });

  it('lose nothing and do nothing twice, whoever finds and whoever judges', async () => {
    const folder = temporaryFolder();
    write(folder, { 'large.txt': 'nothing\n'.repeat(130_000), 'key.env': `accessKeyId=${id24()}\n` });
    const names = Array.from({ length: 2_000 }, (_, index) => (index % 20 === 7 ? 'key.env' : 'large.txt'));
    const counted = { files: 0, found: 0 };
    const threads = createThreads(optionsWith(await buildWorker(temporaryFolder())), ({ files, found }) => {
      counted.files += files;
      counted.found += found.length;
    });
    await threads.add({ kind: 'files', root: rootOf(folder), names: textOf(names), repositories: 'told' });
    await threads.finish();
    threads.stop();
    expect(counted).toEqual({ files: 2_000, found: 100 });
  });

  it('go on with what is left, and give half of it back when it is wanted', async () => {
    const folder = temporaryFolder();
    write(folder, { 'large.txt': 'nothing\n'.repeat(130_000) });
    const names = textOf(Array(1_200).fill('large.txt'));
    const work: Work = { kind: 'files', root: rootOf(folder), names, repositories: 'told' };
    for (const others of ['busy', 'idle']) {
      const wanted = new Int32Array(new SharedArrayBuffer(4));
      const data: WorkerData = {
        anchors: anchorsOf(rulesFor({})),
        settings: { include: [], exclude: [], maxSize: null, detector: {} },
        wanted,
      };
      const worker = new Worker(await buildWorker(temporaryFolder()), { workerData: data });
      if (others === 'idle') wanted[0] = 1;
      const answers: FromWorker[] = [];
      const ended = new Promise<void>((resolve, reject) => {
        worker.on('error', reject);
        worker.on('message', (answer: FromWorker) => {
          answers.push(answer);
          if (answer.done) resolve();
        });
      });
      const message: ToWorker = { work: [work, work] };
      worker.postMessage(message);
      await ended;
      const end: ToWorker = { work: null };
      worker.postMessage(end);
      await once(worker, 'exit');
      const read = answers.reduce((files, { outcome }) => files + outcome.files, 0);
      const back = answers.map(({ outcome }) => outcome.rest.flatMap((piece) => namesOf(piece.names)).length);
      expect(answers.length).toBeGreaterThan(2);
      expect(read + back.reduce((sum, files) => sum + files)).toBe(2_400);
      // Whoever asked gets it once, and soon.
      if (others === 'busy') expect(read).toBe(2_400);
      else {
        expect(back[0]).toBeGreaterThan(1_000);
        expect(back.slice(1).every((files) => files === 0)).toBe(true);
      }
    }
  });

  it.runIf(process.platform === 'linux')('leave nothing open behind them', async () => {
    const folder = temporaryFolder();
    write(folder, { 'large.txt': 'nothing\n'.repeat(130_000) });
    const names = Array.from({ length: 2_000 }, () => 'large.txt');
    const worker = await buildWorker(temporaryFolder());
    const isRoot = (fd: string): boolean => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`) === '/';
      } catch {
        return false;
      }
    };
    // Enough to read that another thread is up before all is done.
    for (let turn = 0; turn < 3; turn += 1) {
      const threads = createThreads(optionsWith(worker), () => {});
      await threads.add({ kind: 'files', root: rootOf(folder), names: textOf(names), repositories: 'told' });
      await threads.finish();
      threads.stop();
    }
    // This thread keeps one.
    await vi.waitFor(() => expect(readdirSync('/proc/self/fd').filter(isRoot).length).toBeLessThan(2), {
      timeout: 20_000,
    });
  });

  it('end with the error of the one that failed', async () => {
    const [folder, broken] = [temporaryFolder(), temporaryFolder()];
    write(broken, { 'worker.mjs': 'throw new Error("no such luck")' });
    // More to read than could be done before a thread is told to have failed.
    write(folder, { 'large.txt': 'nothing\n'.repeat(500_000) });
    const threads = createThreads(optionsWith(pathToFileURL(path.join(broken, 'worker.mjs'))), () => {});
    const names = textOf(Array(40_000).fill('large.txt'));
    const ended = threads
      .add({ kind: 'files', root: rootOf(folder), names, repositories: 'told' })
      .then(() => threads.finish());
    await expect(ended).rejects.toThrow('no such luck');
    threads.stop();
  });
});
