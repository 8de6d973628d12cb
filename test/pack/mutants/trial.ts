// Runs a kernel over the corpus, in a thread of its own: one that hangs is stopped.

import path from 'node:path';
import { Worker } from 'node:worker_threads';
import esbuild from 'esbuild';
// @ts-expect-error a plain script shared with the build
import { forEsbuild, root } from '../../../scripts/virtual-modules.mjs';
import type { Database, Outcome } from '../read-database.js';
import { ANCHORS, type Specimen } from './corpus.js';

export type Trial = (program: Uint8Array) => Promise<readonly Outcome[] | 'hung' | 'failed'>;

/** @param folder where the engine is bundled to */
export const createTrial = async (folder: string, specimens: readonly Specimen[], seconds: number): Promise<Trial> => {
  const harness = path.join(folder, 'harness.mjs');
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['test/pack/mutants/harness.ts'],
    outfile: harness,
    bundle: true,
    format: 'esm',
    platform: 'node',
    plugins: [forEsbuild()],
  });
  return (program) =>
    new Promise((resolve) => {
      const workerData: readonly Database[] = specimens.map(({ objects, hash, maxSize }) => ({
        objects,
        hash,
        maxSize,
        anchors: ANCHORS,
        program,
      }));
      const worker = new Worker(harness, { workerData });
      const over = (outcome: Awaited<ReturnType<Trial>>): void => {
        clearTimeout(timer);
        resolve(outcome);
        void worker.terminate();
      };
      const timer = setTimeout(() => over('hung'), seconds * 1_000);
      worker.once('message', over);
      worker.once('error', () => over('failed'));
    });
};
