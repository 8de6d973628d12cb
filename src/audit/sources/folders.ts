// `dir:PATH`: every repository below a folder. Bare ones, work trees, and what is inside these; submodules once, also those that
// are checked out nowhere; linked work trees once, as the repository that they belong to. Symbolic links are not followed.

import { opendirSync, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { createBreather } from '../../breather.js';
import { holdsObjects, homeOf, isFolder, isGitFolder, pointedBy } from './git-folder.js';
import { Refusal } from './refusal.js';
import type { Found } from './types.js';

type Inside = Found | { readonly kind: 'refused'; readonly name: string; readonly refusal: Refusal };

/** Entries read at a time. */
const AT_A_TIME = 1_024;

interface Walk {
  readonly root: string;
  readonly realRoot: string;
  /** Folders to look into, the next one last; relative to the root. */
  readonly stack: string[];
  /** What was found, by its id. */
  readonly seen: Set<string>;
  /** Linked work trees of a repository that is below the root as well, and should be met there. */
  readonly linked: Map<string, string>;
}

/** @throws Refusal when there is no such folder */
export async function* findFolders(root: string, signal: AbortSignal): AsyncGenerator<Inside> {
  const breather = createBreather(signal);
  const walk: Walk = { root, realRoot: rootOf(root), stack: [''], seen: new Set(), linked: new Map() };
  for (let next = walk.stack.pop(); next !== undefined; next = walk.stack.pop()) {
    if (breather.due()) await breather.take();
    try {
      yield* lookInto(next, walk);
    } catch (error) {
      signal.throwIfAborted();
      yield { kind: 'refused', name: nameOf(walk, next), refusal: refusalOfFolder(error) };
    }
  }
  for (const [home, relative] of walk.linked) yield* found(walk, home, relative);
}

const rootOf = (root: string): string => {
  try {
    if (isFolder(root)) return realpathSync(root);
  } catch (error) {
    throw refusalOfFolder(error);
  }
  throw new Refusal('gone', `There is no folder ${root}.`);
};

function* lookInto(relative: string, walk: Walk): Generator<Inside> {
  const folder = nameOf(walk, relative);
  const { folders, dotGit, hasHead } = namesIn(folder);
  if (hasHead && isGitFolder(folder)) {
    yield* found(walk, homeOf(realpathSync(folder)), relative);
    if (folders.includes('modules')) walk.stack.push(below(relative, 'modules'));
    return;
  }
  if (hasHead && holdsObjects(folder))
    throw new Refusal('fault', 'It looks like a repository, and its HEAD is broken.');
  // The last one pushed comes first: submodules that are checked out are met before the folders their objects are in.
  if (dotGit === 'folder' && isFolder(path.join(folder, '.git/modules')))
    walk.stack.push(below(relative, '.git/modules'));
  for (const name of folders.sort().reverse()) walk.stack.push(below(relative, name));
  if (dotGit === 'folder') {
    const git = path.join(folder, '.git');
    if (!isGitFolder(git)) throw new Refusal('fault', 'Its .git holds no repository that git would open.');
    yield* found(walk, homeOf(realpathSync(git)), relative);
  } else if (dotGit === 'file') {
    const pointed = pointedBy(path.join(folder, '.git'));
    if (pointed === null) throw new Refusal('fault', 'Its .git names a repository that is not there.');
    const home = homeOf(pointed.folder);
    if (pointed.kind === 'own' || !isInside(home, walk.realRoot)) yield* found(walk, home, relative);
    else if (!walk.linked.has(home)) walk.linked.set(home, relative);
  }
}

interface Names {
  readonly folders: string[];
  /** A link to a folder counts as one: some tools make these. */
  readonly dotGit: 'folder' | 'file' | null;
  readonly hasHead: boolean;
}

const namesIn = (folder: string): Names => {
  const folders: string[] = [];
  let dotGit: Names['dotGit'] = null;
  let hasHead = false;
  const open = opendirSync(folder, { bufferSize: AT_A_TIME });
  try {
    for (let entry = open.readSync(); entry !== null; entry = open.readSync()) {
      if (entry.name === '.git') {
        dotGit = isFolder(path.join(folder, '.git')) ? 'folder' : entry.isFile() ? 'file' : null;
      } else if (entry.isDirectory()) folders.push(entry.name);
      else if (entry.name === 'HEAD') hasHead = true;
    }
  } finally {
    open.closeSync();
  }
  return { folders, dotGit, hasHead };
};

function* found(walk: Walk, home: string, relative: string): Generator<Found> {
  const id = `dir:${home}`;
  if (walk.seen.has(id)) return;
  walk.seen.add(id);
  const name = nameOf(walk, relative);
  yield {
    path: relative === '' ? path.basename(walk.realRoot) : relative.split(path.sep).join('/'),
    repository: {
      id,
      forge: 'dir',
      name,
      clone: { from: 'folder', folder: name },
      kind: 'repository',
      refs: 'branches-and-tags',
      sizeKb: packedKb(home),
      visibility: null,
      archived: false,
      fork: false,
      parent: null,
      pushedAt: null,
    },
  };
}

/** What its packs take, so that large ones can be begun first; null without any. */
const packedKb = (home: string): number | null => {
  const dotGit = path.join(home, '.git');
  const folder = path.join(isFolder(dotGit) ? dotGit : home, 'objects', 'pack');
  try {
    const packs = readdirSync(folder).filter((name) => name.endsWith('.pack'));
    if (packs.length === 0) return null;
    return Math.ceil(packs.reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0) / 1024);
  } catch {
    return null;
  }
};

/** As the root was given, so that it can be opened from here. */
const nameOf = ({ root }: Walk, relative: string): string => path.join(root, relative);

const below = (relative: string, name: string): string => (relative === '' ? name : `${relative}${path.sep}${name}`);

const isInside = (inner: string, outer: string): boolean =>
  inner === outer || inner.startsWith(outer.endsWith(path.sep) ? outer : `${outer}${path.sep}`);

const refusalOfFolder = (error: unknown): Refusal => {
  if (error instanceof Refusal) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EACCES' || code === 'EPERM')
    return new Refusal('denied', 'The folder may not be read: check its permissions.');
  if (code === 'ENOENT') return new Refusal('gone', 'The folder is not there any more, or its name is not UTF-8.');
  return new Refusal('fault', `The folder cannot be read${code === '' ? '' : ` (${code})`}.`);
};
