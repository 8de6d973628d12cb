// The second thread is a program of its own: it is built here as the product's build does it.

import path from 'node:path';
import { pathToFileURL } from 'node:url';
import esbuild from 'esbuild';
import { describe, expect, it } from 'vitest';
// @ts-expect-error a plain script shared with the build
import { forEsbuild } from '../../../scripts/virtual-modules.mjs';
import { scanTree } from '../../../src/sources/files/scan-tree.js';
import { id24, secret30 } from '../../support/keys.js';
import { temporaryFolder, write } from '../../support/repository.js';
import { defaults, places, recorder } from '../recording.js';

const buildWorker = async (folder: string): Promise<URL> => {
  const outfile = path.join(folder, 'scan-worker.mjs');
  await esbuild.build({
    entryPoints: [path.resolve('src/sources/files/worker.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    plugins: [forEsbuild()],
    banner: { js: "import{createRequire as r}from'node:module';const require=r(import.meta.url);" },
  });
  return pathToFileURL(outfile);
};

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
      await scanTree({ target: folder, folder, top: null }, { ...defaults, threads: 3 }, sink, url);
      results.push({ places: places(recording), counts: recording.counts, skipped: recording.skipped });
    }
    expect(results[0]?.places).toHaveLength(30);
    expect(results[0]?.counts.files).toBe(3_030);
    expect(results[1]).toEqual(results[0]);
  });

  it('end with the error of the one that failed', async () => {
    const [folder, broken] = [temporaryFolder(), temporaryFolder()];
    write(broken, { 'worker.mjs': 'throw new Error("no such luck")' });
    write(folder, Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`a/file-number-${index}`, 'x'])));
    const { sink } = recorder();
    const url = pathToFileURL(path.join(broken, 'worker.mjs'));
    await expect(scanTree({ target: folder, folder, top: null }, defaults, sink, url)).rejects.toThrow('no such luck');
  });
});
