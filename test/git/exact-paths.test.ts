import { describe, expect, it } from 'vitest';
import { withExactPaths } from '../../src/git/exact-paths.js';
import { createObjectReader } from '../../src/git/object-reader.js';
import { walkObjects } from '../../src/git/walk.js';
import { commit, git, repository } from '../support/repository.js';

const { signal } = new AbortController();

describe('the paths of a walk', () => {
  it('are exact, whatever a name holds', async () => {
    const folder = repository();
    const place = { cwd: folder, top: folder };
    // The plain name in front of a line feed or a carriage return is there as well, and another file.
    const names = ['a\nb', 'a', 'c\r', 'c', 'd\re', 'f\ng/h', 'f', 'i\r/j', 'i/j', 'k\r\n', 'plain.txt', '字'];
    const first = commit(
      folder,
      Object.fromEntries(names.map((name) => [name, `what ${JSON.stringify(name)} holds\n`])),
    );
    const oids = new Map(names.map((name) => [git(folder, 'hash-object', name), name]));
    const { met } = await walkObjects(place, ['--all'], new Set(oids.keys()), {
      from: 'oldest',
      until: 'found',
      signal,
    });
    const reader = createObjectReader(place, signal);
    const leadsTo = async (oid: string, from: string, path: string): Promise<boolean> =>
      (await reader.info(`${from}:${path}`))?.oid === oid;
    const { met: exact, astray } = await withExactPaths(met, { place, leadsTo, signal });
    reader.close();
    expect(astray.size).toBe(0);
    expect([...exact.keys()]).toEqual([...met.keys()]);
    expect(new Map([...exact].map(([oid, { path }]) => [oid, path]))).toEqual(oids);
    expect([...exact.values()].map((one) => one.commit)).toEqual(names.map(() => first));
  });
});
