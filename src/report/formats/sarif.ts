// SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), as code-scanning pages read it: a result for each finding at
// its first place, the others as related locations. A report of several repositories is one run all the same, since a key may be
// in many of them: each path begins with its repository's address, and `versionControlProvenance` says which begins how. Such a
// path has no base: a base that a consumer does not know is dropped by most, and would leave the same path in two repositories;
// absolute ones are refused by GitHub (github/codeql-action, issue 754).

import version from 'akscan:version';
import { pathToFileURL } from 'node:url';
import type { Finding, Occurrence, Report, Severity, Skipped } from '../../findings/model.js';
import { compareText, worstFirst } from '../../findings/order.js';
import { forJson, forTerminal } from '../escape.js';
import { distinctPlaces, type Naming } from '../places.js';
import { explanationOf, titleOf, verdictText } from '../sentences.js';
import { withShortIds } from '../short-ids.js';
import type { WriteReport } from '../types.js';
import { addressOf, cut, namingOf, placeInWords, skippedName, whereaboutsOf } from '../whereabouts.js';
import { number, plural } from '../words.js';
import { helpOf, ruleName } from './rule-help.js';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** What a reader can take in; the rest is a number. */
const [RELATED, NOTIFICATIONS] = [50, 100];

/** Repositories that are told of, of those that hold a listed place. */
const REPOSITORIES = 1000;

/** GitHub refuses a run of more, all of it ("SARIF support for code scanning"). The worst come first. */
const RESULTS = 25_000;

/** GitHub refuses a file in which one result has no place, all of it, though the standard allows that (3.27.12). */
const NOWHERE = {
  physicalLocation: { artifactLocation: { uri: 'unknown-place' }, region: { startLine: 1, startColumn: 1 } },
};

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};

/** GitHub's bands: critical above 9, high from 7, medium from 4. */
const SCORES: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.0' };

export const writeSarif: WriteReport = function* (report) {
  const shown = withShortIds(report);
  // The length of an ID is that of the whole one.
  const lengths = new Map(
    shown.findings.map((finding, index) => [finding, report.findings[index]?.accessKeyId?.length ?? null]),
  );
  const all = worstFirst(shown.findings);
  const ordered = all.slice(0, RESULTS);
  const rules = [...new Set(ordered.map(ruleIdOf))].sort();
  const indexes = new Map(rules.map((rule, index) => [rule, index]));
  const seen = new Map<string, number>();
  const naming = namingOf(shown);

  yield `{\n  "$schema": ${JSON.stringify(SCHEMA)},\n  "version": "2.1.0",\n  "runs": [\n    {\n`;
  yield `      "tool": ${json({ driver: driverOf(rules, ordered) })},\n`;
  yield `      "columnKind": "unicodeCodePoints",\n      "invocations": ${json([invocationOf(shown, naming, all.length - ordered.length)])},\n`;
  const provenance = naming === 'repository' ? provenanceOf(ordered) : [];
  if (provenance.length > 0) yield `      "versionControlProvenance": ${json(provenance)},\n`;
  yield '      "results": [';
  for (const [index, finding] of ordered.entries()) {
    const nth = (seen.get(finding.fingerprint) ?? 0) + 1;
    seen.set(finding.fingerprint, nth);
    const rule = ruleIdOf(finding);
    const result = resultOf(finding, { nth, length: lengths.get(finding) ?? null, naming });
    yield `${index === 0 ? '' : ','}\n        ${json({ ruleId: rule, ruleIndex: indexes.get(rule), ...result })}`;
  }
  yield `${ordered.length === 0 ? '' : '\n      '}]\n    }\n  ]\n}\n`;
};

const json = (value: unknown): string => forJson(JSON.stringify(value));

/**
 * Code scanning reads how bad a result is from its rule, and a key that turns out to be live is another alert than one that
 * somebody closed as dead: each severity is a rule of its own.
 */
const ruleIdOf = ({ rule, severity }: Finding): string => `${ruleName(rule)}/${severity}`;

const driverOf = (rules: readonly string[], findings: readonly Finding[]): object => {
  const examples = new Map(findings.map((finding) => [ruleIdOf(finding), finding]));
  return {
    name: 'akscan',
    semanticVersion: version,
    rules: rules.flatMap((id) => {
      const example = examples.get(id);
      return example === undefined ? [] : [descriptorOf(id, example)];
    }),
  };
};

const descriptorOf = (id: string, { rule, severity }: Finding): object => {
  const { title, description, help, markdown } = helpOf(rule);
  return {
    id,
    name: title,
    shortDescription: { text: title },
    fullDescription: { text: description },
    help: { text: help, markdown },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      'security-severity': SCORES[severity],
      precision: 'high',
      tags: ['security', 'secret', 'external/cwe/cwe-798'],
    },
  };
};

interface Told {
  /** How many results before it have the same fingerprint, and itself. */
  readonly nth: number;
  /** Of the ID. */
  readonly length: number | null;
  readonly naming: Naming;
}

