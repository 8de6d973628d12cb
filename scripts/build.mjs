// Builds what ships: the search kernel, the bundled command line and library, the schemas and the types.
//   node scripts/build.mjs
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import esbuild from 'esbuild';
import { alias, forEsbuild, root } from './virtual-modules.mjs';

process.chdir(root);
const bin = (name) => path.join(root, 'node_modules/.bin', name);
mkdirSync('build', { recursive: true });
execFileSync(
  bin('asc'),
  [
    'src/kernel/assembly/index.ts',
    '-O3',
    '--noAssert',
    '--runtime',
    'stub',
    '--enable',
    'simd',
    '-o',
    'build/kernel.wasm',
  ],
  { stdio: 'inherit' },
);

rmSync('dist', { recursive: true, force: true });
await esbuild.build({
  entryPoints: { akscan: 'src/bin.ts', index: 'src/index.ts', 'scan-worker': 'src/sources/files/worker.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minify: true,
  // Stack traces and error classes keep their names.
  keepNames: false,
  chunkNames: 'chunks/[name]-[hash]',
  alias,
  plugins: [forEsbuild()],
  // The cloud SDK is CommonJS and calls require() for Node's own modules.
  banner: {
    js: "import{createRequire as __akscanRequire}from'node:module';const require=__akscanRequire(import.meta.url);",
  },
  legalComments: 'none',
  logLevel: 'warning',
});
chmodSync('dist/akscan.js', 0o755);
if (existsSync('schema')) cpSync('schema', 'dist/schema', { recursive: true });
execFileSync(bin('tsc'), ['-p', 'tsconfig.types.json'], { stdio: 'inherit' });
