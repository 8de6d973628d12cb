// The pack kernel compiled from its sources, with something in them changed.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import asc from 'assemblyscript/asc';
import type { Mutant } from './mutants.js';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const FLAGS = ['-O1', '--noAssert', '--runtime', 'stub', '--enable', 'simd'];

const sourceOf = (name: string): string | null => {
  try {
    return readFileSync(path.join(ROOT, name), 'utf8');
  } catch {
    return null;
  }
};

/** @throws Error when the mutant's text does not stand in the sources exactly once, or does not compile */
export const compileKernel = async (mutant: Mutant | null): Promise<Uint8Array> => {
  const broken = mutant === null ? null : brokenSource(mutant);
  let program: Uint8Array | null = null;
  const { error, stderr } = await asc.main(['src/pack/assembly/index.ts', ...FLAGS, '-o', 'out.wasm'], {
    readFile: (name: string) => (name === mutant?.file ? broken : sourceOf(name)),
    writeFile: (_name: string, bytes: Uint8Array | string) => {
      if (typeof bytes !== 'string') program = bytes;
    },
    listFiles: () => [],
  });
  if (error !== null || program === null) throw new Error(`does not compile: ${stderr.toString()}`);
  return program;
};

const brokenSource = ({ file, from, to }: Mutant): string => {
  const parts = (sourceOf(file) ?? '').split(from);
  if (parts.length !== 2) throw new Error(`${file} has its text ${parts.length - 1} times, not once: ${from}`);
  return parts.join(to);
};
