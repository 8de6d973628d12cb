// How rows are called. What others named becomes a hash: of one length, of plain letters, in the same order everywhere.

import { createHash } from 'node:crypto';
import type { RunRequest } from './store.js';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 40);

export const repositoryKey = (id: string): string => digest(`repository\0${id}`);

export const unlistedKey = (source: string, name: string | null): string => digest(JSON.stringify([source, name]));

/** Runs that are compared with each other have the same. */
export const scopeOf = ({ sources, filters }: Pick<RunRequest, 'sources' | 'filters'>): string =>
  digest(canonical([[...new Set(sources)].sort(), filters ?? null]));

/** JSON, members in order of their names. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/** Owners of names. */
export const ofFamily = (id: number): string => `family ${id}`;
export const ofRepository = (key: string): string => `repository ${key}`;
