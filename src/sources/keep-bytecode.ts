// V8 throws the bytecode of functions away that were not called for some rounds of its garbage collector, and a long run calls
// those of its start no more. What is kept of the program for the next start (src/code-cache.ts) would lack just these.

/** From now on V8 forgets nothing; half a megabyte at most. For runs that take long. */
export const keepBytecode = (): void => process.getBuiltinModule('node:v8').setFlagsFromString('--no-flush-bytecode');
