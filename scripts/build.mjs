// Builds what ships: the search kernel, the bundled command line and library, the schemas and the types.
//   node scripts/build.mjs
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, rmSync } from 'node:fs';
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

// Modules that a plain scan does not need. They and all packages imported with `import()` become files of their own;
// everything else is one file, since Node takes about a millisecond for each module file it loads.
const lazy = [
  'src/commands/demo.ts',
  'src/config/parse.ts',
  'src/git/porcelain.ts',
  'src/git/repository.ts',
  'src/report/read.ts',
  'src/sources/files/list-git.ts',
  'src/sources/files/scan-tree.ts',
  'src/sources/history/scan-history.ts',
  'src/sources/reread.ts',
  'src/verdicts.ts',
];

const options = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minify: true,
  outdir: 'dist',
  alias,
  // The cloud SDK is CommonJS and calls require() for Node's own modules.
  banner: {
    js: "import{createRequire as __akscanRequire}from'node:module';const require=__akscanRequire(import.meta.url);",
  },
  legalComments: 'none',
  logLevel: 'warning',
};

const found = new Map();
const outside = {
  name: 'akscan-lazy',
  setup(build) {
    // commander starts programs for commands that are programs of their own; ours has none, and would load this for nothing.
    build.onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes('/node_modules/commander/') ? { path: 'none', namespace: 'akscan-empty' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'akscan-empty' }, () => ({ contents: 'module.exports = {};' }));
    build.onResolve({ filter: /^[^:]+$/ }, (args) => {
      if (args.kind !== 'dynamic-import') return undefined;
      const own = args.path.startsWith('.');
      const file = own && path.relative(root, path.resolve(args.resolveDir, args.path)).replace(/\.js$/, '.ts');
      if (own && !lazy.includes(file)) return undefined;
      const name = `chunks/${(own ? path.basename(file, '.ts') : args.path).replace(/\W+/g, '-')}`;
      found.set(name, own ? file : args.path);
      return { path: `./${name}.js`, external: true };
    });
  },
};
await esbuild.build({ ...options, entryPoints: { akscan: 'src/bin.ts' }, plugins: [outside, forEsbuild()] });
await esbuild.build({
  ...options,
  entryPoints: { index: 'src/index.ts', 'scan-worker': 'src/sources/files/worker.ts', ...Object.fromEntries(found) },
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  plugins: [forEsbuild()],
});
chmodSync('dist/akscan.js', 0o755);
cpSync('schema', 'dist/schema', { recursive: true });
cpSync('rules/schema.json', 'dist/schema/rule.schema.json');
execFileSync(bin('tsc'), ['-p', 'tsconfig.types.json'], { stdio: 'inherit' });
