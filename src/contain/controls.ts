// What containment may ask and do in one account. The cloud's side of it is src/contain/cloud-controls.ts.

import type { Call, KeyState, ProvenOwner, Sent } from './types.js';

export type StateRead =
  | { readonly kind: 'read'; readonly state: KeyState }
  /** One or two sentences. */
  | { readonly kind: 'unread'; readonly why: string };

export interface Controls {
  /** Fresh from the account. */
  state(owner: ProvenOwner, key: string): Promise<StateRead>;
  /** Sends one call that changes something, once: repeated by itself only where it surely was not carried out. */
  send(owner: ProvenOwner, key: string, call: Call): Promise<Sent>;
}

export const hasReached = (state: KeyState, call: Call): boolean => {
  switch (call.api) {
    case 'UpdateAccessKey':
      return state.status === call.status;
    case 'SetAccessKeyPolicy':
      return state.policy !== undefined && samePolicy(state.policy, call.policy);
    case 'DeleteAccessKey':
      return state.status === 'recycled' || state.status === 'gone';
    case 'RestoreAccessKeyFromRecycleBin':
      return state.status === 'Active' || state.status === 'Inactive';
  }
};

export const sameState = (one: KeyState, other: KeyState): boolean =>
  one.status === other.status &&
  // What was not read on one side cannot speak against it.
  (one.policy === undefined || other.policy === undefined || samePolicy(one.policy, other.policy));

/** By what they say: order of members and white space do not count, and one that is off and empty is none. */
export const samePolicy = (one: string | null, other: string | null): boolean => canonical(one) === canonical(other);

const canonical = (policy: string | null): string => {
  if (policy === null) return '';
  try {
    const value: unknown = JSON.parse(policy);
    const { Status, Statements } = (typeof value === 'object' && value !== null ? value : {}) as Record<
      string,
      unknown
    >;
    if (Status === 'Inactive' && Array.isArray(Statements) && Statements.length === 0) return '';
    return JSON.stringify(sorted(value));
  } catch {
    return policy;
  }
};

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
};
