// The pack kernel's exports. An entry's way, from the pack to a hit: entries.ts finds it and its base, jobs.ts puts it in a
// window, run.ts inflates it (inflate.ts), searches what its delta adds (delta.ts) and hands whole objects that hold an
// anchor to the host. A tree's way: sift.ts leaves of it what it names, and graph.ts, in a kernel of its own, keeps that as
// numbers. Everything is raw memory: no classes, no garbage collector.
import { initDelta } from './delta';
import { initInflate } from '../../inflate/assembly/inflate';

export { addAnchor, clearAnchors, search } from '../../kernel/assembly/search';
export { adler32 } from '../../inflate/assembly/adler';
export {
  baseNameAt,
  count,
  entryAt,
  entryStart,
  isCircle,
  namedDeltas,
  nextUnplanned,
  openEntries,
  readHeaders,
  setBase,
  settleTypes,
  sortEntries,
  types,
} from './entries';
export { closePlaces, numberEntries, openPlaces, sortPlaces, typesAt } from './entry-numbers';
export { addTree, addTrees, closeSought, enterRoot, openGraph, openWalk } from './graph';
export { addName, findName, nameOf } from './graph-names';
export { inflate, produced } from '../../inflate/assembly/inflate';
export {
  groupCount,
  groups,
  jobCount,
  jobs,
  mostDelta,
  mostDepth,
  mostJobs,
  mostWindow,
  planJobs,
  runCount,
  runs,
  windowCount,
  windows,
} from './jobs';
export { checkLooseMessage, checkLooseTree, looseFileAt, looseObjectAt, openLoose, readLoose, searchLoose } from './loose';
export { allocate, rewind, settle } from './memory';
export { addNames, checkNames, openNames, setNames } from './names';
export { jobsAt, openRun, readBytes, readCount, runWindow, windowAt } from './run';
export { openSieve } from './sift';

/** Once, before anything else. */
export function init(): void {
  initInflate();
  initDelta();
}
