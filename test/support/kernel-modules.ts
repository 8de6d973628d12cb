// Modules of the kernels, compiled as the build does and used alone.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PAGE = 65_536;
const CANARY = 0xa5;

/** Compiles modules, by their paths under src/, and gives all that they export. */
export const compile = (...modules: readonly string[]): Record<string, unknown> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'akscan-test-'));
  try {
    const wasm = path.join(folder, 'modules.wasm');
    execFileSync(
      path.join(ROOT, 'node_modules/.bin/asc'),
      [...modules, '-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '-o', wasm],
      { cwd: path.join(ROOT, 'src'), stdio: ['ignore', 'ignore', 'pipe'] },
    );
    return new WebAssembly.Instance(new WebAssembly.Module(readFileSync(wasm)), {}).exports;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The memory behind a module's own, for tests to fill. */
export interface Ground {
  readonly start: number;
  /** Where memory ends: loading from here on traps. */
  readonly end: number;
  put(at: number, bytes: Uint8Array): void;
  take(at: number, length: number): Buffer;
  /** Fills a stretch with a byte that tells when it was written over. */
  guard(from: number, to: number): void;
  isGuarded(from: number, to: number): boolean;
}

export const groundOf = (memory: WebAssembly.Memory, bytes: number): Ground => {
  const start = memory.grow(Math.ceil(bytes / PAGE)) * PAGE;
  const all = Buffer.from(memory.buffer);
  const canaries = Buffer.alloc(all.length - start, CANARY);
  return {
    start,
    end: all.length,
    put: (at, content) => all.set(content, at),
    take: (at, length) => Buffer.from(all.subarray(at, at + length)),
    guard: (from, to) => all.fill(CANARY, from, to),
    isGuarded: (from, to) => all.subarray(from, to).equals(canaries.subarray(0, to - from)),
  };
};
