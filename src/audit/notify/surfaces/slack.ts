// Slack's incoming webhooks (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks): blocks of plain text, in
// which nothing is markup, and one link of ours; at most 50 blocks, 150 characters a header, 3,000 a section, and in all some
// 13,000 before it says `msg_blocks_too_long`.

import type { HttpResponse } from '../../../cloud/transport/http.js';
import { fitted, leftOutInWords, type Message } from '../message.js';
import { ACCEPTED, jsonOf, type Outgoing, refused, type Surface } from '../surface.js';

const MOST_CHARACTERS = 12_000;

const plain = (text: string): unknown => ({ type: 'section', text: { type: 'plain_text', text, emoji: false } });

const blocksOf = (message: Message): readonly unknown[] => {
  const more = leftOutInWords(message);
  return [
    { type: 'header', text: { type: 'plain_text', text: message.title, emoji: false } },
    plain(message.summary),
    ...message.keys.map(({ what, where, ask }) => plain([what, where, ...(ask === null ? [] : [ask])].join('\n'))),
    ...(more === null ? [] : [plain(more)]),
    ...(message.reportUrl === null ? [] : [link(message.reportUrl)]),
  ];
};

/** `&` is written out, as everywhere in Slack's own markup; the address has neither `<`, `>` nor `|`. */
const link = (url: string): unknown => ({
  type: 'section',
  text: { type: 'mrkdwn', text: `<${url.replaceAll('&', '&amp;')}|Open the report>` },
});

const bodyOf = (message: Message): Pick<Outgoing, 'headers' | 'body'> =>
  // The text is what a notification shows.
  jsonOf({ text: message.title, unfurl_links: false, unfurl_media: false, blocks: blocksOf(message) });

export const slack: Surface = {
  write: ({ message }, { url }) => ({
    url,
    ...bodyOf(fitted(message, (each) => JSON.stringify(blocksOf(each)).length, MOST_CHARACTERS)),
  }),
  read: ({ body }: HttpResponse) =>
    body.toString('utf8').trim() === 'ok' ? ACCEPTED : refused('it answered something else than "ok"'),
};
