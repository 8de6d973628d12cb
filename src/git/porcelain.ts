// simple-git, behind the one factory that carries the hardening of run.ts. It serves where git's own words need reading
// rather than its bytes, such as how many objects there are. Never loaded where only files are read.

import { type SimpleGit, simpleGit } from 'simple-git';
import { hardenedConfig, hardenedEnvironment } from './run.js';

/**
 * simple-git refuses settings that can run programs unless told that they are meant. Here they are constants that
 * switch those very things off.
 */
const porcelain = (folder: string, signal: AbortSignal): SimpleGit =>
  simpleGit({
    baseDir: folder,
    abort: signal,
    config: [...hardenedConfig],
    allowEnvironment: Object.keys(hardenedEnvironment()),
    unsafe: {
      allowUnsafeAskPass: true,
      allowUnsafeConfigPaths: true,
      allowUnsafeCredentialHelper: true,
      allowUnsafeDiffExternal: true,
      allowUnsafeEditor: true,
      allowUnsafeFsMonitor: true,
      allowUnsafeGitProxy: true,
      allowUnsafeGpgProgram: true,
      allowUnsafeHooksPath: true,
      allowUnsafePager: true,
      allowUnsafeProtocolOverride: true,
      allowUnsafeSshCommand: true,
    },
  }).env(hardenedEnvironment());

/** Objects in the repository at `folder`, loose and packed; zero when git cannot say. */
export const countObjects = async (folder: string, signal: AbortSignal): Promise<number> => {
  try {
    const { count, inPack } = await porcelain(folder, signal).countObjects();
    return count + inPack;
  } catch {
    return 0;
  }
};
