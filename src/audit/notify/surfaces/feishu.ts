// Custom bots of Feishu and of Lark, its form abroad
// (https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot): a card of plain text, in which nothing is markup; signed in
// the body; 20 KB a message, 100 a minute and 5 a second.

import { createHmac } from 'node:crypto';
import { fitted, leftOutInWords, type Message } from '../message.js';
import { jsonOf, type Outgoing, readNumbered, type Surface } from '../surface.js';

const MOST_BYTES = 19_000;

/** Too many requests, or the system under load: at full hours, the document says. */
const LIMITED = 11_232;

const bodyOf = (message: Message, secret: string | null, at: Date): Pick<Outgoing, 'headers' | 'body'> =>
  jsonOf({ ...(secret === null ? {} : signature(secret, at)), msg_type: 'interactive', card: cardOf(message) });

export const feishu: Surface = {
  write: ({ message }, { url, secret }, at) => ({
    url,
    ...bodyOf(
      fitted(message, (each) => bodyOf(each, secret, at).body.length, MOST_BYTES),
      secret,
      at,
    ),
  }),
  read: readNumbered({ code: 'code', message: 'msg' }, [LIMITED]),
};

/** Base64 of HMAC-SHA256 of nothing, the key being seconds, a line feed and the secret. */
const signature = (secret: string, at: Date): { readonly timestamp: string; readonly sign: string } => {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  return { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).digest('base64') };
};

const plain = (content: string): unknown => ({ tag: 'div', text: { tag: 'plain_text', content } });

const cardOf = (message: Message): unknown => {
  const more = leftOutInWords(message);
  return {
    config: { wide_screen_mode: true },
    header: { template: 'red', title: { tag: 'plain_text', content: message.title } },
    elements: [
      plain(message.summary),
      ...message.keys.map(({ what, where, ask }) => plain([what, where, ...(ask === null ? [] : [ask])].join('\n'))),
      ...(more === null ? [] : [plain(more)]),
      ...(message.reportUrl === null ? [] : [button(message.reportUrl)]),
    ],
  };
};

const button = (url: string): unknown => ({
  tag: 'action',
  actions: [{ tag: 'button', type: 'primary', text: { tag: 'plain_text', content: 'Open the report' }, url }],
});
