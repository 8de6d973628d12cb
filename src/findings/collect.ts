// Where all sources report to: groups sightings into findings, one for each (ID, secret). What it gives back does not
// depend on the order of arrival, not even when a limit is reached: of too many credentials those that sort first stay.

import type { Confidence, Kind } from '../detect/types.js';
import type { Sighting, Sink } from '../sources/types.js';
import { fingerprintOf, sha256 } from './fingerprint.js';
import { marksOf, stageOf } from './marks.js';
import type { Counts, Finding, Skipped } from './model.js';
import { nextStepOf } from './next-step.js';
import { mergeSightings } from './occurrences.js';
import { compareFindings, compareSightings, compareText } from './order.js';
import { severityOf } from './severity.js';

export interface CollectLimits {
  /** Findings kept; more is a fault, since a report that leaves keys out must not look complete. */
  readonly findings: number;
  /** Places listed for one finding; the rest is counted in `occurrencesLeftOut`. */
  readonly occurrences: number;
  /** Sightings held for one finding before they are merged into places. */
  readonly sightings: number;
  /** Sightings held in all; three quarters of it at the end. To keep it the limit for each finding is halved. */
  readonly total: number;
}

export const DEFAULT_LIMITS: CollectLimits = {
  findings: 100_000,
  occurrences: 1000,
  sightings: 10_000,
  total: 600_000,
};

/** A finding and what suppression needs to know of it. */
export interface Collected {
  readonly finding: Finding;
  /** Inline comments allow it at every place that counts. */
  readonly allowed: boolean;
}

export interface Collection {
  /** In canonical order. */
  readonly findings: readonly Collected[];
  readonly skipped: readonly Skipped[];
  /** All of them, also those too many to list. */
  readonly skippedCounts: Readonly<Record<Skipped['because'], number>>;
  readonly counts: Counts;
  readonly notes: readonly string[];
}

export interface Collector extends Sink {
  /** Everything reported so far; call it once, at the end. */
  finish(): Collection;
}

/** Faults and limits listed one by one; beyond that they are one line that says how many more. */
const SKIPPED_LISTED = 10_000;

interface Entry {
  readonly key: string;
  readonly accessKeyId: string | null;
  readonly secret: string | null;
  kind: Kind;
  confidence: Confidence;
  rule: string;
  token: string | null;
  claimedExpiry: string | undefined;
  sightings: Sighting[];
  leftOut: number;
}

const CONFIDENCES: Readonly<Record<Confidence, number>> = { high: 0, medium: 1, low: 2 };
const KINDS: Readonly<Record<Kind, number>> = { sts: 0, pair: 1, 'id-only': 2, 'secret-only': 3 };

