// Builds what ships: the kernels, the bundled command line and library, the schemas and the types.
//   node scripts/build.mjs
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import esbuild from 'esbuild';
import { compileKernels } from './kernels.mjs';
import { licencesOf } from './licences.mjs';
import { alias, forEsbuild, root } from './virtual-modules.mjs';

process.chdir(root);
const bin = (name) => path.join(root, 'node_modules/.bin', name);
compileKernels('all');

rmSync('dist', { recursive: true, force: true });

// Modules that a plain scan does not need. They and all packages imported with `import()` become files of their own;
// everything else is one file, since Node takes about a millisecond for each module file it loads.
const lazy = [
  'src/audit/queue/coordinator.ts',
  'src/audit/queue/worker.ts',
  'src/cloud/account/accounts.ts',
  'src/commands/account.ts',
  'src/commands/audit.ts',
  'src/commands/baseline.ts',
  'src/commands/completion.ts',
  'src/commands/contain.ts',
  'src/commands/demo.ts',
  'src/commands/disable.ts',
  'src/commands/endpoints.ts',
  'src/commands/hook.ts',
  'src/commands/ignore.ts',
  'src/commands/log.ts',
  'src/commands/report.ts',
  'src/commands/restore.ts',
  'src/commands/rotate.ts',
  'src/commands/verify.ts',
  'src/commands/worker.ts',
  'src/config/load-from-commit.ts',
  'src/config/parse.ts',
  'src/detect/detector.ts',
  'src/git/porcelain.ts',
  'src/git/repository.ts',
  'src/glob.ts',
  'src/lang/chinese.ts',
  'src/report/audit/text.ts',
  'src/report/html/html.ts',
  'src/report/formats/csv.ts',
  'src/report/formats/github.ts',
  'src/report/formats/gitlab.ts',
  'src/report/formats/junit.ts',
  'src/report/formats/markdown.ts',
  'src/report/formats/sarif.ts',
  'src/report/merge.ts',
  'src/report/read.ts',
  'src/sources/files/list-git.ts',
  'src/sources/filter.ts',
  'src/sources/history/scan-history.ts',
  'src/sources/range/scan-range.ts',
  'src/since-scan.ts',
  'src/sources/reread.ts',
  'src/verdicts.ts',
];

// What the first file loads, each a file of its own: a hook that judges what is staged needs none of the other commands, and
// asks git before it loads what judges. The rest is what a program loads to scan a repository.
const programs = {
  history: 'src/sources/history/scan-history.ts',
  judging: 'src/detect/judging.ts',
  'list-git': 'src/sources/files/list-git.ts',
  'pack-thread': 'src/pack/worker.ts',
  program: 'src/commands/program.ts',
  range: 'src/commands/range-at-once.ts',
  'range-judge': 'src/commands/judge-range.ts',
  repository: 'src/git/repository.ts',
  scan: 'src/commands/judge-scan.ts',
  staged: 'src/commands/staged-at-once.ts',
  'staged-judge': 'src/commands/judge-staged.ts',
};

const options = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  minify: true,
  outdir: 'dist',
  alias,
  // The licences of what is bundled ship in one file of their own.
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
};

// CommonJS: Node starts sooner with it, by the loader of modules that it then never needs, and a thread does, too.
const commonJs = {
  ...options,
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  // What a module is told of where it lies.
  define: { 'import.meta.url': '__akscanMeta.url' },
  banner: { js: "const __akscanMeta={get url(){return require('node:url').pathToFileURL(__filename).href}};" },
};

const modules = {
  ...options,
  format: 'esm',
  // The cloud SDK is CommonJS and calls require() for Node's own modules.
  banner: {
    js: "import{createRequire as __akscanRequire}from'node:module';const require=__akscanRequire(import.meta.url);",
  },
};

