// What may be given as `--since`. Git takes any text for a date, and what it does not understand for now: then nothing would be
// read, and nobody told.

import { isCalendarDay } from '../calendar-day.js';
import { AkscanError } from '../errors.js';

/** As git knows them (its date.c), three letters of each being enough. */
const WORDS = [
  'january february march april may june july august september october november december',
  'sunday monday tuesday wednesday thursday friday saturday',
  'seconds minutes hours days weeks months years',
  'yesterday today noon midnight tea last ago one two three four five six seven eight nine ten',
]
  .join(' ')
  .split(' ');
/** Shorter ones, and names of time zones. */
const OTHERS = new Set(
  'am pm at t z st nd rd th of on utc gmt cst hkt est edt cdt mst mdt pst pdt cet cest bst'.split(' '),
);
const TELLING = /\d|\b(?:yesterday|today|noon|midnight|tea|last|ago)\b|day\b/i;
/** Smaller numbers are no seconds since 1970 to git. */
const EPOCH = /^\d{9,}$/;

/** @throws AkscanError for what is no date */
export const checkSince = (since: string): void => {
  const isKnown = (since.match(/[a-z]+/gi) ?? []).every(isWord);
  if (TELLING.test(since) && isKnown && !isBareNumber(since) && hasRealDays(since)) return;
  throw new AkscanError(
    `${JSON.stringify(since)} is not a date.`,
    'Write it as YYYY-MM-DD, or as git takes it: "2 weeks ago", "last month", yesterday.',
  );
};

const isWord = (typed: string): boolean => {
  const word = typed.toLowerCase();
  return OTHERS.has(word) || (word.length >= 3 && WORDS.some((known) => known.startsWith(word)));
};

const isBareNumber = (since: string): boolean => /^\s*\d+\s*$/.test(since) && !EPOCH.test(since.trim());

/** A day of three numbers, the year first or last. */
const DAY = /(?<!\d)(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?!\d)/g;

const hasRealDays = (since: string): boolean =>
  [...since.matchAll(DAY)].every(([, first = '', , second = '', third = '']) =>
    first.length > 2
      ? isDay(first, second, third)
      : // Americans put the month first.
        isDay(third, second, first) || isDay(third, first, second),
  );

const isDay = (year: string, month: string, day: string): boolean =>
  isCalendarDay([year.padStart(4, '20'), month.padStart(2, '0'), day.padStart(2, '0')].join('-'));
