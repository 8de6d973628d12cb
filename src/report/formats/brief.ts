// What somebody reads whose commit or push was just refused: ten lines at most. Which keys, where, and the ways out. Nothing
// when there is nothing to say. IDs are short, since a server's hook talks to whoever pushes.

import type { Finding, Skipped } from '../../findings/model.js';
import { worstFirst } from '../../findings/order.js';
import { say } from '../../lang/say.js';
import { forTerminal } from '../escape.js';
import { isNamedIn } from '../named-in.js';
import { type Naming, placesOf } from '../places.js';
import { withShortIds } from '../short-ids.js';
import type { WriteReport } from '../types.js';
import { namingOf, skippedName } from '../whereabouts.js';
import { kindInWords, number, plural } from '../words.js';

/** Findings that are listed. */
const LISTED = 4;
/** Of what could not be judged; then fewer findings are. */
const FAULTS = 2;

export const writeBrief: WriteReport = function* (report, { ends, judged }) {
  const { findings, skipped, summary } = withShortIds(report);
  const faults = skipped.filter(({ because }) => because === 'fault');
  if (findings.length === 0 && faults.length === 0) return;
  const naming = namingOf(report);
  const isAudit = summary.audit !== undefined;
  const sorted = [...worstFirst(findings)];
  const listed = sorted.slice(0, faults.length > 0 ? LISTED - FAULTS : LISTED);
  const more = sorted.length - listed.length;
  const lines = [
    ...(sorted.length === 0
      ? []
      : [
          `akscan: ${say(isAudit ? auditHeadOf(sorted) : judged === 'all' ? allHeadOf(sorted) : headOf(sorted, ends ?? 0))}`,
        ]),
    ...listed.map((finding) => `  ${lineOf(finding, naming)}`),
    ...(more > 0 ? [`  ${say(`and ${number(more)} more`)}`] : []),
    ...(faults.length === 0
      ? []
      : [
          `akscan: ${say('not all could be judged:')} ${faults
            .slice(0, FAULTS)
            .map((fault) => faultOf(fault, naming))
            .join('; ')}`,
        ]),
    ...(faults.length > FAULTS
      ? [`  ${say(`and ${number(Math.max(summary.skipped.fault, faults.length) - FAULTS)} more`)}`]
      : []),
    ...(ends === 0 || sorted.length === 0 ? [] : waysOut(sorted)),
    '',
  ];
  yield lines.join('\n');
};

/** A scan of what is there refuses nothing, and nobody adds it. */
const allHeadOf = (findings: readonly Finding[]): string => {
  const isPast = findings.some(({ occurrences }) =>
    occurrences.some(({ source }) => source === 'history' || source === 'message'),
  );
  return `these files${isPast ? ' and their history' : ''} hold ${plural(findings.length, 'AccessKey')}.`;
};

const headOf = (findings: readonly Finding[], ends: number): string => {
  const sources = new Set(findings.flatMap(({ occurrences }) => occurrences.map(({ source }) => source)));
  const past = sources.has('history') || sources.has('message');
  const what = plural(findings.length, 'AccessKey');
  const [holds, refused] = past
    ? [`these commits add ${what}`, 'they are refused']
    : sources.has('index')
      ? [`this commit adds ${what}`, 'it is refused']
      : [`these files hold ${what}`, 'they are refused'];
  return ends === 0 ? `${holds}; nothing is refused for that.` : `${holds}, so ${refused}.`;
};

/** An audit refuses nothing. */
const auditHeadOf = (findings: readonly Finding[]): string =>
  `these repositories hold ${plural(findings.length, 'AccessKey')}.`;

const lineOf = (finding: Finding, naming: Naming): string => {
  const { places, more } = placesOf(finding, 1, naming);
  const facts = (places[0]?.facts ?? []).filter((fact) => fact !== 'staged');
  const others = more > 0 ? ` ${say(`and ${plural(more, 'more place')}`)}` : '';
  const removed = finding.removedInRange === true ? ['added and removed again'] : [];
  const kind = [kindInWords(finding), ...facts, ...removed].map((fact) => say(forTerminal(fact))).join(', ');
  const id = finding.accessKeyId === null ? say('no ID') : forTerminal(finding.accessKeyId);
  return `${forTerminal(places[0]?.where ?? '')}${others}  ${id}  ${kind}`;
};

const faultOf = (fault: Skipped, naming: Naming): string => {
  const { what, reason } = fault;
  const said = say(forTerminal(reason));
  const name = naming === 'path' ? (what ?? '') : skippedName(fault, naming);
  return isNamedIn(reason, name) ? said : `${forTerminal(name)}: ${said}`;
};

const waysOut = ([worst, ...others]: readonly Finding[]): readonly string[] => [
  say('Who can read the history can use what it once held. The ways out:'),
  ...[
    `take ${others.length === 0 ? 'it' : 'them'} out; what others may have seen, replace and switch off`,
    'made up, or meant to be here: a comment on that line, akscan:allow REASON',
    `or for good: akscan ignore ${worst?.fingerprint.slice(0, 16) ?? ''} --reason TEXT`,
  ].map((way) => `  ${say(way)}`),
];
