// Sightings made by hand, for tests of what comes after the sources.

import type { Detection } from '../../src/detect/types.js';
import type { Sighting } from '../../src/sources/types.js';

export interface SightingOptions extends Partial<Omit<Sighting, 'detection'>> {
  readonly line?: number;
  readonly detection?: Partial<Detection>;
}

export const place = (line: number) => ({ offset: line * 100, line, column: 5 });

/** A pair at `line`, its secret on the next; any part can be replaced. */
export const sighting = (
  accessKeyId: string | null,
  secret: string | null,
  { line = 1, detection, ...rest }: SightingOptions = {},
): Sighting => ({
  target: '.',
  source: 'worktree',
  path: 'app.env',
  ...rest,
  detection: {
    rule: 'alibaba-access-key',
    kind: accessKeyId === null ? 'secret-only' : secret === null ? 'id-only' : 'pair',
    accessKeyId,
    secret,
    token: null,
    confidence: secret === null ? 'medium' : 'high',
    place: place(line),
    secretPlace: accessKeyId === null || secret === null ? null : place(line + 1),
    encoding: [],
    allow: null,
    idName: null,
    ...detection,
  },
});

const objectOf = (letter: string, version: number): string => letter + version.toString(16).padStart(39, '0');

export const blobOf = (version: number): string => objectOf('b', version);
export const commitOf = (version: number): string => objectOf('c', version);

/** The same in a version of the file; versions are dated by their number. */
export const inHistory = (
  accessKeyId: string | null,
  secret: string | null,
  version: number,
  { provenance, ...options }: SightingOptions = {},
): Sighting =>
  sighting(accessKeyId, secret, {
    source: 'history',
    ...options,
    provenance: {
      blob: blobOf(version),
      commit: commitOf(version),
      author: 'Wei Zhang <wei@example.com>',
      date: new Date(Date.UTC(2020, 0, 1) + version * 86_400_000).toISOString(),
      ...provenance,
    },
  });
