// IDs that stand alone in a file wait until all files were read; then the files beside them are looked at for the one
// secret that goes with each.

import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { createDetector } from '../../detect/detector.js';
import type { Detection } from '../../detect/types.js';
import type { OccurrenceSource } from '../../findings/model.js';
import { pathOfText, textOfPath } from '../../git/path-text.js';
import type { Filter } from '../filter.js';
import { filterFor } from '../lazy-filter.js';
import { complete, folderOf, joined, LARGEST_SIBLING, MOST_LONE, MOST_SIBLINGS, type Sibling } from '../siblings.js';
import type { Sink, SourceOptions } from '../types.js';
import type { Root } from './work.js';

export interface LoneIds {
  /** @param path as reported */
  add(root: Root, path: string, detection: Detection): void;
  report(): Promise<void>;
}

interface Lone {
  readonly root: Root;
  readonly path: string;
  readonly detection: Detection;
}

export const createLoneIds = (
  target: string,
  source: OccurrenceSource,
  options: SourceOptions,
  sink: Sink,
): LoneIds => {
  const waiting: Lone[] = [];
  const give = ({ path, detection }: Lone): void => sink.sighting({ target, source, path, detection });
  return {
    add: (root, path, detection) => {
      const lone = { root, path, detection };
      if (waiting.length < MOST_LONE) waiting.push(lone);
      else give(lone);
    },
    report: async () => {
      if (waiting.length === 0) return;
      const detector = createDetector(options.detector);
      const filter = await filterFor(options.include, options.exclude);
      for (const lone of groupBy(waiting, ({ root }) => root.folder).values()) {
        const beside = await findBeside(lone, filter, options);
        for (const [folder, inFolder] of groupBy(lone, ({ path }) => folderOf(path))) {
          options.signal.throwIfAborted();
          const files = (beside.get(folder) ?? []).flatMap((path) => readSibling(inFolder, path));
          for (const one of inFolder) {
            const siblings = files.filter((file) => file.path !== one.path);
            const completed = complete(detector, one.detection, one.path, siblings);
            if (completed === null) give(one);
            else sink.sighting({ target, source, path: one.path, ...completed });
          }
        }
      }
    },
  };
};

/** The files in the folders of `lone`, by folder, as reported; without those that a scan would not read. */
const findBeside = async (
  lone: readonly Lone[],
  filter: Filter,
  { ignored, signal }: SourceOptions,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const beside = new Map<string, readonly string[]>();
  for (const [folder, [first]] of groupBy(lone, ({ path }) => folderOf(path))) {
    if (first === undefined) continue;
    const files = filesIn(inFileSystem(first.root, folder))
      .map((name) => joined(folder, name))
      .filter(filter.admits);
    if (files.length <= MOST_SIBLINGS) beside.set(folder, files);
  }
  const root = lone[0]?.root;
  if (root === undefined || root.top === null || ignored) return beside;
  const { whichIgnored } = await import('./list-git.js');
  const place = { cwd: root.folder, top: root.top, workTree: root.top };
  const names = [...beside.values()].flat().map((path) => path.slice(root.prefix.length));
  const left = await whichIgnored(place, names, signal);
  const isRead = (path: string): boolean => !left.has(path.slice(root.prefix.length));
  return new Map([...beside].map(([folder, files]) => [folder, files.filter(isRead)]));
};

const inFileSystem = (root: Root, path: string): string | Buffer => {
  const below = path.slice(root.prefix.length);
  return pathOfText(below === '' ? root.folder : `${root.folder}/${below}`);
};

/** Names of the regular files of a folder that are small enough; none when it cannot be read. */
const filesIn = (folder: string | Buffer): readonly string[] => {
  try {
    const entries = readdirSync(folder, { withFileTypes: true, encoding: 'buffer' });
    return entries.filter((entry) => entry.isFile()).map((entry) => textOfPath(entry.name));
  } catch {
    return [];
  }
};

const readSibling = ([first]: readonly Lone[], path: string): readonly Sibling[] => {
  if (first === undefined) return [];
  const file = inFileSystem(first.root, path);
  try {
    const stats = lstatSync(file);
    return stats.isFile() && stats.size <= LARGEST_SIBLING ? [{ path, bytes: readFileSync(file) }] : [];
  } catch {
    return [];
  }
};

const groupBy = <One>(all: readonly One[], key: (one: One) => string): ReadonlyMap<string, readonly One[]> => {
  const groups = new Map<string, One[]>();
  for (const one of all) {
    const group = groups.get(key(one));
    if (group === undefined) groups.set(key(one), [one]);
    else group.push(one);
  }
  return groups;
};
