#!/usr/bin/env node

// The program's entry. Newer versions of Node keep compiled code between runs, which halves the start; it must be asked
// for before the commands are loaded.

import { main } from './cli.js';
import { keepsCodeItself } from './code-cache.js';

try {
  // Loading this module for nothing takes Node 20 half a millisecond.
  if (keepsCodeItself()) {
    const module = process.getBuiltinModule('node:module') as { enableCompileCache?: () => unknown };
    module.enableCompileCache?.();
  }
} catch {
  // A cache that cannot be written is no reason to stop.
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
