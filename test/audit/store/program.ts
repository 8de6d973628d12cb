// A coordinator in a process of its own, which a test may kill: it saves outcomes without end, and says each that was saved.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
// @ts-expect-error a plain script shared with the build
import { alias, forEsbuild } from '../../../scripts/virtual-modules.mjs';
import { temporary } from './made.js';

const PROGRAM = `
import { openStore } from './open-store.mjs';
const [place, outcomes, begin] = JSON.parse((await import('node:fs')).readFileSync(process.argv[2], 'utf8'));
const fail = (error) => {
  console.log('refused ' + error.message);
  process.exit(2);
};
const store = await openStore(place, { env: process.env, secrets: 'left-out' }).catch(fail);
console.log('open');
const known = await store.unfinished(begin);
const run = known ?? (await store.begin(begin));
await store.listed(run, outcomes.map(({ repository }) => repository));
await store.listingDone(run);
for (const outcome of outcomes) {
  const { family } = outcome;
  const names = family && { ...family, verified: Buffer.from(family.verified, 'hex'), own: Buffer.alloc(0) };
  const said = await store.save(run, { ...outcome, run: run.id, family: names });
  if (said === 'saved') console.log('saved ' + outcome.repository.id);
}
await store.close();
console.log('done');
`;

/** @returns the folder of a program that needs none of our sources any more */
export const buildProgram = async (): Promise<string> => {
  const folder = temporary();
  await build({
    entryPoints: ['src/audit/store/open-store.ts'],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    alias,
    plugins: [forEsbuild()],
    banner: { js: "import{createRequire as r}from'node:module';const require=r(import.meta.url);" },
  });
  writeFileSync(path.join(folder, 'program.mjs'), PROGRAM);
  return folder;
};

export interface Program {
  readonly child: ChildProcess;
  /** What it said so far, line by line. */
  readonly said: readonly string[];
  /** Settles when it has said so many lines, or has ended. */
  lines(count: number): Promise<void>;
  readonly end: Promise<void>;
}

export const startProgram = (folder: string, input: unknown, env: NodeJS.ProcessEnv = {}): Program => {
  const file = path.join(temporary(), 'input.json');
  writeFileSync(file, JSON.stringify(input));
  const child = spawn(process.execPath, [path.join(folder, 'program.mjs'), file], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: string[] = [];
  let waiting: { readonly count: number; readonly go: () => void }[] = [];
  const tell = (all: boolean): void => {
    for (const { go } of waiting.filter(({ count }) => all || said.length >= count)) go();
    waiting = waiting.filter(({ count }) => !all && said.length < count);
  };
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => {
    said.push(line);
    tell(false);
  });
  let ended = false;
  const end = Promise.all([once(reader, 'close'), once(child, 'exit')]).then(() => {
    ended = true;
    tell(true);
  });
  return {
    child,
    said,
    lines: (count) =>
      new Promise((resolve) => {
        if (ended || said.length >= count) resolve();
        else waiting.push({ count, go: resolve });
      }),
    end,
  };
};
