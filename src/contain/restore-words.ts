// What a restore would do or did, for people and for programs.

import picocolors from 'picocolors';
import { say } from '../lang/say.js';
import { forJson, forTerminal } from '../report/escape.js';
import { padTo } from '../report/width.js';
import { number, plural, tookInWords } from '../report/words.js';
import { wrap } from '../report/wrap.js';
import { ownerInWords, type Return } from './bring-back.js';
import type { Change } from './restore.js';
import { callInWords, outcomeInWords, type WordsOptions } from './words.js';

export interface Restored {
  readonly dryRun: boolean;
  readonly account: string | null;
  readonly log: string;
  readonly returns: readonly Return[];
  /** By --only or --except. */
  readonly leftOut: readonly Change[];
  readonly interrupted: boolean;
}

/**
 * 0 when all that was asked for is as before, 1 when something is not, 2 when nobody knows: of a plan as of what was carried
 * out, since whoever asks whether all is back asks for a plan.
 */
export const restoreExitCode = ({ returns, interrupted }: Restored): 0 | 1 | 2 | 130 => {
  if (interrupted) return 130;
  if (returns.some(({ outcome }) => outcome?.kind === 'unknown')) return 2;
  return returns.every(isBack) ? 0 : 1;
};

const isBack = ({ undoing, outcome }: Return): boolean => undoing.kind === 'done' || outcome?.kind === 'reached';

const INDENT = ' '.repeat(14);

export const restoredInText = function* (
  restored: Restored,
  { colour, width, seconds }: WordsOptions,
): Iterable<string> {
  const colours = picocolors.createColors(colour);
  for (const one of restored.returns) {
    const { change } = one;
    const [label, text] = wordsOf(one, restored);
    const paint = isBack(one) ? colours.green : one.undoing.kind === 'act' ? colours.yellow : colours.red;
    yield [
      `${paint(padTo(say(label), INDENT.length))}${colours.bold(forTerminal(change.key))}  ${say(forTerminal(ownerInWords(change)))}`,
      ...wrap(say(forTerminal(text)), width - INDENT.length).map((line) => `${INDENT}${line}`),
      '',
      '',
    ].join('\n');
  }
  const [first, rest] = restoredInLine(restored, seconds);
  yield `${colours.bold(say(first))}${say(rest)}\n`;
  if (restored.leftOut.length > 0) {
    const keys = restored.leftOut.map(({ key }) => forTerminal(key)).join(', ');
    yield `${wrap(say(`Left out by --only or --except: ${keys}.`), width).join('\n')}\n`;
  }
};

/** What the run came to, in a line: what matters most, and the rest of it. */
export const restoredInLine = (
  { returns, leftOut, dryRun, log }: Restored,
  seconds: number,
): readonly [first: string, rest: string] => {
  const acting = returns.filter(({ undoing }) => undoing.kind === 'act').length;
  const left = leftOut.length === 0 ? '' : `, ${number(leftOut.length)} left out`;
  const took = tookInWords(seconds);
  if (returns.length === 0) {
    const why = leftOut.length === 0 ? 'is as it was before' : 'was left out by --only or --except';
    return ['Nothing to restore:', ` all that the log tells of ${why}; read ${took}.`];
  }
  if (dryRun) {
    const how = acting === 0 ? '' : ' With --yes --account UID it is done.';
    return [`Nothing was changed: ${plural(acting, 'key')} would be brought back`, `${left}, asked ${took}.${how}`];
  }
  const back = returns.filter(isBack).length;
  return [`${back} of ${plural(returns.length, 'key')} as before`, `${left}, ${took}. The record: ${forTerminal(log)}`];
};

const wordsOf = ({ undoing, outcome }: Return, { dryRun }: Restored): readonly [string, string] => {
  if (undoing.kind === 'done') return ['AS BEFORE', undoing.why];
  if (undoing.kind === 'refused') return ['LEFT ALONE', undoing.why];
  if (outcome === null) return [dryRun ? 'WOULD RESTORE' : 'NOT DONE', undoing.calls.map(callInWords).join(', then ')];
  return [outcome.kind === 'reached' ? 'RESTORED' : 'NOT RESTORED', outcomeInWords(outcome)];
};

export const restoredInJson = (restored: Restored): readonly string[] => [
  forJson(JSON.stringify({ type: 'restore', schema: 1, ...restored }, null, 2)),
  '\n',
];
