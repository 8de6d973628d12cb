// Sizes as people write them.

import { AkscanError } from '../errors.js';

const UNITS: Readonly<Record<string, number>> = { '': 1, B: 1, K: 1 << 10, M: 1 << 20, G: 1 << 30 };

/**
 * Bytes. `10MB`, `10M`, `10MiB` and `10 mb` are all 10 times 1024 times 1024.
 *
 * @throws AkscanError that names `where` the size stands
 */
export const parseSize = (text: string, where: string): number => {
  const match = /^([0-9]+(?:\.[0-9]+)?) ?(?:([KMG])(?:i?B)?|B)?$/i.exec(text.trim());
  const bytes = match === null ? Number.NaN : Number(match[1]) * (UNITS[(match[2] ?? '').toUpperCase()] ?? 1);
  if (!(bytes >= 1)) {
    throw new AkscanError(`${where}: "${text}" is not a size.`, 'Write bytes, or a number with KB, MB or GB: 10MB.');
  }
  return Math.floor(bytes);
};
