import { describe, expect, it } from 'vitest';
import { loadFromCommit } from '../../src/config/load-from-commit.js';
import { commit, repository, write } from '../support/repository.js';

const { signal } = new AbortController();
const load = (folder: string, oid: string | null, named: { config?: string; baseline?: string } = {}) =>
  loadFromCommit(
    { cwd: folder, top: folder },
    oid,
    { config: named.config ?? null, baseline: named.baseline ?? null },
    signal,
  );

describe('the configuration of a commit', () => {
  it('is read from the commit, whatever lies in the work tree', async () => {
    const folder = repository();
    const print = 'f'.repeat(64);
    const oid = commit(folder, {
      'akscan.config.yml': '\uFEFFfailOn: any\n',
      '.akscanignore': `${print}  # "sample"\n`,
      '.akscan-baseline': `${print}\n`,
    });
    write(folder, { 'akscan.config.yml': 'failOn: never\n' });
    const loaded = await load(folder, oid);
    expect(loaded.configuration.failOn).toBe('any');
    expect(loaded.ignore).toHaveLength(1);
    expect([...loaded.baseline]).toEqual([print]);
    expect((await load(folder, null)).configuration).toEqual({});
  });

  it('may lie elsewhere, beside its own ignore file, and nowhere outside', async () => {
    const folder = repository();
    const oid = commit(folder, {
      'ci/akscan.yml': 'ignoreFile: ./ignore\n',
      'ci/ignore': `${'a'.repeat(64)} sample\n`,
      'out.yml': 'baseline: ../../x\n',
      'wrong.yml': 'failon: any\n',
      'lacks.yml': 'ignoreFile: nothing\n',
    });
    expect((await load(folder, oid, { config: 'ci/akscan.yml' })).ignore).toHaveLength(1);
    await expect(load(folder, oid, { config: 'out.yml' })).rejects.toThrow('outside the repository');
    await expect(load(folder, oid, { config: 'wrong.yml' })).rejects.toThrow('wrong.yml:1: "failon" is not a key');
    await expect(load(folder, oid, { config: 'lacks.yml' })).rejects.toThrow('nothing is not in the commit');
    await expect(load(folder, oid, { config: 'none.yml' })).rejects.toThrow('none.yml is not in the commit');
    await expect(load(folder, oid, { config: 'ci' })).rejects.toThrow('ci is not in the commit');
  });
});
