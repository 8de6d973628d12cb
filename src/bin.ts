#!/usr/bin/env node

// The program's entry.

import { main } from './cli.js';
import { isWritten } from './standard-streams.js';

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
