// How soon V8's best compiler is put to work. Node 20 has none between its quickest and its best, and would compile with
// the best what runs for a moment only, on the processors that read files meanwhile.

/** Bytes of code that run before V8 takes a function for a hot one: what Node 20 sets, and what is set here. */
const USUAL = 67_584;
const PATIENT = 300_000;

/** @returns what makes it as it was */
export const compileLater = (): (() => void) => {
  if (!process.version.startsWith('v20.')) return () => {};
  // Only where many files wait: nobody else loads it.
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  setFlagsFromString(`--interrupt-budget=${PATIENT}`);
  return () => setFlagsFromString(`--interrupt-budget=${USUAL}`);
};
