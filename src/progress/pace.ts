// How fast work goes and how long it will still take, from measures that come in as they come: over the last seconds, since
// a hundred thousand small objects say little of the one large pack that follows.

import type { Measure } from '../progress.js';
import { bytesInWords } from '../report/words.js';

export interface Pace {
  note(measure: Measure): void;
  /** `23 MB/s, 12 s left`; empty while it is too early to say. */
  words(): string;
}

/** Milliseconds between samples, back to the oldest that counts, and before anything is said. */
const [STEP, WINDOW, EARLY] = [200, 10_000, 1_000];

interface Sample {
  readonly at: number;
  readonly done: number;
  readonly bytes: number;
}

/** @param now milliseconds since some moment */
export const createPace = (now: () => number): Pace => {
  let samples: Sample[] = [];
  let last: Measure = { done: 0 };
  return {
    note: (measure) => {
      const at = now();
      if (measure.done < last.done) samples = [];
      last = measure;
      const latest = samples.at(-1);
      if (latest !== undefined && at - latest.at < STEP) return;
      samples.push({ at, done: measure.done, bytes: measure.bytes ?? 0 });
      const first = samples.findIndex((sample) => sample.at >= at - WINDOW);
      if (first > 0) samples.splice(0, first);
    },
    words: () => {
      const [first] = samples;
      const ms = first === undefined ? 0 : now() - first.at;
      if (first === undefined || ms < EARLY) return '';
      const bytes = ((last.bytes ?? 0) - first.bytes) / (ms / 1000);
      const each = (last.done - first.done) / ms;
      const left = last.total === undefined ? 0 : last.total - last.done;
      return [
        ...(bytes >= 1 ? [`${bytesInWords(Math.round(bytes))}/s`] : []),
        ...(left > 0 && each > 0 ? [`${timeInWords(left / each)} left`] : []),
      ].join(', ');
    },
  };
};

/** Rounded up, in the one unit that matters: `12 s`, `3 min`, `2 h`. */
const timeInWords = (ms: number): string => {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`;
};
