// Lengths of time as people write them.

import { AkscanError } from '../errors.js';

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Milliseconds of `90s`, `30m`, `12h` or `7d`.
 *
 * @throws AkscanError that names `where` it stands
 */
export const parseDuration = (text: string, where: string): number => {
  const match = /^(\d{1,6}) ?([smhd])$/.exec(text.trim());
  const milliseconds = Number(match?.[1]) * (UNITS[match?.[2] ?? ''] ?? Number.NaN);
  if (!(milliseconds > 0)) {
    throw new AkscanError(`${where}: "${text}" is no length of time.`, 'Write a number with s, m, h or d: 12h.');
  }
  return milliseconds;
};
