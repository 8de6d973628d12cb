// Every way in which git keeps objects. Each form takes a repository whose objects have just been imported and stores them
// in its way; what is then no longer there is told.

import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Dice } from './dice.js';
import { git } from './git.js';

export interface Store {
  /** The git directory. */
  readonly folder: string;
  /** An empty folder for other repositories. */
  readonly beside: string;
  readonly dice: Dice;
}

/** What became of the repository. */
export type Stored =
  | { readonly kind: 'same' }
  /** Read this one instead: it has all that refs reach. */
  | { readonly kind: 'cloned'; readonly folder: string }
  /** The same, cut off at these commits. */
  | { readonly kind: 'shallow'; readonly folder: string; readonly cut: readonly string[] }
  /** The same, without files of this many bytes or more. */
  | { readonly kind: 'partial'; readonly folder: string; readonly limit: number };

export interface Form {
  readonly name: string;
  /** How many packs the import makes. */
  readonly parts: number;
  /** Objects of the import are kept loose. */
  readonly loose: boolean;
  readonly store: (store: Store) => Promise<Stored>;
}

const SAME: Stored = { kind: 'same' };
const REPACK = ['repack', '-adfkq', '--depth=50', '--window=20'];

const packs = (folder: string): readonly string[] =>
  readdirSync(path.join(folder, 'objects/pack'))
    .filter((name) => name.endsWith('.pack'))
    .sort();

/** All files of a pack. */
const filesOf = (folder: string, pack: string): readonly string[] =>
  readdirSync(path.join(folder, 'objects/pack')).filter((name) => name.startsWith(pack.replace(/pack$/, '')));

const move = (from: string, pack: string, to: string): void => {
  mkdirSync(path.join(to, 'objects/pack'), { recursive: true });
  for (const name of filesOf(from, pack))
    renameSync(path.join(from, 'objects/pack', name), path.join(to, 'objects/pack', name));
};

/** Takes a pack apart into loose objects. */
const loosen = async ({ folder, beside }: Store, pack: string): Promise<void> => {
  move(folder, pack, beside);
  await git(folder, ['unpack-objects', '-q'], readFileSync(path.join(beside, 'objects/pack', pack)));
};

/** Runs one git command over the repository. */
const by =
  (...args: readonly string[]): Form['store'] =>
  async ({ folder }) => {
    await git(folder, args);
    return SAME;
  };

const form = (name: string, store: Form['store'], { parts = 1, loose = false } = {}): Form => ({
  name,
  store,
  parts,
  loose,
});

export const FORMS: readonly Form[] = [
  form('as imported', async () => SAME),
  form('repacked, long chains', by(...REPACK)),
  form('REF_DELTA', by('-c', 'repack.useDeltaBaseOffset=false', ...REPACK)),
  form('loose', async () => SAME, { loose: true }),
  form('several packs', async () => SAME, { parts: 5 }),
  form(
    'packs and loose objects',
    async (store) => {
      for (const pack of packs(store.folder)) if (store.dice.chance(0.5)) await loosen(store, pack);
      return SAME;
    },
    { parts: 4 },
  ),
  form(
    'alternates, chained',
    async ({ folder, beside, dice }) => {
      const [near, far] = [path.join(beside, 'near'), path.join(beside, 'far')];
      for (const pack of packs(folder)) if (dice.chance(0.7)) move(folder, pack, dice.chance(0.5) ? near : far);
      for (const store of [folder, near, far]) mkdirSync(path.join(store, 'objects/info'), { recursive: true });
      mkdirSync(path.join(near, 'objects/pack'), { recursive: true });
      mkdirSync(path.join(far, 'objects/pack'), { recursive: true });
      const relative = path.relative(path.join(near, 'objects'), path.join(far, 'objects'));
      writeFileSync(path.join(folder, 'objects/info/alternates'), `# borrowed\n${near}/objects\n`);
      writeFileSync(path.join(near, 'objects/info/alternates'), `${dice.chance(0.5) ? relative : `${far}/objects`}\n`);
      return SAME;
    },
    { parts: 5 },
  ),
  form('multi-pack-index', by('multi-pack-index', 'write', '--no-progress'), { parts: 4 }),
  form('cruft pack', by('repack', '-dfq', '--cruft', '--cruft-expiration=never', '--depth=50', '--window=20')),
  form('unreachable objects loose', by('repack', '-Adfq', '--unpack-unreachable=1.year.ago')),
  form('the same objects in several packs', by('repack', '-afkq', '--window=30'), { parts: 2 }),
  form(
    'kept packs and what an interrupted repack leaves',
    async ({ folder, dice }) => {
      const pack = path.join(folder, 'objects/pack');
      writeFileSync(path.join(pack, dice.pick(packs(folder)).replace(/pack$/, 'keep')), '');
      await git(folder, ['repack', '-adkq']);
      writeFileSync(path.join(pack, 'tmp_pack_a1b2c3'), 'PACK');
      writeFileSync(path.join(pack, '.tmp-123-pack-0.idx'), '');
      return SAME;
    },
    { parts: 3 },
  ),
  form('index of version 1', by('-c', 'pack.indexVersion=1', ...REPACK)),
  form('offsets of 64 bits', async ({ folder }) => {
    await git(folder, REPACK);
    for (const pack of packs(folder))
      await git(path.join(folder, 'objects/pack'), ['index-pack', '--index-version=2,0x200', pack]);
    return SAME;
  }),
  form('not compressed', by('-c', 'core.compression=0', ...REPACK, '-F')),
  form('large files not deltified', by('-c', 'core.bigFileThreshold=2k', ...REPACK)),
  form('fetched in thin packs', async ({ folder, beside }) => {
    const clone = await copyOf(folder, beside);
    const fetch = ['-c', 'fetch.unpackLimit=1', 'fetch', '-q', '--no-auto-maintenance', '--update-head-ok', folder];
    const [first = 'refs/heads/main'] = (await git(folder, ['for-each-ref', '--format=%(refname)']))
      .toString()
      .split('\n');
    await git(clone, [...fetch, `+${first}:${first}`]);
    await git(clone, [...fetch, '+refs/*:refs/*']);
    return { kind: 'cloned', folder: clone };
  }),
  form('shallow', async ({ folder, beside, dice }) => {
    const clone = path.join(beside, 'clone');
    await git(beside, [
      'clone',
      '-q',
      '--mirror',
      '--no-single-branch',
      `--depth=${dice.between(1, 5)}`,
      `file://${folder}`,
      clone,
    ]);
    const cut = readdirSync(clone).includes('shallow') ? readFileSync(path.join(clone, 'shallow'), 'latin1') : '';
    return { kind: 'shallow', folder: clone, cut: cut.split('\n').filter((line) => line !== '') };
  }),
  form('partial', async ({ folder, beside, dice }) => {
    const clone = path.join(beside, 'clone');
    const limit = dice.pick([0, 300, 1_500]);
    await git(folder, ['config', 'uploadpack.allowFilter', 'true']);
    await git(beside, ['clone', '-q', '--mirror', `--filter=blob:limit=${limit}`, `file://${folder}`, clone]);
    return { kind: 'partial', folder: clone, limit };
  }),
];

const copyOf = async (folder: string, beside: string): Promise<string> => {
  const clone = path.join(beside, 'clone');
  const format = (await git(folder, ['rev-parse', '--show-object-format'])).toString().trim();
  await git(beside, ['init', '-q', '--bare', '-b', 'main', `--object-format=${format}`, clone]);
  return clone;
};
