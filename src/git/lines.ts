// Splits what git writes into its lines or NUL-terminated names, whatever the chunks it comes in.

export const LINE_FEED = 10;
export const NUL = 0;

/** Calls `each` with every terminated piece, without its terminator; the bytes are valid only during the call. */
export const splitter = (terminator: number, each: (piece: Buffer) => void): { push(chunk: Buffer): void } => {
  let rest: Buffer | null = null;
  return {
    push: (chunk) => {
      const bytes: Buffer = rest === null ? chunk : Buffer.concat([rest, chunk]);
      let from = 0;
      for (let at = bytes.indexOf(terminator); at >= 0; at = bytes.indexOf(terminator, from)) {
        each(bytes.subarray(from, at));
        from = at + 1;
      }
      rest = from < bytes.length ? bytes.subarray(from) : null;
    },
  };
};
