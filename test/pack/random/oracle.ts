// What a scan of a made-up history must find and say, from nothing but how it was made: which object holds which keys, which
// commits brought it in, on which paths, whether HEAD has it, and whether any ref reaches it.

import type { Plant } from './dice.js';
import type { History } from './history.js';

export interface Expected {
  /** The name of the blob, commit or tag. */
  readonly object: string;
  readonly source: 'history' | 'message' | 'index';
  /** ID to secret. */
  readonly keys: ReadonlyMap<string, string | null>;
  /** Where it may be said to come from: a commit that holds it, of whose ancestors none does, and a path there. */
  readonly origins: readonly { readonly commit: string | null; readonly path: string | null }[];
  /** The commits that may be said to have had it last, while a ref reaches it and HEAD has it no more. */
  readonly last: readonly string[];
  readonly inHead: boolean | undefined;
  readonly unreachable: boolean;
}

/** Names of objects, by index. */
export interface Names {
  readonly files: readonly string[];
  readonly commits: readonly string[];
  readonly tags: readonly string[];
}

/** What is there of a history: all of it, unless the repository was cloned by halves. */
export interface Present {
  readonly files: ReadonlySet<number>;
  readonly commits: ReadonlySet<number>;
  /** Commits whose parents are cut off. */
  readonly shallow: ReadonlySet<number>;
  readonly staged: boolean;
  readonly droppedTags: boolean;
}

export const everythingOf = ({ files, commits }: History): Present => ({
  files: new Set(files.keys()),
  commits: new Set(commits.keys()),
  shallow: new Set(),
  staged: true,
  droppedTags: true,
});

/** @param heads the commits that HEAD and the HEADs of other work trees stand on; the first is the one asked about */
export const expectedOf = (
  history: History,
  names: Names,
  present: Present,
  heads: readonly number[],
): readonly Expected[] => {
  const [head = 0] = heads;
  const parentsOf = (commit: number): readonly number[] =>
    present.shallow.has(commit) ? [] : (history.commits[commit]?.parents ?? []);
  const reach = (tips: Iterable<number>): ReadonlySet<number> => {
    const reached = new Set<number>();
    const left = [...tips];
    for (let commit = left.pop(); commit !== undefined; commit = left.pop()) {
      if (reached.has(commit)) continue;
      reached.add(commit);
      left.push(...parentsOf(commit));
    }
    return reached;
  };
  const tagged = (index: number): number | null => {
    const { of, dropped = false } = history.tags[index] ?? {};
    return of === undefined || dropped ? null : 'commit' in of ? of.commit : tagged(of.tag);
  };
  const tagTips = history.tags.map((_, index) => tagged(index)).filter((tip) => tip !== null);
  const reachable = reach([...heads, ...history.refs.values(), ...tagTips]);

  // One name may stand for several equal files.
  const filesNamed = new Map<string, number[]>();
  for (const file of present.files) {
    const name = names.files[file] ?? '';
    filesNamed.set(name, [...(filesNamed.get(name) ?? []), file]);
  }
  const pathsIn = (commit: number, files: readonly number[]): readonly string[] =>
    [...(history.commits[commit]?.tree ?? [])]
      .filter(([, file]) => files.includes(file))
      .map(([path]) => (path.startsWith('note:') ? (names.commits[Number(path.slice(5))] ?? '') : path));

  const expected: Expected[] = [];
  const say = (
    object: string,
    plants: readonly Plant[],
    rest: Omit<Expected, 'object' | 'keys' | 'last'> & Partial<Pick<Expected, 'last'>>,
  ): void => {
    if (plants.length > 0)
      expected.push({ object, keys: new Map(plants.map(({ id, secret }) => [id, secret])), last: [], ...rest });
  };

  for (const [object, files] of filesNamed) {
    const [file = 0] = files;
    const plants = history.files[file]?.plants ?? [];
    const holders = [...present.commits].filter((commit) => pathsIn(commit, files).length > 0);
    const reached = holders.filter((commit) => reachable.has(commit));
    const stagedAt = present.staged ? [...history.staged].find(([, one]) => files.includes(one)) : undefined;
    if (reached.length === 0 && stagedAt !== undefined) {
      const origins = [{ commit: null, path: stagedAt[0] }];
      say(object, plants, { source: 'index', origins, inHead: undefined, unreachable: false });
      continue;
    }
    const among = new Set(reached.length > 0 ? reached : holders);
    const first = [...among].filter((commit) => ![...reach(parentsOf(commit))].some((other) => among.has(other)));
    const origins = first.flatMap((commit) =>
      pathsIn(commit, files).map((path) => ({ commit: names.commits[commit] ?? null, path })),
    );
    const inHead = pathsIn(head, files).length > 0;
    const before = reached.filter((commit) => !reached.some((other) => other !== commit && reach([other]).has(commit)));
    say(object, plants, {
      source: 'history',
      origins: origins.length > 0 ? origins : [{ commit: null, path: null }],
      last: inHead ? [] : before.map((commit) => names.commits[commit] ?? ''),
      inHead,
      unreachable: reached.length === 0,
    });
  }
  for (const commit of present.commits) {
    const object = names.commits[commit] ?? '';
    const origins = [{ commit: object, path: null }];
    const unreachable = !reachable.has(commit);
    say(object, history.commits[commit]?.plants ?? [], { source: 'message', origins, inHead: undefined, unreachable });
  }
  for (const [index, { of, plants, dropped }] of history.tags.entries()) {
    if (dropped && !present.droppedTags) continue;
    const target = 'commit' in of ? (names.commits[of.commit] ?? null) : null;
    const origins = [{ commit: target, path: null }];
    say(names.tags[index] ?? '', plants, { source: 'message', origins, inHead: undefined, unreachable: dropped });
  }
  return expected;
};
