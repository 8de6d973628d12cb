// What ActionTrail would write of a request: an event of the key that signed it, with what it asked and how it was refused.

import type { Operation, Product } from './operations/operation.js';
import { newRequestId, type Refusal } from './refusal.js';
import type { Origin, SignedRequest } from './request.js';
import type { Caller } from './world.js';

/** A server that runs for long forgets the oldest: half of what it has recorded at once. */
const MOST = 200_000;

interface Entry {
  readonly product: Product;
  readonly operation: Operation;
  readonly request: SignedRequest;
  readonly caller: Caller;
  readonly from: Origin;
  readonly now: number;
}

export const record = ({ product, operation, request, caller, from, now }: Entry, refusal: Refusal | null): void => {
  caller.account.events ??= [];
  const { events } = caller.account;
  if (events.length >= MOST) events.splice(0, MOST / 2);
  events.push({
    id: newRequestId(),
    at: `${new Date(now).toISOString().slice(0, 19)}Z`,
    accessKeyId: request.accessKeyId,
    service: product.name,
    action: request.action,
    address: from.address,
    userAgent: from.userAgent,
    isWrite: operation.isWrite ?? false,
    parameters: request.parameters,
    ...(refusal === null ? {} : { error: { code: refusal.code, message: refusal.message } }),
  });
};
