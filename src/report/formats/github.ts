// Workflow commands of GitHub Actions, which become annotations on the line
// (https://docs.github.com/actions/reference/workflow-commands-for-github-actions). A step shows ten errors, ten warnings and
// ten notices: what is worst has these places, and one notice says how many more there are.

import type { Finding, Report, Severity } from '../../findings/model.js';
import { worstFirst } from '../../findings/order.js';
import { forTerminal } from '../escape.js';
import { distinctPlaces, type Naming } from '../places.js';
import { explanationOf, titleOf, verdictText } from '../sentences.js';
import { withShortIds } from '../short-ids.js';
import type { WriteReport } from '../types.js';
import { cut, namingOf, skippedName, whereaboutsOf } from '../whereabouts.js';
import { number, plural } from '../words.js';

type Command = 'error' | 'warning' | 'notice';

/** Of each kind. */
const MOST = 10;

const COMMANDS: Readonly<Record<Severity, Command>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
};

export const writeGithub: WriteReport = function* (report) {
  const shown = withShortIds(report);
  const naming = namingOf(shown);
  const incomplete = incompleteOf(shown, naming);
  const left = { error: MOST, warning: MOST - (incomplete === null ? 0 : 1), notice: 0 };
  const rest: Finding[] = [];
  for (const finding of worstFirst(shown.findings)) {
    const command = COMMANDS[finding.severity];
    left[command] -= 1;
    if (left[command] >= 0) yield annotationOf(command, finding, naming);
    else rest.push(finding);
  }
  if (incomplete !== null) yield line('warning', { title: 'akscan: incomplete' }, [incomplete]);
  if (rest.length > 0) yield line('notice', { title: 'akscan' }, [restInWords(rest)]);
};

const annotationOf = (command: Command, finding: Finding, naming: Naming): string => {
  const { occurrencesLeftOut = 0, severity } = finding;
  const [first, ...others] = distinctPlaces(finding);
  const more = others.length + occurrencesLeftOut;
  const { file, name } = first === undefined ? { file: null, name: null } : whereaboutsOf(finding, first, naming);
  return line(
    command,
    {
      ...(file === null || first === undefined ? {} : { file, line: first.line, col: first.column }),
      title: `${severity}: ${titleOf(finding)}`,
    },
    [
      `${verdictText(finding)}.${file === null && name !== null ? ` In ${name}.` : ''}`,
      ...explanationOf(finding),
      ...(more > 0 ? [`${plural(more, 'more place')}.`] : []),
    ],
  );
};

const incompleteOf = ({ skipped, summary }: Report, naming: Naming): string | null => {
  if (summary.interrupted === true) return 'Stopped before the end: what was found by then is shown.';
  const [first] = skipped.filter(({ because }) => because === 'fault');
  if (summary.skipped.fault === 0 || first === undefined) return null;
  const more = summary.skipped.fault - 1;
  return `${cut(skippedName(first, naming), 200)}: ${cut(first.reason, 1000)}${more > 0 ? ` And ${plural(more, 'more problem')}.` : ''}`;
};

const restInWords = (rest: readonly Finding[]): string => {
  const parts = (['critical', 'high', 'medium', 'low'] as const).flatMap((severity) => {
    const count = rest.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${number(count)} ${severity}`];
  });
  return `${plural(rest.length, 'more AccessKey')} without an annotation: ${parts.join(', ')}.`;
};

const line = (
  command: Command,
  properties: Readonly<Record<string, string | number>>,
  sentences: readonly string[],
): string => {
  const given = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
  return `::${command} ${given.join(',')}::${sentences.map(data).join('%0A')}\n`;
};

/** A line break would begin another command. Control characters are written out before. */
const data = (text: string): string =>
  forTerminal(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
