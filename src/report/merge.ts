// Several reports as one: what is said of one credential in each is joined, and its places are united.

import type { Confidence, Kind } from '../detect/types.js';
import { adviceOf } from '../findings/advice.js';
import { isLive, type Judged } from '../findings/judged.js';
import { meaningOf } from '../findings/meaning.js';
import type { Finding, Occurrence, Report, Skipped, Summary, Verdict } from '../findings/model.js';
import { nextStepOf } from '../findings/next-step.js';
import { compareFindings, compareOccurrences, compareText } from '../findings/order.js';
import { severityOf } from '../findings/severity.js';
import { NOTHING_SUPPRESSED, reportOf } from '../findings/summary.js';

/** What one file held. */
export interface ReadReport {
  readonly findings: readonly Finding[];
  readonly skipped: readonly Skipped[];
  /** Of a report of ours that was written to its end. */
  readonly summary: Summary | null;
  /** Not even of a scan that found nothing; other scanners write that then. */
  readonly isEmpty?: true;
  /** A sentence: it is ours and has no end. */
  readonly cut?: string;
  /** What a person should know of the file. */
  readonly notes: readonly string[];
}

export const mergeReports = (reports: readonly ReadReport[]): Report => {
  const summaries = reports.flatMap(({ summary }) => (summary === null ? [] : [summary]));
  const total = (of: (summary: Summary) => number): number => summaries.reduce((sum, each) => sum + of(each), 0);
  const findings = mergeFindings(reports.flatMap((report) => report.findings));
  const skipped = reports.flatMap((report) => report.skipped);
  const unlisted = (because: Skipped['because']): number =>
    Math.max(
      total((summary) => summary.skipped[because]),
      skipped.filter((each) => each.because === because).length,
    );
  const merged = reportOf(
    findings,
    {
      skipped,
      skippedCounts: { fault: unlisted('fault'), limit: unlisted('limit') },
      counts: {
        files: total(({ counts }) => counts.files),
        objects: total(({ counts }) => counts.objects),
        bytes: total(({ counts }) => counts.bytes),
      },
    },
    {
      suppressed: {
        ...NOTHING_SUPPRESSED,
        allow: total(({ suppressed }) => suppressed.allow),
        ignore: total(({ suppressed }) => suppressed.ignore),
        baseline: total(({ suppressed }) => suppressed.baseline),
        confidence: total(({ suppressed }) => suppressed.confidence),
      },
      notes: [
        ...new Set(
          reports.flatMap(({ summary, notes, cut }) => [
            ...(summary?.notes ?? []),
            ...notes,
            ...(cut === undefined ? [] : [cut]),
          ]),
        ),
      ],
      interrupted: summaries.some(({ interrupted }) => interrupted === true),
    },
  );
  // What an audit says of itself holds of no more than itself.
  const audit = reports.length === 1 ? summaries[0]?.audit : undefined;
  return audit === undefined ? merged : { ...merged, summary: { ...merged.summary, audit } };
};

