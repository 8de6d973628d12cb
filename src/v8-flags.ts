// What is asked of V8. Flags are for all threads at once, and V8 takes code that was compiled under some flags for none under
// others: as long as one differs from what Node has set, a module of Node's own that is loaded, all that a thread starts
// with among them, is compiled from its source, and a thread takes twice as long to start. So flags are set back at once, or
// set when the threads are up.

import { once } from './once.js';

/** Loaded where it is needed: by no short run. */
const setFlags = (...flags: readonly string[]): void => {
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  for (const flag of flags) setFlagsFromString(flag);
};

/**
 * Compiles a kernel that will have much to do: by V8's better compiler, since what its first one makes would be replaced when
 * most is done, or never, where a loop runs once and for long; and all of it at once, on all processors.
 */
export const compileKernel = (wasm: Uint8Array): WebAssembly.Module => {
  setFlags('--no-liftoff', '--no-wasm-lazy-compilation');
  try {
    return new WebAssembly.Module(wasm);
  } finally {
    // Without the first compiler there is no changing over to the better one, and V8 notes that.
    setFlags('--liftoff', '--wasm-dynamic-tiering', '--wasm-lazy-compilation');
  }
};

/**
 * V8 throws the bytecode of functions away that were not called for some rounds of its garbage collector, and a long run calls
 * those of its start no more. What is kept of the program for the next start (src/code-cache.ts) would lack just these. For
 * runs that take long, until their end: V8 forgets nothing any more; half a megabyte at most.
 */
export const keepBytecode = (): void => setFlags('--no-flush-bytecode');

/**
 * Has V8 give back what is not used any more, the memory of kernels above all: of that it knows little, and would keep it for as
 * long as a run takes. To be made before threads start, for a flag is set meanwhile; then each call takes a few milliseconds.
 */
export const collector = once((): (() => void) => {
  const { runInNewContext } = process.getBuiltinModule('node:vm');
  setFlags('--expose-gc');
  try {
    const collect: unknown = runInNewContext('gc');
    return typeof collect === 'function' ? () => void collect() : () => {};
  } finally {
    if (!('gc' in globalThis)) setFlags('--no-expose-gc');
  }
});

/** Bytes of code that run before V8 takes a function for a hot one: what Node 20 sets, and what is set here. */
const USUAL = 67_584;
const PATIENT = 300_000;

/**
 * How soon V8's best compiler is put to work on JavaScript. Node 20 has none between its quickest and its best, and would compile
 * with the best what runs for a moment only, on the processors that read files meanwhile.
 *
 * @returns what makes it as it was
 */
export const compileLater = (): (() => void) => {
  if (!process.version.startsWith('v20.')) return () => {};
  setFlags(`--interrupt-budget=${PATIENT}`);
  return () => setFlags(`--interrupt-budget=${USUAL}`);
};
