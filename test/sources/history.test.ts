import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Sighting } from '../../src/sources/types.js';
import { akscan } from '../support/akscan.js';
import { id24, secret30 } from '../support/keys.js';
import { commit, git, looseFile, repository, temporaryFolder, write } from '../support/repository.js';
import { places, read } from './recording.js';

const pair = (id: string): string => `accessKeyId=${id}\naccessKeySecret=${secret30()}\n`;
const historyOnly = { worktree: false } as const;

const seenOf = (sightings: readonly Sighting[], id: string): readonly Sighting[] =>
  sightings.filter(({ detection }) => detection.accessKeyId === id);

const theOne = (sightings: readonly Sighting[], id: string): Sighting => {
  const [one, ...others] = seenOf(sightings, id);
  if (one === undefined || others.length > 0) throw new Error(`${others.length + (one ? 1 : 0)} sightings, not 1`);
  return one;
};

describe('history', () => {
  it('names the commit that brought a blob in, its author and date, the path, and the last commit that had it', async () => {
    const folder = repository();
    const [gone, kept] = [id24(), id24()];
    commit(folder, { 'readme.md': 'hello' });
    const brought = commit(folder, { 'conf/a.env': pair(gone), 'conf/b.env': pair(kept) });
    const last = commit(folder, { 'readme.md': 'more' });
    rmSync(path.join(folder, 'conf/a.env'));
    commit(folder, {}, 'remove it');
    const { sightings, counts } = await read([folder], historyOnly);
    expect(theOne(sightings, gone)).toMatchObject({
      target: folder,
      source: 'history',
      path: 'conf/a.env',
      provenance: {
        commit: brought,
        author: 'Wei Zhang <wei@example.com>',
        date: '2024-03-01T10:00:00+08:00',
        lastCommit: last,
        inHead: false,
      },
    });
    expect(theOne(sightings, kept).provenance).toMatchObject({ commit: brought, inHead: true });
    expect(theOne(sightings, kept).provenance).not.toHaveProperty('lastCommit');
    expect(counts.objects).toBe(git(folder, 'cat-file', '--batch-all-objects', '--batch-check').split('\n').length);
    expect(counts.files).toBe(0);
  });

  it('holds what only a merge, another branch, a tag or the stash has', async () => {
    const folder = repository();
    const ids = [id24(), id24(), id24(), id24()] as const;
    commit(folder, { 'a.txt': 'a' });
    git(folder, 'checkout', '--quiet', '-b', 'side');
    commit(folder, { 'side.txt': pair(ids[0]) });
    git(folder, 'checkout', '--quiet', 'main');
    commit(folder, { 'b.txt': 'b' });
    git(folder, 'merge', '--quiet', '--no-commit', '--no-ff', 'side');
    const merge = commit(folder, { 'evil.txt': pair(ids[1]) }, 'merge');
    write(folder, { 'a.txt': pair(ids[2]) });
    git(folder, 'stash', '--quiet');
    git(folder, 'tag', '--annotate', 'v1', '--message', `release\n\n${pair(ids[3])}`);
    const { sightings } = await read([folder], historyOnly);
    expect(theOne(sightings, ids[0])).toMatchObject({ path: 'side.txt' });
    expect(theOne(sightings, ids[1])).toMatchObject({ path: 'evil.txt', provenance: { commit: merge } });
    expect(theOne(sightings, ids[2])).toMatchObject({ path: 'a.txt', provenance: { inHead: false } });
    expect(theOne(sightings, ids[2]).provenance).not.toHaveProperty('unreachable');
    expect(theOne(sightings, ids[3])).toMatchObject({
      source: 'message',
      path: null,
      provenance: { commit: merge, blob: git(folder, 'rev-parse', 'v1'), author: 'Wei Zhang <wei@example.com>' },
    });
  });

  it('holds commit messages', async () => {
    const folder = repository();
    const id = id24();
    const made = commit(folder, { a: 'a' }, `fix\n\n${pair(id)}`);
    const { sightings } = await read([folder], historyOnly);
    expect(theOne(sightings, id)).toMatchObject({
      source: 'message',
      path: null,
      provenance: { commit: made, blob: made },
    });
  });

  it('says what no ref reaches: amended, dropped, dangling, only staged, or in no commit at all', async () => {
    const folder = repository();
    const ids = [id24(), id24(), id24(), id24()] as const;
    commit(folder, { 'a.txt': 'a' });
    const amended = commit(folder, { 'b.txt': pair(ids[0]) });
    write(folder, { 'b.txt': 'clean' });
    git(folder, 'add', '--all');
    git(folder, 'commit', '--quiet', '--amend', '--message', 'amended');
    const tree = git(folder, 'rev-parse', 'HEAD^{tree}');
    write(folder, { 'dangling.txt': pair(ids[1]), 'staged.txt': pair(ids[2]), 'blob.txt': pair(ids[3]) });
    git(folder, 'add', 'dangling.txt');
    const dangling = git(folder, 'commit-tree', '-m', 'nobody names it', '-p', 'HEAD', git(folder, 'write-tree'));
    git(folder, 'read-tree', tree);
    git(folder, 'add', 'staged.txt');
    git(folder, 'hash-object', '-w', 'blob.txt');
    const { sightings } = await read([folder], historyOnly);
    expect(theOne(sightings, ids[0])).toMatchObject({
      path: 'b.txt',
      provenance: { commit: amended, unreachable: true },
    });
    expect(theOne(sightings, ids[1])).toMatchObject({
      path: 'dangling.txt',
      provenance: { commit: dangling, unreachable: true },
    });
    expect(theOne(sightings, ids[2])).toMatchObject({ source: 'index', path: 'staged.txt' });
    expect(theOne(sightings, ids[3])).toMatchObject({ path: null, provenance: { unreachable: true, inHead: false } });
  });

  it('gives paths whole, with line feeds and bytes that are no UTF-8', async () => {
    const folder = repository();
    const [first, second] = [id24(), id24()];
    write(folder, { 'two\nlines.txt': pair(first) });
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.of(0xe9)]), pair(second));
    commit(folder, {});
    const { sightings } = await read([folder], historyOnly);
    expect(theOne(sightings, first).path).toBe('two\nlines.txt');
    expect(theOne(sightings, second).path).toBe('caf\udce9');
  });

  it('names the commit that came first in history, whatever its author says of the time', async () => {
    const folder = repository();
    const id = id24();
    const text = pair(id);
    const at = (seconds: number, files: Readonly<Record<string, string>>): string => {
      commit(folder, files);
      const identity = ['-c', 'user.name=x', '-c', 'user.email=x'];
      git(folder, ...identity, 'commit', '--quiet', '--amend', '--no-edit', `--date=${seconds} +0000`);
      return git(folder, 'rev-parse', 'HEAD');
    };
    at(1_600_000_000, { 'a.txt': 'a' });
    const first = at(1_700_000_000, { 'k.yml': text });
    at(1_600_000_500, { 'k.yml': `${text}# edited\n` });
    const { stdout } = await akscan(['scan', '--no-worktree', '--format', 'jsonl', folder]);
    const finding = stdout.split('\n').find((line) => line.includes(id)) ?? '{}';
    expect(JSON.parse(finding).occurrences).toMatchObject([{ commit: first, blobs: 2, inHead: true }]);
  });

  it('of a branch is read to its end where objects are missing', async () => {
    const folder = repository();
    const id = id24();
    commit(folder, { 'k.yml': pair(id) });
    git(folder, 'rm', '--quiet', 'k.yml');
    const lost = commit(folder, { 'lost.txt': 'lost' });
    rmSync(looseFile(folder, git(folder, 'rev-parse', `${lost}:lost.txt`)));
    const recorded = await read([folder], { ...historyOnly, branch: 'main' });
    expect(places(recorded)).toEqual([`${id} history:k.yml`]);
    expect(recorded.skipped.map(({ reason }) => reason).join()).toMatch(/missing from this repository/);
  });

  it('can be narrowed to a branch, or to what was committed since a date', async () => {
    const folder = repository();
    const ids = [id24(), id24(), id24()] as const;
    commit(folder, { 'old.txt': pair(ids[0]) });
    git(folder, 'checkout', '--quiet', '-b', 'side');
    commit(folder, { 'side.txt': pair(ids[1]) });
    git(folder, 'checkout', '--quiet', 'main');
    write(folder, { 'new.txt': pair(ids[2]) });
    git(folder, 'add', '--all');
    const late = ['-c', 'user.name=x', '-c', 'user.email=x'];
    execFileSync('git', [...late, 'commit', '--quiet', '--message', 'late'], {
      cwd: folder,
      env: {
        ...process.env,
        GIT_COMMITTER_DATE: '2025-01-01T00:00:00Z',
        GIT_AUTHOR_DATE: '2025-01-01T00:00:00Z',
      },
    });
    expect(places(await read([folder], { ...historyOnly, branch: 'side' }))).toEqual(
      [`${ids[0]} history:old.txt`, `${ids[1]} history:side.txt`].sort(),
    );
    expect(places(await read([folder], { ...historyOnly, since: '2024-06-01' }))).toEqual([
      `${ids[2]} history:new.txt`,
    ]);
    const none = await read([folder], { ...historyOnly, branch: '--all' });
    expect(none.skipped).toMatchObject([{ because: 'fault', reason: expect.stringContaining('no branch "--all"') }]);
    expect(none.counts.objects).toBe(0);
  });

  it('is read from bare, SHA-256, repacked, borrowed and linked repositories', async () => {
    const id = id24();
    const sha256 = repository(temporaryFolder(), '--object-format=sha256');
    commit(sha256, { 'a.txt': pair(id) });
    const plain = repository();
    commit(plain, { 'a.txt': pair(id) });
    git(plain, 'repack', '--quiet', '-a', '-d');
    commit(plain, { 'b.txt': 'b' });
    git(plain, 'repack', '--quiet', '-d');
    const base = temporaryFolder();
    git(base, 'clone', '--quiet', '--bare', plain, 'bare.git');
    git(base, 'clone', '--quiet', '--shared', plain, 'shared');
    git(plain, 'worktree', 'add', '--quiet', '--detach', path.join(base, 'linked'));
    for (const target of [sha256, plain, ...['bare.git', 'shared', 'linked'].map((name) => path.join(base, name))]) {
      const seen = await read([target], historyOnly);
      expect(theOne(seen.sightings, id), target).toMatchObject({ path: 'a.txt', provenance: { inHead: true } });
      expect(seen.skipped, target).toEqual([]);
    }
  });

  it('of a repository without commits is empty', async () => {
    for (const target of [repository(), repository(temporaryFolder(), '--bare')]) {
      const seen = await read([target]);
      expect(seen).toMatchObject({ sightings: [], skipped: [], counts: { objects: 0 } });
    }
  });

  it('does not look into trees, whose names are not text that anyone wrote into a file', async () => {
    const folder = repository();
    commit(folder, { [`${id24()}.txt`]: 'a' });
    const { sightings } = await read([folder], historyOnly);
    expect(sightings).toEqual([]);
  });

  it('judges blobs larger than the detector holds, and leaves out those above the limit', async () => {
    const folder = repository();
    const [first, second] = [id24(), id24()];
    const filler = 'lorem ipsum dolor\n'.repeat(300_000);
    commit(folder, { 'big.log': `${pair(first)}${filler}${pair(second)}`, 'small.txt': 'x' });
    const seen = await read([folder], historyOnly);
    expect(places(seen)).toEqual([`${first} history:big.log`, `${second} history:big.log`].sort());
    const limited = await read([folder], { ...historyOnly, maxSize: 1_000 });
    expect(limited.sightings).toEqual([]);
    expect(limited.skipped).toMatchObject([{ what: git(folder, 'rev-parse', 'HEAD:big.log'), because: 'limit' }]);
  });

  it('finds the same however many processes share the objects', async () => {
    const folder = repository();
    const ids = Array.from({ length: 40 }, id24);
    const files = Object.fromEntries(
      Array.from({ length: 2_000 }, (_, index) => [`d${index % 7}/f${index}`, `${index}`]),
    );
    for (const [index, id] of ids.entries()) files[`keys/${index}`] = pair(id);
    commit(folder, files);
    for (const threads of [1, 3]) {
      const seen = await read([folder], { ...historyOnly, threads });
      expect(places(seen)).toEqual(ids.map((id, index) => `${id} history:keys/${index}`).sort());
    }
  });
});

