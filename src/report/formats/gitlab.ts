// GitLab's report of secret detection, version 15.0.6 of its schema
// (https://gitlab.com/gitlab-org/security-products/security-report-schemas). The names and descriptions in it are shown as
// Markdown. Unlike other formats it must say when the scan was.

import version from 'akscan:version';
import type { Finding, Report, Severity } from '../../findings/model.js';
import { worstFirst } from '../../findings/order.js';
import { forJson, forTerminal } from '../escape.js';
import { markdownTitleOf, prose } from '../markdown-text.js';
import { distinctPlaces, type Naming } from '../places.js';
import { explanationOf, verdictText } from '../sentences.js';
import { withShortIds } from '../short-ids.js';
import type { WriteReport } from '../types.js';
import { cut, namingOf, placeInWords, skippedName, whereaboutsOf } from '../whereabouts.js';
import { helpOf, ruleName } from './rule-help.js';

const SCHEMA_VERSION = '15.0.6';

const [PLACES, MESSAGES] = [50, 100];

const SEVERITIES: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};

/** What GitLab's own analyzer writes where there is no commit. */
const NO_COMMIT = '0000000';

export const writeGitlab: WriteReport = function* (report, { seconds }) {
  const shown = withShortIds(report);
  const naming = namingOf(shown);
  yield `{\n  "version": "${SCHEMA_VERSION}",\n  "scan": ${json(scanOf(shown, naming, seconds))},\n  "vulnerabilities": [`;
  const seen = new Map<string, number>();
  for (const [index, finding] of worstFirst(shown.findings).entries()) {
    const nth = seen.get(finding.fingerprint) ?? 0;
    seen.set(finding.fingerprint, nth + 1);
    yield `${index === 0 ? '' : ','}\n    ${json(vulnerabilityOf(finding, naming, nth))}`;
  }
  yield `${shown.findings.length === 0 ? '' : '\n  '}]\n}\n`;
};

const json = (value: unknown): string => forJson(JSON.stringify(value));

const scanOf = ({ skipped, summary }: Report, naming: Naming, seconds: number): object => {
  const end = Date.now();
  const tool = { id: 'akscan', name: 'akscan', version, vendor: { name: 'akscan' } };
  const faults = skipped.filter(({ because }) => because === 'fault');
  const messages = [
    ...faults.map((fault) => ({ level: 'warn', text: `${cut(skippedName(fault, naming), 200)}: ${fault.reason}` })),
    ...summary.notes.filter((text) => text !== '').map((text) => ({ level: 'info', text })),
  ].slice(0, MESSAGES);
  return {
    type: 'secret_detection',
    status: summary.skipped.fault === 0 && summary.interrupted !== true ? 'success' : 'failure',
    start_time: timeOf(end - seconds * 1000),
    end_time: timeOf(end),
    analyzer: tool,
    scanner: tool,
    messages: messages.map(({ level, text }) => ({ level, value: forTerminal(cut(text, 1000)) })),
  };
};

/** `2020-01-28T03:26:02`, UTC. */
const timeOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 19);

const vulnerabilityOf = (finding: Finding, naming: Naming, nth: number): object => {
  const { rule, severity, fingerprint, next } = finding;
  return {
    id: uuidOf(fingerprint, nth),
    name: helpOf(rule).title,
    description: [
      `${markdownTitleOf(finding)}: ${prose(verdictText(finding))}.`,
      ...explanationOf(finding).map(prose),
    ].join('\n\n'),
    severity: SEVERITIES[severity],
    // GitLab takes 7,000 characters, and a control character is written with up to nine.
    solution: prose(cut(next, 700)),
    identifiers: [
      { type: 'akscan_rule_id', name: `akscan rule ${ruleName(rule)}`, value: ruleName(rule) },
      { type: 'cwe', name: 'CWE-798', value: '798', url: 'https://cwe.mitre.org/data/definitions/798.html' },
    ],
    location: locationOf(finding, naming),
    details: detailsOf(finding, naming),
  };
};

/** The same finding has the same one in each report: an RFC 9562 UUID of version 8, from the fingerprint. */
const uuidOf = (fingerprint: string, nth: number): string => {
  const hex = `${fingerprint.slice(0, 24)}${nth.toString(16).padStart(8, '0')}`;
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
};

const locationOf = (finding: Finding, naming: Naming): object => {
  const [first] = finding.occurrences;
  if (first === undefined) return { commit: { sha: NO_COMMIT } };
  const { file, name } = whereaboutsOf(finding, first, naming);
  const { commit, author, date, line } = first;
  return {
    file: forTerminal(file ?? name),
    start_line: line,
    end_line: line,
    commit: {
      sha: commit === undefined || commit === '' ? NO_COMMIT : forTerminal(cut(commit, 64)),
      ...(author === undefined ? {} : { author: forTerminal(cut(author, 200)) }),
      ...(date === undefined ? {} : { date: forTerminal(cut(date, 40)) }),
    },
  };
};

const detailsOf = (finding: Finding, naming: Naming): object => {
  const { fingerprint, occurrencesLeftOut = 0, rule } = finding;
  const occurrences = distinctPlaces(finding);
  const listed = occurrences.slice(0, PLACES);
  const more = occurrences.length - listed.length + occurrencesLeftOut;
  const text = (name: string, value: string): object => ({ type: 'text', name, value: forTerminal(value) });
  return {
    verdict: text('Verdict', verdictText(finding)),
    rule: text('Rule', helpOf(rule).title),
    fingerprint: text('Fingerprint', fingerprint),
    places: {
      type: 'list',
      name: 'Places',
      items: [
        ...listed.map((each) => ({ type: 'text', value: forTerminal(placeInWords(finding, each, naming)) })),
        ...(more > 0 ? [{ type: 'text', value: `and ${more} more` }] : []),
      ],
    },
  };
};