// Programs are loaded with the code that V8 made of them last time (src/code-cache.ts). Such code cannot call import() on
// Node 20: whoever loads it hands it the ways to load more.
const LOADS = {
  first: (file) => `
    const { loadProgram } = require('./src/code-cache.ts');
    module.exports = loadProgram(require('node:path').join(__dirname, ${JSON.stringify(file)}));
  `,
  program: (file) => `module.exports = __akscan.load(${JSON.stringify(file)});`,
};
// What is imported as everything is, and yet loaded when it is first called: only functions are.
const deferred = { judging: ['createJudging'] };
const HANDED = 'var __akscan=__akscan||{import:name=>import(name),load:name=>require("./"+name)};';

const found = new Map();
/** @param {keyof LOADS} who is built */
const outside = (who) => ({
  name: 'akscan-lazy',
  setup(build) {
    // commander starts programs for commands that are programs of their own; ours has none, and would load this for nothing.
    build.onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes('/node_modules/commander/') ? { path: 'none', namespace: 'akscan-empty' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'akscan-empty' }, () => ({ contents: 'module.exports = {};' }));
    // picocolors asks for standard output when it is loaded, which has Node make a stream of it (src/standard-streams.ts).
    // Whether there are colours it is always told.
    build.onLoad({ filter: /\/picocolors\.js$/ }, ({ path: file }) => {
      const text = readFileSync(file, 'utf8');
      const asks = '(p.stdout || {}).isTTY';
      if (!text.includes(asks)) throw new Error('picocolors is not what scripts/build.mjs takes it to be');
      return { contents: text.replace(asks, 'false') };
    });
    build.onLoad({ filter: /.*/, namespace: 'akscan-program' }, ({ path: name }) => ({
      resolveDir: root,
      contents: LOADS[who](`${name}.cjs`),
    }));
    build.onResolve({ filter: /^\./ }, ({ kind, resolveDir, path: own }) => {
      const file = path.relative(root, path.resolve(resolveDir, own)).replace(/\.js$/, '.ts');
      const name = Object.keys(deferred).find((program) => programs[program] === file);
      const isDeferred = who === 'program' && kind === 'import-statement' && name !== undefined;
      return isDeferred ? { path: name, namespace: 'akscan-deferred' } : undefined;
    });
    build.onLoad({ filter: /.*/, namespace: 'akscan-deferred' }, ({ path: name }) => ({
      contents: deferred[name]
        .map((what) => `export const ${what} = (...given) => __akscan.load("${name}.cjs").${what}(...given);`)
        .join('\n'),
    }));
    // What is CommonJS itself is loaded by require(), which esbuild makes of it when it stands in a file of its own.
    build.onLoad({ filter: /.*/, namespace: 'akscan-require' }, ({ path: id }) => ({
      contents: `module.exports = require(${JSON.stringify(id)});`,
    }));
    build.onResolve({ filter: /.*/, namespace: 'akscan-require' }, ({ path: id }) => ({ path: id, external: true }));
    build.onResolve({ filter: /^node:/ }, ({ kind, path: id }) =>
      kind === 'dynamic-import' ? { path: id, namespace: 'akscan-require' } : undefined,
    );
    build.onResolve({ filter: /^[^:]+$/ }, (args) => {
      if (args.kind !== 'dynamic-import') return undefined;
      const own = args.path.startsWith('.');
      const file = own && path.relative(root, path.resolve(args.resolveDir, args.path)).replace(/\.js$/, '.ts');
      const program = Object.keys(programs).find((name) => programs[name] === file);
      if (program !== undefined) return { path: program, namespace: 'akscan-program' };
      if (own && !lazy.includes(file)) return undefined;
      const name = `chunks/${(own ? path.basename(file, '.ts') : args.path).replace(/\W+/g, '-')}`;
      found.set(name, own ? file : args.path);
      return { path: `./${name}.js`, external: true };
    });
  },
});
/**
 * esbuild copies every name of a module of Node's that is imported, at each start; only few are ever asked for, and the module
 * itself can answer.
 */
