import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { doJob } from '../../../src/audit/job/do-job.js';
import type { Mirrors } from '../../../src/audit/mirror/types.js';
import type { Family, Outcome } from '../../../src/audit/types.js';
import { writePack } from '../../pack/build-pack.js';
import { createPatient, entryOf, planted } from '../../pack/damage.js';
import { familyOf, jobFor, knowing, mirrorsAt, NO_KNOWLEDGE, readOf, repositoryIn, told } from '../../support/jobs.js';
import { id24, secret30 } from '../../support/keys.js';
import { commit, git, looseFile, repository, temporaryFolder, write } from '../../support/repository.js';

const NEVER = new AbortController().signal;
const pair = (id: string): string => `accessKeyId=${id}\naccessKeySecret=${secret30()}\n`;

const scan = (folder: string, family: Family | null = null): Promise<Outcome> =>
  doJob(jobFor(repositoryIn(folder)), {
    mirrors: mirrorsAt(folder),
    knowledge: knowing(family),
    signal: NEVER,
    small: 0,
  });

const idsOf = (outcome: Outcome): readonly (string | null)[] =>
  [...readOf(outcome).findings.map(({ finding }) => finding.accessKeyId)].sort();

describe('a job', () => {
  it('tells what the history of a repository holds, what its refs name, and how many objects there are', async () => {
    const folder = repository();
    const id = id24();
    const head = commit(folder, { 'a.env': pair(id) });
    git(folder, 'tag', 'v1');
    const outcome = readOf(await scan(folder));
    expect(outcome).toMatchObject({
      state: 'scanned',
      reason: null,
      look: 'look',
      refs: { 'refs/heads/main': head, 'refs/tags/v1': head },
      counts: { files: 0, objects: 3, bytes: 0 },
      skipped: [],
    });
    expect(outcome.findings).toMatchObject([{ finding: { accessKeyId: id, target: folder } }]);
    expect(outcome.family?.sample).toHaveLength(3);
  });

  it('reads nothing of a repository that looks as it did, unless something else is looked for', async () => {
    const folder = repository();
    commit(folder, { 'a.env': pair(id24()) });
    const { look, detection, settings } = readOf(await scan(folder));
    const last = { look: look ?? '', detection, settings };
    const deps = { mirrors: mirrorsAt(folder), knowledge: NO_KNOWLEDGE, signal: NEVER };
    const again = (changed: Parameters<typeof jobFor>[1], refs: 'branches-and-tags' | 'with-pull-requests') =>
      doJob({ ...jobFor({ ...repositoryIn(folder), refs }, changed), last }, deps);
    expect(await again({}, 'branches-and-tags')).toMatchObject({ state: 'unchanged', look, reason: null });
    expect(await again({ threads: 2 }, 'branches-and-tags')).toMatchObject({ state: 'unchanged' });
    for (const changed of [
      { include: ['*.env'] },
      { exclude: ['*.md'] },
      { maxSize: 10 },
      { allowPartial: true },
      { repositoryConfiguration: 'honour' },
      { detector: { minConfidence: 'low' } },
    ] as const)
      expect(await again(changed, 'branches-and-tags'), JSON.stringify(changed)).toMatchObject({ state: 'scanned' });
    expect(await again({}, 'with-pull-requests')).toMatchObject({ state: 'scanned' });
  });

  it('ends in a state of its own when there is nothing to read', async () => {
    const folder = repository();
    expect(await scan(folder)).toMatchObject({ state: 'empty', reason: null, look: 'look' });
    const none = await scan(temporaryFolder());
    expect(none).toMatchObject({ state: 'broken', look: null });
    expect(none).toHaveProperty('reason', expect.stringContaining('not a git repository'));
    const denied: Mirrors = {
      obtain: async () => ({ state: 'denied', reason: 'no', look: null }),
      close: async () => {},
    };
    const outcome = await doJob(jobFor(repositoryIn(folder)), {
      mirrors: denied,
      knowledge: NO_KNOWLEDGE,
      signal: NEVER,
    });
    expect(outcome).toMatchObject({ run: 'run', state: 'denied', reason: 'no', look: null });
  });

  it('of a wiki that a forge tells of and nobody has written into finds it empty; of a repository that is not there, gone', async () => {
    const obtain: Mirrors['obtain'] = async () => ({ state: 'gone', reason: 'not there', look: null });
    const deps = { mirrors: { obtain, close: async () => {} }, knowledge: NO_KNOWLEDGE, signal: NEVER };
    const ended = (kind: 'wiki' | 'repository') => doJob(jobFor({ ...repositoryIn('/nowhere'), kind }), deps);
    expect(await ended('wiki')).toMatchObject({ state: 'empty', reason: null, look: null });
    expect(await ended('repository')).toMatchObject({ state: 'gone', reason: 'not there' });
  });

  it('gives its mirror back, also when reading fails', async () => {
    let released = 0;
    const release = async (): Promise<void> => {
      released += 1;
    };
    const lending = (folder: string): Mirrors => ({
      obtain: async () => ({ state: 'ready', folder, look: 'look', release }),
      close: async () => {},
    });
    for (const folder of [repository(), temporaryFolder()])
      await doJob(jobFor(repositoryIn(folder)), { mirrors: lending(folder), knowledge: NO_KNOWLEDGE, signal: NEVER });
    expect(released).toBe(2);
  });

  it('throws only what it was stopped with', async () => {
    const folder = repository();
    commit(folder, { a: 'a' });
    const stop = new AbortController();
    const stopping = { family: async () => Promise.reject(stop.abort(new Error('enough'))) };
    await expect(
      doJob(jobFor(repositoryIn(folder)), { mirrors: mirrorsAt(folder), knowledge: stopping, signal: stop.signal }),
    ).rejects.toThrow('enough');
    const failing = { family: async () => Promise.reject(new Error('nobody knows')) };
    const outcome = await doJob(jobFor(repositoryIn(folder)), {
      mirrors: mirrorsAt(folder),
      knowledge: failing,
      signal: NEVER,
    });
    expect(outcome).toMatchObject({ state: 'scanned' });
  });

  it('of a mirror tells nothing that its origin has not', async () => {
    const folder = repository();
    const [kept, gone] = [id24(), id24()];
    commit(folder, { 'a.env': pair(kept) });
    write(folder, { 'b.env': pair(gone) });
    git(folder, 'add', '--all');
    git(folder, 'hash-object', '-w', 'b.env');
    const inFolder = await scan(folder);
    const deps = { mirrors: mirrorsAt(folder), knowledge: NO_KNOWLEDGE, signal: NEVER };
    const inMirror = await doJob(jobFor(repositoryIn(folder, 'url', 'https://example.com/a')), deps);
    expect(idsOf(inFolder)).toHaveLength(2);
    expect(idsOf(inMirror)).toEqual([kept]);
  });

  it('looks again at what it could not read, and says where that is in the words of its source', async () => {
    const folder = path.join(temporaryFolder(), 'a.git');
    const source = repository();
    commit(source, { 'a.env': pair(id24()) });
    commit(source, { 'a.env': 'clean' });
    git(source, 'clone', '--quiet', '--bare', '--depth=1', `file://${source}`, folder);
    const deps = { mirrors: mirrorsAt(folder), knowledge: NO_KNOWLEDGE, signal: NEVER };
    const job = jobFor(repositoryIn(folder, 'url', 'https://example.com/a'));
    const outcome = readOf(await doJob(job, deps));
    expect(outcome).toMatchObject({ state: 'broken', look: null, skippedCounts: { fault: 1 } });
    expect(outcome.reason).toContain('a shallow clone');
    expect(JSON.stringify(outcome)).not.toContain(folder);
    expect(outcome.reason).toContain('https://example.com/a');
  });

  it('says why a mirror cannot be read without saying where it lies', async () => {
    const folder = temporaryFolder();
    const job = jobFor(repositoryIn(folder, 'url', 'https://example.com/a'));
    const outcome = await doJob(job, { mirrors: mirrorsAt(folder), knowledge: NO_KNOWLEDGE, signal: NEVER });
    expect(outcome).toMatchObject({ state: 'broken', reason: expect.stringContaining('https://example.com/a') });
    expect(JSON.stringify(outcome)).not.toContain(folder);
  });

  it('finds what is whole beside an index that is broken', async () => {
    const { top, objects, witness } = createPatient(path.join(temporaryFolder(), 'patient'));
    const stem = writePack(objects, [entryOf(planted())]);
    for (const bytes of [Buffer.alloc(10), Buffer.alloc(2_000, 7)]) {
      writeFileSync(`${stem}.idx`, bytes);
      const outcome = await scan(top);
      expect(outcome).toMatchObject({ state: 'broken', look: null, family: null });
      expect(idsOf(outcome)).toEqual([witness.id]);
    }
  });

  it('does not read what is known to hold nothing, where reading all would take longer', async () => {
    const folder = repository();
    const [id, later] = [id24(), id24()];
    commit(folder, { 'a.env': pair(id) });
    git(folder, 'repack', '-adq');
    const wrong = { ...familyOf(await scan(folder), 'own'), hits: [] };
    commit(folder, { 'b.env': pair(later) });
    const deps = { mirrors: mirrorsAt(folder), knowledge: knowing(wrong), signal: NEVER };
    expect(idsOf(await doJob(jobFor(repositoryIn(folder)), deps))).toEqual([id, later].sort());
    const outcome = await scan(folder, wrong);
    expect(idsOf(outcome)).toEqual([later]);
    expect(readOf(outcome).counts.objects).toBe(6);
    expect(readOf(outcome).family?.own).toHaveLength(60);
  });

  it('reads all again when something known is damaged, or something new is not whole', async () => {
    const folder = repository();
    const id = id24();
    for (let turn = 0; turn < 5; turn += 1) commit(folder, { 'a.env': `${turn}\n${pair(id)}` });
    git(folder, 'repack', '-adq');
    const before = await scan(folder, { id: null, names: Buffer.alloc(0), hits: [], verify: 'please' });
    const known = familyOf(before, 'relatives');
    expect(told(await scan(folder, known))).toBe(told(before));
    commit(folder, { 'b.txt': 'new' });
    const blob = git(folder, 'rev-parse', 'HEAD:b.txt');
    rmSync(looseFile(folder, blob));
    // Not staged either: git would look for it there, too.
    git(folder, 'read-tree', '--empty');
    const missing = await scan(folder, known);
    expect(missing).toMatchObject({ state: 'broken', look: null });
    expect(told(missing)).toBe(told(await scan(folder)));
    const packs = path.join(folder, '.git/objects/pack');
    for (const name of readdirSync(packs).filter((each) => each.endsWith('.pack'))) {
      const file = path.join(packs, name);
      const bytes = readFileSync(file);
      const middle = bytes.length >> 1;
      bytes.fill(0, middle, middle + 8);
      // Packs are read-only.
      rmSync(file);
      writeFileSync(file, bytes);
    }
    const damaged = await scan(folder, known);
    expect(damaged).toMatchObject({ state: 'broken', look: null });
    expect(told(damaged)).toBe(told(await scan(folder)));
  });

  it.each(['false', 'true'])('tells again each time what is missing (--allow-partial: %s)', async (allow) => {
    const folder = repository();
    commit(folder, { 'a.txt': 'a' });
    const lost = git(folder, 'rev-parse', 'HEAD:a.txt');
    rmSync(path.join(folder, 'a.txt'));
    commit(folder, { 'a.env': pair(id24()) });
    git(folder, 'repack', '-adq');
    const deps = { mirrors: mirrorsAt(folder), signal: NEVER, small: 0 };
    const settings = { allowPartial: allow === 'true' };
    const again = async (family: Family | null): Promise<Outcome> =>
      doJob(jobFor(repositoryIn(folder), settings), { ...deps, knowledge: knowing(family) });
    const whole = readOf(await again(null));
    expect(whole.skipped).toEqual([]);
    const rest = git(folder, 'cat-file', '--batch-all-objects', '--batch-check=%(objectname)');
    const packs = path.join(folder, '.git/objects/pack');
    const old = readdirSync(packs);
    const names = rest.split('\n').filter((oid) => oid !== lost);
    execFileSync('git', ['-C', folder, 'pack-objects', '-q', path.join(packs, 'pack')], {
      input: `${names.join('\n')}\n`,
      stdio: 'pipe',
    });
    for (const name of old) rmSync(path.join(packs, name));
    const first = readOf(await again(null));
    expect(first.skipped).toMatchObject([{ reason: expect.stringContaining(lost) }]);
    expect(first.family).toBe(null);
  });
});
