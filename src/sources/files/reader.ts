// What one thread does with work: reads files, lists folders, for as long as a spell lasts. What comes back is what there
// is to say, and what is left to do.

import { lstatSync } from 'node:fs';
import { createBreather } from '../../breather.js';
import { now } from '../../clock.js';
import type { Detector } from '../../detect/types.js';
import { looksLike } from '../../git/discover.js';
import { pathOfText } from '../../git/path-text.js';
import type { Filter } from '../filter.js';
import { folderOf } from '../siblings.js';
import { listFolder } from './list-folder.js';
import { glanceAt, type ReadOutcome, type ReadRules, readFile, type Search } from './read-file.js';
import { cut, namesOf, type Outcome, type Refused, type Root, textOf, type Work } from './work.js';

export interface Reader {
  read(work: Work): Promise<Outcome>;
}

export interface ReaderTools {
  /** Finds what is to be judged. */
  readonly search: Search;
  readonly filter: Filter;
  /** Judges; loaded when there is something to judge. */
  readonly detector: () => Detector | Promise<Detector>;
  /** Bytes of suspects that this thread gives back unjudged before it loads a detector of its own. */
  readonly allowance: number;
  /** Milliseconds of reading at a time: others get what is left, and Ctrl-C is heard. */
  readonly spell: number;
}

/** Files that are still read when a spell is over and they are the last of their folder: less than to hand them on. */
const LAST_FEW = 16;
/** Characters of names in one piece of work: some 250 files. */
export const PIECE = 16_384;

type Tally = {
  -readonly [Name in keyof Outcome]: Outcome[Name] extends readonly (infer One)[] ? One[] : number;
};

export const createReader = (tools: ReaderTools, maxSize: number | null, signal: AbortSignal): Reader => {
  const { filter } = tools;
  const breather = createBreather(signal);
  const rules: ReadRules = { maxSize, links: 'refuse', signal };
  let { allowance } = tools;
  let detector: Detector | null = null;
  let until = 0;
  let suspects: string[] = [];
  let weight = 0;

  const isOver = (): boolean => now() > until;

  const readOne = (tally: Tally, root: Root, name: string): void => {
    if (!filter.admits(root.prefix + name)) {
      tally.excluded += 1;
      return;
    }
    const glance = glanceAt(detector ?? tools.search, pathOfText(`${root.folder}/${name}`), rules);
    switch (glance.kind) {
      case 'clean':
        tally.files += 1;
        tally.bytes += glance.bytes;
        return;
      case 'suspect':
        if (detector === null) break;
        take(tally, root, name, { kind: 'read', bytes: glance.bytes, scanned: detector.scanBuffer(glance.bytes) });
        return;
      case 'large':
        break;
      default:
        take(tally, root, name, glance);
        return;
    }
    suspects.push(name);
    weight += glance.bytes;
  };

  const readFiles = (tally: Tally, work: Work): void => {
    const { root } = work;
    const within = root.top !== null ? createLinkGuard(root.folder) : () => true;
    const names = namesOf(work.names);
    for (let at = 0; at < names.length; at += 1) {
      const name = names[at] ?? '';
      if (within(folderOf(name)) && !DOTS.test(name)) readOne(tally, root, name);
      else if (filter.admits(root.prefix + name)) tally.links += 1;
      else tally.excluded += 1;
      if (!isOver()) continue;
      giveBack(tally, work, 'files', names.slice(at + 1));
      return;
    }
  };

  /** Depth first: few folders wait at a time. */
  const walk = (tally: Tally, work: Work): void => {
    const { root } = work;
    const folders = namesOf(work.names);
    do {
      const folder = folders.pop() ?? '';
      const place = folder === '' ? root.folder : `${root.folder}/${folder}`;
      const listing = listFolder(place);
      if ('failure' in listing) {
        tally.refused.push({ path: root.prefix + folder, reason: listing.failure, because: 'fault' });
        continue;
      }
      if (listing.git && folder !== '' && work.repositories === 'told' && looksLike(place) === 'work-tree') {
        tally.nested.push({ root, name: folder });
        continue;
      }
      const prefix = folder === '' ? '' : `${folder}/`;
      tally.links += listing.links;
      for (const { name, what } of listing.specials)
        tally.refused.push({ path: root.prefix + prefix + name, reason: `${what}, not a file`, because: 'limit' });
      for (const name of listing.folders) folders.push(prefix + name);
      for (let at = 0; at < listing.files.length; at += 1) {
        readOne(tally, root, prefix + (listing.files[at] ?? ''));
        if (listing.files.length - at <= LAST_FEW || !isOver()) continue;
        giveBack(
          tally,
          work,
          'files',
          listing.files.slice(at + 1).map((name) => prefix + name),
        );
        break;
      }
    } while (work.kind === 'folders' && folders.length > 0 && !isOver());
    giveBack(tally, work, 'folders', folders);
  };

  /** Suspects and files that no buffer holds, read again by whoever judges them. */
  const judge = async (tally: Tally, work: Work): Promise<void> => {
    const names = suspects;
    const bytes = weight;
    suspects = [];
    weight = 0;
    if (names.length === 0) return;
    if (detector === null && bytes <= allowance) {
      allowance -= bytes;
      tally.suspects.push({ ...work, kind: 'files', names: textOf(names) });
      return;
    }
    detector ??= await tools.detector();
    for (const name of names) {
      if (breather.due()) await breather.take();
      take(tally, work.root, name, await readFile(detector, pathOfText(`${work.root.folder}/${name}`), rules));
    }
  };

  return {
    read: async (work) => {
      const tally: Tally = {
        files: 0,
        bytes: 0,
        found: [],
        refused: [],
        nested: [],
        links: 0,
        excluded: 0,
        rest: [],
        suspects: [],
      };
      until = now() + tools.spell;
      if (work.kind === 'files') readFiles(tally, work);
      else walk(tally, work);
      await judge(tally, work);
      return tally;
    },
  };
};

