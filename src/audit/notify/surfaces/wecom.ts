// WeCom's group robots (https://developer.work.weixin.qq.com/document/path/91770): Markdown of at most 4,096 bytes, 20 messages a
// minute. They have no signature: the address is all there is.

import { fitted, type Message } from '../message.js';
import { jsonOf, readNumbered, type Surface } from '../surface.js';
import { markdownOf } from './markdown.js';

const MOST_BYTES = 4_096;

const contentOf = (message: Message): string => markdownOf(message, '\n');

export const wecom: Surface = {
  write: ({ message }, { url }) => {
    const fit = fitted(message, (each) => Buffer.byteLength(contentOf(each)), MOST_BYTES);
    return { url, ...jsonOf({ msgtype: 'markdown', markdown: { content: contentOf(fit) } }) };
  },
  read: readNumbered({ code: 'errcode', message: 'errmsg' }),
};