describe('what is wrong with a repository', () => {
  it('damaged objects are named, and the rest is read', async () => {
    const folder = repository();
    const ids = Array.from({ length: 30 }, id24);
    commit(folder, Object.fromEntries(ids.map((id, index) => [`f${index}.txt`, pair(id)])));
    const broken = [4, 11, 25].map((index) => git(folder, 'rev-parse', `HEAD:f${index}.txt`));
    for (const [index, oid] of broken.entries()) {
      const file = looseFile(folder, oid);
      chmodSync(file, 0o644);
      const whole = readFileSync(file);
      // Cut short, of another content, and no zlib at all.
      const bad = [whole.subarray(0, 40), deflateSync('blob 5\0wrong'), Buffer.from('rubbish')][index];
      writeFileSync(file, bad ?? '');
    }
    const seen = await read([folder], historyOnly);
    const faults = seen.skipped.filter(({ because }) => because === 'fault').map(({ what }) => what);
    expect(faults).toEqual(expect.arrayContaining(broken.filter((_, index) => index !== 1)));
    for (const [index, id] of ids.entries()) {
      if (![4, 11, 25].includes(index)) expect(seenOf(seen.sightings, id), `f${index}`).toHaveLength(1);
    }
  });

  it('a damaged pack does not hide what lies in another', async () => {
    const folder = repository();
    const [lost, kept] = [id24(), id24()];
    commit(folder, { 'lost.txt': pair(lost) });
    git(folder, 'repack', '--quiet', '-a', '-d');
    const packs = path.join(folder, '.git/objects/pack');
    const pack = readdirSync(packs).find((name) => name.endsWith('.pack')) ?? '';
    chmodSync(path.join(packs, pack), 0o644);
    const bytes = readFileSync(path.join(packs, pack));
    bytes.fill(0, 12, bytes.length - 20);
    commit(folder, { 'kept.txt': pair(kept) });
    writeFileSync(path.join(packs, pack), bytes);
    const seen = await read([folder], historyOnly);
    expect(seenOf(seen.sightings, kept)).toHaveLength(1);
    expect(seen.skipped.filter(({ because }) => because === 'fault').length).toBeGreaterThan(0);
  });

  it('a missing object is told, and accepted only when the user says so', async () => {
    const folder = repository();
    commit(folder, { 'a.txt': 'gone', 'b.txt': 'here' });
    const gone = git(folder, 'rev-parse', 'HEAD:a.txt');
    rmSync(looseFile(folder, gone));
    const seen = await read([folder], historyOnly);
    expect(seen.skipped).toMatchObject([{ because: 'fault', reason: expect.stringContaining(gone) }]);
    const accepted = await read([folder], { ...historyOnly, allowPartial: true });
    expect(accepted.skipped).toMatchObject([{ because: 'limit' }]);
  });

  it('a partial clone is read as far as it goes, and nothing is fetched', async () => {
    const origin = repository();
    const [first, second] = [id24(), id24()];
    commit(origin, { 'a.txt': pair(first) });
    commit(origin, { 'a.txt': pair(second) });
    git(origin, 'config', 'uploadpack.allowFilter', 'true');
    const base = temporaryFolder();
    git(base, 'clone', '--quiet', '--filter=blob:none', `file://${origin}`, 'partial');
    const target = path.join(base, 'partial');
    const before = git(target, 'count-objects', '-v');
    const seen = await read([target], historyOnly);
    expect(seenOf(seen.sightings, second)).toHaveLength(1);
    expect(seenOf(seen.sightings, first)).toHaveLength(0);
    expect(seen.skipped).toMatchObject([
      { because: 'fault', reason: expect.stringContaining('left out of this partial clone') },
    ]);
    expect(git(target, 'count-objects', '-v')).toBe(before);
  });

  it('a shallow clone says that older history is not there', async () => {
    const origin = repository();
    commit(origin, { 'a.txt': 'a' });
    commit(origin, { 'a.txt': 'b' });
    const base = temporaryFolder();
    git(base, 'clone', '--quiet', '--depth=1', `file://${origin}`, 'shallow');
    const seen = await read([path.join(base, 'shallow')], historyOnly);
    expect(seen.skipped).toMatchObject([{ because: 'fault', reason: expect.stringContaining('shallow clone') }]);
  });

  it.skipIf(process.getuid?.() !== 0)(
    'one that belongs to somebody else is refused by git, and its files are read',
    async () => {
      const folder = repository();
      const id = id24();
      commit(folder, { 'a.txt': pair(id) });
      execFileSync('chown', ['-R', '12345', folder]);
      const seen = await read([folder]);
      expect(places(seen)).toEqual([`${id} file:a.txt`]);
      expect(seen.skipped).toMatchObject([
        { because: 'fault', reason: expect.stringMatching(/another user.*safe\.directory/) },
      ]);
    },
  );
});
