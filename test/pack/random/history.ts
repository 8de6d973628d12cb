// A made-up history, decided before git is asked for anything: commits with their trees and parents, refs, tags, and what was
// reset away, amended, stashed or noted. What is true of it is known from here alone.

import { bytesOf, type Content, edited, type Kind, newContent, plantsOf } from './contents.js';
import type { Dice, Plant } from './dice.js';

/** A version of a file. */
export interface File {
  readonly bytes: Buffer;
  /** The keys that are whole in it. */
  readonly plants: readonly Plant[];
  /** What the next version is made from; null for files that never change. */
  readonly content: Content | null;
  /** The same for all versions of a file. */
  readonly lineage: number;
}

export interface Commit {
  readonly parents: readonly number[];
  /** Index into `files` by path. A path `note:N` stands for the name of commit N. */
  readonly tree: ReadonlyMap<string, number>;
  readonly message: string;
  readonly plants: readonly Plant[];
  /** Seconds. */
  readonly time: number;
}

export interface Tag {
  readonly name: string;
  /** A commit, or the tag before this one. */
  readonly of: { readonly commit: number } | { readonly tag: number };
  readonly message: string;
  readonly plants: readonly Plant[];
  /** Its ref is gone. */
  readonly dropped: boolean;
}

export interface History {
  readonly files: readonly File[];
  readonly commits: readonly Commit[];
  readonly tags: readonly Tag[];
  /** Full names of refs, tags apart. `HEAD` stands on refs/heads/main. */
  readonly refs: ReadonlyMap<string, number>;
  /** Commits that only a reflog still names. */
  readonly logged: readonly number[];
  /** Files that are in no commit. */
  readonly stray: readonly number[];
  /** Files that are staged and in no commit, by path. */
  readonly staged: ReadonlyMap<string, number>;
}

export interface Shape {
  readonly commits: number;
  readonly kinds: readonly Kind[];
  /** Bytes of one file that is larger than most; null for none. */
  readonly huge: number | null;
}

const NAMES = ['a.yml', 'b.json', 'c.env', 'd e.txt', 'é"x.md', 'deep/er/f.conf', 'g'];

