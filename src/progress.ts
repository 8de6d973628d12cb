// Long work says what it is doing; a terminal shows it, a pipe stays silent.

export interface Progress {
  /**
   * One short line that replaces the one before: `history: 12,000 of 48,000 objects`.
   *
   * @param measure for who shows a rate and what is left; a smaller `done` than before begins anew
   */
  update(text: string, measure?: Measure): void;
}

export interface Measure {
  /** Of files, objects or keys. */
  readonly done: number;
  /** Of the same; absent while nobody knows. */
  readonly total?: number;
  /** Read so far. */
  readonly bytes?: number;
}
