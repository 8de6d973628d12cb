// What detection says about the bytes it was given. It knows nothing of files, git or the cloud.

export type Confidence = 'high' | 'medium' | 'low';

/** `pair` and `sts` carry a secret; `id-only` an AccessKey ID alone; `secret-only` a secret whose ID is unknown. */
export type Kind = 'pair' | 'id-only' | 'secret-only' | 'sts';

/** How a value was written, outermost first: `['base64', 'utf-16le']` is UTF-16 text inside base64. */
export type Encoding =
  | 'utf-16le'
  | 'utf-16be'
  | 'base64'
  | 'percent'
  | 'unicode-escape'
  | 'html-entity'
  | 'quoted-printable'
  | 'ansi'
  | 'concatenation';

/** A place in the bytes as they were given (never in decoded text). */
export interface Place {
  /** Bytes before the first byte of the value as written. */
  readonly offset: number;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in Unicode code points of the decoded line. */
  readonly column: number;
}

/** One credential at one place. */
export interface Detection {
  /** The `id` of the rule in rules/*.yml. */
  readonly rule: string;
  readonly kind: Kind;
  readonly accessKeyId: string | null;
  readonly secret: string | null;
  /** The STS security token, when one stands beside a temporary key. */
  readonly token: string | null;
  /** When a temporary key ends, as the text beside it says, ISO 8601; absent when it does not. */
  readonly claimedExpiry?: string;
  readonly confidence: Confidence;
  /** Where the ID stands; where the secret stands when there is no ID. */
  readonly place: Place;
  /** Where the secret stands, when there are both. */
  readonly secretPlace: Place | null;
  readonly encoding: readonly Encoding[];
  /** The text of an inline `akscan:allow` comment that covers this place: its reason, '' without one, null when none. */
  readonly allow: string | null;
  /**
   * The name the ID was assigned to (`aliyun.accessKeyId`), or null. An `id-only` detection is completed from a
   * sibling file only when the names agree.
   */
  readonly idName: string | null;
}

/** What one blob held. */
export interface Scanned {
  readonly detections: readonly Detection[];
  /** True when the cap on credentials in one blob was reached and the rest of it was not judged. */
  readonly capped: boolean;
}

/** A blob too large to hold in memory, given piece by piece. */
export interface BlobStream {
  push(chunk: Uint8Array): void;
  /** Ends the blob and gives all that it held. */
  end(): Scanned;
}

/** A file beside the one that holds an ID alone. Its name counts: `access_key_secret.txt`. */
export interface SiblingFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A secret found in a sibling file, for an ID that stands alone. */
export interface SiblingSecret {
  /** Index into the siblings given. */
  readonly sibling: number;
  readonly secret: string;
  readonly place: Place;
  readonly encoding: readonly Encoding[];
}

/** The detector: a set of rules made ready. Holds memory of its own; one per thread, never shared. */
export interface Detector {
  /**
   * Memory a reader may fill directly, so that bytes that hold nothing are never copied: read up to `buffer.length`
   * bytes into it and call `scanBuffer(length)`. Valid until the next call of any method here.
   */
  readonly buffer: Uint8Array;
  /** Whether any anchor occurs in the first `length` bytes of `buffer`. The cheap test that rejects almost everything. */
  holdsAnchor(length: number): boolean;
  /** Judges the first `length` bytes of `buffer` as one whole blob. */
  scanBuffer(length: number): Scanned;
  /** Judges a whole blob of any length that is in memory already. */
  scan(bytes: Uint8Array): Scanned;
  /** Judges a blob of any length, in bounded memory. */
  stream(): BlobStream;
  /**
   * Looks in the files beside one that holds an ID alone for the one secret that goes with it: names must agree and
   * there must be exactly one candidate.
   * @param own the name of the file that holds the ID
   */
  siblingSecret(lone: Detection, own: string, siblings: readonly SiblingFile[]): SiblingSecret | null;
  /**
   * Whether a file that holds no ID holds a secret that names itself: the other half of an ID in a sibling file, perhaps. Told
   * without looking at siblings, and for nearly every file at once.
   */
  holdsLoneSecret(file: SiblingFile): boolean;
}

export interface DetectorOptions {
  /** `low` adds the rules whose anchors are common words (secret without ID, IDs from before LTAI). Default `medium`. */
  readonly minConfidence?: Confidence;
  /** Rules of the user's own, beside the built-in ones. */
  readonly customRules?: readonly unknown[];
}