export const createCollector = (limits: Partial<CollectLimits> = {}): Collector => {
  const { findings: maxFindings, occurrences, sightings, total } = { ...DEFAULT_LIMITS, ...limits };
  const entries = new Map<string, Entry>();
  const counts = { files: 0, objects: 0, bytes: 0 };
  let listed: readonly Skipped[] = [];
  let skipped: Skipped[] = [];
  const unlisted = { fault: 0, limit: 0 };
  const notes = new Set<string>();
  /** Keys above it were let go once and stay away, so that what is kept is independent of arrival. */
  let highest: string | null = null;
  let perFinding = sightings;
  let held = 0;
  let overflowTarget: string | null = null;

  const trimFindings = (): void => {
    const keys = [...entries.keys()].sort(compareText);
    highest = keys[maxFindings - 1] ?? null;
    for (const key of keys.slice(maxFindings)) {
      held -= entries.get(key)?.sightings.length ?? 0;
      entries.delete(key);
    }
  };

  const trimSightings = (entry: Entry): void => {
    if (entry.sightings.length <= perFinding) return;
    const kept = entry.sightings.sort(compareSightings).slice(0, perFinding);
    entry.leftOut += entry.sightings.length - kept.length;
    held -= entry.sightings.length - kept.length;
    entry.sightings = kept;
  };

  /** Ends a quarter below the limit, so that the next sighting does not begin all over. */
  const trimAll = (): void => {
    for (const entry of entries.values()) trimSightings(entry);
    while (held > 0.75 * total && perFinding > 1) {
      perFinding = Math.max(1, perFinding >> 1);
      for (const entry of entries.values()) trimSightings(entry);
    }
  };

  /** Of too many faults and limits those that sort first stay, whichever came first. */
  const trimSkipped = (): void => {
    const all = [...listed, ...skipped].sort((a, b) => compareText(a.because, b.because) || compareSkipped(a, b));
    for (const { because } of all.slice(SKIPPED_LISTED)) unlisted[because] += 1;
    listed = all.slice(0, SKIPPED_LISTED);
    skipped = [];
  };

  const keep = (entry: Entry, sighting: Sighting): void => {
    entry.sightings.push(sighting);
    held += 1;
    if (entry.sightings.length >= 2 * perFinding) trimSightings(entry);
    if (held > total && perFinding > 1) trimAll();
  };

  return {
    sighting: (sighting) => {
      const { accessKeyId, secret } = sighting.detection;
      const key = `${accessKeyId ?? ''}\0${secret ?? ''}`;
      if (highest !== null && key > highest) return;
      const known = entries.get(key);
      const entry = known ?? newEntry(key, sighting);
      if (known === undefined) entries.set(key, entry);
      else describe(entry, sighting);
      keep(entry, sighting);
      if (entries.size > maxFindings) overflowTarget = earlier(overflowTarget, sighting.target);
      if (entries.size > 2 * maxFindings) trimFindings();
    },
    skipped: (one) => {
      skipped.push(one);
      if (skipped.length >= SKIPPED_LISTED) trimSkipped();
    },
    count: (more) => {
      counts.files += more.files ?? 0;
      counts.objects += more.objects ?? 0;
      counts.bytes += more.bytes ?? 0;
    },
    note: (text) => void notes.add(text),
    finish: () => {
      if (entries.size > maxFindings) trimFindings();
      trimAll();
      const findings = joinLoneIds([...entries.values()])
        .map((entry) => findingOf(entry, occurrences))
        .sort((a, b) => compareFindings(a.finding, b.finding));
      trimSkipped();
      const told = [...listed].sort(compareSkipped);
      if (overflowTarget !== null) told.push(tooMany(overflowTarget, maxFindings));
      const number = (because: Skipped['because']): number =>
        unlisted[because] + told.filter((each) => each.because === because).length;
      const skippedCounts = { fault: number('fault'), limit: number('limit') };
      told.push(...unlistedOf(unlisted));
      return { findings, skipped: told, skippedCounts, counts: { ...counts }, notes: [...notes].sort(compareText) };
    },
  };
};

const newEntry = (key: string, { detection }: Sighting): Entry => ({
  key,
  accessKeyId: detection.accessKeyId,
  secret: detection.secret,
  kind: detection.kind,
  confidence: detection.confidence,
  rule: detection.rule,
  token: detection.token,
  claimedExpiry: detection.claimedExpiry,
  sightings: [],
  leftOut: 0,
});

/** The surest sighting names the rule and the confidence; the fullest the kind; one token is as good as another. */
const describe = (entry: Entry, { detection }: Pick<Sighting, 'detection'>): void => {
  const surer = CONFIDENCES[detection.confidence] - CONFIDENCES[entry.confidence];
  if (surer < 0 || (surer === 0 && detection.rule < entry.rule)) entry.rule = detection.rule;
  if (surer < 0) entry.confidence = detection.confidence;
  if (KINDS[detection.kind] < KINDS[entry.kind]) entry.kind = detection.kind;
  if (detection.token !== null && (entry.token === null || detection.token < entry.token))
    entry.token = detection.token;
  // Of two claims the later one: the key is not to be thought dead too soon.
  if ((detection.claimedExpiry ?? '') > (entry.claimedExpiry ?? '')) entry.claimedExpiry = detection.claimedExpiry;
};

/**
 * Places that show an ID alone belong to the pair of that ID. An ID has one secret; where two are claimed, such a place
 * goes to the pair seen in the same file, or else to the surest, most often seen pair.
 */
const joinLoneIds = (entries: readonly Entry[]): readonly Entry[] => {
  const pairs = new Map<string, Entry[]>();
  for (const entry of entries) {
    if (entry.accessKeyId === null || entry.secret === null) continue;
    const known = pairs.get(entry.accessKeyId);
    if (known === undefined) pairs.set(entry.accessKeyId, [entry]);
    else known.push(entry);
  }
  for (const known of pairs.values()) known.sort(comparePairs);
  const rest: Entry[] = [];
  const moved: { readonly to: Entry; readonly sightings: readonly Sighting[] }[] = [];
  for (const entry of entries) {
    const candidates = entry.accessKeyId === null || entry.secret !== null ? undefined : pairs.get(entry.accessKeyId);
    const [best] = candidates ?? [];
    if (candidates === undefined || best === undefined) {
      rest.push(entry);
      continue;
    }
    best.leftOut += entry.leftOut;
    if (CONFIDENCES[entry.confidence] < CONFIDENCES[best.confidence]) best.confidence = entry.confidence;
    moved.push(...shareOut(entry.sightings, candidates, best));
  }
  // Only now: a place that has just joined must not attract the next one.
  for (const { to, sightings } of moved) to.sightings = [...to.sightings, ...sightings];
  return rest;
};

