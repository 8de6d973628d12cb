// What a job is given of a repository: a folder with all of its objects, or why there is none.

import type { Repository } from '../types.js';

export type Mirror =
  | {
      readonly state: 'ready';
      /** A bare repository, or the folder a `dir:` source named; read it and leave it as it is. */
      readonly folder: string;
      readonly look: string;
      /** Afterwards the folder may go at any moment. */
      release(): Promise<void>;
    }
  | { readonly state: 'unchanged'; readonly look: string }
  | NoMirror;

export interface NoMirror {
  readonly state: 'empty' | 'too-large' | 'denied' | 'gone' | 'broken';
  /** One sentence without a full stop; null for `empty`. */
  readonly reason: string | null;
  readonly look: string | null;
}

export interface Mirrors {
  /**
   * @param largest bytes that it may take, where that is less than the settings say
   * @param lastLook what an earlier `look` of this repository was; the same again means `unchanged`
   * @throws only what `signal` was aborted with
   */
  obtain(
    repository: Repository,
    lastLook: string | null,
    signal: AbortSignal,
    largest?: number | null,
  ): Promise<Mirror>;
  /** With `after: 'remove'`: takes away what this run fetched and nobody else reads. */
  close(): Promise<void>;
}

export interface Credential {
  readonly username: string;
  readonly password: string;
}

export interface MirrorDeps {
  /** Of an `http:` or `https:` URL without user and password. */
  credentialFor(url: URL): Promise<Credential | null>;
  /** Says a sentence to the person. */
  tell(sentence: string): void;
  readonly patience?: Patience;
}

/** What another machine may cost us. */
export interface Patience {
  /** Seconds with less than a kilobyte each, after which a transfer has stalled. */
  readonly stalled: number;
  /** Milliseconds until all refs are told. */
  readonly ask: number;
  /** Milliseconds for one fetch. */
  readonly fetch: number;
  /** Bytes of memory that git may take for either: how much is for the other side to say. */
  readonly memory: number;
}

/** A server may think for a minute before it sends the first byte of a large repository, such as Linux: 2 GB of memory. */
export const PATIENCE: Patience = { stalled: 120, ask: 120_000, fetch: 6 * 3_600_000, memory: 4 * 2 ** 30 };
