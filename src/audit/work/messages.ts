// What the main thread and those that do jobs say to each other. Names of objects are copied once and then handed over, not
// copied again on the way.

import type { NoMirror } from '../mirror/types.js';
import type { Family, FamilyQuestion, Job, Outcome, Repository } from '../types.js';

/** A thread asks, the main thread answers. */
export type Ask =
  | { readonly what: 'family'; readonly question: FamilyQuestion }
  | {
      readonly what: 'obtain';
      readonly repository: Repository;
      readonly lastLook: string | null;
      readonly largest: number | null;
    }
  | { readonly what: 'release'; readonly mirror: number };

export type Answer =
  | { readonly to: 'family'; readonly family: Family | null }
  | { readonly to: 'obtain'; readonly mirror: MirrorAnswer }
  | { readonly to: 'release' };

/** As Mirror; one that is ready is released by its number. */
export type MirrorAnswer =
  | { readonly state: 'ready'; readonly folder: string; readonly look: string; readonly number: number }
  | { readonly state: 'unchanged'; readonly look: string }
  | NoMirror;

export type ToThread =
  | { readonly kind: 'job'; readonly job: Job }
  | { readonly kind: 'answer'; readonly number: number; readonly answer: Answer }
  /** Ends the job in hand. */
  | { readonly kind: 'stop' };

export type FromThread =
  | { readonly kind: 'ask'; readonly number: number; readonly ask: Ask }
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  | { readonly kind: 'stopped' };

interface Parcel<Content> {
  readonly content: Content;
  readonly transfer: readonly ArrayBuffer[];
}

/** Names in memory of their own, which the sender then no longer has. */
const packNames = (names: Uint8Array): { readonly names: Buffer; readonly memory: ArrayBuffer } => {
  const memory = new ArrayBuffer(names.length);
  const copy = Buffer.from(memory);
  copy.set(names);
  return { names: copy, memory };
};

/** What arrives is a plain array of bytes. */
const unpackNames = (names: Uint8Array): Buffer => Buffer.from(names.buffer, names.byteOffset, names.byteLength);

export const packFamily = (family: Family | null): Parcel<Family | null> => {
  if (family === null) return { content: null, transfer: [] };
  const { names, memory } = packNames(family.names);
  return { content: { ...family, names }, transfer: [memory] };
};

export const unpackFamily = (family: Family | null): Family | null =>
  family === null ? null : { ...family, names: unpackNames(family.names) };

export const packOutcome = (outcome: Outcome): Parcel<Outcome> => {
  if (!('family' in outcome) || outcome.family === null) return { content: outcome, transfer: [] };
  const [verified, own] = [packNames(outcome.family.verified), packNames(outcome.family.own)];
  const family = { ...outcome.family, verified: verified.names, own: own.names };
  return { content: { ...outcome, family }, transfer: [verified.memory, own.memory] };
};

export const unpackOutcome = (outcome: Outcome): Outcome => {
  if (!('family' in outcome) || outcome.family === null) return outcome;
  const { verified, own } = outcome.family;
  return { ...outcome, family: { ...outcome.family, verified: unpackNames(verified), own: unpackNames(own) } };
};
