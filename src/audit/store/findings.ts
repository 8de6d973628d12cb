// The findings of a run, made of what each repository holds: one for each credential. Whatever order outcomes arrived in, and
// whatever a limit leaves out, the same ones come of it.

import type { Confidence, Kind } from '../../detect/types.js';
import type { Finding, Occurrence } from '../../findings/model.js';
import { nextStepOf } from '../../findings/next-step.js';
import { compareFindings, compareOccurrences, compareText } from '../../findings/order.js';
import { severityOf } from '../../findings/severity.js';
import { MASK } from '../../report/mask.js';
import type { Database } from './database.js';
import type { Hand, Secret } from './hand.js';
import { type CredentialRow, type Held, heldIn, type PlaceRow } from './rows.js';
import type { Sealer } from './seal.js';
import { createShare, type Share } from './share.js';
import type { Run, Stored, StoredFindings } from './store.js';

export interface FindingLimits {
  readonly findings: number;
  /** Places listed for one finding; the rest is counted. */
  readonly occurrences: number;
  /** Places held in all: to keep it, the limit for each finding is halved. */
  readonly total: number;
}

export const FINDING_LIMITS: FindingLimits = { findings: 100_000, occurrences: 1000, total: 600_000 };

interface Entry {
  readonly row: CredentialRow;
  readonly share: Share;
  /** Places beyond those that the repositories themselves list. */
  unlisted: number;
  kind: Kind;
  confidence: Confidence;
  rule: string;
  target: string;
  claimedExpiry: string;
  token: boolean;
  secret: Secret | null;
  allowed: boolean;
  /** Null: nobody can say, outside of repositories. */
  inHead: boolean | null;
  unreachable: boolean;
}

const CONFIDENCES: Readonly<Record<Confidence, number>> = { high: 0, medium: 1, low: 2 };
const KINDS: Readonly<Record<Kind, number>> = { sts: 0, pair: 1, 'id-only': 2, 'secret-only': 3 };

export const findingsIn = async (
  means: { readonly database: Database; readonly seal: Sealer; readonly hand: Hand },
  run: Run,
  limits: FindingLimits,
): Promise<StoredFindings> => {
  const kept = createEntries(limits);
  let group: Entry[] = [];
  for await (const held of heldIn(means, run, 'read')) {
    const entry = await entryOf(means.hand, held, limits);
    if (entry === null) continue;
    if (group[0] !== undefined && group[0].row.identity !== entry.row.identity) {
      kept.add(joinLone(group));
      group = [];
    }
    group.push(entry);
  }
  kept.add(joinLone(group));
  const { entries, leftOut } = kept.end();
  const findings = entries.map(storedOf).sort((a, b) => compareFindings(a.finding, b.finding));
  return { findings, leftOut };
};

/** Holds as many entries, and as many places, as the limits allow. */
const createEntries = ({ findings: most, occurrences, total }: FindingLimits) => {
  let entries: Entry[] = [];
  let held = 0;
  let leftOut = 0;
  let perFinding = occurrences;
  const keyOf = ({ row }: Entry): string => `${row.accessKeyId ?? ''}\0${row.secretSha256 ?? ''}`;
  const trim = (): void => {
    if (entries.length <= most) return;
    entries.sort((a, b) => compareText(keyOf(a), keyOf(b)));
    leftOut += entries.length - most;
    entries = entries.slice(0, most);
    held = heldBy(entries);
  };
  return {
    add: (more: readonly Entry[]): void => {
      for (const entry of more) {
        entry.share.trim(perFinding);
        entries.push(entry);
        held += entry.share.held;
      }
      if (entries.length >= 2 * most) trim();
      while (held > total && perFinding > 1) {
        perFinding >>= 1;
        for (const { share } of entries) share.trim(perFinding);
        held = heldBy(entries);
      }
    },
    end: (): { readonly entries: readonly Entry[]; readonly leftOut: number } => {
      trim();
      return { entries, leftOut };
    },
  };
};

const heldBy = (entries: readonly Entry[]): number => entries.reduce((sum, { share }) => sum + share.held, 0);

const entryOf = async (hand: Hand, { row, places }: Held, { occurrences }: FindingLimits): Promise<Entry | null> => {
  let entry: Entry | null = null;
  for await (const place of places) {
    const secret = row.secretSha256 === null ? null : hand.of(row.credential, place.row);
    if (entry === null) entry = newEntry(row, place, occurrences);
    else describe(entry, place);
    // One token is as good as another: whichever was read first does not show.
    if (secret !== null && (entry.secret === null || tokenRank(secret) < tokenRank(entry.secret)))
      entry.secret = secret;
    entry.unlisted += place.places - place.kept.occurrences.length;
    entry.share.add(place.key, place.repository.name, place.kept.occurrences);
  }
  return entry;
};

