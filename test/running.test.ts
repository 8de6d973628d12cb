import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { beganOf, isRunning } from '../src/running.js';

describe('whether a process is still there', () => {
  it('knows this one, and one that has ended', async () => {
    expect(isRunning(process.pid, beganOf(process.pid))).toBe(true);
    const child = spawn('true');
    const { pid = 0 } = child;
    await once(child, 'exit');
    expect(isRunning(pid, null)).toBe(false);
  });

  it.skipIf(!existsSync('/proc/self/stat'))('takes no other process with the same number for it', () => {
    expect(isRunning(process.pid, '1')).toBe(false);
  });
});
