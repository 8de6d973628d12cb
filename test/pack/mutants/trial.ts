// Runs a kernel over the corpus, in a thread of its own: one that hangs is stopped.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import esbuild from 'esbuild';
// @ts-expect-error a plain script shared with the build
import { forEsbuild, root } from '../../../scripts/virtual-modules.mjs';
import { ANCHORS, type Specimen } from './corpus.js';

/** What one specimen gave. Lists are sorted. */
export interface Outcome {
  readonly held: readonly string[];
  readonly unread: readonly string[];
  readonly tooLarge: readonly string[];
  readonly missing: readonly string[];
  readonly faults: readonly string[];
}

export type Trial = (program: Uint8Array) => Promise<readonly Outcome[] | 'hung' | 'failed'>;

const PROGRAM = `
import { parentPort, workerData } from 'node:worker_threads';
import { scanDatabase } from './engine.js';
const outcomes = [];
for (const { objects, hash, maxSize } of workerData.specimens) {
  const [held, tooLarge, faults] = [[], [], []];
  const read = await scanDatabase({
    objects,
    hash: { name: hash, bytes: hash === 'sha1' ? 20 : 32 },
    detector: {},
    maxSize,
    judge: 'anchors',
    anchors: workerData.anchors,
    program: workerData.program,
    threads: 1,
    named: async () => new Uint8Array(),
    signal: new AbortController().signal,
  }, {
    held: (oid, _held, genuine) => held.push(genuine ? oid : oid + ' not genuine'),
    tooLarge: (oid) => tooLarge.push(oid),
    fault: (what) => faults.push(what),
    expected: () => {},
    progress: () => {},
  });
  outcomes.push({ held: held.sort(), unread: [...read.unread].sort(), tooLarge: tooLarge.sort(), missing: [...read.missing].sort(), faults: faults.sort() });
}
parentPort.postMessage(outcomes);
`;

/** @param folder where the engine is bundled to */
export const createTrial = async (folder: string, specimens: readonly Specimen[], seconds: number): Promise<Trial> => {
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: { engine: 'src/pack/scan-database.ts' },
    outdir: folder,
    bundle: true,
    format: 'esm',
    platform: 'node',
    plugins: [forEsbuild()],
  });
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
  const file = path.join(folder, 'trial.js');
  writeFileSync(file, PROGRAM);
  const asked = specimens.map(({ objects, hash, maxSize }) => ({ objects, hash, maxSize }));
  return (program) =>
    new Promise((resolve) => {
      const worker = new Worker(file, { workerData: { program, specimens: asked, anchors: ANCHORS } });
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
