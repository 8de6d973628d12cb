// Repositories made from a seed, in every form git stores them in, with keys at random places of random versions of files and
// in messages; and what is true of them, known from how they were made.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createDice, type Dice } from './random/dice.js';
import { git } from './random/git.js';
import { type History, makeHistory, type Shape } from './random/history.js';
import { type Expected, everythingOf, expectedOf, type Names, type Present } from './random/oracle.js';
import type { Form, Stored } from './random/storage.js';
import { commitMark, fileMark, streamOf, tagMark } from './random/stream.js';

export interface RandomRepository {
  /** Says what it is, for messages of tests that fail. */
  readonly name: string;
  /** What to scan: a work tree's top or a bare repository. */
  readonly top: string;
  /** Its folder of objects. */
  readonly objects: string;
  readonly hash: 'sha1' | 'sha256';
  readonly expected: readonly Expected[];
  /** Whether it holds all that its commits name. */
  readonly whole: boolean;
  /** The bytes of all files that are there, by object name. */
  readonly blobs: ReadonlyMap<string, Buffer>;
  readonly remove: () => void;
}

export interface Wanted {
  readonly seed: number;
  readonly form: Form;
  readonly shape?: Partial<Shape>;
  readonly sha256?: boolean;
}

/** Which work tree is looked at. */
type Place = 'bare' | 'main' | 'linked';

