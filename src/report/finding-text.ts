// One finding for a person at a terminal: how bad, what, where, what each way of asking knew of it, what that means, what
// to do.

import type picocolors from 'picocolors';
import { activityInWords } from '../findings/activity-words.js';
import { isAccepted, isLive, isRoot } from '../findings/judged.js';
import type { AttachedPolicy, Finding } from '../findings/model.js';
import { powerInWords } from '../findings/powers.js';
import { say } from '../lang/say.js';
import { badge } from './badge.js';
import { forTerminal } from './escape.js';
import { type Link, noLinks } from './links.js';
import { type Naming, placesOf } from './places.js';
import { waysOf } from './ways.js';
import { columnsOf, padTo } from './width.js';
import { kindInWords, plural, verdictInWords } from './words.js';
import { wrap } from './wrap.js';

export type Colours = ReturnType<typeof picocolors.createColors>;

const INDENT = ' '.repeat(10);

/** Of what follows a label. */
const LABEL = 11;

export interface FindingTextOptions {
  readonly link?: Link | undefined;
  readonly naming?: Naming | undefined;
}

export const findingText = (
  finding: Finding,
  colours: Colours,
  width: number,
  { link = noLinks, naming = 'path' }: FindingTextOptions = {},
): string => {
  const { secret, fingerprint, meaning, next } = finding;
  const { places, more } = placesOf(finding, undefined, naming);
  const prose = (text: string, lead = ''): readonly string[] => {
    const columns = columnsOf(lead);
    return wrap(say(forTerminal(text)), width - INDENT.length - columns).map(
      (line, index) => `${INDENT}${index === 0 ? lead : ' '.repeat(columns)}${line}`,
    );
  };
  const lines = [
    ...titleOf(finding, colours, width),
    // `***` says only that there is one; a secret stands here when it was asked for.
    ...(secret !== null && secret !== '***' ? [`${INDENT}${say('secret')} ${colours.bold(forTerminal(secret))}`] : []),
    ...places.map(({ where, file, facts }) => {
      const tail =
        facts.length === 0 ? '' : `  ${colours.dim(facts.map((fact) => say(forTerminal(fact))).join(' · '))}`;
      return `${INDENT}${colours.cyan(link(forTerminal(where), file))}${tail}`;
    }),
    ...(more > 0 ? [colours.dim(`${INDENT}${say(`and ${plural(more, 'more place')} (see --format json)`)}`)] : []),
    ...marks(finding).flatMap((mark) => prose(mark).map((line) => colours.yellow(line))),
    ...labelled(finding).flatMap(({ label, said }) =>
      said.flatMap((text, index) => {
        const lead = padTo(index === 0 && label !== '' ? say(label) : '', LABEL);
        const [first = '', ...rest] = prose(text, lead);
        const head = INDENT.length + lead.length;
        return [`${colours.dim(first.slice(0, head))}${first.slice(head)}`, ...rest];
      }),
    ),
    ...(meaning === undefined ? [] : prose(meaning).map((line) => (isLive(finding) ? colours.bold(line) : line))),
    ...prose(next, '→ ').map((line, index) => (index === 0 ? line.replace('→', colours.green('→')) : line)),
    `${INDENT}${colours.dim(`${say('fingerprint')} ${fingerprint.slice(0, 16)}`)}`,
    '',
    '',
  ];
  return lines.join('\n');
};

/** On one line where that fits; the state on a line of its own where it does not. */
const titleOf = (finding: Finding, colours: Colours, width: number): readonly string[] => {
  const { accessKeyId, severity, verdict, confidence } = finding;
  const id = accessKeyId === null ? say('no ID') : forTerminal(accessKeyId);
  const kinds = [kindInWords(finding), ...(confidence === 'high' ? [] : [`${confidence} confidence`])];
  const kind = kinds.map(say).join(', ');
  const isDisputed = isAccepted(finding) && verdict.state !== 'live' && verdict.state !== 'restricted';
  const words = say(forTerminal(`${verdictInWords(verdict)}${isDisputed ? '; yet STS takes the pair' : ''}`));
  const state = isRoot(finding) ? colours.bold(colours.red(words)) : words;
  const head = `${badge(severity, colours)}  ${colours.bold(id)}  ${kind}`;
  const length = INDENT.length + columnsOf(id) + 2 + columnsOf(kind) + 4 + columnsOf(words);
  return length <= width ? [`${head}  ${colours.dim('·')} ${state}`] : [head, `${INDENT}${state}`];
};

const marks = ({ knownElsewhere, removedInRange, carriedOver }: Finding): readonly string[] => [
  ...(knownElsewhere === true ? ['known elsewhere: another branch, a tag or older history holds it, too'] : []),
  ...(carriedOver === true ? ['carried over: an earlier scan reported it'] : []),
  ...(removedInRange === true ? ['added and removed again: the files hold it no more, the commits do'] : []),
];

interface Labelled {
  readonly label: string;
  /** Each begins a line. */
  readonly said: readonly string[];
}

const labelled = (finding: Finding): readonly Labelled[] => {
  const { verdict } = finding;
  const ways = waysOf(finding);
  // Nobody was asked, and there is a reason.
  const alone = ways.length === 0 && verdict.reason !== undefined ? [{ label: '', said: [verdict.reason] }] : [];
  return [...ways, ...alone, ...powersOf(finding), ...policiesOf(finding), ...activityOf(finding)];
};

const powersOf = ({ verdict }: Finding): readonly Labelled[] => {
  const { powers, conditional = [], powersReason } = verdict;
  const words = (powers ?? []).map(
    (power) => `${powerInWords(power)}${conditional.includes(power) ? ' (under a condition)' : ''}`,
  );
  const none =
    powers !== undefined && words.length === 0 && powersReason === undefined
      ? ['no policy that was read allows it anything; grants within resource groups are not read']
      : [];
  const said = [[...words, ...none].join('; '), ...(powersReason === undefined ? [] : [powersReason])].filter(
    (text) => text !== '',
  );
  return said.length === 0 ? [] : [{ label: 'powers', said }];
};

/** Policies named in a line; the rest is a number. */
const NAMED = 4;

const policiesOf = ({ verdict: { policies = [] } }: Finding): readonly Labelled[] => {
  if (policies.length === 0) return [];
  const more = policies.length - NAMED;
  const named = policies.slice(0, NAMED).map(policyName).join(', ');
  return [{ label: 'policies', said: [`${named}${more > 0 ? ` and ${more} more` : ''}`] }];
};

const policyName = ({ name, through, group }: AttachedPolicy): string =>
  through === 'group' ? `${name} (group ${group ?? 'not named'})` : name;

const activityOf = ({ verdict: { activity } }: Finding): readonly Labelled[] => {
  if (activity === undefined) return [];
  return [{ label: 'activity', said: activityInWords(activity) }];
};
