// A webhook of one's own: the facts as JSON, for a program (docs/notify.md). `X-Akscan-Signature` is `v1=` and the HMAC-SHA256,
// in hexadecimal digits, of the seconds in `X-Akscan-Timestamp`, a dot and the body; `X-Akscan-Delivery` stays the same when a
// message is sent again. Names in it are as strangers wrote them.

import { createHmac } from 'node:crypto';
import { cut } from '../../../report/whereabouts.js';
import { linkTo, withoutUser } from '../inert.js';
import { ACCEPTED, jsonOf, type Outgoing, type Surface, type ToTell } from '../surface.js';

/** That one message lists. */
const MOST_SOURCES = 50;
const MOST_KEYS = 200;
const MOST_BYTES = 256 << 10;

const bodyOf = ({ news, keys, id }: ToTell, listed: number): Pick<Outgoing, 'headers' | 'body'> =>
  jsonOf({
    type: 'new-live-keys',
    schema: 1,
    id,
    sources: news.sources.slice(0, MOST_SOURCES).map((source) => cut(withoutUser(source), 500)),
    counts: { ...news.counts, newLive: keys.length, newRoot: keys.filter(({ isRoot }) => isRoot).length },
    keys: keys
      .slice(0, listed)
      .map(({ isRoot, verdict, ...facts }) => ({ ...facts, root: isRoot, verdict }) satisfies Record<string, unknown>),
    leftOut: Math.max(0, keys.length - listed),
    reportUrl: linkTo(news.reportUrl),
  });

export const webhook: Surface = {
  write: (told, { url, secret }, at) => {
    let listed = Math.min(told.keys.length, MOST_KEYS);
    let { headers, body } = bodyOf(told, listed);
    while (body.length > MOST_BYTES && listed > 1) {
      listed = Math.ceil(listed / 2);
      ({ headers, body } = bodyOf(told, listed));
    }
    const timestamp = String(Math.floor(at.getTime() / 1_000));
    const signature = createHmac('sha256', secret ?? '')
      .update(`${timestamp}.`)
      .update(body)
      .digest('hex');
    return {
      url,
      headers: {
        ...headers,
        'x-akscan-timestamp': timestamp,
        'x-akscan-signature': `v1=${signature}`,
        'x-akscan-delivery': told.id,
      },
      body,
    };
  },
  read: () => ACCEPTED,
};
