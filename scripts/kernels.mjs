// Compiles the kernels, which are AssemblyScript, to WebAssembly in build/.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { root } from './virtual-modules.mjs';

const FLAGS = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd'];

/** @param {'all' | 'missing'} which */
export const compileKernels = (which) => {
  mkdirSync(path.join(root, 'build'), { recursive: true });
  for (const name of ['inflate', 'kernel', 'pack', 'sift']) {
    const wasm = `build/${name}.wasm`;
    if (which === 'missing' && existsSync(path.join(root, wasm))) continue;
    const args = [`src/${name}/assembly/index.ts`, '-o', wasm, ...FLAGS];
    execFileSync(path.join(root, 'node_modules/.bin/asc'), args, { cwd: root, stdio: 'inherit' });
  }
};
