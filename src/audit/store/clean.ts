// Everything that is written of an outcome passes here: a path, an author, a note may hold a secret, its own or another
// finding's, and none is to lie on a disk.

import { createScrubber } from '../../report/mask.js';

export interface Clean {
  text(value: string): string;
  /** As JSON, every text in it at any depth, and the names of members. */
  json(value: unknown): string;
}

export const cleanOf = (secrets: Iterable<string | null>): Clean => {
  const scrub = createScrubber(secrets);
  const within = (part: unknown): unknown => {
    if (typeof part === 'string') return scrub(part);
    if (Array.isArray(part)) return part.map(within);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, member]) => [scrub(name), within(member)]));
  };
  return { text: scrub, json: (value) => JSON.stringify(within(value)) };
};

/** A password in an address was a mistake of whoever wrote it; it is not kept. */
export const withoutPassword = (address: string): string => {
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/]*@/i.test(address) || !URL.canParse(address)) return address;
  const url = new URL(address);
  if (url.password === '') return address;
  url.password = '';
  return url.href;
};
