// The hash functions objects are named by (git-hash-function-transition).

export interface HashFormat {
  readonly name: 'sha1' | 'sha256';
  /** Of an object's name. */
  readonly bytes: 20 | 32;
}

/** An object's whole name, in hexadecimal. */
export const OID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** @param said as `git rev-parse --show-object-format` says it */
export const hashFormat = (said: string): HashFormat =>
  said === 'sha256' ? { name: 'sha256', bytes: 32 } : { name: 'sha1', bytes: 20 };
