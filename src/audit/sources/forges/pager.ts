// Pages of a list, whatever way a forge says that there are more: a Link header, the number of the next page in a header, an
// address in the body, or, where it says nothing, a page that is full.

import type { Answer, Api } from '../api.js';
import { type Fields, fieldsOf, listOf } from '../fields.js';
import { Refusal } from '../refusal.js';
import { endless } from './forge.js';

/** Two million repositories at a hundred a page. */
export const MOST_PAGES = 20_000;

/** What a page may hold; no forge gives more than a thousand. */
const MOST_ENTRIES = 5_000;

/**
 * Looks at each page of one list before it is taken.
 * @returns the entries of a page; throws Refusal for what is no list, for more than a page holds, and for the page before once more
 */
export const createPageReader = (host: string, what: string): ((value: unknown) => readonly Fields[]) => {
  let before = '';
  return (value) => {
    if (!Array.isArray(value)) throw new Refusal('fault', `${host} answered with no list when asked for ${what}.`);
    if (value.length > MOST_ENTRIES) throw new Refusal('fault', `${host} answered with more than a page of ${what}.`);
    const page = (listOf(value) ?? []).map(({ id, uuid, full_name }) => JSON.stringify([id, uuid, full_name])).join();
    // An entry that says nothing of itself may well come twice.
    if (page === before && page !== '' && !page.includes('[null,null,null]')) throw endless(host);
    before = page;
    return listOf(value) ?? [];
  };
};

export interface Pages {
  /** With its query, but for the number of the page. */
  readonly path: string;
  readonly what: string;
  /** The items of an answer; the answer itself when absent. */
  readonly items?: (value: unknown) => unknown;
  /** What comes after an answer: a query of the same path, an address, or null. */
  readonly next: (answer: Answer, page: number, count: number) => Next | null;
}

export type Next = { readonly query: Readonly<Record<string, string | number>> } | { readonly address: string };

/** @throws Refusal */
export async function* pages(api: Api, { path, what, items, next }: Pages): AsyncGenerator<readonly Fields[]> {
  let address = new URL(path, api.base);
  const asked = new Set<string>();
  const read = createPageReader(api.base.host, what);
  for (let page = 1; ; page += 1) {
    if (page > MOST_PAGES || asked.has(address.href)) throw endless(api.base.host);
    asked.add(address.href);
    const answer = await api.get(address, what);
    const list = read(items === undefined ? answer.value : items(answer.value));
    yield list;
    const following = next(answer, page, list.length);
    if (following === null) return;
    if ('address' in following) {
      if (!URL.canParse(following.address, api.base.href)) throw endless(api.base.host);
      address = new URL(following.address, api.base);
    } else {
      address = new URL(path, api.base);
      for (const [name, value] of Object.entries(following.query)) address.searchParams.set(name, String(value));
    }
  }
}

/** `Link: <https://...>; rel="next"` (RFC 8288). */
export const byLink = ({ headers }: Answer): Next | null => {
  const address = /<([^<>]{1,4000})>;[^,<>]*\brel="?next\b/.exec(headers['link'] ?? '')?.[1];
  return address === undefined ? null : { address };
};

/** `x-next-page`, or the page after this one as long as pages are full and no total says otherwise. */
export const byNumber =
  (size: number): Pages['next'] =>
  ({ headers }, page, count) => {
    const said = headers['x-next-page'];
    if (said !== undefined) return /^[1-9]\d{0,8}$/.test(said.trim()) ? { query: { page: Number(said) } } : null;
    const total = headers['total_page'] ?? headers['x-total-pages'];
    if (total !== undefined && /^\d{1,9}$/.test(total.trim()))
      return page < Number(total) ? { query: { page: page + 1 } } : null;
    return count < size ? null : { query: { page: page + 1 } };
  };

/** `next` in the body (Bitbucket Cloud). */
export const byBody = ({ value }: Answer): Next | null => {
  const { next } = fieldsOf(value);
  return typeof next === 'string' && next !== '' ? { address: next } : null;
};
