// Hooks and pipelines call `scan`, `staged` and `range` without options that need a parser. Somebody waits for every commit and
// push, and loading the parser would take a good part of that time.

import type { TalkOptions } from './talk.js';

export interface PlainCall extends TalkOptions {
  readonly format: 'text' | 'brief';
}

/** What plain options say; null when one of them is for the parser to look at. */
export const plainCallIn = (options: readonly string[]): PlainCall | null => {
  if (!options.every((option) => PLAIN.has(option))) return null;
  const quiet = options.some((option) => option === '-q' || option === '--quiet');
  return {
    ...(quiet ? { quiet: true } : {}),
    progress: !options.includes('--no-progress'),
    color: !options.includes('--no-color'),
    format: options.includes(BRIEF) ? 'brief' : 'text',
  };
};

/** As our own hooks write it. */
const BRIEF = '--format=brief';
const PLAIN = new Set([BRIEF, '-q', '--quiet', '--no-progress', '--no-color']);
