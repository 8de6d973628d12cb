// A stand-in for the cloud that answers each operation from a table, for tests of one reader.

import type { Ask, Outcome, Query } from '../../src/cloud/ask.js';
import type { Body } from '../../src/cloud/body.js';
import type { OperationName } from '../../src/cloud/operations.js';

/** A body, as the API would send it, or an outcome that is none. */
export type Answered = Body | Exclude<Outcome<never>, { readonly kind: 'found' }>;

export interface Asked {
  readonly name: OperationName;
  readonly query: Query;
}

/** @param answer what to say to each question, in the order in which they come */
export const answering = (answer: (asked: Asked, earlier: number) => Answered): { ask: Ask; asked: Asked[] } => {
  const asked: Asked[] = [];
  const ask: Ask = async (name, query, read) => {
    const earlier = asked.filter((each) => each.name === name).length;
    asked.push({ name, query });
    const said = answer({ name, query }, earlier);
    if ('kind' in said) return said as Exclude<Outcome<never>, { readonly kind: 'found' }>;
    const reading = read(said);
    if (reading === 'malformed') return { kind: 'fault', why: 'Malformed.' };
    return reading === 'none' ? { kind: 'none' } : { kind: 'found', value: reading.value };
  };
  return { ask, asked };
};
