// Long work says what it is doing; a terminal shows it, a pipe stays silent.

export interface Progress {
  /** One short line that replaces the one before: `history: 12,000 of 48,000 objects`. */
  update(text: string): void;
}
