// Nonces that were used: a gateway remembers each for as long as a date is accepted, so that no request is taken twice. They
// outlive a restart in the state that is saved.

/** Dates are accepted up to fifteen minutes from the server's clock, to either side. */
export const TOLERANCE_MS = 15 * 60_000;

export interface Nonces {
  /** @returns whether it is new; it is not from then on */
  use(nonce: string, now: number): boolean;
  /** Those that still count, with the time at which each was used. */
  remembered(now: number): readonly (readonly [nonce: string, at: number])[];
}

export const createNonces = (earlier: readonly (readonly [string, number])[] = []): Nonces => {
  const used = new Map<string, number>(earlier);
  /** The oldest come first: they were set first. */
  const forget = (now: number): void => {
    for (const [nonce, at] of used) {
      if (now - at <= 2 * TOLERANCE_MS) return;
      used.delete(nonce);
    }
  };
  return {
    use: (nonce, now) => {
      if (used.has(nonce)) return false;
      used.set(nonce, now);
      forget(now);
      return true;
    },
    remembered: (now) => {
      forget(now);
      return [...used];
    },
  };
};
