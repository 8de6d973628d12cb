// Help in the reader's language: headings, descriptions and examples are translated piece by piece, commands and options
// are not. In English all of it is printed as it was written.

import { say, spoken } from '../lang/say.js';
import { wrap } from '../report/wrap.js';

/** What follows the options: examples, `  command   what it does`, and paragraphs, with blank lines between. */
export const examplesInWords = (text: string, width: number): string => {
  if (spoken() === 'en') return text;
  return text
    .split('\n\n')
    .map((block) => (EXAMPLE.test(block) ? lineByLine(block) : paragraph(block, width)))
    .join('\n\n');
};

const EXAMPLE = /^ {2}\S/m;

const lineByLine = (block: string): string =>
  block
    .split('\n')
    .map((line) => {
      const [, command, gap, about] = /^( {2}\S.*?)( {2,})(\S.*)$/.exec(line) ?? [];
      if (command !== undefined && about !== undefined) return `${command}${gap}${say(about)}`;
      return line === '' || line.startsWith(' ') ? line : say(line);
    })
    .join('\n');

const paragraph = (block: string, width: number): string => {
  const [, before = '', text = '', after = ''] = /^(\n*)(.*?)(\n*)$/s.exec(block) ?? [];
  if (text === '') return block;
  return `${before}${wrap(say(text.replaceAll('\n', ' ')), width).join('\n')}${after}`;
};
