// What the rooms of an audit say to each other. One way: sources list repositories, a job reads one, the store keeps what
// came of it, the report is made of the store. Everything here is plain data: it crosses threads and queues.

import type { DetectorOptions } from '../detect/types.js';
import type { RepositoryState } from '../findings/audit.js';
import type { Collected } from '../findings/collect.js';
import type { Counts, Skipped, Summary } from '../findings/model.js';
import type { ObjectHead } from '../git/batch-format.js';
import type { SortedNames } from '../pack/all-names.js';

export type { RepositoryState } from '../findings/audit.js';

export type Forge = 'github' | 'gitlab' | 'gitee' | 'gitea' | 'codeup' | 'bitbucket' | 'git' | 'dir';

/** A repository as its source lists it. */
export interface Repository {
  /** Stable when it is renamed: the forge's host and its own number (`github.com/1296269`); of a folder the real path. */
  readonly id: string;
  readonly forge: Forge;
  /** What findings call it (`Finding.target`): its address on the web without credentials, or the path of its folder. */
  readonly name: string;
  readonly clone: { readonly from: 'url'; readonly url: string } | { readonly from: 'folder'; readonly folder: string };
  readonly kind: 'repository' | 'wiki' | 'snippet';
  /** What is fetched: branches and tags, or pull (merge) requests too. */
  readonly refs: 'branches-and-tags' | 'with-pull-requests';
  /** Kilobytes, as the forge says. */
  readonly sizeKb: number | null;
  readonly visibility: 'public' | 'internal' | 'private' | null;
  readonly archived: boolean;
  readonly fork: boolean;
  /** The `id` of what it was forked from, where the forge says so. */
  readonly parent: string | null;
  /** When something was pushed last, ISO 8601. */
  readonly pushedAt: string | null;
}

/** What decides what a job does; the same for all jobs of an audit. */
export interface JobSettings {
  readonly detector: DetectorOptions;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Bytes. */
  readonly maxSize: number | null;
  readonly allowPartial: boolean;
  /** Whether the repository's own configuration and ignore file count (`--trust-repo-config`). */
  readonly repositoryConfiguration: 'honour' | 'disregard';
  /** Bytes above which a repository is not fetched to its end; null: no limit. */
  readonly maxRepositorySize: number | null;
  /** Threads for one repository. */
  readonly threads: number;
}

/** Local to the machine that does the job. */
export interface MirrorSettings {
  /** Where mirrors are kept; empty: nowhere, so that only folders can be read. */
  readonly folder: string;
  /** Bytes that all mirrors together may take. */
  readonly cacheSize: number;
  /** As in JobSettings, of this machine's own; the smaller of the two counts. */
  readonly maxRepositorySize: number | null;
  /** Whether they stay when the audit ends. */
  readonly after: 'keep' | 'remove';
}

/** What an earlier scan left behind of a repository. */
export interface LastScan {
  /** What it looked like from outside: its refs and packs (a folder), or what `git ls-remote` printed (a URL). */
  readonly look: string;
  /** What detection looked for; another value finds other things. */
  readonly detection: string;
  /** Which of the settings decided what was read, as a digest. */
  readonly settings: string;
}

export interface Job {
  /** The run it belongs to; an outcome of another run is refused. */
  readonly run: string;
  readonly repository: Repository;
  readonly settings: JobSettings;
  readonly last: LastScan | null;
}

/**
 * Objects that were read before: in this repository, or in one of those that share objects with it, a family. What a
 * name of git's holds is the same in forks and copies, as long as nobody lied about it: so that a family's names are only those that
 * were verified.
 */
export interface Family {
  /** Null: no family is known, only what was read of this very repository. */
  readonly id: string | null;
  /** The family's verified names, and those that were read of this repository before. */
  readonly names: SortedNames;
  /** Those of them that hold something: they are read again in each repository, by name. */
  readonly hits: readonly ObjectHead[];
  /** Relatives were read, but nobody verified their names: whoever does gives them to all. */
  readonly verify: 'please' | 'no need';
}

/** Asks whose objects these may be. */
export interface FamilyQuestion {
  readonly repository: string;
  readonly detection: string;
  /** `sha1` or `sha256`. */
  readonly hash: string;
  /** The first names in order, hexadecimal, at most `SAMPLE`: repositories that share objects share many of these. */
  readonly sample: readonly string[];
}

/** Names that a repository is known by. */
export const SAMPLE = 64;

/** What a job came to. */
export type Outcome = Read | NotRead;

export interface NotRead {
  readonly run: string;
  readonly repository: Repository;
  readonly state: Exclude<RepositoryState, 'scanned'>;
  /** One sentence; null for `unchanged` and `empty`. */
  readonly reason: string | null;
  /** What it looks like, where that could be told. */
  readonly look: string | null;
}

export interface Read {
  readonly run: string;
  readonly repository: Repository;
  readonly state: 'scanned' | 'broken';
  readonly reason: string | null;
  /** Null when not all could be read: then it is looked at again next time. */
  readonly look: string | null;
  readonly detection: string;
  /** As in LastScan. */
  readonly settings: string;
  /** What refs name, `refs/heads/main` to the object's name. */
  readonly refs: Readonly<Record<string, string>>;
  /** With their secrets, inside the process; never at rest without being asked, and never in the clear. */
  readonly findings: readonly Collected[];
  /** Not among `findings`: what the repository's own configuration hides, where that counts. */
  readonly suppressed: Summary['suppressed'];
  readonly skipped: readonly Skipped[];
  readonly skippedCounts: Readonly<Record<Skipped['because'], number>>;
  readonly counts: Counts;
  readonly notes: readonly string[];
  /** Which family it belongs to, and what it adds to it. Null: names could not be told, or are too many to be kept. */
  readonly family: {
    /** Null: one of its own. */
    readonly id: string | null;
    /** `sha1` or `sha256`. */
    readonly hash: string;
    readonly sample: readonly string[];
    /** New names that were verified: the family's. */
    readonly verified: SortedNames;
    /** New names that were not: this repository's own. */
    readonly own: SortedNames;
    /** Those among both that hold something. */
    readonly hits: readonly ObjectHead[];
  } | null;
}

/** What a job may ask of whoever holds the store. */
export interface Knowledge {
  family(question: FamilyQuestion): Promise<Family | null>;
}

/** Whoever does jobs: threads of this process, or workers behind a queue. */
export interface Workforce {
  /**
   * Takes jobs as there is room for them, and hands on each outcome once; an outcome is waited for until `done` settles.
   * One job never ends the others: what it throws is an outcome of its own (`broken`).
   * @throws only for what ends everything: no connection to the queue, `signal` aborted, `done` failing
   */
  run(
    jobs: AsyncIterable<Job>,
    to: { readonly knowledge: Knowledge; readonly done: (outcome: Outcome) => Promise<void> },
    signal: AbortSignal,
  ): Promise<void>;
  close(): Promise<void>;
}
