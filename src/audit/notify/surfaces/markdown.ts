// The little Markdown that DingTalk and WeCom both read: headings, bold, links.

import { leftOutInWords, type Message } from '../message.js';

/** @param gap between lines: DingTalk takes a single line feed for a space */
export const markdownOf = (message: Message, gap: string): string => {
  const { title, summary, keys, reportUrl } = message;
  const more = leftOutInWords(message);
  return [
    `### ${title}`,
    summary,
    ...keys.flatMap(({ what, where, ask, isRoot }, index) => [
      `${index + 1}. ${isRoot ? `**${what}**` : what}`,
      `> ${where}${ask === null ? '' : `. ${ask}`}`,
    ]),
    ...(more === null ? [] : [more]),
    ...(reportUrl === null ? [] : [`[Open the report](${reportUrl})`]),
  ].join(gap);
};
