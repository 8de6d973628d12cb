// Builds what an installation from the git tree lacks: npm's `prepare`, for `npm install git+https://...` and the framework
// pre-commit (`language: node`). A package from a registry is built already and never gets here, and after `npm ci` whoever
// ran it builds. To stderr all of it: `npm pack` prints the name of its file, and programs read that.
//   node scripts/prepare.mjs
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const has = (file) => existsSync(path.join(root, file));
const { npm_command: command, npm_execpath: npm, npm_config_omit: omit = '' } = process.env;

const run = (...args) =>
  execFileSync(process.execPath, args, { cwd: root, env: environment(), stdio: ['ignore', 2, 2] });

/** `npm install -g` hands its settings on to the npm in the clone it makes, which then installs nothing there. */
const environment = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(?:config_(?:global|location|.*prefix)|command)$/i.test(name),
    ),
  );

if (!has('dist/akscan.cjs') && command !== 'ci' && !omit.includes('dev')) {
  if (!has('node_modules/esbuild') && npm !== undefined) run(npm, 'ci', '--include=dev', '--ignore-scripts');
  run('scripts/build.mjs');
}
