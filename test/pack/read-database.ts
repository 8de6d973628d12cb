// Reads a folder of objects with the pack engine alone, and keeps all it says, sorted.

import { scanDatabase } from '../../src/pack/scan-database.js';

export interface Database {
  readonly objects: string;
  readonly hash: 'sha1' | 'sha256';
  readonly maxSize: number | null;
  /** To search for; null: what the detector finds counts. */
  readonly anchors: readonly string[] | null;
  /** WebAssembly to run instead of the built kernel. */
  readonly program?: Uint8Array;
  /** Entries planned at once; deltas against what lies elsewhere are then left to git. */
  readonly mostEntries?: number;
  /** Called when the folders were listed and nothing is read yet. */
  readonly before?: () => void;
  /** Called whenever an object was met that holds something. */
  readonly meanwhile?: () => void;
}

export interface Outcome {
  readonly held: readonly string[];
  readonly unread: readonly string[];
  readonly tooLarge: readonly string[];
  readonly missing: readonly string[];
  readonly faults: readonly string[];
  readonly restless: boolean;
}

export const readDatabase = async (database: Database): Promise<Outcome> => {
  const { objects, hash, maxSize, anchors, program, mostEntries, before, meanwhile } = database;
  const held: string[] = [];
  const tooLarge: string[] = [];
  const faults: string[] = [];
  const read = await scanDatabase(
    {
      objects,
      hash: { name: hash, bytes: hash === 'sha1' ? 20 : 32 },
      detector: {},
      maxSize,
      verify: 'hits',
      judge: anchors === null ? 'detector' : 'anchors',
      ...(anchors === null ? {} : { anchors }),
      ...(program === undefined ? {} : { program }),
      ...(mostEntries === undefined ? {} : { mostEntries }),
      threads: 1,
      check: () => 'all',
      named: async () => new Uint8Array(),
      signal: new AbortController().signal,
    },
    {
      expected: () => before?.(),
      holds: () => {},
      held: (oid) => {
        held.push(oid);
        meanwhile?.();
      },
      tooLarge: (oid) => void tooLarge.push(oid),
      fault: (what, reason) => void faults.push(`${what}: ${reason}`),
      progress: () => {},
    },
  );
  return {
    held: held.sort(),
    unread: [...read.unread].sort(),
    tooLarge: tooLarge.sort(),
    missing: [...read.missing].sort(),
    faults: faults.sort(),
    restless: read.restless,
  };
};
