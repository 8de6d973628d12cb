// JUnit XML as CI servers read it (https://github.com/testmoapp/junitxml has what they have in common): each finding is a
// test that failed, each thing that could not be read one that ended in an error.

import type { Finding, Skipped } from '../../findings/model.js';
import { worstFirst } from '../../findings/order.js';
import { forTerminal } from '../escape.js';
import { distinctPlaces, type Naming } from '../places.js';
import { explanationOf, titleOf, verdictText } from '../sentences.js';
import { withShortIds } from '../short-ids.js';
import type { WriteReport } from '../types.js';
import { cut, namingOf, placeInWords, skippedName, whereaboutsOf } from '../whereabouts.js';

const [PLACES, ERRORS] = [20, 100];

export const writeJunit: WriteReport = function* (report) {
  const { findings, skipped, summary } = withShortIds(report);
  const naming = namingOf(report);
  const faults = skipped.filter(({ because }) => because === 'fault').slice(0, ERRORS);
  const errors = faults.length + (summary.interrupted === true ? 1 : 0);
  // A suite without a test is no result to some viewers.
  const tests = Math.max(1, findings.length + errors);
  const counts = `tests="${tests}" failures="${findings.length}" errors="${errors}" skipped="0"`;
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="akscan" ${counts}>\n`;
  yield `  <testsuite name="akscan" ${counts}>\n`;
  if (findings.length + errors === 0) yield '    <testcase classname="akscan" name="No AccessKeys found"/>\n';
  for (const finding of worstFirst(findings)) yield failureOf(finding, naming);
  for (const fault of faults) yield errorOf(fault, naming);
  if (summary.interrupted === true) {
    yield testcase('interrupted', '', 'error', 'Stopped before the end', ['What was found by then is listed.']);
  }
  yield '  </testsuite>\n</testsuites>\n';
};

const failureOf = (finding: Finding, naming: Naming): string => {
  const { occurrencesLeftOut = 0, severity, fingerprint } = finding;
  const occurrences = distinctPlaces(finding);
  const [first] = occurrences;
  const { file, name } = first === undefined ? { file: null, name: '' } : whereaboutsOf(finding, first, naming);
  const more = Math.max(0, occurrences.length - PLACES) + occurrencesLeftOut;
  const title = titleOf(finding);
  return testcase(
    first === undefined ? title : `${title} in ${cut(name, 200)}:${first.line}`,
    file === null || first === undefined ? '' : ` file="${xml(file)}" line="${first.line}"`,
    'failure',
    `${severity}: ${title}, ${verdictText(finding)}`,
    [
      ...explanationOf(finding),
      ...occurrences.slice(0, PLACES).map((each) => placeInWords(finding, each, naming)),
      ...(more > 0 ? [`and ${more} more places`] : []),
      `fingerprint ${fingerprint.slice(0, 16)}`,
    ],
    severity,
  );
};

const errorOf = (fault: Skipped, naming: Naming): string =>
  testcase(`reading ${cut(skippedName(fault, naming), 200)}`, '', 'error', cut(fault.reason, 1000), []);

const testcase = (
  name: string,
  attributes: string,
  outcome: 'failure' | 'error',
  message: string,
  lines: readonly string[],
  type: string = outcome,
): string =>
  [
    `    <testcase classname="akscan" name="${xml(name)}"${attributes}>`,
    `      <${outcome} type="${xml(type)}" message="${xml(message)}">${lines.map(xml).join('\n')}</${outcome}>`,
    '    </testcase>',
    '',
  ].join('\n');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** XML 1.0 cannot hold control characters in any form, nor U+FFFE and U+FFFF: they are written out. */
const xml = (text: string): string =>
  forTerminal(text)
    .replace(/[\uFFFE\uFFFF]/g, (unsafe) => `\\u{${unsafe.charCodeAt(0).toString(16)}}`)
    .replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? '');