/** @param folder an empty folder, the repository's own */
export const randomRepository = async (
  folder: string,
  { seed, form, shape, sha256 }: Wanted,
): Promise<RandomRepository> => {
  const dice = createDice(seed);
  const history = makeHistory(dice, { ...shapeOf(dice), ...shape });
  const place = dice.pick<Place>(['bare', 'main', 'main', 'linked']);
  const hash = (sha256 ?? dice.chance(0.25)) ? 'sha256' : 'sha1';
  const top = path.join(folder, 'repository');
  const gitFolder = place === 'bare' ? top : path.join(top, '.git');
  const beside = path.join(folder, 'beside');
  mkdirSync(beside, { recursive: true });
  initialise(gitFolder, hash, place);
  const names = await importInto(gitFolder, history, hash, form, dice);
  writeReflog(gitFolder, history, names);
  for (const { name, dropped } of history.tags) if (dropped) rmSync(path.join(gitFolder, 'refs/tags', name));
  if (place === 'main') await stage(top, history, names);
  const other = place === 'linked' ? dice.below(history.commits.length) : null;
  if (other !== null) linkWorkTree(gitFolder, path.join(beside, 'linked'), names.commits[other] ?? '');
  const stored = await form.store({ folder: gitFolder, beside, dice });

  const main = history.refs.get('refs/heads/main') ?? 0;
  const heads = stored.kind !== 'same' || other === null ? [main] : dice.chance(0.5) ? [main, other] : [other, main];
  const looked = heads[0] === other ? path.join(beside, 'linked') : top;
  const present = presentIn(history, names, stored, place);
  return {
    name: `seed ${seed}, ${form.name}, ${hash}, ${place}`,
    top: stored.kind === 'same' ? looked : stored.folder,
    objects: path.join(stored.kind === 'same' ? gitFolder : stored.folder, 'objects'),
    hash,
    expected: expectedOf(history, names, present, heads),
    whole: stored.kind === 'same' || stored.kind === 'cloned',
    blobs: new Map([...present.files].map((file) => [names.files[file] ?? '', history.files[file]?.bytes ?? NO_BYTES])),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};

const NO_BYTES = Buffer.alloc(0);

const shapeOf = (dice: Dice): Shape => ({
  commits: dice.between(1, 30),
  kinds: [
    ...(['pairs', 'pairs', 'pairs', 'ids', 'wide', 'wide-be', 'base64', 'plain'] as const),
    ...(dice.chance(0.3) ? (['soup', 'soup'] as const) : []),
    ...(dice.chance(0.15) ? (['large'] as const) : []),
  ],
  huge: dice.chance(0.04) ? dice.between(2_000_000, 11_000_000) : null,
});

/** By hand, since `git init` takes longer than all else. */
const initialise = (folder: string, hash: 'sha1' | 'sha256', place: Place): void => {
  for (const name of ['objects/info', 'objects/pack', 'refs/heads', 'refs/tags', 'logs'])
    mkdirSync(path.join(folder, name), { recursive: true });
  writeFileSync(path.join(folder, 'HEAD'), 'ref: refs/heads/main\n');
  const extension = hash === 'sha256' ? '[extensions]\n\tobjectformat = sha256\n' : '';
  const version = hash === 'sha256' ? 1 : 0;
  writeFileSync(
    path.join(folder, 'config'),
    `[core]\n\trepositoryformatversion = ${version}\n\tbare = ${place === 'bare'}\n\tlogallrefupdates = false\n${extension}`,
  );
};

const importInto = async (
  folder: string,
  history: History,
  hash: 'sha1' | 'sha256',
  { loose, parts }: Form,
  dice: Dice,
): Promise<Names> => {
  const nothing = '0'.repeat(hash === 'sha1' ? 40 : 64);
  const stream = streamOf(history, nothing, { order: dice.chance(0.7) ? 'lineage' : 'made', parts });
  const limit = `fastimport.unpackLimit=${loose ? 1_000_000 : 1}`;
  const args = [
    'fast-import',
    '--quiet',
    '--done',
    '--force',
    '--export-marks=marks',
    `--depth=${dice.pick([5, 50, 200])}`,
  ];
  await git(folder, ['-c', limit, ...args], stream);
  const named = new Map(
    readFileSync(path.join(folder, 'marks'), 'latin1')
      .trimEnd()
      .split('\n')
      .map((line) => {
        const [mark = '', name = ''] = line.slice(1).split(' ');
        return [Number(mark), name];
      }),
  );
  rmSync(path.join(folder, 'marks'));
  const of = (all: readonly unknown[], mark: (index: number) => number): readonly string[] =>
    all.map((_, index) => named.get(mark(index)) ?? '');
  return {
    files: of(history.files, fileMark),
    commits: of(history.commits, commitMark),
    tags: of(history.tags, tagMark),
  };
};

const writeReflog = (folder: string, { logged }: History, { commits }: Names): void => {
  const lines = logged.map(
    (commit) => `${commits[commit]} ${commits[commit]} Wei <wei@example.com> 1700000000 +0800\treset\n`,
  );
  if (lines.length > 0) writeFileSync(path.join(folder, 'logs/HEAD'), lines.join(''));
};

const stage = async (top: string, { staged }: History, { files }: Names): Promise<void> => {
  const lines = [...staged].map(([name, file]) => `100644 ${files[file]}\t${name}\n`);
  await git(top, ['update-index', '--add', '--index-info'], lines.join(''));
};

/** What `git worktree add --detach` leaves (gitrepository-layout). */
const linkWorkTree = (folder: string, linked: string, commit: string): void => {
  const own = path.join(folder, 'worktrees/linked');
  mkdirSync(own, { recursive: true });
  mkdirSync(linked);
  writeFileSync(path.join(own, 'HEAD'), `${commit}\n`);
  writeFileSync(path.join(own, 'commondir'), '../..\n');
  writeFileSync(path.join(own, 'gitdir'), `${linked}/.git\n`);
  writeFileSync(path.join(linked, '.git'), `gitdir: ${own}\n`);
};

const presentIn = (history: History, names: Names, stored: Stored, place: Place): Present => {
  const all = everythingOf(history);
  if (stored.kind === 'same') return { ...all, staged: place === 'main' };
  const shallow = new Set(stored.kind === 'shallow' ? stored.cut.map((name) => names.commits.indexOf(name)) : []);
  const commits = new Set<number>();
  const tagged = history.tags.flatMap(({ of, dropped }) => ('commit' in of && !dropped ? [of.commit] : []));
  const left = [...history.refs.values(), ...tagged];
  for (let commit = left.pop(); commit !== undefined; commit = left.pop()) {
    if (commits.has(commit)) continue;
    commits.add(commit);
    if (!shallow.has(commit)) left.push(...(history.commits[commit]?.parents ?? []));
  }
  const files = new Set([...commits].flatMap((commit) => [...(history.commits[commit]?.tree.values() ?? [])]));
  const limit = stored.kind === 'partial' ? stored.limit : Number.POSITIVE_INFINITY;
  const small = [...files].filter((file) => (history.files[file]?.bytes.length ?? 0) < limit);
  return { files: new Set(small), commits, shallow, staged: false, droppedTags: false };
};
