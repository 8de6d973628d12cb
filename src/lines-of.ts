// Lines of a text that somebody else wrote. Node's readline holds a line whatever its length, until there is no memory left, and
// ends one at characters that JSON has in the middle of its strings.

import type { Readable } from 'node:stream';

export class LongLine extends Error {}

/**
 * @param input bytes, UTF-8
 * @param most characters of a line
 * @returns lines without what ends them, `\n` or `\r\n`
 * @throws LongLine, or what the input fails with
 */
export const linesOf = async function* (input: Readable, most: number): AsyncGenerator<string> {
  let parts: string[] = [];
  let length = 0;
  for await (const chunk of input.setEncoding('utf8')) {
    for (const [index, part] of String(chunk).split('\n').entries()) {
      if (index > 0) {
        yield withoutReturn(parts.join(''));
        parts = [];
        length = 0;
      }
      parts.push(part);
      length += part.length;
      if (length > most) throw new LongLine(`a line is longer than ${most} characters`);
    }
  }
  if (length > 0) yield withoutReturn(parts.join(''));
};

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);