const shareOut = (
  sightings: readonly Sighting[],
  candidates: readonly Entry[],
  best: Entry,
): readonly { readonly to: Entry; readonly sightings: readonly Sighting[] }[] => {
  if (candidates.length === 1) return [{ to: best, sightings }];
  const fileOf = ({ target, path }: Sighting): string => `${target}\0${path ?? ''}`;
  const homes = new Map<string, Entry>();
  for (const candidate of [...candidates].reverse()) {
    for (const sighting of candidate.sightings) homes.set(fileOf(sighting), candidate);
  }
  const shares = new Map<Entry, Sighting[]>();
  for (const sighting of sightings) {
    const to = homes.get(fileOf(sighting)) ?? best;
    const share = shares.get(to);
    if (share === undefined) shares.set(to, [sighting]);
    else share.push(sighting);
  }
  return [...shares].map(([to, share]) => ({ to, sightings: share }));
};

const comparePairs = (a: Entry, b: Entry): number =>
  CONFIDENCES[a.confidence] - CONFIDENCES[b.confidence] ||
  b.sightings.length - a.sightings.length ||
  compareText(a.key, b.key);

const findingOf = (entry: Entry, maxOccurrences: number): Collected => {
  const target = entry.sightings.map((sighting) => sighting.target).reduce(earlier, null) ?? '';
  const { occurrences, allowed } = mergeSightings(entry.sightings, target);
  const shown = occurrences.slice(0, maxOccurrences);
  const leftOut = occurrences.length - shown.length + entry.leftOut;
  const verdict = { state: 'unchecked', how: null } as const;
  const judged = { kind: entry.kind, confidence: entry.confidence, verdict, stage: stageOf(entry.sightings) };
  const repository = occurrences.some(({ source }) => source !== 'file' && source !== 'stdin');
  const inHead = occurrences.some(
    (each) => each.source === 'worktree' || each.source === 'index' || each.inHead === true,
  );
  const finding: Finding = {
    type: 'finding',
    schema: 1,
    rule: entry.rule,
    kind: entry.kind,
    target,
    accessKeyId: entry.accessKeyId,
    secret: entry.secret,
    token: entry.token,
    secretSha256: entry.secret === null ? null : sha256(entry.secret),
    fingerprint: fingerprintOf(entry.accessKeyId, entry.secret),
    confidence: entry.confidence,
    severity: severityOf(judged),
    occurrences: shown,
    ...(leftOut > 0 ? { occurrencesLeftOut: leftOut } : {}),
    ...(repository ? { inHead } : {}),
    ...(occurrences.length > 0 && occurrences.every(({ unreachable }) => unreachable === true)
      ? { unreachable: true }
      : {}),
    ...marksOf(entry.sightings),
    ...(entry.claimedExpiry === undefined ? {} : { claimedExpiry: entry.claimedExpiry }),
    verdict,
    verdicts: [],
    next: nextStepOf(judged),
  };
  return { finding, allowed };
};

const earlier = (a: string | null, b: string): string => (a === null || b < a ? b : a);

const compareSkipped = (a: Skipped, b: Skipped): number =>
  compareText(a.target, b.target) || compareText(a.what ?? '', b.what ?? '') || compareText(a.reason, b.reason);

const tooMany = (target: string, maxFindings: number): Skipped => ({
  type: 'skipped',
  schema: 1,
  target,
  what: null,
  reason: `More than ${maxFindings} credentials: the rest is not reported. Narrow the scan, or raise --max-findings.`,
  because: 'fault',
});

const unlistedOf = (unlisted: Readonly<Record<Skipped['because'], number>>): readonly Skipped[] =>
  (['fault', 'limit'] as const)
    .filter((because) => unlisted[because] > 0)
    .map((because) => ({
      type: 'skipped',
      schema: 1,
      target: '',
      what: null,
      reason: `${unlisted[because]} more like these.`,
      because,
    }));
