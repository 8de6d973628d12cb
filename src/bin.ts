#!/usr/bin/env node
// The program's entry. Newer versions of Node keep compiled code between runs, which halves the start; it must be asked
// for before the commands are loaded.

import module from 'node:module';
import { main } from './cli.js';

try {
  (module as { enableCompileCache?: () => unknown }).enableCompileCache?.();
} catch {
  // A cache that cannot be written is no reason to stop.
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
