// Milliseconds since some moment, for telling how long things take. `performance.now()` says the same, but Node loads a dozen
// modules of its own when it is first asked for.

export const now = (): number => {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000 + nanoseconds / 1_000_000;
};
