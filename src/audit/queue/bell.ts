// Wakes whoever waits for something to have changed. It may ring for nothing, and never rings unheard by who waits already.

export interface Bell {
  ring(): void;
  /** Settles when it rings next, counted from the call. */
  rung(): Promise<void>;
}

export const createBell = (): Bell => {
  let ring = (): void => {};
  let next = new Promise<void>((resolve) => {
    ring = resolve;
  });
  return {
    ring: () => {
      ring();
      next = new Promise((resolve) => {
        ring = resolve;
      });
    },
    rung: () => next,
  };
};
