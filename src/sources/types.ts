// What every source of bytes gives to the collector (src/findings/collect.ts): detections with where they were seen.

import type { Detection, DetectorOptions } from '../detect/types.js';
import type { Counts, KeptBy, OccurrenceSource, Skipped } from '../findings/model.js';
import type { Progress } from '../progress.js';
import type { Memory } from './history/remembered.js';
import type { SinceScan } from './history/since-scan.js';

/** Everywhere an object is, when that was asked for. */
export interface Whereabouts {
  /** All paths it ever had. */
  readonly paths: readonly string[];
  /** The branches, tags and other refs that reach it. */
  readonly refs: readonly string[];
}

/** What is known of a place in history; only git objects have it. */
export interface Provenance {
  /** The blob, commit or tag object. */
  readonly blob: string;
  readonly commit?: string;
  readonly author?: string;
  readonly date?: string;
  readonly lastCommit?: string;
  readonly unreachable?: boolean;
  readonly keptBy?: KeptBy;
  readonly inHead?: boolean;
  readonly whereabouts?: Whereabouts;
  /** The commit's place in history, where that is known: of two the smaller came first, whatever their dates say. */
  readonly order?: number;
}

/** What is known of a credential that a range of commits adds, or that an earlier scan reported. */
export interface Marks {
  /** Other branches or older commits hold it, too. */
  readonly knownElsewhere?: true;
  /** The range's last state holds it no more. */
  readonly removedInRange?: true;
  /** The scan before this one reported it. */
  readonly carriedOver?: true;
}

/** One detection and where its bytes came from. */
export interface Sighting {
  readonly target: string;
  readonly source: OccurrenceSource;
  readonly path: string | null;
  readonly detection: Detection;
  readonly secretPath?: string;
  readonly provenance?: Provenance;
  readonly marks?: Marks;
}

/** Where a source reports to while it runs. Calls come from one thread, in any order. */
export interface Sink {
  sighting(sighting: Sighting): void;
  skipped(skipped: Skipped): void;
  /** Adds to what was read. */
  count(counts: Partial<Counts>): void;
  /** A sentence for the summary: what was deliberately not read and how to read it. */
  note(text: string): void;
}

export interface SourceOptions {
  /** Read files of work trees and directories. */
  readonly worktree: boolean;
  /** Read every object of repositories named by their top (or bare). */
  readonly history: boolean;
  /** Read files that git ignores too. */
  readonly ignored: boolean;
  /** Globs (src/glob.ts) over paths relative to the target; empty means all. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Bytes; files and blobs above it are left out and counted. Null: no limit. */
  readonly maxSize: number | null;
  readonly threads: number;
  /** Narrow history, in git's own words; null means everything. */
  readonly since: string | null;
  readonly branch: string | null;
  /** Of repositories, read only what was not there at the last scan. */
  readonly sinceScan?: SinceScan;
  /** Of a repository, read only what somebody does not know already; never together with `sinceScan`. */
  readonly memory?: Memory;
  /** Of findings in history, tell all paths and the refs that reach them; else the path they came in on. */
  readonly whereabouts?: 'all';
  /** Verify every object's checksum; else those of objects that hold something. */
  readonly verifyObjects?: 'all';
  /** Objects missing from a partial or shallow clone are counted, but are no fault. */
  readonly allowPartial: boolean;
  readonly detector: DetectorOptions;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}