const giveBack = (tally: Tally, work: Work, kind: Work['kind'], left: readonly string[]): void => {
  let names = left.length === 0 ? '' : textOf(left);
  while (names !== '') {
    const [piece, more] = cut(names, PIECE);
    tally.rest.push({ ...work, kind, names: piece });
    names = more;
  }
};

const take = (tally: Tally, root: Root, name: string, outcome: ReadOutcome): void => {
  const path = root.prefix + name;
  const refuse = (reason: string, because: Refused['because']): void =>
    void tally.refused.push({ path, reason, because });
  switch (outcome.kind) {
    case 'read': {
      tally.files += 1;
      tally.bytes += outcome.bytes;
      const { scanned } = outcome;
      if (scanned === null) return;
      if (scanned.detections.length > 0) tally.found.push({ root, path, detections: scanned.detections });
      if (scanned.capped) refuse('holds more that looks like credentials than is judged of one file', 'fault');
      return;
    }
    case 'gone':
      // A tracked file may be deleted, or not checked out; nothing is lost, since history holds it.
      if (root.top === null) refuse('disappeared while it was about to be read', 'fault');
      return;
    case 'folder':
      tally.nested.push({ root, name });
      return;
    case 'link':
      tally.links += 1;
      return;
    case 'special':
      refuse(`${outcome.what}, not a file`, 'limit');
      return;
    case 'too-large':
      refuse(`larger than --max-size: ${outcome.bytes} bytes`, 'limit');
      return;
    case 'failed':
      refuse(outcome.reason, 'fault');
      return;
  }
};

/** A made-up index may name `..`. */
const DOTS = /(^|\/)\.\.?$/;

/** Whether a folder below `root` is reached without passing a link; the index may name files behind one. */
const createLinkGuard = (root: string): ((folder: string) => boolean) => {
  const known = new Map<string, boolean>([['', true]]);
  const isWithin = (folder: string): boolean => {
    const answer = known.get(folder);
    if (answer !== undefined) return answer;
    const fresh = isWithin(folderOf(folder)) && !isLink(pathOfText(`${root}/${folder}`)) && !DOTS.test(folder);
    known.set(folder, fresh);
    return fresh;
  };
  return isWithin;
};

const isLink = (path: string | Buffer): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
