// Plain data as bytes: JSON, compressed, and beside it what is bytes already (names of objects, which nothing makes smaller).
// Four bytes say how long the JSON is, then for each piece four more: RFC 1014's unsigned integers, big end first.

import { constants, deflateSync, inflateSync } from 'node:zlib';
import type { Family, Job, Outcome } from '../types.js';

/** Bytes of JSON that one parcel may unfold to. */
export const LARGEST_JSON = 256 << 20;

interface Parcel {
  readonly head: unknown;
  readonly pieces: readonly Buffer[];
}

/** @throws RangeError for what nobody would unfold, or what is longer than a text can be */
const pack = ({ head, pieces }: Parcel, most = LARGEST_JSON): Buffer => {
  const text = JSON.stringify(head);
  if (Buffer.byteLength(text) > most) throw new RangeError('a parcel that is too large');
  const json = deflateSync(text, { level: constants.Z_BEST_SPEED });
  const lengths = Buffer.alloc(4 * (2 + pieces.length));
  [json, ...pieces].forEach(({ length }, at) => {
    lengths.writeUInt32BE(length, 4 * (at + 1));
  });
  lengths.writeUInt32BE(pieces.length + 1, 0);
  return Buffer.concat([lengths, json, ...pieces]);
};

/** @throws Error for what `pack` did not make */
const unpack = (bytes: Buffer): Parcel => {
  const count = bytes.readUInt32BE(0);
  if (count < 1 || count > 8) throw new Error('a parcel of no known form');
  let at = 4 * (1 + count);
  const parts = Array.from({ length: count }, (_, index) => {
    const length = bytes.readUInt32BE(4 * (index + 1));
    at += length;
    return bytes.subarray(at - length, at);
  });
  if (at !== bytes.length) throw new Error('a parcel that was cut short');
  const [json = Buffer.alloc(0), ...pieces] = parts;
  return { head: JSON.parse(inflateSync(json, { maxOutputLength: LARGEST_JSON }).toString()), pieces };
};

/** What is sealed was made by an akscan of the same version: its shape is known. */
const NONE = Buffer.alloc(0);

export interface Order {
  readonly job: Job;
  /** Whose order it is: an audit that goes on after a crash is another coordinator. */
  readonly coordinator: string;
}

export const packOrder = (order: Order): Buffer => pack({ head: order, pieces: [] });
export const unpackOrder = (bytes: Buffer): Order => unpack(bytes).head as Order;

export interface Delivery {
  readonly outcome: Outcome;
  readonly coordinator: string;
}

/**
 * @param most bytes of JSON
 * @throws RangeError above it
 */
export const packDelivery = ({ outcome, coordinator }: Delivery, most = LARGEST_JSON): Buffer => {
  if (!('family' in outcome) || outcome.family === null)
    return pack({ head: { outcome, coordinator }, pieces: [] }, most);
  const { verified, own, ...family } = outcome.family;
  return pack({ head: { outcome: { ...outcome, family }, coordinator }, pieces: [verified, own] }, most);
};

export const unpackDelivery = (bytes: Buffer): Delivery => {
  const { head, pieces } = unpack(bytes);
  const delivery = head as Delivery;
  const { outcome } = delivery;
  if (!('family' in outcome) || outcome.family === null) return delivery;
  const [verified = NONE, own = NONE] = pieces;
  return { ...delivery, outcome: { ...outcome, family: { ...outcome.family, verified, own } } };
};

export const packFamily = (family: Family | null): Buffer => {
  if (family === null) return pack({ head: null, pieces: [] });
  const { names, ...rest } = family;
  return pack({ head: rest, pieces: [names] });
};

export const unpackFamily = (bytes: Buffer): Family | null => {
  const { head, pieces } = unpack(bytes);
  return head === null ? null : { ...(head as Omit<Family, 'names'>), names: pieces[0] ?? NONE };
};
