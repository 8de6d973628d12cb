// What the index adds over HEAD, for the commit that is about to be made: the index's bytes, not the work tree's. One git
// process where all of that lies in loose objects, two else; the commit that is there already is read only when something was found.

import { createDetector } from '../../detect/detector.js';
import type { Detector } from '../../detect/types.js';
import { type Batch, createBatch } from '../../git/batch.js';
import { type Here, mergeHeads, refusalOf } from '../../git/here.js';
import type { IndexChange } from '../../git/index-diff.js';
import { withLooseObjects } from '../../git/loose.js';
import { readyToInflate } from '../../inflate/inflate.js';
import { acrossFiles, byFolder } from '../diff/folders.js';
import { searchTrees } from '../diff/tree-search.js';
import { createWanted } from '../diff/wanted.js';
import type { Filter } from '../filter.js';
import { filterFor } from '../lazy-filter.js';
import { MOST_LONE } from '../siblings.js';
import type { Sighting, Sink, SourceOptions } from '../types.js';
import { type AskedStaged, askStaged } from './ask-staged.js';
import { checkHead } from './check-head.js';
import { filesInIndex } from './index-folder.js';
import { type ReadFile, readStaged, type StagedFile } from './read-staged.js';

/** @throws AkscanError outside a repository, in a bare one, or when git will not read it */
export const scanStaged = async (options: SourceOptions, sink: Sink): Promise<void> =>
  scanAskedStaged(askStaged(options.signal), options, sink);

/** @throws AkscanError when git will not read the repository */
export const scanAskedStaged = async (
  { here, comparing }: AskedStaged,
  options: SourceOptions,
  sink: Sink,
): Promise<void> => {
  const batch = withLooseObjects(createBatch(here.place, options.signal), here);
  try {
    // Made while git works.
    const detector = createDetector(options.detector);
    readyToInflate();
    const { changes, code, stderr } = await comparing;
    if (code !== 0) throw refusalOf(here.place.top, stderr);
    await checkHead(here, batch, changes);
    await judge({ here, batch, changes, detector, options, sink });
  } finally {
    // Whatever git says at its end was said with the object it concerns.
    await batch.close().catch(() => {});
  }
};

interface Judging {
  readonly here: Here;
  readonly batch: Batch;
  readonly changes: readonly IndexChange[];
  readonly detector: Detector;
  readonly options: SourceOptions;
  readonly sink: Sink;
}

const judge = async (judging: Judging): Promise<void> => {
  const { here, batch, changes, detector, options, sink } = judging;
  const filter = await filterFor(options.include, options.exclude);
  const files = stagedFiles(changes, filter);
  const read = await readStaged(files, { target: here.target, batch, detector, options, sink });
  const sightings = [...read.flatMap(sightingsIn(here.target)), ...(await findAcross(read, filter, judging))];
  for (const sighting of await newOnes(sightings, judging)) sink.sighting(sighting);
};

const stagedFiles = (changes: readonly IndexChange[], filter: Filter): readonly StagedFile[] =>
  changes.flatMap((change) => {
    if (!filter.admits(change.path)) return [];
    // A mode that changed brings no bytes.
    if (change.kind === 'put' && change.blob !== change.before) return [{ path: change.path, name: change.blob }];
    // Of a conflict the two sides may be taken; their common ancestor is what both have left behind.
    if (change.kind === 'conflict')
      return [2, 3].map((stage) => ({ path: change.path, name: `:${stage}:${change.path}` }));
    return [];
  });

const sightingsIn =
  (target: string) =>
  ({ path, blob, detections }: ReadFile): readonly Sighting[] =>
    detections
      .filter(({ kind }) => kind !== 'id-only')
      .map((detection) => ({
        target,
        source: 'index',
        path,
        detection,
        provenance: { blob },
      }));

/** IDs that stand alone in what is staged, and those in the files beside whose secret is staged. */
const findAcross = async (
  read: readonly ReadFile[],
  filter: Filter,
  { here, batch, changes, detector }: Judging,
): Promise<readonly Sighting[]> => {
  const halves = read
    .map(({ path, blob, detections, secret }) => ({
      path,
      blob,
      lone: detections.filter(({ kind }) => kind === 'id-only'),
      secret,
    }))
    .filter(({ lone, secret }) => lone.length > 0 || secret);
  if (halves.length === 0) return [];
  const changesIn = byFolder(changes);
  const sightings: Sighting[] = [];
  let folders = 0;
  for (const [folder, changed] of byFolder(halves)) {
    folders += 1;
    const files = folders > MOST_LONE ? [] : await filesInIndex(batch, folder, changesIn.get(folder) ?? []);
    const across = await acrossFiles(changed, files, { batch, detector, admits: filter.admits });
    for (const { file, detection, secretPath } of across) {
      const sighting: Sighting = {
        target: here.target,
        source: 'index',
        path: file.path,
        detection,
        provenance: { blob: file.blob },
      };
      sightings.push(secretPath === null ? sighting : { ...sighting, secretPath });
    }
  }
  return sightings;
};

/** Those whose credential neither HEAD nor what is being merged into it holds anywhere. */
const newOnes = async (
  sightings: readonly Sighting[],
  { here, batch, changes, detector, options, sink }: Judging,
): Promise<readonly Sighting[]> => {
  if (sightings.length === 0) return [];
  options.progress.update('looking whether HEAD holds it already');
  const wanted = createWanted(sightings.map(({ detection }) => detection));
  const first = changes.flatMap((change) => ('before' in change && change.before !== null ? [change.before] : []));
  const { unread } = await searchTrees(wanted, {
    batch,
    detector,
    signal: options.signal,
    roots: ['HEAD', ...mergeHeads(here)],
    first,
  });
  if (unread > 0 && wanted.size > 0) {
    sink.skipped({
      type: 'skipped',
      schema: 1,
      target: here.target,
      what: null,
      reason: `${unread} objects of HEAD are not here, so that what they hold may be taken for new (--allow-partial accepts it)`,
      because: options.allowPartial ? 'limit' : 'fault',
    });
  }
  return sightings.filter(({ detection }) => wanted.has(detection));
};
