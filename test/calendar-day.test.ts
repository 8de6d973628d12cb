import { expect, it } from 'vitest';
import { isCalendarDay } from '../src/calendar-day.js';

it.each([
  ['2026-01-31', true],
  ['2028-02-29', true],
  ['2026-02-29', false],
  ['2026-04-31', false],
  ['2026-13-01', false],
  ['2026-00-10', false],
  ['2026-01-00', false],
  ['2026-1-31', false],
  ['2026-01-31T00:00:00Z', false],
  ['+12026-01-31', false],
  ['', false],
])('%j is a day of the calendar: %s', (text, expected) => {
  expect(isCalendarDay(text)).toBe(expected);
});
