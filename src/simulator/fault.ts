// A request that goes wrong on purpose: what may be done to it. Those with names are in faults.ts.

/** What the server knows of a request before it judges it. */
export interface Call {
  readonly method: string;
  readonly action: string;
  readonly version: string;
  readonly accessKeyId: string | null;
  readonly parameters: Readonly<Record<string, string>>;
  /** How many requests for this action came before. */
  readonly earlier: number;
  /** What the API would say of a wrong signature: it holds the text that the server signed. */
  readonly mismatch: string;
}

/** How an error is written: as the API does, as some of its gateways do, or in a way that only looks like it. */
export type Envelope = 'json' | 'lower-case' | 'xml' | 'xml-other-charset' | 'gzip';

/** What comes back although the request was carried out. */
export type Late = Exclude<Fault, { readonly kind: 'after' | 'clock' | 'gzip' }>;

export type Fault =
  | {
      readonly kind: 'error';
      readonly status: number;
      readonly code: string;
      readonly message: string;
      readonly retryAfterMs?: number;
      /** Further members of the envelope, such as AccessDeniedDetail. */
      readonly detail?: Readonly<Record<string, unknown>>;
      readonly envelope?: Envelope;
    }
  /** Any answer at all: a login page, an empty body, another product's JSON. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body: string | Uint8Array;
    }
  /** The request is judged and has its effect; instead of the answer comes this. What is refused is refused. */
  | { readonly kind: 'after'; readonly instead: Late }
  /** Judged by a clock that is ahead (or, negative, behind). */
  | { readonly kind: 'clock'; readonly aheadMs: number }
  /** The right answer, packed with gzip although nobody asked for that. */
  | { readonly kind: 'gzip' }
  /** The connection is closed without an answer, in the middle of one, or never; or the answer stops in the middle. */
  | { readonly kind: 'reset' | 'truncate' | 'hang' | 'stall' };