const withoutCopies = (file) => {
  const text = readFileSync(file, 'utf8');
  const made = text.replace(COPIES, (all, helper, module, node, target, create) => {
    const itself = `${create}(${module},{default:{value:${module},enumerable:!0}})`;
    return `${helper}=(${module},${node},${target})=>${node}?${itself}:${all.slice(all.indexOf('=>') + 2)}`;
  });
  if (made === text && text.includes('"default",{value:'))
    throw new Error(`${file}: esbuild copies names in another way`);
  writeFileSync(file, made);
};
const COPIES =
  /([\w$]+)=\(([\w$]+),([\w$]+),([\w$]+)\)=>\(\4=\2!=null\?([\w$]+)\([\w$]+\(\2\)\):\{\},[\w$]+\(\3\|\|!\2\|\|!\2\.__esModule\?[\w$]+\(\4,"default",\{value:\2,enumerable:!0\}\):\4,\2\)\)/;

const first = await esbuild.build({
  ...commonJs,
  entryPoints: { akscan: 'src/bin.ts' },
  plugins: [outside('first'), forEsbuild()],
});
const command = await esbuild.build({
  ...commonJs,
  entryPoints: programs,
  plugins: [outside('program'), forEsbuild()],
});
for (const name of Object.keys(programs)) {
  const file = `dist/${name}.cjs`;
  withoutCopies(file);
  const text = readFileSync(file, 'utf8').replaceAll(/\bimport\((?="\.\/chunks\/)/g, '__akscan.import(');
  if (/(?<!__akscan\.)\bimport\(/.test(text)) throw new Error(`${file} imports what is no chunk`);
  if (/\brequire\("(?!node:)/.test(text)) throw new Error(`${file} requires what is not Node's`);
  if (/[^\x00-\x7f]/.test(text)) throw new Error(`${file} is not ASCII, as src/code-cache.ts takes it to be`);
  const program = HANDED + text;
  // Its first 20 characters name this build: what V8 made of another one is not taken for it (src/code-cache.ts).
  writeFileSync(file, `/*${createHash('sha256').update(program).digest('hex').slice(0, 16)}*/${program}`);
}
// The threads' own: the one that reads files is small, and loading what V8 made of it would take as long as compiling it.
const packWorker = await esbuild.build({
  ...commonJs,
  outdir: undefined,
  outfile: 'dist/pack-worker.cjs',
  stdin: { contents: LOADS.first('pack-thread.cjs'), resolveDir: root },
  plugins: [outside('first'), forEsbuild()],
});
const scanWorker = await esbuild.build({
  ...commonJs,
  entryPoints: { 'scan-worker': 'src/sources/files/worker.ts' },
  plugins: [outside('first'), forEsbuild()],
});
for (const name of ['akscan', 'pack-worker', 'scan-worker']) withoutCopies(`dist/${name}.cjs`);
const chunks = await esbuild.build({
  ...modules,
  // Chinese in half the bytes.
  charset: 'utf8',
  entryPoints: {
    index: 'src/index.ts',
    'audit-worker': 'src/audit/work/worker.ts',
    ...Object.fromEntries(found),
  },
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  plugins: [forEsbuild()],
});
chmodSync('dist/akscan.cjs', 0o755);
// Tells an installed hook whether it still asks git for all that this akscan would search for.
const gate = await esbuild.build({
  ...modules,
  entryPoints: ['src/hook/gate-pattern.ts'],
  banner: {},
  metafile: false,
  write: false,
  plugins: [forEsbuild()],
});
const [{ contents }] = gate.outputFiles;
const { gateId } = await import(`data:text/javascript;base64,${Buffer.from(contents).toString('base64')}`);
writeFileSync('dist/gate-id', `${gateId()}\n`);
writeFileSync(
  'dist/licenses.txt',
  licencesOf([first, command, packWorker, scanWorker, chunks].map(({ metafile }) => metafile)),
);
cpSync('schema', 'dist/schema', { recursive: true });
cpSync('rules/schema.json', 'dist/schema/rule.schema.json');
execFileSync(bin('tsc'), ['-p', 'tsconfig.types.json'], { stdio: 'inherit' });
