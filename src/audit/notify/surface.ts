// What all places that can be told have in common: how a message is put, and what an answer means.

import type { HttpResponse } from '../../cloud/transport/http.js';
import type { Message } from './message.js';
import type { KeyNews, News } from './news.js';

/** What is sent; made anew for each attempt, since signatures hold the time. */
export interface Outgoing {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Address {
  readonly url: URL;
  readonly secret: string | null;
}

export interface ToTell {
  readonly news: Omit<News, 'newLive'>;
  readonly keys: readonly KeyNews[];
  readonly message: Message;
  /** The same at each attempt, so that a receiver can tell a repetition. */
  readonly id: string;
}

export type Answer =
  | { readonly kind: 'accepted' }
  /** `again`: it says that nothing was delivered, and that another attempt may do better. */
  | { readonly kind: 'refused'; readonly why: string; readonly again: boolean };

export interface Surface {
  readonly write: (told: ToTell, to: Address, at: Date) => Outgoing;
  /** Of an answer with a status from 200 to 299. */
  readonly read: (response: HttpResponse) => Answer;
}

export const ACCEPTED: Answer = { kind: 'accepted' };

export const refused = (why: string, again = false): Answer => ({ kind: 'refused', why, again });

export const jsonOf = (value: unknown): Pick<Outgoing, 'headers' | 'body'> => ({
  headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'akscan' },
  body: Buffer.from(JSON.stringify(value)),
});

/**
 * The robots of three chats say by a number in the body whether they took it: 0 is yes, whatever the status.
 * @param passing numbers that say so of a limit that is over in a moment
 */
export const readNumbered =
  (names: { readonly code: string; readonly message: string }, passing: readonly number[] = []) =>
  ({ body }: HttpResponse): Answer => {
    const said = parsed(body);
    const code = said[names.code];
    if (code === 0) return ACCEPTED;
    if (typeof code !== 'number') return refused('it answered something else than was to be expected');
    const message = said[names.message];
    const words = typeof message === 'string' && message !== '' ? `: ${message}` : '';
    return refused(`it answered ${code}${words}`, passing.includes(code));
  };

const parsed = (body: Buffer): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
};
