// Things the sources import that are made at build time: the compiled kernels, the detection rules.
// One description serves both bundlers (esbuild for what ships, vite for the tests), so that the two never differ.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { parse } from 'yaml';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const modules = {
  // The kernel as base64: one text constant, no second file to find at run time.
  'akscan:kernel': () =>
    `export default ${JSON.stringify(readFileSync(path.join(root, 'build/kernel.wasm'), 'base64'))};`,
  // And the pack kernel, which only a scan of history loads.
  'akscan:pack-kernel': () =>
    `export default ${JSON.stringify(readFileSync(path.join(root, 'build/pack.wasm'), 'base64'))};`,
  // And the inflate kernel, which a hook loads.
  'akscan:inflate-kernel': () =>
    `export default ${JSON.stringify(readFileSync(path.join(root, 'build/inflate.wasm'), 'base64'))};`,
  // And the sift kernel, which a scan of many files loads.
  'akscan:sift-kernel': () =>
    `export default ${JSON.stringify(readFileSync(path.join(root, 'build/sift.wasm'), 'base64'))};`,
  // rules/*.yml in file order, as plain data; YAML is never parsed on the scan path.
  'akscan:rules': () => `export default ${JSON.stringify(rules())};`,
  // And what only judges what was found.
  'akscan:vocabulary': () => `export default ${JSON.stringify(documents().find(isVocabulary))};`,
  // What is computed of these rules alone, at every start otherwise.
  'akscan:anchors': () => `export default ${JSON.stringify(anchors())};`,
  // Published for editors as it is, and what the program itself checks configuration and reports against.
  'akscan:config-schema': () => `export default ${readFileSync(path.join(root, 'schema/config.schema.json'), 'utf8')};`,
  'akscan:rule-schema': () => `export default ${readFileSync(path.join(root, 'rules/schema.json'), 'utf8')};`,
  'akscan:finding-schema': () =>
    `export default ${readFileSync(path.join(root, 'schema/finding.schema.json'), 'utf8')};`,
  // What runs in the page of the HTML report, and how it looks. What ends an element of HTML stands in neither.
  'akscan:html-script': () =>
    textOf({ entryPoints: [path.join(root, 'src/report/html/page/page.ts')], format: 'iife', target: 'es2022' }),
  'akscan:html-style': () => textOf({ entryPoints: [path.join(root, 'src/report/html/page/page.css')] }),
  'akscan:version': () =>
    `export default ${JSON.stringify(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version)};`,
};

const documents = () => {
  const dir = path.join(root, 'rules');
  const files = readdirSync(dir)
    .filter((name) => name.endsWith('.yml'))
    .sort();
  return files.map((name) => parse(readFileSync(path.join(dir, name), 'utf8')));
};

const isVocabulary = (document) => 'vocabulary' in document;

const rules = () => documents().filter((document) => !isVocabulary(document));

