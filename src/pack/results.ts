// What a thread says about the objects it has read.

import type { Scanned } from '../detect/types.js';

export type ObjectType = 'blob' | 'commit' | 'tag' | 'tree';

/** An object that held something. */
export interface Held {
  readonly type: ObjectType;
  readonly size: number;
  /** What its name must be: the checksum of its bytes, in hexadecimal. */
  readonly digest: string;
  readonly scanned: Scanned;
}

export interface PackResult {
  /** Objects by where their entries begin in the pack. */
  readonly held: readonly (Held & { readonly offset: number })[];
  readonly unread: readonly number[];
  /** Their bytes are not those their names stand for; only told when all are verified. */
  readonly damaged: readonly number[];
  readonly tooLarge: readonly { readonly offset: number; readonly type: ObjectType; readonly size: number }[];
  /** Names, in binary, that were worked out of the bytes and found right; only where that was asked for. */
  readonly genuine: Uint8Array;
  /** The pack went away or ended before it was read. */
  readonly failure: 'gone' | 'short' | null;
}

export interface LooseResult {
  readonly held: readonly (Held & { readonly oid: string })[];
  readonly unread: readonly string[];
  /** Folders that could not be listed. */
  readonly unlisted: readonly { readonly folder: string; readonly reason: string }[];
  /** Inflated whole, and not what their headers say or, where all are verified, what their names stand for. */
  readonly damaged: readonly string[];
  readonly tooLarge: readonly { readonly oid: string; readonly type: ObjectType; readonly size: number }[];
  /** As in PackResult. */
  readonly genuine: Uint8Array;
}
