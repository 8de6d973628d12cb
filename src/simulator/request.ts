// A request read as one of the two signature schemes. Written from the description of the wire format alone and sharing no
// code with src/cloud, so that client and server cannot be wrong in the same way.

import type { IncomingHttpHeaders } from 'node:http';

/** A request as it came off the wire. */
export interface RawRequest {
  readonly method: string;
  /** Path and query, still encoded. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as they came: a header that came twice is told by them alone. */
  readonly rawHeaders?: readonly string[];
  readonly body: Buffer;
}

/** Where a request comes from. */
export interface Origin {
  readonly address: string;
  readonly userAgent: string;
}

/** What is asked for, and how the answer is to be written. */
interface Wanted {
  readonly action: string;
  readonly version: string;
  readonly format: 'json' | 'xml';
  /** The API's own parameters, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Without a signature, for the few operations that need none. */
export interface OpenRequest extends Wanted {
  readonly scheme: null;
}

/** What the request claims; nothing of it is proven yet. */
export interface SignedRequest extends Wanted {
  readonly scheme: 'V3' | 'V1';
  readonly accessKeyId: string;
  readonly token: string | null;
  /** As it was sent. */
  readonly date: string;
  readonly nonce: string;
  /** Whether the signature is that of this secret. */
  readonly isSignedWith: (secret: string) => boolean;
  /** The API's sentence for one that is not. */
  readonly mismatch: string;
}
