// What a source lists, and what decides which of it counts.

import type { HttpLimits, HttpRequest, HttpResponse } from '../../cloud/transport/http.js';
import type { Progress } from '../../progress.js';
import type { Repository } from '../types.js';

export type Listed =
  | { readonly kind: 'repository'; readonly repository: Repository }
  /** Above `maxRepoSizeBytes`: not read, but said. */
  | { readonly kind: 'too-large'; readonly repository: Repository; readonly reason: string }
  /** A source, or something in it, that could not be listed. */
  | Unlisted;

export interface Unlisted {
  readonly kind: 'unlisted';
  /** The source as it was written. */
  readonly source: string;
  /** What in it; null: the source itself, or what comes after what was listed of it. */
  readonly name: string | null;
  readonly state: UnlistedState;
  /** What happened, and what to do about it. */
  readonly reason: string;
}

export type UnlistedState = 'denied' | 'gone' | 'fault';

/** Whether repositories of a kind are read too, not at all, or alone. */
export type Take = 'include' | 'exclude' | 'only';

export type Send = (request: HttpRequest, limits: HttpLimits) => Promise<HttpResponse>;

export interface ListOptions extends Exchange {
  /** Globs over `org/name` (a folder: over its path below the source's). One without `/` is over the last name. None: all. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** What a source does not say counts as what is asked for, here and in `since`: rather too much is read than too little. */
  readonly visibility: 'any' | 'public' | 'internal' | 'private';
  readonly archived: Take;
  readonly forks: Take;
  /** Pushed to since. */
  readonly since: Date | null;
  readonly maxRepoSizeBytes: number | null;
  readonly wiki: boolean;
  /** Gists, at GitHub. */
  readonly snippets: boolean;
  readonly pullRequests: boolean;
  readonly env: NodeJS.ProcessEnv;
}

/** How anything outside is asked. */
export interface Exchange {
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Our transport; a test's is another. */
  readonly http: Send;
  /** How waiting is done; absent: by the clock. @throws the signal's reason */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** What git is given for a host over HTTP. */
export interface Credential {
  readonly username: string;
  readonly password: string;
}

/** What a forge's listing gives: a repository, and what globs are held against. */
export interface Found {
  /** `org/name`. */
  readonly path: string;
  readonly repository: Repository;
}
