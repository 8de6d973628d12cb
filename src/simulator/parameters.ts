// The parameters of a request, from its query and its form, decoded. A name given twice could be signed as one thing and read
// as another, and is refused.

import { Refusal } from './refusal.js';
import type { RawRequest } from './request.js';

/** @throws Refusal for a name that comes twice, and for what is no UTF-8 */
export const parametersOf = (raw: RawRequest): ReadonlyMap<string, string> => {
  const all = new Map<string, string>();
  for (const [name, value] of [...queryOf(raw), ...formOf(raw)]) {
    if (all.has(name)) throw new Refusal(400, 'InvalidParameter', `The parameter ${name} is given more than once.`);
    if (`${name}${value}`.includes('\ufffd')) {
      throw new Refusal(400, 'InvalidParameter', 'The encoding of a parameter is invalid.');
    }
    all.set(name, value);
  }
  return all;
};

export const queryOf = (raw: RawRequest): URLSearchParams => new URL(raw.target, 'http://server').searchParams;

const formOf = (raw: RawRequest): URLSearchParams => {
  const isForm = (raw.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  return new URLSearchParams(isForm ? raw.body.toString('utf8') : '');
};
