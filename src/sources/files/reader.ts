// What one thread does with work: reads files, lists folders, for as long as a spell lasts. What comes back is what there
// is to say, and what is left to do. What is common and holds nothing, which is nearly everything, is the sifter's; what
// the sifter leaves behind is read here, one by one.

import { createBreather } from '../../breather.js';
import { now } from '../../clock.js';
import type { Detector } from '../../detect/types.js';
import { looksLike } from '../../git/discover.js';
import { pathOfText } from '../../git/path-text.js';
import type { Sifter } from '../../sift/sifter.js';
import { cappedReason } from '../capped.js';
import type { Filter } from '../filter.js';
import { createLinkGuard, type LinkGuard } from './link-guard.js';
import { listFolder } from './list-folder.js';
import { glanceAt, type ReadOutcome, type ReadRules, readFile, type Search } from './read-file.js';
import { cut, namesOf, type Outcome, type Refused, type Root, textOf, type Work } from './work.js';

export interface Reader {
  read(work: Work): Promise<Outcome>;
}

export interface ReaderTools {
  /** Null where there is none, or not yet: then all is read one by one. Asked before each piece of work. */
  readonly sifter: () => Sifter | null;
  /** Finds what is to be judged. */
  readonly search: () => Search;
  readonly filter: Filter;
  /** Judges; loaded when there is something to judge. */
  readonly detector: () => Detector | Promise<Detector>;
  /** Bytes of suspects that this thread gives back unjudged before it loads a detector of its own. */
  readonly allowance: number;
  /** Milliseconds of reading at a time: others get what is left, and Ctrl-C is heard. */
  readonly spell: number;
  /** Whether others have nothing to do: a spell ends then, too. */
  readonly isWanted: () => boolean;
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
  let sifter: Sifter | null = null;
  let detector: Detector | null = null;
  let within: LinkGuard = () => true;
  let until = 0;
  let suspects: string[] = [];
  let weight = 0;

  const isOver = (): boolean => now() > until || tools.isWanted();

  const readOne = (tally: Tally, root: Root, name: string): void => {
    if (!within(name)) {
      tally.links += 1;
      return;
    }
    const glance = glanceAt(detector ?? tools.search(), pathOfText(`${root.folder}/${name}`), rules);
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

  /** @returns the names that are left when the spell is over */
  const readEach = (tally: Tally, root: Root, names: readonly string[]): string => {
    for (let at = 0; at < names.length; at += 1) {
      readOne(tally, root, names[at] ?? '');
      if (names.length - at > LAST_FEW && isOver()) return textOf(names.slice(at + 1));
    }
    return '';
  };

  /**
   * @param names of files below the root
   * @returns those that are left when the spell is over
   */
  const readNames = (tally: Tally, work: Work, names: string): string => {
    for (let rest = names; rest !== ''; ) {
      const [piece, more] = cut(rest, PIECE);
      const sifted = sifter?.begin(work.root.folder, 'files', piece) ? sift(tally, sifter, work) : null;
      const left = sifted?.files ?? readEach(tally, work.root, namesOf(piece));
      rest = more;
      if (left !== '' || isOver()) return left + rest;
    }
    return '';
  };

  /** Has the sifter do what it was told, until the spell is over; then gives what is left of it. Null: it did nothing. */
  const sift = (tally: Tally, by: Sifter, work: Work): ReturnType<Sifter['rest']> | null => {
    const { root } = work;
    const deep = work.kind === 'folders';
    const how = { careful: root.top !== null, repositories: work.repositories === 'told', deep };
    const unlisted: string[] = [];
    const first = by.go(how);
    for (let part = first; part !== null; part = by.go(how)) {
      tally.files += part.files;
      tally.bytes += part.bytes;
      tally.links += part.links;
      for (const name of namesOf(part.left)) readOne(tally, root, name);
      unlisted.push(...namesOf(part.unlisted));
      if (part.done || unlisted.length > 0 || isOver()) break;
    }
    const { files, folders } = by.rest();
    if (first === null) return null;
    const inside = unlisted.flatMap((folder) => enter(tally, work, folder));
    return { files, folders: folders + textOf(inside) };
  };

  const admitted = (tally: Tally, { prefix }: Root, names: readonly string[]): readonly string[] => {
    if (filter.admitsAll) return names;
    const all = names.filter((name) => filter.admits(prefix + name));
    tally.excluded += names.length - all.length;
    return all;
  };

  const readFiles = (tally: Tally, work: Work): void => {
    const names = filter.admitsAll ? work.names : textOf(admitted(tally, work.root, namesOf(work.names)));
    giveBack(tally, work, 'files', readNames(tally, work, names));
  };

  /** Reads the files of a folder, and gives the paths of the folders in it. */
  const enter = (tally: Tally, work: Work, folder: string): readonly string[] => {
    const { root } = work;
    const place = folder === '' ? root.folder : `${root.folder}/${folder}`;
    const listing = listFolder(place);
    if ('failure' in listing) {
      tally.refused.push({ path: root.prefix + folder, reason: listing.failure, because: 'fault' });
      return [];
    }
    if (listing.git && folder !== '' && work.repositories === 'told' && looksLike(place) === 'work-tree') {
      tally.nested.push({ root, name: folder });
      return [];
    }
    tally.links += listing.links;
    const below = folder === '' ? '' : `${folder}/`;
    for (const { name, what } of listing.specials)
      tally.refused.push({ path: root.prefix + below + name, reason: `${what}, not a file`, because: 'limit' });
    const files = admitted(
      tally,
      root,
      listing.files.map((name) => below + name),
    );
    giveBack(tally, work, 'files', readNames(tally, work, textOf(files)));
    return listing.folders.map((name) => below + name);
  };

  /** The same for folders with all that is below them; gives the folders that are left, or null when it did nothing. */
  const siftFolders = (tally: Tally, by: Sifter, work: Work, folders: string): readonly string[] | null => {
    if (!by.begin(work.root.folder, 'folders', folders)) return null;
    const left = sift(tally, by, work);
    if (left === null) return null;
    giveBack(tally, work, 'files', left.files);
    return namesOf(left.folders);
  };

  /** Depth first: few folders wait at a time. */
  const walk = (tally: Tally, work: Work): void => {
    const folders = namesOf(work.names);
    const by = filter.admitsAll ? sifter : null;
    do {
      const some = folders.splice(by === null ? -1 : lastFew(folders));
      const left = by === null ? null : siftFolders(tally, by, work, textOf(some));
      for (const inside of left ?? some.flatMap((folder) => enter(tally, work, folder))) folders.push(inside);
    } while (work.kind === 'folders' && folders.length > 0 && !isOver());
    giveBack(tally, work, 'folders', textOf(folders));
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
      sifter ??= tools.sifter();
      // Made anew each time: what was a folder may have become a link.
      within = work.root.top === null ? () => true : createLinkGuard(work.root.folder);
      if (work.kind === 'files') readFiles(tally, work);
      else walk(tally, work);
      await judge(tally, work);
      return tally;
    },
  };
};

/** Where the last of the names begin that make a piece. */
const lastFew = (names: readonly string[]): number => {
  let from = names.length;
  for (let length = 0; from > 0 && length < PIECE; from -= 1) length += 1 + (names[from - 1] ?? '').length;
  return from;
};

const giveBack = (tally: Tally, work: Work, kind: Work['kind'], left: string): void => {
  for (let names = left; names !== ''; ) {
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
      if (scanned.capped) refuse(cappedReason('file'), 'fault');
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