const resultOf = (finding: Finding, { nth, ...told }: Told): object => {
  const { fingerprint, severity, occurrencesLeftOut = 0 } = finding;
  const [first, ...others] = distinctPlaces(finding);
  const related = others.slice(0, RELATED);
  const leftOut = others.length - related.length + occurrencesLeftOut;
  return {
    level: LEVELS[severity],
    message: { text: messageOf(finding) },
    locations: first === undefined ? [NOWHERE] : [locationOf(finding, first, told)],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((each, index) => ({
            id: index + 1,
            ...locationOf(finding, each, told),
            message: { text: plain(placeInWords(finding, each, told.naming)) },
          })),
        }),
    partialFingerprints: {
      // What GitHub goes by: an alert stays the same when its line moves.
      primaryLocationLineHash: `${fingerprint.slice(0, 16)}:${nth}`,
      'akscanFingerprint/v1': fingerprint,
    },
    properties: { ...factsOf(finding), ...(leftOut > 0 ? { placesLeftOut: leftOut } : {}) },
  };
};

const factsOf = ({ kind, confidence, fingerprint, verdict }: Finding): object => {
  const { state, how, principal, account, user, checkedAt } = verdict;
  const known = Object.entries({ how, principal, account, user, checkedAt }).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, cut(value, 200)]],
  );
  return { kind, confidence, fingerprint, state, ...Object.fromEntries(known) };
};

const messageOf = (finding: Finding): string => {
  const places = distinctPlaces(finding).length + (finding.occurrencesLeftOut ?? 0);
  return [
    `${titleOf(finding)}: ${verdictText(finding)}.`,
    ...explanationOf(finding),
    ...(places > 1 ? [`${plural(places, 'place')}.`] : []),
  ]
    .map(plain)
    .join(' ');
};

/** In a message brackets make links and braces take arguments (3.11.5, 3.11.6). */
const plain = (text: string): string =>
  forTerminal(text)
    .replace(/[\\[\]]/g, '\\$&')
    .replace(/[{}]/g, '$&$&');

const locationOf = (finding: Finding, occurrence: Occurrence, { length, naming }: Omit<Told, 'nth'>): object => {
  const { line, column, encoding, commit, date, source, blob } = occurrence;
  const { file, name } = whereaboutsOf(finding, occurrence, naming);
  const repository = naming === 'repository' ? (occurrence.target ?? finding.target) : null;
  // As many columns as the ID has letters, where it stands as it is.
  const end = length !== null && encoding.length === 0 ? { endLine: line, endColumn: column + length } : {};
  return {
    physicalLocation: {
      artifactLocation: artifactOf(file ?? name, repository),
      region: { startLine: line, startColumn: column, ...end },
    },
    properties: {
      source,
      ...(repository === null || repository === '' ? {} : { target: cut(repository, 1000) }),
      ...Object.fromEntries(
        Object.entries({ commit, date, blob }).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, cut(value, 64)]],
        ),
      ),
    },
  };
};

/** @param repository that the path begins with; null where only one was read, or a folder */
const artifactOf = (name: string, repository: string | null): object => {
  if (name.startsWith('/')) return { uri: pathToFileURL(name).href };
  const isWithin = repository !== null && addressOf(repository) !== null;
  return { uri: uriOf(name), ...(isWithin ? {} : { uriBaseId: '%SRCROOT%' }) };
};

/** Repositories that have an address, and what the paths of each begin with, by name. */
const provenanceOf = (findings: readonly Finding[]): readonly object[] => {
  const names = new Set(
    findings.flatMap((finding) =>
      distinctPlaces(finding)
        .slice(0, RELATED + 1)
        // As in a path: what no encoding can hold is replaced.
        .map(({ target }) => cut(target ?? finding.target, 1000)),
    ),
  );
  return [...names]
    .filter((name) => URL.canParse(name) && addressOf(name) !== null)
    .sort(compareText)
    .slice(0, REPOSITORIES)
    .map((name) => ({
      repositoryUri: new URL(name).href,
      mappedTo: { uri: `${uriOf(addressOf(name) ?? '')}/` },
    }));
};

/** A relative reference (RFC 3986): a colon, or anything else with a meaning there, is written out. */
const uriOf = (name: string): string => name.split('/').map(encodeURIComponent).join('/');

const invocationOf = ({ skipped, summary }: Report, naming: Naming, leftOut: number): object => {
  const faults = skipped.filter(({ because }) => because === 'fault');
  const said = [
    ...(leftOut > 0
      ? [{ level: 'warning', text: `${plural(leftOut, 'more AccessKey')} beyond the worst ${number(RESULTS)}.` }]
      : []),
    ...(summary.interrupted === true ? [{ level: 'error', text: 'Stopped before the end.' }] : []),
    ...faults.map((fault) => ({ level: 'error', text: faultOf(fault, naming) })),
    ...summary.notes.filter((text) => text !== '').map((text) => ({ level: 'note', text })),
  ];
  const more = said.length - NOTIFICATIONS;
  return {
    executionSuccessful: summary.skipped.fault === 0 && summary.interrupted !== true,
    toolExecutionNotifications: [
      ...said.slice(0, NOTIFICATIONS),
      ...(more > 0 ? [{ level: 'note', text: `${more} more like these.` }] : []),
    ].map(({ level, text }) => ({ level, message: { text: plain(cut(text, 1000)) } })),
  };
};

const faultOf = (fault: Skipped, naming: Naming): string => `${cut(skippedName(fault, naming), 200)}: ${fault.reason}`;
