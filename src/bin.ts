#!/usr/bin/env node

// The program's entry. Newer versions of Node keep compiled code between runs, which halves the start; it must be asked
// for before the commands are loaded.

import { main } from './cli.js';
import { keepsCodeItself } from './code-cache.js';
import { isWritten } from './standard-streams.js';

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
  endWhenIdle();
  // What was closed last is not quite closed yet.
  setImmediate(endWhenIdle);
});

/** Left to itself, Node would first give back piece by piece what the system takes back at once. */
const endWhenIdle = (): void => {
  if (isWritten() && process.getActiveResourcesInfo().length === 0) process.exit();
};
