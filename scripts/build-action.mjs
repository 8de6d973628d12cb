// Builds what the GitHub Action runs: one module with everything in it, and the programs of its threads.
//   node scripts/build-action.mjs [FOLDER]   default: action/, which action.yml names and which git ignores (docs/github-action.md)
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import esbuild from 'esbuild';
import { compileKernels } from './kernels.mjs';
import { licencesOf } from './licences.mjs';
import { alias, forEsbuild, root } from './virtual-modules.mjs';

const folder = path.resolve(process.argv[2] ?? path.join(root, 'action'));
process.chdir(root);
compileKernels('missing');

const options = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  // Runners of today bring Node 24; this one also runs on 20.
  target: 'node20.19',
  minify: true,
  alias,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  plugins: [forEsbuild()],
};
const modules = {
  ...options,
  format: 'esm',
  // The cloud SDK is CommonJS and calls require() for Node's own modules.
  banner: {
    js: "import{createRequire as __akscanRequire}from'node:module';const require=__akscanRequire(import.meta.url);",
  },
};
const commonJs = {
  ...options,
  format: 'cjs',
  define: { 'import.meta.url': '__akscanUrl' },
  banner: { js: "const __akscanUrl=require('node:url').pathToFileURL(__filename).href;" },
};

rmSync(folder, { recursive: true, force: true });
const built = await Promise.all([
  esbuild.build({ ...modules, entryPoints: ['src/action/main.ts'], outfile: path.join(folder, 'main.mjs') }),
  esbuild.build({
    ...commonJs,
    entryPoints: { 'pack-worker': 'src/pack/worker.ts', 'scan-worker': 'src/sources/files/worker.ts' },
    outdir: folder,
    outExtension: { '.js': '.cjs' },
  }),
]);
// Apart from what it calls, so that main.mjs can be loaded without being run.
writeFileSync(path.join(folder, 'index.mjs'), "import { run } from './main.mjs';\n\nawait run();\n");
writeFileSync(path.join(folder, 'licenses.txt'), licencesOf(built.map(({ metafile }) => metafile)));
