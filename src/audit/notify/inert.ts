// Strangers' text in a chat: names of repositories, authors, users. Each chat has its own markup, its own mentions and its own
// idea of what becomes a link, and none has an escape that holds everywhere. So the characters that any of them gives a
// meaning to stand in their full-width forms, which look alike and mean nothing.

import { forTerminal } from '../../report/escape.js';
import { cut } from '../../report/whereabouts.js';

const MARKS = /[!#&()*+:<>@[\\\]_`{|}~"]/g;

/** A dot that could stand in the name of a host: `evil.example`; not the one of `v1.2`, or at the end of a sentence. */
const HOST_DOT = /(?<=[\p{L}\p{N}-])\.(?=\p{L})/gu;

/** From `!` at U+0021 to `~` at U+007E: the full-width forms begin at U+FF01. */
const widened = (text: string): string => String.fromCodePoint((text.codePointAt(0) ?? 0) + 0xfee0);

/** @param most in code points; what is longer is cut */
export const inert = (text: string, most: number): string =>
  cut(forTerminal(text), most).replace(MARKS, widened).replace(HOST_DOT, widened);

/** `acme/pay on github.com` of `https://github.com/acme/pay.git`; a path stays one. Not inert yet. */
export const repositoryInWords = (name: string): string => {
  const [, host, path] = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?([^/]+)\/(.+?)(?:\.git)?\/*$/i.exec(name) ?? [];
  return host === undefined || path === undefined ? name : `${path} on ${host}`;
};

/** A source as it was named, without the user name or token that an address may begin with. Not inert yet. */
export const withoutUser = (source: string): string => source.replace(/\/\/[^/@]*@/, '//');

/** An address for a link, with no character in it that ends one in any markup; null for what no link should lead to. */
export const linkTo = (address: string | null): string | null => {
  if (address === null || !URL.canParse(address)) return null;
  const url = new URL(address);
  if ((url.protocol !== 'https:' && url.protocol !== 'http:') || url.username !== '' || url.password !== '')
    return null;
  const { href } = url;
  const bare = href.replace(
    /[^A-Za-z0-9\-.~:/?#@!$&+,;=%]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return bare.length > MOST_LINK ? null : bare;
};

/** What a button or a link of Slack may hold; the others hold as much. */
const MOST_LINK = 2_000;