/** In canonical order. Findings of an ID alone join the one pair of that ID; where there are several, they stay. */
export const mergeFindings = (findings: readonly Finding[]): readonly Finding[] => {
  const pairs = new Map<string, Set<string>>();
  for (const { fingerprint, secretSha256 } of findings) {
    if (secretSha256 === null) continue;
    const known = pairs.get(fingerprint);
    if (known === undefined) pairs.set(fingerprint, new Set([secretSha256]));
    else known.add(secretSha256);
  }
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { fingerprint, secretSha256 } = finding;
    const known = pairs.get(fingerprint);
    const [only] = known?.size === 1 ? known : [];
    const key = `${fingerprint}\0${secretSha256 ?? only ?? ''}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].map(joined).sort(compareFindings);
};

/** Places listed for one finding, as in a scan (src/findings/collect.ts). */
const LISTED = 1000;

const joined = (group: readonly Finding[]): Finding => {
  const [first] = group;
  if (first === undefined) throw new RangeError('a group of no findings');
  if (group.length === 1) return first;
  const fullest = [...group].sort(compareFullness)[0] ?? first;
  const { verdict, verdicts } = believed(group) ?? first;
  const target = group.map((each) => each.target).reduce((a, b) => (b < a ? b : a));
  const { occurrences, leftOut } = unite(group, target);
  const confidence = surest(group);
  const isStaged = occurrences.length > 0 && occurrences.every(({ source }) => source === 'index');
  const isRemoved = group.every(({ removedInRange }) => removedInRange === true);
  const stage = isStaged ? 'staged' : isRemoved ? 'removed' : 'out';
  const { kind, claimedExpiry } = fullest;
  const judged: Judged = { kind, confidence, verdict, verdicts, claimedExpiry, stage };
  const heads = group.filter(({ inHead }) => inHead !== undefined);
  return withoutFalseMarks(group, {
    ...fullest,
    target,
    secret: group.find(({ secret }) => secret !== null)?.secret ?? null,
    token: group.find(({ token }) => token !== null)?.token ?? null,
    confidence,
    severity: severityOf(judged),
    occurrences,
    ...(leftOut > 0 ? { occurrencesLeftOut: leftOut } : {}),
    ...(heads.length > 0 ? { inHead: heads.some(({ inHead }) => inHead === true) } : {}),
    ...(group.some(({ knownElsewhere }) => knownElsewhere === true) ? { knownElsewhere: true } : {}),
    ...(group.some(({ carriedOver }) => carriedOver === true) ? { carriedOver: true } : {}),
    verdict,
    verdicts,
    // Without a verdict nobody was asked, and there is no meaning in any of them.
    ...(verdict.state === 'unchecked'
      ? { next: nextStepOf(judged) }
      : { meaning: meaningOf(judged), next: adviceOf(judged) }),
  });
};

/** What holds of a finding only when it holds of all its places. */
const withoutFalseMarks = (group: readonly Finding[], finding: Finding): Finding => {
  const { unreachable, removedInRange, ...rest } = finding;
  const isTrue = (mark: 'unreachable' | 'removedInRange'): boolean => group.every((each) => each[mark] === true);
  if (unreachable === undefined && removedInRange === undefined) return finding;
  return {
    ...rest,
    ...(isTrue('unreachable') ? { unreachable: true } : {}),
    ...(isTrue('removedInRange') ? { removedInRange: true } : {}),
  };
};

const KINDS: Readonly<Record<Kind, number>> = { sts: 0, pair: 1, 'id-only': 2, 'secret-only': 3 };
const CONFIDENCES: readonly Confidence[] = ['high', 'medium', 'low'];

/** Ours before another scanner's: it knows offsets, and a rule. */
const compareFullness = (a: Finding, b: Finding): number =>
  KINDS[a.kind] - KINDS[b.kind] ||
  Number(a.rule.startsWith('imported-')) - Number(b.rule.startsWith('imported-')) ||
  CONFIDENCES.indexOf(a.confidence) - CONFIDENCES.indexOf(b.confidence);

const surest = (group: readonly Finding[]): Confidence =>
  CONFIDENCES.find((level) => group.some(({ confidence }) => confidence === level)) ?? 'low';

/** Whoever asked last; but a key that was seen alive stays that when later nobody could tell. */
const believed = (group: readonly Finding[]): Finding | undefined => {
  const latestFirst = [...group].sort((a, b) => compareText(askedAt(b), askedAt(a)));
  const [latest] = latestFirst;
  return latest?.verdict.state === 'unknown' ? (latestFirst.find(isLive) ?? latest) : latest;
};

/** Sorts by when somebody was asked last; who was never asked comes before all who were. */
const askedAt = ({ verdict, verdicts }: Finding): string => {
  if (verdict.state === 'unchecked') return '';
  return [verdict, ...verdicts].reduce(
    (latest, { checkedAt = '' }: Verdict) => (checkedAt > latest ? checkedAt : latest),
    '0',
  );
};

const unite = (
  group: readonly Finding[],
  target: string,
): { readonly occurrences: readonly Occurrence[]; readonly leftOut: number } => {
  const places = new Map<string, Occurrence>();
  for (const finding of group) {
    for (const { target: own = finding.target, ...place } of finding.occurrences) {
      const { source, path, line, column, offset, secretOffset, secretPath, blob } = place;
      const key = JSON.stringify([source, own, path, line, column, offset, secretOffset, secretPath, blob]);
      if (!places.has(key)) places.set(key, own === target ? place : { ...place, target: own });
    }
  }
  const all = [...places.values()].sort(compareOccurrences);
  const before = Math.max(...group.map(({ occurrencesLeftOut = 0 }) => occurrencesLeftOut));
  return { occurrences: all.slice(0, LISTED), leftOut: Math.max(0, all.length - LISTED) + before };
};
