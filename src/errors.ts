// The one class of error a user is meant to read: what happened, to what, and the way out. The command line prints it in
// one place (src/cli.ts); anything else that reaches the top is a defect and is printed as such.

export class AkscanError extends Error {
  override readonly name = 'AkscanError';

  /** By name: what ships is several bundles, each with a copy of this class, and an error may cross from one to another. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'AkscanError';
  }

  /**
   * @param message one sentence that names the thing that failed
   * @param hint what to do next; one sentence, or nothing when the message says it all
   * @param also what else is wrong, so that it is told at once and not one thing a run
   */
  constructor(
    message: string,
    readonly hint: string | null = null,
    readonly also: readonly AkscanError[] = [],
  ) {
    super(message);
  }
}

/** Mistakes that are told at once; who has more than these mends them first. */
export const MOST_TOLD = 10;

/**
 * What is wrong with a file, as one error, in the order given.
 * @param errors one at least
 */
export const allOf = (file: string, errors: readonly AkscanError[]): AkscanError => {
  const [first, ...rest] = errors.slice(0, MOST_TOLD);
  const more = errors.length > MOST_TOLD ? [new AkscanError(`${file} has more mistakes than these.`)] : [];
  return new AkscanError(first?.message ?? `${file} cannot be read.`, first?.hint ?? null, [...rest, ...more]);
};

const RAISE_THE_LIMIT = 'Raise the limit: ulimit -n 1024.';

/** Said of a program that could not be started, or of akscan itself. */
export const tooManyFiles = (what: 'git' | 'akscan'): AkscanError =>
  what === 'git'
    ? new AkscanError('git cannot be started: too many files are open', RAISE_THE_LIMIT)
    : new AkscanError('too many files are open', RAISE_THE_LIMIT);

/** The message of anything thrown, on one line, for use inside a sentence. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim();
