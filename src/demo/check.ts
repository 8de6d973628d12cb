// Whether the runs of the demo said what they had to: read from their reports, not from what was shown.

import type { Activity, Finding } from '../findings/model.js';
import { INTRUDER, keys } from './company.js';
import { type Expected, expectations } from './expected.js';

export interface Check {
  readonly what: string;
  /** Null when it was seen; otherwise what was there instead. */
  readonly problem: string | null;
}

/** @param lines a report in jsonl */
export const findingsOf = (lines: string): readonly Finding[] =>
  lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line))
    .filter(
      (value): value is Finding =>
        typeof value === 'object' && value !== null && 'type' in value && value.type === 'finding',
    );

/** Places and kinds only: a plain scan asks nobody. */
export const checkPlaces = (findings: readonly Finding[]): readonly Check[] => [
  ...expectations.map((expected) => ({ what: expected.what, problem: placeProblem(expected, findings) })),
  {
    what: 'nothing else: placeholders, masks and hashes stay silent',
    problem: strangers(findings),
  },
];

/** Places, kinds and verdicts. */
export const checkVerdicts = (findings: readonly Finding[]): readonly Check[] => [
  ...expectations.map((expected) => ({
    what: expected.what,
    problem:
      placeProblem(expected, findings) ??
      verdictProblem(expected, findings) ??
      probeProblem(expected, findings) ??
      weightProblem(expected, findings),
  })),
  { what: 'nothing else: placeholders, masks and hashes stay silent', problem: strangers(findings) },
];

const find = (findings: readonly Finding[], { accessKeyId }: Expected): Finding | undefined =>
  findings.find((finding) => finding.accessKeyId === accessKeyId);

const placeProblem = (expected: Expected, findings: readonly Finding[]): string | null => {
  const finding = find(findings, expected);
  if (finding === undefined) return 'not found';
  if (finding.kind !== expected.kind) return `found as ${finding.kind}, not ${expected.kind}`;
  if (finding.inHead !== expected.inHead) return `said to be ${finding.inHead ? '' : 'not '}in HEAD`;
  const paths = finding.occurrences.map(({ path }) => path);
  return paths.includes(expected.path) ? null : `found in ${paths.join(', ')}, not in ${expected.path}`;
};

export const verdictProblem = (expected: Expected, findings: readonly Finding[]): string | null => {
  const verdict = find(findings, expected)?.verdict;
  if (verdict === undefined) return 'not found';
  if (verdict.state !== expected.state) return `said to be ${verdict.state}, not ${expected.state}`;
  if ((verdict.principal ?? null) !== expected.principal) return `said to belong to ${verdict.principal ?? 'nobody'}`;
  return (verdict.user ?? null) === expected.user ? null : `said to belong to ${verdict.user ?? 'nobody'}`;
};

/** The verdict that decides may be the inventory's; the probe's own word must be right, too. */
const probeProblem = (expected: Expected, findings: readonly Finding[]): string | null => {
  const probe = find(findings, expected)?.verdicts.find(({ how }) => how === 'probe');
  const state = probe?.state ?? null;
  if (state !== expected.probed)
    return `STS was understood as ${state ?? 'silent'}, not ${expected.probed ?? 'silent'}`;
  const principal = state === 'live' ? expected.principal : null;
  return (probe?.principal ?? null) === principal ? null : `STS was understood to name ${probe?.principal ?? 'nobody'}`;
};

/** How bad it is said to be, by which powers, and in which words. */
const weightProblem = (expected: Expected, findings: readonly Finding[]): string | null => {
  const { severity, verdict, meaning = 'nothing' } = find(findings, expected) ?? {};
  if (severity !== expected.severity) return `said to be ${severity}, not ${expected.severity}`;
  const powers = verdict?.powers?.join(', ') ?? 'not known';
  const wanted = expected.powers?.join(', ') ?? 'not known';
  if (powers !== wanted) return `its powers are said to be ${powers}, not ${wanted}`;
  return meaning.includes(expected.means) ? null : `said to mean: ${meaning}`;
};

/** An intruder came from an address of their own, looked around, and made a user and a key: all of it must be told. */
export const activityProblem = (activity: Activity | undefined, madeKey: string): string | null => {
  if (activity === undefined) return 'nothing of what it did was read';
  const { created, moves, addresses } = activity;
  if (!created.some(({ kind, name }) => kind === 'user' && name === INTRUDER.user)) return 'the new user was not seen';
  if (!created.some(({ accessKeyId }) => accessKeyId === madeKey)) return 'the new key was not seen';
  const missing = INTRUDER.moves.find(
    (action) => !moves.some((move) => move.action === action && move.address === INTRUDER.address),
  );
  if (missing !== undefined) return `${missing} was not taken for an attacker's move`;
  return addresses.some(({ address }) => address === INTRUDER.address) ? null : 'the address was not seen';
};

interface Sent {
  readonly action: string;
  readonly status: number | null;
  readonly parameters: Readonly<Record<string, string>>;
}

/** What changed something, as the server saw it. */
const changesIn = (requests: readonly Sent[]): readonly string[] =>
  requests
    .filter(({ action }) => !/^(?:Get|List|Lookup|Describe|Generate)/.test(action))
    .map(({ action, parameters }) => `${action} ${parameters['UserAccessKeyId']} ${parameters['Status']}`);

const OFF = `UpdateAccessKey ${keys.reports.id} Inactive`;

/** @param record the log as it was when the key was off: one call, its state read back, STS's refusal */
export const containmentProblem = (record: string, requests: readonly Sent[]): string | null => {
  const [first, ...rest] = changesIn(requests);
  if (first !== OFF || rest.includes(OFF)) return `${first ?? 'nothing'} was sent`;
  const lines = record
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { readonly type: string; readonly kind?: string });
  const types = lines.map(({ type }) => type).join(' ');
  if (types !== 'begin intent answer state proof end') return `the record holds ${types === '' ? 'nothing' : types}`;
  return lines.some(({ type, kind }) => type === 'proof' && kind === 'refused') ? null : 'STS did not refuse it';
};

export const restoreProblem = (requests: readonly Sent[]): string | null => {
  const rest = changesIn(requests).slice(1).join(', ');
  return rest === `UpdateAccessKey ${keys.reports.id} Active` ? null : `${rest === '' ? 'nothing' : rest} was sent`;
};

const strangers = (findings: readonly Finding[]): string | null => {
  const known = new Set(expectations.map(({ accessKeyId }) => accessKeyId));
  const others = findings.filter(({ accessKeyId }) => accessKeyId === null || !known.has(accessKeyId));
  return others.length === 0 ? null : `${others.length} more found`;
};