export const makeHistory = (dice: Dice, shape: Shape): History => {
  const files: File[] = [];
  const commits: Commit[] = [];
  const tags: Tag[] = [];
  const heads = new Map<string, number>();
  const refs = new Map<string, number>();
  const logged: number[] = [];
  let time = 1_700_000_000;

  const addFile = (content: Content, lineage = files.length): number =>
    files.push({ bytes: bytesOf(content), plants: plantsOf(content), content, lineage }) - 1;
  const addBytes = (bytes: Buffer, plants: readonly Plant[] = []): number =>
    files.push({ bytes, plants, content: null, lineage: 0 }) - 1;
  const withKey = (): Content => edited(edited(edited(newContent('pairs', dice), dice), dice), dice);

  const said = (share: number): { readonly message: string; readonly plants: readonly Plant[] } => {
    if (!dice.chance(share)) return { message: `Change ${commits.length}\n`, plants: [] };
    const pair = dice.pair();
    return { message: `Change\n\naccessKeyId=${pair.id}\naccessKeySecret=${pair.secret}\n`, plants: [pair] };
  };

  const addCommit = (parents: readonly number[], tree: ReadonlyMap<string, number>): number => {
    // Clocks go wrong.
    time += dice.chance(0.1) ? -5_000 : dice.between(0, 900);
    return commits.push({ parents, tree, ...said(0.08), time }) - 1;
  };

  const pathOf = (kind: Kind): string => `${dice.pick(['src', 'src', 'old'])}/${kind}/${dice.pick(NAMES)}`;

  const changed = (tree: ReadonlyMap<string, number>): ReadonlyMap<string, number> => {
    const next = new Map(tree);
    for (let left = dice.between(1, 4); left > 0; left--) changeOne(next);
    return next;
  };

  const changeOne = (tree: Map<string, number>): void => {
    const paths = [...tree.keys()].filter((path) => !path.startsWith('note:'));
    const choice = dice.below(100);
    if (choice < 25 || paths.length === 0) {
      const kind = dice.pick(shape.kinds);
      tree.set(pathOf(kind), addFile(newContent(kind, dice)));
      return;
    }
    const path = dice.pick(paths);
    const index = tree.get(path) ?? 0;
    const file = files[index];
    if (choice < 33) tree.delete(path);
    else if (choice < 40) {
      // Renamed or copied, within its kind.
      if (choice < 37) tree.delete(path);
      tree.set(['moved', ...path.split('/').slice(1, 2), dice.pick(NAMES)].join('/'), index);
    } else if (choice < 43) {
      // As it was in some version before: nothing new.
      const former = commits.map((commit) => commit.tree.get(path)).filter((one) => one !== undefined);
      if (former.length > 0) tree.set(path, dice.pick(former));
    } else if (file?.content) tree.set(path, addFile(edited(file.content, dice), file.lineage));
  };

  const treeOf = (commit: number): ReadonlyMap<string, number> => commits[commit]?.tree ?? new Map();
  const parentsOf = (commit: number): readonly number[] => commits[commit]?.parents ?? [];

  const merged = (left: number, right: number): number => {
    const both = new Map(treeOf(left));
    for (const [path, file] of treeOf(right)) if (!both.has(path) || dice.chance(0.4)) both.set(path, file);
    // Half of them evil: with what neither side had.
    return addCommit([left, right], dice.chance(0.5) ? changed(both) : both);
  };

  const stash = (on: number): number => {
    const index = addCommit([on], changed(treeOf(on)));
    return addCommit([on, index], changed(treeOf(index)));
  };

  const note = (): void => {
    const former = refs.get('refs/notes/commits');
    const tree = new Map(former === undefined ? [] : treeOf(former));
    tree.set(`note:${dice.below(commits.length)}`, addFile(withKey()));
    refs.set('refs/notes/commits', addCommit(former === undefined ? [] : [former], tree));
  };

  const tag = (commit: number): void => {
    const before = tags.length - 1;
    const of = before >= 0 && dice.chance(0.25) ? { tag: before } : { commit };
    tags.push({ name: `v${tags.length}`, of, ...said(0.6), dropped: false });
  };

  const first = new Map<string, number>([['empty.txt', addBytes(Buffer.alloc(0))]]);
  if (shape.huge !== null)
    for (const { path, bytes, plants } of hugeFiles(dice, shape.huge)) first.set(path, addBytes(bytes, plants));
  heads.set('main', addCommit([], changed(changed(first))));

  while (commits.length < shape.commits) {
    const [name, tip] = dice.pick([...heads]);
    const choice = dice.below(100);
    if (choice < 62) heads.set(name, addCommit([tip], changed(treeOf(tip))));
    else if (choice < 69)
      heads.set(`b${commits.length}`, addCommit([dice.below(commits.length)], changed(treeOf(tip))));
    else if (choice < 72) heads.set(`orphan${commits.length}`, addCommit([], changed(new Map())));
    else if (choice < 82) {
      const [, other] = dice.pick([...heads]);
      if (other !== tip) heads.set(name, merged(tip, other));
    } else if (choice < 86) tag(tip);
    else if (choice < 89) refs.set('refs/tags/light', tip);
    else if (choice < 92) note();
    else if (choice < 94) {
      const former = refs.get('refs/stash');
      if (former !== undefined) logged.push(former);
      refs.set('refs/stash', stash(tip));
    } else {
      // Amended, or reset away: kept by a reflog, or by nothing.
      const [parent] = parentsOf(tip);
      if (parent === undefined) continue;
      if (dice.chance(0.5)) logged.push(tip);
      heads.set(name, dice.chance(0.5) ? parent : addCommit(parentsOf(tip), changed(treeOf(parent))));
    }
  }
  const last = tags.pop();
  if (last !== undefined) tags.push({ ...last, dropped: dice.chance(0.3) });
  for (const [name, tip] of heads) refs.set(`refs/heads/${name}`, tip);
  const stray = dice.chance(0.5) ? [addFile(withKey()), addBytes(Buffer.from('lost'))] : [];
  const staged = new Map([['staged/pairs.txt', addFile(withKey())]]);
  return { files, commits, tags, refs, logged, stray, staged };
};

/** Two versions of a large file, with keys at both ends and somewhere between. */
const hugeFiles = (
  dice: Dice,
  size: number,
): readonly { readonly path: string; readonly bytes: Buffer; readonly plants: readonly Plant[] }[] => {
  const whole = Buffer.alloc(size, `${dice.below(1e9)} the quick brown fox, and so on\n`);
  const plants: Plant[] = [];
  const spots = dice.shuffle([0, 1_000 + dice.below(size - 2_000), size - 200]);
  return ['huge/a.log', 'huge/b.log'].map((path, index) => {
    const pair = dice.pair();
    const text = `\naccessKeyId=${pair.id}\naccessKeySecret=${pair.secret}\n`;
    whole.write(text, spots[index] ?? 0);
    plants.push(pair);
    return { path, bytes: Buffer.from(whole), plants: [...plants] };
  });
};
