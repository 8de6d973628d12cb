// Names of objects: whose they are, and what of them serves whom.

import { describe, expect, it } from 'vitest';
import type { Run, Store } from '../../../src/audit/store/store.js';
import type { Read, Repository } from '../../../src/audit/types.js';
import type { ObjectHead } from '../../../src/git/batch-format.js';
import { hashFormat } from '../../../src/git/hash.js';
import { eachName } from '../../../src/pack/all-names.js';
import { begun, inMemory, namesOf, oidsOf, question, read, repository } from './made.js';

const contents = (from: number, to: number): readonly string[] =>
  oidsOf(...Array.from({ length: to - from }, (_, index) => `object ${from + index}`));

const hit = (oid: string | undefined): ObjectHead => ({ oid: oid ?? '', type: 'blob', size: 9 });

interface Learnt {
  readonly id?: string | null;
  readonly all: readonly string[];
  readonly verified?: readonly string[];
  readonly own?: readonly string[];
  readonly hits?: readonly ObjectHead[];
}

const learnt = (
  run: Run,
  one: Repository,
  { id = null, all, verified = [], own = [], hits = [] }: Learnt,
  more: Partial<Read> = {},
): Read =>
  read(run, one, [], {
    family: {
      id,
      hash: 'sha1',
      sample: all.slice(0, 64),
      verified: namesOf(verified),
      own: namesOf(own),
      hits,
    },
    ...more,
  });

const known = async (store: Store, one: Repository, all: readonly string[]) => {
  const family = await store.family(question(one, all));
  return family && { ...family, names: [...eachName(family.names, hashFormat('sha1'))] };
};

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => repository(name)) as [
  Repository,
  Repository,
  Repository,
  Repository,
];

describe('families', () => {
  it('give what was verified in one to its forks, with its hits, and nothing to strangers', async () => {
    const store = await inMemory();
    const run = await begun(store, [a, b, c]);
    const all = contents(0, 300);
    const hits = [hit(all[7]), hit(all[8])];
    await store.save(run, learnt(run, a, { all, verified: all, hits }));
    const fork = contents(0, 320);
    const family = await known(store, b, fork);
    expect(family).toEqual({ id: expect.any(String), names: all, hits, verify: 'no need' });
    expect(await known(store, c, contents(1000, 1300))).toBeNull();
    const added = fork.filter((oid) => !all.includes(oid));
    await store.save(
      run,
      learnt(run, b, { id: family?.id ?? null, all: fork, verified: added, hits: [hit(added[0])] }),
    );
    expect(await known(store, c, fork)).toMatchObject({ id: family?.id, names: fork, hits: { length: 3 } });
    await store.close();
  });

  it('keep what nobody verified to the repository that said it, and ask the next one to verify', async () => {
    const store = await inMemory();
    const run = await begun(store, [a, b, c]);
    const all = contents(0, 200);
    await store.save(run, learnt(run, a, { all, own: all, hits: [hit(all[3])] }));
    expect(await known(store, a, all)).toMatchObject({ names: all, hits: [hit(all[3])], verify: 'no need' });
    const asked = await known(store, b, all);
    expect(asked).toEqual({ id: expect.any(String), names: [], hits: [], verify: 'please' });
    // What b verified serves c; what a claimed does not.
    await store.save(run, learnt(run, b, { id: asked?.id ?? null, all, verified: all.slice(0, 150) }));
    expect(await known(store, c, all)).toMatchObject({ names: all.slice(0, 150), hits: [], verify: 'no need' });
    await store.close();
  });

  it('forget what a repository alone had said once it can no longer be told', async () => {
    const store = await inMemory();
    const all = contents(0, 100);
    const run = await begun(store, [a]);
    await store.save(run, learnt(run, a, { all, own: all }));
    expect(await known(store, a, all)).toMatchObject({ names: all });
    await store.finish(run);
    const next = await begun(store, [a]);
    await store.save(next, read(next, a, [], { family: null }));
    expect(await known(store, a, all)).toMatchObject({ names: [] });
    await store.close();
  });

  it('never keep a name without its hit, nor a hit without its name', async () => {
    const store = await inMemory();
    const run = await begun(store, [a, b]);
    const all = contents(0, 100);
    const [own, verified] = [all.slice(0, 40), all.slice(40)];
    const hits = [hit(own[0]), hit(verified[0]), hit(oidsOf('of nobody')[0])];
    await store.save(run, learnt(run, a, { all, own, verified, hits }));
    expect((await known(store, a, all))?.hits.map(({ oid }) => oid).sort()).toEqual([own[0], verified[0]].sort());
    expect((await known(store, b, all))?.hits).toEqual([hit(verified[0])]);
    await store.close();
  });

  it('say nothing to another detection, and forget what an older one read', async () => {
    const store = await inMemory();
    const run = await begun(store, [a, b]);
    const all = contents(0, 100);
    await store.save(run, learnt(run, a, { all, verified: all.slice(50), own: all.slice(0, 50) }));
    expect(await store.family({ ...question(a, all), detection: 'detection 2' })).toBeNull();
    await store.finish(run);
    const next = await begun(store, [a]);
    await store.save(next, learnt(next, a, { all, verified: all.slice(60) }, { detection: 'detection 2' }));
    expect((await store.family({ ...question(a, all), detection: 'detection 2' }))?.names).toEqual(
      namesOf(all.slice(60)),
    );
    // Its last member left it.
    expect(await known(store, b, all)).toBeNull();
    await store.close();
  });

  it('join what two workers founded at the same time', async () => {
    const store = await inMemory();
    const run = await begun(store, [a, b, c]);
    const all = contents(0, 100);
    await store.save(run, learnt(run, a, { all, verified: all.slice(0, 90) }));
    await store.save(run, learnt(run, b, { all, verified: all.slice(10) }));
    expect((await known(store, c, all))?.names).toEqual(all);
    await store.close();
  });

  it('hold a hundred additions as one sorted list', async () => {
    const store = await inMemory();
    const all = contents(0, 5000);
    const forks = Array.from({ length: 100 }, (_, index) => repository(`fork-${index}`));
    const run = await begun(store, [d, ...forks]);
    await store.save(run, learnt(run, d, { all: all.slice(0, 2000), verified: all.slice(0, 2000) }));
    const id = (await known(store, d, all))?.id ?? null;
    for (const [index, fork] of forks.entries()) {
      const verified = all.slice(2000 + index * 30, 2030 + index * 30);
      await store.save(run, learnt(run, fork, { id, all, verified, hits: [hit(verified[5])] }));
    }
    const family = await known(store, a, all);
    expect(family?.names).toEqual(all);
    expect(family?.hits).toHaveLength(100);
    await store.close();
  });

  it('are not found by the few names that all the world has', async () => {
    const store = await inMemory();
    const common = oidsOf('an empty file', 'a licence', 'an empty folder');
    const many = Array.from({ length: 130 }, (_, index) => repository(`r${index}`));
    const run = await begun(store, many);
    for (const one of many) {
      const all = [...common, ...oidsOf(one.id, `${one.id}/1`, `${one.id}/2`)].sort();
      expect(await known(store, one, all)).toBeNull();
      await store.save(run, learnt(run, one, { all, verified: all }));
    }
    expect(await known(store, a, common)).toBeNull();
    await store.close();
  });
});