/** @returns the default export of akscan:anchors (src/virtual.d.ts), made by the sources themselves */
const anchors = () => {
  const [{ text }] = esbuild.buildSync({
    stdin: {
      contents: [
        "export * from './src/detect/anchor-forms.ts';",
        "export * from './src/kernel/arrange.ts';",
        "export * from './src/kernel/windows.ts';",
      ].join('\n'),
      resolveDir: root,
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
  }).outputFiles;
  const module = { exports: {} };
  new Function('module', 'exports', text)(module, module.exports);
  const { formsOf, wordsOf, arrange, settleWindows } = module.exports;
  const keyed = rules().filter(({ key }) => key !== undefined && key.prefix !== '');
  const latin1 = (form) => Buffer.from(form).toString('latin1');
  const forms = Object.fromEntries(keyed.map(({ key }) => [key.prefix, formsOf(key.prefix).map(latin1)]));
  const byDefault = rules().filter(({ confidence }) => confidence !== 'low');
  const words = wordsOf(
    byDefault
      .flatMap(({ key, words: more = [] }) => [...(forms[key?.prefix] ?? []), ...more])
      .map((text) => Buffer.from(text, 'latin1')),
  );
  return { forms, words: words.join('\n'), places: arrange(words), windows: settleWindows(words) };
};

/** A module whose default export is what esbuild makes of the entry point. */
const textOf = (options) => {
  const [file] = esbuild.buildSync({
    ...options,
    bundle: true,
    minify: true,
    charset: 'utf8',
    write: false,
  }).outputFiles;
  if (/<\/|<!--/.test(file.text)) throw new Error(`${options.entryPoints[0]}: holds what HTML would read as its end`);
  return `export default ${JSON.stringify(file.text)};`;
};

/** The cloud SDK's HTTP module is replaced by our own guarded transport (proxy, redirect, size and time limits). */
export const alias = { httpx: path.join(root, 'src/cloud/transport/httpx.ts') };

/** What else in the SDK's tree could open a connection is closed; a test reads the bundle for it. */
const closed = path.join(root, 'src/cloud/transport/closed.ts');
const clients =
  /^(?:ws|https-proxy-agent|http-proxy-agent|socks-proxy-agent|(?:node:)?(?:https?|http2|net|tls|dgram|dns))$/;
/** And its `url.parse`, of which Node 24 warns on standard error. */
const url = path.join(root, 'src/cloud/transport/url.ts');
/** And its `debug`, which prints what was signed. */
const silent = path.join(root, 'src/cloud/transport/silent.ts');
const sdk = /[\\/]node_modules[\\/]@(?:alicloud|darabonba)[\\/]/;
/** The queue's client prints passwords the same way. */
const redis = /[\\/]node_modules[\\/]ioredis[\\/]/;
/** What BullMQ could use and we do not: other stores, and programs of its own for jobs. */
const unused = /^(?:pg|@valkey\/valkey-glide|node:child_process|node:worker_threads)$/;
const bullmq = /[\\/]node_modules[\\/]bullmq[\\/]/;

const nothing = { path: 'nothing', namespace: 'akscan-nothing' };

/**
 * SQLite looks for its WebAssembly in a file beside its script: here it is in the script. There is one place to put it, and no
 * folder of a CommonJS module to ask for.
 */
const sqlite = /[\\/]node-sqlite3-wasm[\\/]dist[\\/]node-sqlite3-wasm\.js$/;
const sqliteWithin = (file) => {
  const text = readFileSync(file, 'utf8');
  const wasm = readFileSync(file.replace(/\.js$/, '.wasm'), 'base64');
  const place = 'var wasmBinary;';
  if (text.split(place).length !== 2) throw new Error(`${file}: has no one place for its WebAssembly`);
  return `const __dirname = '';${text.replace(place, () => `var wasmBinary = Buffer.from('${wasm}', 'base64');`)}`;
};

/** @returns {import('esbuild').Plugin} */
export const forEsbuild = () => ({
  name: 'akscan-virtual-modules',
  setup(build) {
    build.onResolve({ filter: /^akscan:/ }, ({ path: id }) => ({ path: id, namespace: 'akscan' }));
    build.onResolve({ filter: clients }, ({ importer }) => (sdk.test(importer) ? { path: closed } : undefined));
    build.onResolve({ filter: /^(?:node:)?url$/ }, ({ importer }) => (sdk.test(importer) ? { path: url } : undefined));
    build.onResolve({ filter: /^debug$/ }, ({ importer }) =>
      sdk.test(importer) || redis.test(importer) ? { path: silent } : undefined,
    );
    build.onResolve({ filter: unused }, ({ importer }) => (bullmq.test(importer) ? nothing : undefined));
    // Native code that its JavaScript does as well without.
    build.onResolve({ filter: /^msgpackr-extract$/ }, () => nothing);
    build.onLoad({ filter: /.*/, namespace: 'akscan-nothing' }, () => ({ contents: 'module.exports = null;' }));
    build.onLoad({ filter: sqlite }, ({ path: file }) => ({ contents: sqliteWithin(file), loader: 'js' }));
    build.onLoad({ filter: /.*/, namespace: 'akscan' }, ({ path: id }) => ({ contents: modules[id](), loader: 'js' }));
  },
});

export const forVite = () => ({
  name: 'akscan-virtual-modules',
  enforce: 'pre',
  resolveId: (id) => (id in modules ? `\0${id}` : undefined),
  load: (id) => (id.startsWith('\0akscan:') ? modules[id.slice(1)]() : undefined),
});
