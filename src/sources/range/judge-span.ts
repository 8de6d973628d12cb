// What one span adds, told from what its objects hold: where each credential came in, whether the base has it already, whether
// it was taken out again, and whether it leaked by another way before.

import type { Detection, Detector } from '../../detect/types.js';
import type { Batch } from '../../git/batch.js';
import type { GitPlace } from '../../git/run.js';
import { acrossFiles, byFolder, type ChangedHalf } from '../diff/folders.js';
import { filesInFolder } from '../diff/siblings-in-tree.js';
import { searchTrees } from '../diff/tree-search.js';
import { createWanted, keyOf } from '../diff/wanted.js';
import type { Filter } from '../filter.js';
import { joined, MOST_LONE } from '../siblings.js';
import type { Sighting } from '../types.js';
import { type Brought, findBrought } from './attribution.js';
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
  const sightings = await sightingsOf(brought, held, judge);
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
  brought: ReadonlyMap<string, Brought>,
  held: Held,
  judge: Judge,
): Promise<readonly Sighting[]> => {
  const { target, filter, messages } = judge;
  const sightings: Sighting[] = [];
  const halves = new Map<string, (ChangedHalf & { readonly brought: Brought })[]>();
  for (const [oid, by] of brought) {
    if (by.path === null ? !messages : !filter.admits(by.path)) continue;
    const detections = held.detections.get(oid) ?? [];
    const { commit } = by.provenance;
    const whole = by.path === null || commit === undefined;
    for (const detection of detections) {
      if (whole || !isLone(detection)) sightings.push({ target, ...by, detection });
    }
    const lone = detections.filter(isLone);
    if (whole || by.path === null || commit === undefined || (lone.length === 0 && !held.secrets.has(oid))) continue;
    const half = { path: by.path, blob: oid, lone, secret: held.secrets.has(oid), brought: by };
    const known = halves.get(commit);
    if (known === undefined) halves.set(commit, [half]);
    else known.push(half);
  }
  let folders = 0;
  for (const [commit, changed] of halves) {
    for (const [folder, inFolder] of byFolder(changed)) {
      folders += 1;
      sightings.push(...(await acrossFolder(commit, folder, inFolder, folders <= MOST_LONE, judge)));
    }
  }
  return sightings;
};

const acrossFolder = async (
  commit: string,
  folder: string,
  changed: readonly (ChangedHalf & { readonly brought: Brought })[],
  withSiblings: boolean,
  { target, batch, detector, filter, signal }: Judge,
): Promise<readonly Sighting[]> => {
  signal.throwIfAborted();
  const entries = withSiblings ? await filesInFolder(batch, commit, folder) : [];
  const files = entries.map(({ name, oid }) => ({ path: joined(folder, name), blob: oid }));
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
