// DingTalk's custom robots (https://open.dingtalk.com/document/robots/custom-robot-access): signed by two parameters of the
// address, 20,000 bytes a message, 20 messages a minute and then none for ten minutes, which is not waited for. It mentions
// only whom `at` names: nobody.

import { createHmac } from 'node:crypto';
import { fitted, type Message } from '../message.js';
import { type Address, jsonOf, type Outgoing, readNumbered, type Surface } from '../surface.js';
import { markdownOf } from './markdown.js';

const MOST_BYTES = 19_000;

const bodyOf = (message: Message): Pick<Outgoing, 'headers' | 'body'> =>
  jsonOf({
    msgtype: 'markdown',
    markdown: { title: message.title, text: markdownOf(message, '\n\n') },
    at: { atMobiles: [], atUserIds: [], isAtAll: false },
  });

export const dingtalk: Surface = {
  write: ({ message }, to, at) => ({
    url: signed(to, at),
    ...bodyOf(fitted(message, (each) => bodyOf(each).body.length, MOST_BYTES)),
  }),
  read: readNumbered({ code: 'errcode', message: 'errmsg' }),
};

/** Base64 of HMAC-SHA256, with the secret, of milliseconds, a line feed and the secret. */
const signed = ({ url, secret }: Address, at: Date): URL => {
  if (secret === null) return url;
  const timestamp = String(at.getTime());
  const whole = new URL(url);
  whole.searchParams.set('timestamp', timestamp);
  whole.searchParams.set('sign', createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64'));
  return whole;
};
