// `--since-scan` as a user runs it, night after night.

import { chmodSync, lstatSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { akscan } from '../support/akscan.js';
import { id24 } from '../support/keys.js';
import { fullScan, objectsIn, pair, scan, scanAs, stateFile, withoutMarks } from '../support/nightly.js';
import { otherGit } from '../support/other-git.js';
import { commit, git, looseFile, repository, temporaryFolder, write } from '../support/repository.js';

describe('a scan since the last one', () => {
  it('reads everything the first time, nothing when nothing changed, and lists what it found before', async () => {
    const folder = repository();
    const [first, second] = [id24(), id24()];
    commit(folder, { 'a.env': pair(first), 'b.env': pair(second) });
    rmSync(path.join(folder, 'b.env'));
    commit(folder, {}, 'remove b');
    const state = stateFile();
    const night = await scan(state, [folder]);
    expect(night).toMatchObject({ code: 1, ids: [first, second].sort(), carried: [], objects: objectsIn(folder) });
    const again = await scan(state, [folder]);
    expect(again).toMatchObject({ code: 1, ids: night.ids, carried: night.ids, objects: 0 });
    expect(withoutMarks(again)).toEqual(night.findings);
    expect(again.stdout).toContain('"carriedOver":true');
  });

  it('after a commit reads what the commit brought, and says what is new', async () => {
    const folder = repository();
    const [old, fresh] = [id24(), id24()];
    commit(folder, { 'old.env': pair(old) });
    const state = stateFile();
    await scan(state, [folder]);
    const brought = commit(folder, { 'fresh.env': pair(fresh) });
    const night = await scan(state, [folder]);
    // A commit, its tree, its blob.
    expect(night).toMatchObject({ ids: [old, fresh].sort(), carried: [old], objects: 3 });
    const [found] = night.findings.filter((one) => one['accessKeyId'] === fresh);
    expect(found).toMatchObject({ occurrences: [{ source: 'worktree' }, { source: 'history', commit: brought }] });
    expect(withoutMarks(night)).toEqual(await fullScan(folder));
  });

  it('a repack alone reads nothing, whatever the packs are called', async () => {
    const folder = repository();
    const id = id24();
    commit(folder, { 'a.env': pair(id) });
    const state = stateFile();
    const night = await scan(state, [folder]);
    git(folder, 'repack', '--quiet', '-a', '-d', '-f');
    const packed = await scan(state, [folder]);
    expect(packed).toMatchObject({ ids: [id], carried: [id], objects: 0 });
    commit(folder, { 'b.txt': 'b' });
    git(folder, 'gc', '--quiet');
    commit(folder, { 'c.txt': 'c' });
    expect(await scan(state, [folder])).toMatchObject({ ids: [id], carried: [id], objects: 6 });
    expect(withoutMarks(await scan(state, [folder]))).toEqual(await fullScan(folder));
    expect(night.ids).toEqual([id]);
  });

  it('knows when a key has left HEAD, a branch, or the repository', async () => {
    const folder = repository();
    const [kept, branch] = [id24(), id24()];
    commit(folder, { 'a.txt': 'a' });
    git(folder, 'checkout', '--quiet', '-b', 'side');
    commit(folder, { 'side.env': pair(branch) });
    git(folder, 'checkout', '--quiet', 'main');
    const last = commit(folder, { 'kept.env': pair(kept) });
    const state = stateFile();
    await scan(state, [folder]);
    rmSync(path.join(folder, 'kept.env'));
    commit(folder, {}, 'remove it');
    const removed = await scan(state, [folder]);
    const [gone] = removed.findings.filter((one) => one['accessKeyId'] === kept);
    expect(gone).toMatchObject({
      inHead: false,
      occurrences: [{ inHead: false, lastCommit: last }],
      carriedOver: true,
    });
    git(folder, 'branch', '--quiet', '-D', 'side');
    const unreached = await scan(state, [folder]);
    expect(withoutMarks(unreached)).toEqual(await fullScan(folder));
    expect(unreached.findings.filter((one) => one['unreachable'] === true)).toMatchObject([{ accessKeyId: branch }]);
    git(folder, 'reflog', 'expire', '--expire=now', '--all');
    git(folder, 'gc', '--quiet', '--prune=now');
    expect(await scan(state, [folder])).toMatchObject({ ids: [kept], carried: [kept], objects: 0 });
  });

  it('knows when a tag was moved, although what it named is still there', async () => {
    const folder = repository();
    const [id, name] = [id24(), id24()];
    commit(folder, { 'a.txt': 'a' });
    git(folder, 'tag', '--annotate', '--message', pair(id), 'release');
    write(folder, { 'only.env': pair(name) });
    git(folder, 'tag', 'blob', git(folder, 'hash-object', '-w', 'only.env').trim());
    rmSync(path.join(folder, 'only.env'));
    const state = stateFile();
    expect(await scan(state, [folder])).toMatchObject({ ids: [id, name].sort() });
    git(folder, 'tag', '--annotate', '--force', '--message', 'again', 'release');
    git(folder, 'tag', '--delete', 'blob');
    const night = await scan(state, [folder]);
    expect(withoutMarks(night)).toEqual(await fullScan(folder));
    for (const { occurrences } of night.findings)
      expect(occurrences).toEqual([expect.objectContaining({ unreachable: true })]);
  });

  it('says so when what no ref reached is reached again', async () => {
    const folder = repository();
    const id = id24();
    commit(folder, { 'a.txt': 'a' });
    const amended = commit(folder, { 'a.env': pair(id) });
    git(folder, 'reset', '--quiet', '--hard', 'HEAD~1');
    const state = stateFile();
    expect(await scan(state, [folder])).toMatchObject({ findings: [{ accessKeyId: id, unreachable: true }] });
    git(folder, 'branch', 'back', amended);
    const night = await scan(state, [folder]);
    expect(night.findings).toMatchObject([{ accessKeyId: id, carriedOver: true, occurrences: [{ commit: amended }] }]);
    expect(withoutMarks(night)).toEqual(await fullScan(folder));
  });

  it('what git sweeps up while it is read is no fault, and is read when it comes back', async () => {
    const folder = repository();
    const [known, fresh] = [id24(), id24()];
    commit(folder, { 'a.txt': 'a' });
    const put = (text: string): void => {
      write(folder, { 'lost.env': text });
      git(folder, 'hash-object', '-w', 'lost.env');
    };
    const text = pair(known);
    put(text);
    const state = stateFile();
    expect(await scan(state, [folder], '--no-worktree')).toMatchObject({ code: 1, ids: [known] });
    put(pair(fresh));
    const PATH = otherGit('cat-file', '$real prune --expire=now >/dev/null 2>&1');
    const night = await scanAs({ PATH }, state, [folder], '--no-worktree');
    expect(night).toMatchObject({ code: 0, ids: [], reasons: [] });
    put(text);
    expect(await scan(state, [folder], '--no-worktree')).toMatchObject({ code: 1, ids: [known], objects: 1 });
  });

  it('a new secret for a known ID is new', async () => {
    const folder = repository();
    const id = id24();
    commit(folder, { 'a.txt': `id: ${id}\n` });
    const state = stateFile();
    await scan(state, [folder]);
    commit(folder, { 'a.env': pair(id) });
    expect(await scan(state, [folder])).toMatchObject({ ids: [id], carried: [] });
    expect(await scan(state, [folder])).toMatchObject({ ids: [id], carried: [id] });
  });

  it('findings that are not shown stay so, and are carried over when they are shown again', async () => {
    const folder = repository();
    const id = id24();
    commit(folder, { 'a.env': pair(id) });
    await akscan(['baseline', folder, '--output', path.join(folder, '.akscan-baseline'), '--quiet']);
    const state = stateFile();
    expect(await scan(state, [folder])).toMatchObject({ code: 0, ids: [] });
    expect(await scan(state, [folder])).toMatchObject({ code: 0, ids: [], objects: 0 });
    rmSync(path.join(folder, '.akscan-baseline'));
    expect(await scan(state, [folder])).toMatchObject({ code: 1, ids: [id], carried: [id] });
  });

  it('files of the work tree are read every time', async () => {
    const folder = repository();
    const id = id24();
    commit(folder, { 'a.txt': 'a' });
    const state = stateFile();
    await scan(state, [folder]);
    write(folder, { 'new.env': pair(id) });
    expect(await scan(state, [folder])).toMatchObject({ ids: [id], carried: [], objects: 0 });
    expect(await scan(state, [folder])).toMatchObject({ ids: [id], carried: [id], objects: 0 });
  });

  it('keeps several repositories in one file, SHA-256, bare and linked ones among them', async () => {
    const ids = [id24(), id24(), id24(), id24()];
    const plain = repository();
    commit(plain, { 'a.env': pair(ids[0] ?? '') });
    const sha256 = repository(temporaryFolder(), '--object-format=sha256');
    commit(sha256, { 'a.env': pair(ids[1] ?? '') });
    const base = temporaryFolder();
    const origin = repository();
    commit(origin, { 'a.env': pair(ids[2] ?? '') });
    git(base, 'clone', '--quiet', '--bare', origin, 'bare.git');
    const main = repository();
    commit(main, { 'a.env': pair(ids[3] ?? '') });
    git(main, 'worktree', 'add', '--quiet', '--detach', path.join(base, 'linked'));
    const targets = [plain, sha256, path.join(base, 'bare.git'), path.join(base, 'linked')];
    const state = stateFile();
    expect(await scan(state, targets)).toMatchObject({ ids: [...ids].sort(), carried: [] });
    const fresh = id24();
    commit(sha256, { 'b.env': pair(fresh) });
    expect(await scan(state, targets)).toMatchObject({
      ids: [...ids, fresh].sort(),
      carried: [...ids].sort(),
      objects: 3,
    });
  });

  it('a link to the state file stays one', async () => {
    const folder = repository();
    commit(folder, { 'a.env': pair(id24()) });
    const [state, link] = [stateFile(), stateFile()];
    await scan(state, [folder]);
    symlinkSync(state, link);
    commit(folder, { 'b.txt': 'b' });
    await scan(link, [folder]);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(await scan(state, [folder])).toMatchObject({ objects: 0 });
  });

  it('objects that could not be read are tried again', async () => {
    const folder = repository();
    const id = id24();
    commit(folder, { 'a.env': pair(id), 'b.txt': 'b' });
    const oid = git(folder, 'rev-parse', 'HEAD:a.env');
    const file = looseFile(folder, oid);
    const whole = readFileSync(file);
    chmodSync(file, 0o644);
    writeFileSync(file, whole.subarray(0, 20));
    const state = stateFile();
    expect(await scan(state, [folder], '--no-worktree')).toMatchObject({ code: 2, ids: [] });
    writeFileSync(file, whole);
    expect(await scan(state, [folder], '--no-worktree')).toMatchObject({ code: 1, ids: [id], carried: [], objects: 1 });
  });

  it('objects above --max-size are read when the limit is gone', async () => {
    const folder = repository();
    const id = id24();
    commit(folder, { 'big.env': `${pair(id)}${'x'.repeat(5_000)}` });
    const state = stateFile();
    expect(await scan(state, [folder], '--no-worktree', '--max-size', '1KB')).toMatchObject({ ids: [] });
    expect(await scan(state, [folder], '--no-worktree')).toMatchObject({ ids: [id], carried: [], objects: 1 });
  });
});
