// Containment in words, for a person in a hurry: what would be done or was done to each key, what was left alone and why,
// what is still live, and what is left to do.

import picocolors from 'picocolors';
import { powerInWords } from '../findings/powers.js';
import { say } from '../lang/say.js';
import { forTerminal } from '../report/escape.js';
import { columnsOf, padTo } from '../report/width.js';
import { number, plural, tookInWords, verdictInWords } from '../report/words.js';
import { wrap } from '../report/wrap.js';
import type { Outcome } from './act.js';
import type { ContainedKey, Containment, Fate } from './report.js';
import type { Call, Candidate, Decision } from './types.js';

export interface WordsOptions {
  readonly colour: boolean;
  readonly width: number;
  readonly seconds: number;
}

type Colours = ReturnType<typeof picocolors.createColors>;

const INDENT = ' '.repeat(14);

export const containmentInText = function* (containment: Containment, options: WordsOptions): Iterable<string> {
  const colours = picocolors.createColors(options.colour);
  const shown = containment.keys.filter(({ decision }) => !isNotMeant(decision));
  for (const key of shown) yield keyText(key, containment, colours, options.width);
  yield closing(containment, colours, options);
};

const isNotMeant = (decision: Decision): boolean => decision.kind === 'refused' && decision.guard === 'not-asked-for';

const keyText = (key: ContainedKey, containment: Containment, colours: Colours, width: number): string => {
  const { candidate, accessKeyId } = key;
  const prose = (text: string, lead = ''): readonly string[] => {
    const columns = columnsOf(lead);
    return wrap(say(forTerminal(text)), width - INDENT.length - columns).map(
      (line, index) => `${INDENT}${index === 0 ? lead : ' '.repeat(columns)}${line}`,
    );
  };
  const lines = [
    `${label(key, containment, colours)}${colours.bold(forTerminal(accessKeyId))}  ${say(forTerminal(verdictInWords(candidate.verdict)))}`,
    ...factsOf(key, containment).flatMap((fact) => prose(fact)),
    ...whatHappens(key, containment).flatMap((text) => prose(text, '→ ')),
    ...key.remaining.flatMap(({ what, todo, policy }) => [
      ...prose(what, `${say('still:')} `),
      ...prose(todo, '       '),
      ...(policy === undefined ? [] : [`${INDENT}       ${policy}`]),
    ]),
    '',
    '',
  ];
  return lines.join('\n');
};

const LABELS: Readonly<Record<Fate, string>> = {
  off: 'OFF',
  restricted: 'RESTRICTED',
  'still-live': 'STILL LIVE',
  'left-alone': 'LEFT ALONE',
  unknown: 'UNKNOWN',
};

const label = (
  { fate, decision, outcome, candidate }: ContainedKey,
  { dryRun, mode }: Containment,
  colours: Colours,
): string => {
  if (dryRun && decision.kind === 'act')
    return colours.yellow(padTo(say(`WOULD ${mode.toUpperCase()}`), INDENT.length));
  const isUnsure = fate === 'still-live' && candidate.verdict.state === 'unknown';
  const name = outcome === null && fate === 'off' ? 'OFF ALREADY' : isUnsure ? 'MAYBE LIVE' : LABELS[fate];
  const text = padTo(say(name), INDENT.length);
  switch (fate) {
    case 'still-live':
    case 'unknown':
      return colours.bold(colours.red(text));
    case 'off':
    case 'restricted':
      return outcome === null ? colours.dim(text) : colours.green(text);
    default:
      return colours.dim(text);
  }
};

const factsOf = ({ candidate, decision }: ContainedKey, { dryRun }: Containment): readonly string[] => {
  const { verdict, use, findings, owner, actsWith } = candidate;
  const { powers = [], policies = [] } = verdict;
  const isPair = findings.some(({ secretSha256 }) => secretSha256 !== null);
  const isProven = findings.some(({ verdicts }) => verdicts.some(({ secretProven }) => secretProven === true));
  const by = policies.length === 0 ? '' : ` (${policies.map(({ name }) => name).join(', ')})`;
  return [
    ...(powers.length === 0 ? [] : [`${powers.map(powerInWords).join('; ')}${by}`]),
    ...(owner === null ? [] : [useInWords(use)]),
    ...(isPair && !isProven && decision.kind === 'act' ? ['That the secret beside it is its own was not proven.'] : []),
    ...(owner?.kind === 'root' && deletes(decision)
      ? ['The recycle bin takes no root keys: what is deleted is gone for good, and akscan restore cannot help.']
      : []),
    ...(dryRun && decision.kind === 'act' && actsWith !== null ? [`Would be done with ${actsWith}.`] : []),
  ];
};

const deletes = (decision: Decision): boolean =>
  decision.kind === 'act' && decision.calls.some(({ api }) => api === 'DeleteAccessKey');

