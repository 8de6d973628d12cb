// WASI, as Node offers it: system calls that WebAssembly makes by itself. What runs on it here is our own; nothing leans
// on it as a sandbox, which Node does not promise.

import type { WASI } from 'node:wasi';

/** All that the kernel can reach, from the root of the file system on; null where Node gives no WASI. */
export const openWasi = (): WASI | null => {
  // Paths of Windows have no one root.
  if (process.platform === 'win32') return null;
  const { emitWarning } = process;
  // Says at its first use that it is experimental. To the user of a scanner that is noise: whatever is amiss with it, files
  // are read without.
  process.emitWarning = () => {};
  try {
    const { WASI } = process.getBuiltinModule('node:wasi');
    return new WASI({ version: 'preview1', preopens: { '/': '/' } });
  } catch {
    return null;
  } finally {
    process.emitWarning = emitWarning;
  }
};
