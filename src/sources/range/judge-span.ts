// What one span adds, told from what its objects hold: where each credential came in, whether the base has it already, whether
// it was taken out again, and whether it leaked by another way before.

import type { Detection, Detector } from '../../detect/types.js';
import type { Batch } from '../../git/batch.js';
import type { GitPlace } from '../../git/run.js';
import { acrossFiles, byFolder, type ChangedHalf, type FolderFile } from '../diff/folders.js';
import { filesInFolder } from '../diff/siblings-in-tree.js';
import { searchTrees } from '../diff/tree-search.js';
import { createWanted, keyOf } from '../diff/wanted.js';
import type { Filter } from '../filter.js';
import { joined, MOST_LONE } from '../siblings.js';
import type { Sighting } from '../types.js';
import { type Brought, findBrought, findCopies } from './attribution.js';
import { baseCommits, DEEPEN, meets } from './base.js';
import { type Added, findElsewhere } from './elsewhere.js';
import { presentIn } from './present.js';
import type { Span } from './revisions.js';

/** What the objects of all spans held. */
export interface Held {
  readonly detections: ReadonlyMap<string, readonly Detection[]>;
  /** Blobs that hold a secret without its ID. */
  readonly secrets: ReadonlySet<string>;
  /** Names of the spans of which it was said already that a shallow clone cuts them off. */
  readonly cut: ReadonlySet<string>;
}

export interface Judge {
  readonly target: string;
  readonly place: GitPlace;
  readonly batch: Batch;
  readonly detector: Detector;
  readonly filter: Filter;
  /** Whether messages, which have no path, are asked about. */
  readonly messages: boolean;
  readonly maxSize: number | null;
  /** Whether history was cut off. */
  readonly shallow: boolean;
  readonly signal: AbortSignal;
  update(text: string): void;
  fault(reason: string): void;
  note(text: string): void;
}

/** The sightings of credentials that the span adds, the first added first. */
export const judgeSpan = async (span: Span, held: Held, judge: Judge): Promise<readonly Sighting[]> => {
  const { place, batch, detector, filter, signal } = judge;
  const objects = new Set([...held.detections.keys(), ...held.secrets]);
  const brought = await findBrought(span, objects, { place, batch, admits: filter.admits, signal });
  const sightings = await sightingsOf(span, brought, held, judge);
  if (sightings.length === 0) return [];
  judge.update('looking whether the base holds it already');
  const wanted = createWanted(sightings.map(({ detection }) => detection));
  const base = await baseCommits(span, place, signal);
  const { seen, unread } = await searchTrees(wanted, { batch, detector, signal, roots: base });
  if (unread > 0 && wanted.size > 0) {
    judge.fault(`${unread} objects of the base are not here, so that what they hold may be taken for new`);
  }
  const added = sightings.filter(({ detection }) => wanted.has(detection));
  if (added.length === 0) return [];
  if (judge.shallow && !held.cut.has(span.name) && !(await meets(span, base, place, signal))) {
    judge.fault(`in this shallow clone it never meets its base, so that what is old may be taken for new: ${DEEPEN}`);
  }
  const present = await presentIn(batch, span.tips, new Set(added.flatMap(blobOf)), signal);
  const removed = await removedAgain(span, added, present, seen, judge);
  judge.update('looking whether it leaked before');
  const elsewhere = await findElsewhere(firstOf(added), { ...judge, base });
  if (!elsewhere.whole)
    judge.note('Only the newest objects of other branches were searched for what is known elsewhere.');
  return added.map((sighting) => ({
    ...sighting,
    ...(sighting.provenance === undefined || sighting.source === 'message'
      ? {}
      : { provenance: { ...sighting.provenance, inHead: present.has(sighting.provenance.blob) } }),
    marks: {
      ...(elsewhere.has(sighting.detection) ? { knownElsewhere: true } : {}),
      ...(removed(sighting.detection) ? { removedInRange: true } : {}),
    },
  }));
};

const blobOf = ({ provenance }: Sighting): readonly string[] => (provenance === undefined ? [] : [provenance.blob]);

const isLone = ({ kind }: Detection): boolean => kind === 'id-only';

const sightingsOf = async (
  span: Span,
  brought: ReadonlyMap<string, Brought>,
  held: Held,
  judge: Judge,
): Promise<readonly Sighting[]> => {
  const { target, filter, messages } = judge;
  const sightings: Sighting[] = [];
  const halves = new Map<string, Brought>();
  for (const [oid, by] of brought) {
    if (by.path === null ? !messages : !filter.admits(by.path)) continue;
    const detections = held.detections.get(oid) ?? [];
    const whole = by.path === null || by.provenance.commit === undefined;
    for (const detection of detections) {
      if (whole || !isLone(detection)) sightings.push({ target, ...by, detection });
    }
    if (!whole && (detections.some(isLone) || held.secrets.has(oid))) halves.set(oid, by);
  }
  if (halves.size === 0) return sightings;
  return [...sightings, ...(await pairsAcross(span, halves, held, judge))];
};