export const useInWords = (use: Candidate['use']): string => {
  if (use === 'unread') return 'When it was last used is not known.';
  if (use === null) return 'It was never used.';
  if (use.at === undefined)
    return `Its last use was akscan's own probe (${use.ownProbe}); who used it before is not known.`;
  const last = `Last used ${use.at}${use.services.length === 0 ? '' : `, with ${use.services.join(', ')}`}.`;
  return use.ownProbe === undefined ? last : `${last} Then akscan probed it (${use.ownProbe}).`;
};

const whatHappens = ({ decision, outcome, proof }: ContainedKey, { dryRun }: Containment): readonly string[] => {
  switch (decision.kind) {
    case 'off':
      return [decision.why];
    case 'refused':
      return [decision.why];
    case 'by-hand':
      return [decision.why, ...decision.steps, ...(decision.command === null ? [] : [`Or: ${decision.command}`])];
    case 'act':
      return dryRun || outcome === null
        ? [decision.calls.map(callInWords).join(', then ')]
        : [
            outcomeInWords(outcome),
            ...(proof === undefined
              ? []
              : [
                  `${proof.why} ${proof.kind === 'refused' ? 'That took' : 'Asked for'} ${(proof.afterMs / 1000).toFixed(1)} s.`,
                ]),
          ];
  }
};

export const callInWords = (call: Call): string => {
  switch (call.api) {
    case 'UpdateAccessKey':
      return `UpdateAccessKey: ${call.status === 'Inactive' ? 'off' : 'on'}`;
    case 'SetAccessKeyPolicy':
      return `SetAccessKeyPolicy: ${call.policy}`;
    case 'DeleteAccessKey':
      return 'DeleteAccessKey: to the recycle bin, which keeps it for 30 days';
    case 'RestoreAccessKeyFromRecycleBin':
      return 'RestoreAccessKeyFromRecycleBin: back from the recycle bin';
  }
};

export const outcomeInWords = (outcome: Outcome): string => {
  switch (outcome.kind) {
    case 'reached':
      return outcome.called.length === 0
        ? 'It was so already; nothing was called.'
        : `${outcome.called.map(callInWords).join(', then ')}. Read back from the account: ${stateInWords(outcome.state.status)}.`;
    case 'not-reached':
      return `${outcome.why} Read back from the account: ${stateInWords(outcome.state.status)}.`;
    case 'unknown':
      return outcome.why;
  }
};

const STATES = { Active: 'on', Inactive: 'off', recycled: 'in the recycle bin', gone: 'not there' } as const;

const stateInWords = (status: keyof typeof STATES): string => STATES[status];

/** What the run came to, in a line: what matters most, and the rest of it. */
export const containmentInLine = (containment: Containment, seconds: number): readonly [string, string] => {
  const { dryRun, keys } = containment;
  const shown = keys.filter(({ decision }) => !isNotMeant(decision));
  const acting = keys.filter(({ decision }) => decision.kind === 'act').length;
  const count = (fate: Fate): number => shown.filter((key) => key.fate === fate).length;
  const left = keys.length - shown.length;
  const parts = [
    [count('off'), 'off'],
    [count('restricted'), 'restricted'],
    [count('still-live'), 'still live'],
    [count('unknown'), 'unknown'],
    [count('left-alone') + left, 'left alone'],
  ] as const;
  const sums = parts.filter(([value]) => value > 0).map(([value, name]) => `${number(value)} ${name}`);
  const took = tookInWords(seconds);
  return dryRun
    ? [`Nothing was changed: ${plural(acting, 'key')} would be.`, ` ${[...sums, took].join(', ')}.`]
    : [`${plural(keys.length, 'key')}: ${sums.join(', ')}`, `, ${took}.`];
};

const closing = (containment: Containment, colours: Colours, { seconds, width }: WordsOptions): string => {
  const { dryRun, mode, keys, skipped, notes, log, interrupted } = containment;
  const acting = keys.some(({ decision }) => decision.kind === 'act');
  const faults = skipped.filter(({ because }) => because === 'fault');
  const [first, rest] = containmentInLine(containment, seconds);
  const lines = [
    ...(interrupted ? [colours.yellow(say('Stopped before the end: what was done by then is shown.'))] : []),
    `${colours.bold(say(first))}${say(rest)}`,
    ...(dryRun && acting
      ? wrap(say(`With --yes --account UID it is done (mode ${mode}); akscan restore brings it back.`), width)
      : []),
    ...(log === null ? [] : [say(`The record: ${forTerminal(log)} (akscan restore reads it).`)]),
    ...faults.map(({ reason }) => colours.yellow(say(forTerminal(reason)))),
    ...notes.map((note) => colours.dim(say(`note: ${forTerminal(note)}`))),
    '',
  ];
  return lines.join('\n');
};