/** None comes after all others. */
const tokenRank = ({ token }: Secret): string => token ?? '\uFFFF';

const newEntry = (row: CredentialRow, { kept, repository }: PlaceRow, occurrences: number): Entry => ({
  row,
  share: createShare(occurrences),
  unlisted: 0,
  kind: kept.kind,
  confidence: kept.confidence,
  rule: kept.rule,
  target: repository.name,
  claimedExpiry: kept.claimedExpiry ?? '',
  token: kept.token,
  secret: null,
  allowed: kept.allowed,
  inHead: kept.inHead,
  unreachable: kept.unreachable,
});

/** As sightings of one repository describe a finding (src/findings/collect.ts). */
const describe = (entry: Entry, { kept, repository }: PlaceRow): void => {
  const surer = CONFIDENCES[kept.confidence] - CONFIDENCES[entry.confidence];
  if (surer < 0 || (surer === 0 && kept.rule < entry.rule)) entry.rule = kept.rule;
  if (surer < 0) entry.confidence = kept.confidence;
  if (KINDS[kept.kind] < KINDS[entry.kind]) entry.kind = kept.kind;
  if (repository.name < entry.target) entry.target = repository.name;
  if ((kept.claimedExpiry ?? '') > entry.claimedExpiry) entry.claimedExpiry = kept.claimedExpiry ?? '';
  entry.token ||= kept.token;
  entry.allowed &&= kept.allowed;
  entry.inHead = kept.inHead === null ? entry.inHead : entry.inHead === true || kept.inHead;
  entry.unreachable &&= kept.unreachable;
};

/** Places that show an ID alone belong to the one pair of that ID; where there are several, to none of them. */
const joinLone = (group: readonly Entry[]): readonly Entry[] => {
  const pairs = group.filter(({ row }) => row.secretSha256 !== null);
  const [pair] = pairs;
  if (pair === undefined || pairs.length > 1) return group;
  for (const lone of group) {
    if (lone === pair) continue;
    if (CONFIDENCES[lone.confidence] < CONFIDENCES[pair.confidence]) pair.confidence = lone.confidence;
    if (lone.target < pair.target) pair.target = lone.target;
    pair.allowed &&= lone.allowed;
    pair.inHead = lone.inHead === null ? pair.inHead : pair.inHead === true || lone.inHead;
    pair.unreachable &&= lone.unreachable;
    pair.unlisted += lone.unlisted + lone.share.added - lone.share.held;
    for (const { repository, name, places } of lone.share.each()) pair.share.add(repository, name, places);
  }
  return [pair];
};

const storedOf = (entry: Entry): Stored => {
  const { row, share, kind, confidence, target, claimedExpiry, inHead } = entry;
  const occurrences = [...share.each()]
    .flatMap(({ name, places }) => places.map((place) => placeIn(name, place, target)))
    .sort(compareOccurrences);
  const leftOut = entry.unlisted + share.added - share.held;
  const verdict = { state: 'unchecked', how: null } as const;
  const staged = occurrences.length > 0 && occurrences.every(({ source }) => source === 'index');
  const judged = { kind, confidence, verdict, stage: staged ? ('staged' as const) : ('out' as const) };
  const finding: Finding = {
    type: 'finding',
    schema: 1,
    rule: entry.rule,
    kind,
    target,
    accessKeyId: row.accessKeyId,
    secret: entry.secret?.secret ?? null,
    token: entry.token ? (entry.secret?.token ?? MASK) : null,
    secretSha256: row.secretSha256,
    fingerprint: row.fingerprint,
    confidence,
    severity: severityOf(judged),
    occurrences,
    ...(leftOut > 0 ? { occurrencesLeftOut: leftOut } : {}),
    ...(inHead === null ? {} : { inHead }),
    ...(entry.unreachable ? { unreachable: true } : {}),
    ...(claimedExpiry === '' ? {} : { claimedExpiry }),
    verdict,
    verdicts: [],
    next: nextStepOf(judged),
  };
  return { credential: row.credential, finding, allowed: entry.allowed };
};

/** Under the name that its repository has in this run. */
const placeIn = (name: string, { source, target: _, ...place }: Occurrence, target: string): Occurrence => ({
  source,
  ...(name === target ? {} : { target: name }),
  ...place,
});