/** A half of a pair at one of its places. */
interface Half extends ChangedHalf {
  readonly brought: Brought;
}

/** Pairs whose halves stand in two files of a folder, in the commits that put one of them there and at the end of the span. */
const pairsAcross = async (
  span: Span,
  halves: ReadonlyMap<string, Brought>,
  held: Held,
  judge: Judge,
): Promise<readonly Sighting[]> => {
  const { place, batch, filter, signal } = judge;
  const copies = await findCopies(span, halves, { place, batch, admits: filter.admits, signal });
  const all = [...halves].flatMap(([oid, first]) =>
    [first, ...(copies.get(oid) ?? [])].map((by): Half => {
      const lone = (held.detections.get(oid) ?? []).filter(isLone);
      return { path: by.path ?? '', blob: oid, lone, secret: held.secrets.has(oid), brought: by };
    }),
  );
  const byCommit = new Map<string, Half[]>();
  for (const half of all) {
    const { commit = '' } = half.brought.provenance;
    const known = byCommit.get(commit);
    if (known === undefined) byCommit.set(commit, [half]);
    else known.push(half);
  }
  const isPair = ({ secretPath }: Sighting): boolean => secretPath !== undefined;
  const isFirst = ({ path, provenance }: Sighting): boolean => {
    const first = halves.get(provenance?.blob ?? '');
    return first?.path === path && first?.provenance.commit === provenance?.commit;
  };
  const sightings: Sighting[] = [];
  let folders = 0;
  for (const [commit, changed] of byCommit) {
    for (const [folder, inFolder] of byFolder(changed)) {
      folders += 1;
      const files = folders <= MOST_LONE ? await filesOf(commit, folder, judge) : [];
      const across = await acrossFolder(inFolder, files, judge);
      sightings.push(...across.filter((sighting) => isPair(sighting) || isFirst(sighting)));
    }
  }
  // Halves that came in on two branches meet in a merge, which puts neither there.
  for (const tip of span.tips) {
    for (const [folder, inFolder] of byFolder(all)) {
      if (folders >= MOST_LONE || inFolder.every(({ brought }) => brought.provenance.commit === tip)) continue;
      folders += 1;
      const files = await filesOf(tip, folder, judge);
      const blobs = new Map(files.map(({ path, blob }) => [path, blob]));
      const still = inFolder.filter(({ path, blob }) => blobs.get(path) === blob);
      const across = await acrossFolder(still, files, judge);
      sightings.push(...across.filter(isPair));
    }
  }
  return sightings;
};

const filesOf = async (commit: string, folder: string, { batch }: Judge): Promise<readonly FolderFile[]> =>
  (await filesInFolder(batch, commit, folder)).map(({ name, oid }) => ({ path: joined(folder, name), blob: oid }));

const acrossFolder = async (
  changed: readonly Half[],
  files: readonly FolderFile[],
  { target, batch, detector, filter, signal }: Judge,
): Promise<readonly Sighting[]> => {
  signal.throwIfAborted();
  if (changed.length === 0) return [];
  const across = await acrossFiles(changed, files, { batch, detector, admits: filter.admits });
  const byPath = new Map(changed.map((half) => [half.path, half]));
  return across.flatMap(({ file, detection, secretPath }) => {
    // The ID may stand in a file nobody touched: what counts is who brought its secret.
    const by = byPath.get(file.path) ?? (secretPath === null ? undefined : byPath.get(secretPath));
    if (by === undefined) return [];
    const provenance = { ...by.brought.provenance, blob: file.blob };
    const sighting = { target, source: 'history', path: file.path, detection, provenance } as const;
    return [secretPath === null ? sighting : { ...sighting, secretPath }];
  });
};

/** Says of each credential whether the files of the span's end hold it no more; a message cannot be taken back. */
const removedAgain = async (
  { tips }: Span,
  added: readonly Sighting[],
  present: ReadonlySet<string>,
  seen: ReadonlySet<string>,
  { batch, detector, signal }: Judge,
): Promise<(detection: Detection) => boolean> => {
  const left = createWanted(added.map(({ detection }) => detection));
  for (const sighting of added) {
    const stays = blobOf(sighting).some((oid) => present.has(oid)) && sighting.secretPath === undefined;
    if (stays || sighting.source === 'message') left.see(sighting.detection);
  }
  // Other blobs than those that the span added may hold it; those that the base shares were looked at already, but an ID
  // that stands alone there may be half of it.
  const across = added.some(({ secretPath }) => secretPath !== undefined);
  await searchTrees(left, { batch, detector, signal, roots: tips, ...(across ? {} : { passOver: seen }) });
  return (detection) => left.has(detection);
};

const firstOf = (added: readonly Sighting[]): readonly Added[] => {
  const first = new Map<string, Added>();
  for (const { detection, provenance } of added) {
    const commit = provenance?.commit;
    if (commit !== undefined && !first.has(keyOf(detection))) first.set(keyOf(detection), { detection, commit });
  }
  return [...first.values()];
};
