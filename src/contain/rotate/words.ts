// A rotation in words: for each key that is still used, what to do in which order, and what was done of it.

import picocolors from 'picocolors';
import { say } from '../../lang/say.js';
import { forTerminal } from '../../report/escape.js';
import { columnsOf, padTo } from '../../report/width.js';
import { plural, tookInWords, verdictInWords } from '../../report/words.js';
import { wrap } from '../../report/wrap.js';
import { outcomeInWords, useInWords, type WordsOptions } from '../words.js';
import type { Made } from './make.js';
import type { Rotated, RotatedKey } from './report.js';

const INDENT = ' '.repeat(14);

export const rotatedInText = function* (rotated: Rotated, { colour, width, seconds }: WordsOptions): Iterable<string> {
  const colours = picocolors.createColors(colour);
  const shown = rotated.keys.filter(({ rotation: { kind, ...rest } }) => {
    return !(kind === 'refused' && 'guard' in rest && rest.guard === 'not-asked-for');
  });
  for (const key of shown) {
    const { candidate, steps } = key;
    const prose = (text: string, lead = ''): readonly string[] => {
      const columns = columnsOf(lead);
      return wrap(say(forTerminal(text)), width - INDENT.length - columns).map(
        (line, index) => `${INDENT}${index === 0 ? lead : ' '.repeat(columns)}${line}`,
      );
    };
    const [label, isBad] = labelOf(key);
    const paint = isBad ? colours.red : colours.yellow;
    yield [
      `${paint(padTo(say(label), INDENT.length))}${colours.bold(forTerminal(candidate.accessKeyId))}  ${say(forTerminal(verdictInWords(candidate.verdict)))}`,
      ...(candidate.owner === null ? [] : prose(useInWords(candidate.use))),
      ...wordsOf(key).flatMap((text) => prose(text, '→ ')),
      ...steps.flatMap(({ text, commands }, index) => [
        ...prose(text, `${index + 1}. `),
        // Whole, for the clipboard: a command is not wrapped.
        ...commands.map((command, at) => `${INDENT}   ${at === 0 ? '$' : say('or')} ${forTerminal(command)}`),
      ]),
      '',
      '',
    ].join('\n');
  }
  const replacing = rotated.keys.filter(({ rotation }) => rotation.kind === 'replace').length;
  const made = rotated.keys.filter((key) => key.made?.kind === 'made').length;
  const took = tookInWords(seconds);
  yield rotated.dryRun
    ? `${colours.bold(say(`Nothing was changed: ${plural(replacing, 'key')} to be replaced`))}${say(`, ${took}.`)}\n`
    : `${colours.bold(say(`${plural(made, 'key')} made; nothing was switched off`))}${say(`, ${took}.`)}\n`;
  if (rotated.log !== null) yield `${say(`The record: ${forTerminal(rotated.log)}`)}\n`;
  for (const { because, reason } of rotated.skipped) {
    if (because === 'fault') yield `${colours.yellow(say(forTerminal(reason)))}\n`;
  }
  for (const note of rotated.notes) yield `${colours.dim(say(`note: ${forTerminal(note)}`))}\n`;
  if (rotated.interrupted) yield `${colours.yellow(say('Stopped before the end: what was done by then is shown.'))}\n`;
};

const labelOf = ({ rotation, made }: RotatedKey): readonly [label: string, isBad: boolean] => {
  if (made !== null) {
    if (made.kind === 'made') return ['NEW KEY MADE', false];
    const isClear = made.kind === 'not-made' || (made.kind === 'withdrawn' && made.off.kind === 'reached');
    return [isClear ? 'NOT REPLACED' : 'UNKNOWN', true];
  }
  switch (rotation.kind) {
    case 'replace':
      return ['REPLACE', false];
    case 'unused':
      return ['SWITCH OFF', false];
    case 'off':
      return ['OFF ALREADY', false];
    case 'by-hand':
      return ['BY HAND', true];
    case 'refused':
      return ['LEFT ALONE', false];
  }
};

const wordsOf = ({ candidate, rotation, made }: RotatedKey): readonly string[] => {
  if (made !== null) return madeInWords(made);
  switch (rotation.kind) {
    case 'by-hand':
      return [rotation.why, ...rotation.steps];
    case 'unused':
      return [rotation.why, `akscan disable ${candidate.accessKeyId}`];
    case 'replace':
      return [rotation.why, rotation.meanwhile];
    default:
      return [rotation.why];
  }
};

const madeInWords = (made: Made): readonly string[] => {
  switch (made.kind) {
    case 'made':
      return [`The new key is ${made.accessKeyId}, and its secret is in ${made.to}. The old one goes on working.`];
    case 'withdrawn':
      return [
        `A new key, ${made.accessKeyId}, was made. ${made.why}`,
        made.off.kind === 'reached'
          ? 'It was switched off again. Nobody has its secret: delete it.'
          : `It is or may be ON, and nobody has its secret: switch it off and delete it. ${outcomeInWords(made.off)}`,
      ];
    case 'not-made':
      return [`No key was made. ${made.why}`];
    case 'lost':
      return [
        made.why,
        made.appeared.length === 0
          ? 'A new key may have been made. Look at the keys of the user: one that appeared now has a secret that nobody has, and must be deleted by hand.'
          : `${made.appeared.join(', ')} appeared meanwhile. Its secret is lost: unless somebody else has just made it, delete it by hand.`,
      ];
    case 'unknown':
      return [made.why];
  }
};
