// Runs readTargets and keeps all it says.

import type { Skipped } from '../../src/findings/model.js';
import { readTargets } from '../../src/sources/read-targets.js';
import type { Sighting, Sink, SourceOptions } from '../../src/sources/types.js';

export interface Recording {
  readonly sightings: readonly Sighting[];
  readonly skipped: readonly Skipped[];
  readonly notes: readonly string[];
  readonly counts: { files: number; objects: number; bytes: number };
}

export const defaults: SourceOptions = {
  worktree: true,
  history: true,
  ignored: false,
  include: [],
  exclude: [],
  maxSize: null,
  threads: 2,
  since: null,
  branch: null,
  allowPartial: false,
  detector: {},
  signal: new AbortController().signal,
  progress: { update: () => {} },
};

export const recorder = (): { readonly sink: Sink; readonly recording: Recording } => {
  const sightings: Sighting[] = [];
  const skipped: Skipped[] = [];
  const notes: string[] = [];
  const counts = { files: 0, objects: 0, bytes: 0 };
  const sink: Sink = {
    sighting: (sighting) => void sightings.push(sighting),
    skipped: (one) => void skipped.push(one),
    note: (text) => void notes.push(text),
    count: ({ files = 0, objects = 0, bytes = 0 }) => {
      counts.files += files;
      counts.objects += objects;
      counts.bytes += bytes;
    },
  };
  return { sink, recording: { sightings, skipped, notes, counts } };
};

export const read = async (targets: readonly string[], options: Partial<SourceOptions> = {}): Promise<Recording> => {
  const { sink, recording } = recorder();
  await readTargets(targets, { ...defaults, ...options }, sink);
  return recording;
};

/** IDs and where they were seen, sorted: `LTAI… worktree:path`. */
export const places = ({ sightings }: Recording): readonly string[] =>
  sightings.map(({ detection, source, path }) => `${detection.accessKeyId} ${source}:${path}`).sort();
