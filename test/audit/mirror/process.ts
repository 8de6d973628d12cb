// Mirrors in a process of its own, which a test may kill.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';
import type { MirrorSettings } from '../../../src/audit/types.js';
import { temporaryFolder } from '../../support/repository.js';
import { remoteRepository } from './serving.js';

/** Obtains a mirror, says `ready`, and holds it until its input ends. */
const PROGRAM = `
const { openMirrors } = require('./open-mirrors.cjs');
const { settings, repository } = JSON.parse(process.argv[2]);
(async () => {
  const mirrors = await openMirrors(settings, { credentialFor: async () => null, tell: () => {} });
  const mirror = await mirrors.obtain(repository, null, new AbortController().signal);
  console.log(mirror.state);
  process.stdin.on('end', async () => {
    await mirror.release?.();
    await mirrors.close();
  }).resume();
})();
`;

export interface OtherProcess {
  readonly child: ChildProcess;
  /** What became of the repository. */
  readonly state: Promise<string>;
  /** Lets go of the mirror, and waits for the end. */
  end(): Promise<void>;
  kill(): Promise<void>;
}

export const inAnotherProcess = async (settings: MirrorSettings, url: string): Promise<OtherProcess> => {
  const folder = temporaryFolder();
  await build({
    entryPoints: ['src/audit/mirror/open-mirrors.ts'],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: path.join(folder, 'open-mirrors.cjs'),
    logLevel: 'silent',
  });
  const program = path.join(folder, 'program.cjs');
  writeFileSync(program, PROGRAM);
  const argument = JSON.stringify({ settings, repository: remoteRepository(url) });
  const child = spawn(process.execPath, [program, argument], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const state = new Promise<string>((resolve) => {
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.endsWith('\n')) resolve(said.trim());
    });
    child.once('exit', () => resolve(said.trim()));
  });
  const gone = once(child, 'exit');
  return {
    child,
    state,
    end: async () => {
      child.stdin.end();
      await gone;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
};
