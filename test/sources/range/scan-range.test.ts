import { rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { akscan, linesOf } from '../../support/akscan.js';
import { credentialsOf, judgeRange, only, placesOf } from '../../support/change.js';
import { createKeys } from '../../support/keys.js';
import { commit, git, looseFile, repository, temporaryFolder, write } from '../../support/repository.js';

const keys = createKeys(4_202);

interface Pair {
  readonly id: string;
  readonly secret: string;
}

const newPair = (): Pair => ({ id: keys.id24(), secret: keys.secret30() });
const yaml = ({ id, secret }: Pair): string => `accessKeyId: ${id}\naccessKeySecret: ${secret}\n`;
const shown = ({ id, secret }: Pair): string => `${id} ${secret}`;

const start = (files: Readonly<Record<string, string>> = { 'a.txt': 'a\n' }): string => {
  const folder = repository();
  commit(folder, files);
  git(folder, 'tag', 'base');
  return folder;
};

describe('what a range adds', () => {
  it('is told with the commit that adds it', async () => {
    const folder = start();
    const pair = newPair();
    const added = commit(folder, { 'config/app.yml': yaml(pair) });
    commit(folder, { 'a.txt': 'b\n' });
    const finding = only(await judgeRange(folder, 'base..main'));
    expect([finding.accessKeyId, finding.secret]).toEqual([pair.id, pair.secret]);
    expect(finding.occurrences).toMatchObject([
      {
        source: 'history',
        path: 'config/app.yml',
        line: 1,
        commit: added,
        inHead: true,
        author: 'Wei Zhang <wei@example.com>',
      },
    ]);
    expect(finding).not.toHaveProperty('knownElsewhere');
    expect(finding).not.toHaveProperty('removedInRange');
  });

  it('is nothing when what was there is moved, renamed, indented, copied, or edited beside', async () => {
    const [moved, beside, indented] = [newPair(), newPair(), newPair()];
    const folder = start({ 'm.yml': yaml(moved), 'b.yml': `port: 1\n${yaml(beside)}`, 'i.yml': yaml(indented) });
    git(folder, 'mv', 'm.yml', 'n.yml');
    commit(folder, { 'b.yml': `port: 2\n${yaml(beside)}`, 'copy.yml': yaml(moved) });
    commit(folder, { 'i.yml': `x:\n${yaml(indented).replace(/^/gm, '  ')}`, 'readme.md': `key ${moved.id}\n` });
    expect((await judgeRange(folder, 'base..main')).findings).toEqual([]);
  });

  it('is nothing in an empty range, or one that goes back', async () => {
    const folder = start({ 'a.yml': yaml(newPair()) });
    commit(folder, { 'b.yml': yaml(newPair()) });
    expect((await judgeRange(folder, 'main..main')).findings).toEqual([]);
    expect((await judgeRange(folder, 'main..base')).findings).toEqual([]);
  });

  it('stands in merges, in what only a merge holds, and in messages of commits and tags', async () => {
    const folder = start();
    const [side, evil, message, tagged] = [newPair(), newPair(), newPair(), newPair()];
    git(folder, 'checkout', '--quiet', '-b', 'side');
    commit(folder, { 'side.yml': yaml(side) });
    git(folder, 'checkout', '--quiet', 'main');
    commit(folder, { 'b.txt': 'b\n' });
    git(folder, 'merge', '--quiet', '--no-commit', '--no-ff', 'side');
    const merge = commit(folder, { 'evil.yml': yaml(evil) }, 'merge');
    const told = commit(folder, {}, `how to use\n\n${yaml(message)}`);
    git(folder, 'tag', '--annotate', '--message', yaml(tagged), 'v1');
    const report = await judgeRange(folder, 'base..v1');
    expect(credentialsOf(report)).toEqual([side, evil, message, tagged].map(shown).sort());
    const of = (pair: Pair) => report.findings.find(({ accessKeyId }) => accessKeyId === pair.id)?.occurrences;
    expect(of(evil)).toMatchObject([{ path: 'evil.yml', commit: merge }]);
    expect(of(message)).toMatchObject([{ source: 'message', commit: told }]);
    expect(of(tagged)).toMatchObject([{ source: 'message', commit: told, blob: git(folder, 'rev-parse', 'v1') }]);
    expect(credentialsOf(await judgeRange(folder, 'base..main'))).toEqual([side, evil, message].map(shown).sort());
  });

  it('is the first commit when several add it, whatever their dates', async () => {
    const folder = start();
    // Several, since objects have names in no order, and one may come first by chance.
    const pairs = Array.from({ length: 6 }, newPair);
    const filesOf = (before: string): Record<string, string> =>
      Object.fromEntries(pairs.map((pair, index) => [`${index}.yml`, `${before}${yaml(pair)}`]));
    const at = (date: string, before: string): string => {
      write(folder, filesOf(before));
      git(folder, 'add', '--all');
      git(folder, 'commit', '--quiet', '--message', 'one', '--date', date);
      return git(folder, 'rev-parse', 'HEAD');
    };
    const first = at('2030-01-01T00:00:00Z', '');
    at('2001-01-01T00:00:00Z', '# more\n');
    const { findings } = await judgeRange(folder, 'base..main');
    expect(
      findings.map(({ occurrences }) => occurrences.map(({ commit: by, line, blobs }) => [by, line, blobs])),
    ).toEqual(pairs.map(() => [[first, 1, 2]]));
  });

  it('includes what was taken out again, and says so', async () => {
    const folder = start();
    const [removed, edited, kept, moved] = [newPair(), newPair(), newPair(), newPair()];
    commit(folder, { 'r.yml': yaml(removed), 'e.yml': yaml(edited), 'k.yml': yaml(kept), 'm.yml': yaml(moved) });
    rmSync(path.join(folder, 'r.yml'));
    git(folder, 'mv', 'm.yml', 'n.yml');
    commit(folder, {
      'e.yml': 'accessKeyId: from-the-vault\n',
      'k.yml': `# kept\n${yaml(kept)}`,
      'n.yml': `# moved\n${yaml(moved)}`,
    });
    const report = await judgeRange(folder, 'base..main');
    expect(credentialsOf(report)).toEqual([removed, edited, kept, moved].map(shown).sort());
    const marked = report.findings.filter(({ removedInRange }) => removedInRange === true);
    expect(credentialsOf({ findings: marked })).toEqual([removed, edited].map(shown).sort());
    expect(marked[0]?.next).toMatch(/these commits still hold it/);
  });

  it('is a changed secret beside an ID nobody touched, in the same file and in another', async () => {
    const [near, apart] = [newPair(), newPair()];
    const far = (pair: Pair): string =>
      `accessKeyId: ${pair.id}\n${'x: 1\n'.repeat(20)}accessKeySecret: ${pair.secret}\n`;
    const folder = start({
      'near.yml': far(near),
      'c/id.properties': `aliyun.accessKeyId=${apart.id}\n`,
      'c/secret.properties': `aliyun.accessKeySecret=${apart.secret}\n`,
    });
    const changed = [near, apart].map(({ id }) => ({ id, secret: keys.secret30() }));
    const [nearer, other] = changed;
    if (nearer === undefined || other === undefined) throw new RangeError('two pairs');
    commit(folder, { 'near.yml': far(nearer) });
    const by = commit(folder, { 'c/secret.properties': `aliyun.accessKeySecret=${other.secret}\n` });
    const report = await judgeRange(folder, 'base..main');
    expect(credentialsOf(report)).toEqual(changed.map(shown).sort());
    const across = report.findings.find(({ secret }) => secret === other.secret);
    expect(across?.occurrences).toMatchObject([
      { path: 'c/id.properties', secretPath: 'c/secret.properties', commit: by },
    ]);
    expect(across).not.toHaveProperty('removedInRange');
  });

  it('is a pair across the files of a folder whose name git would cut at a line', async () => {
    const pair = newPair();
    const folder = start({ 'x.txt': 'x\n' });
    commit(folder, {
      'c\r/id.properties': `aliyun.accessKeyId=${pair.id}\n`,
      'c\r/secret.properties': `aliyun.accessKeySecret=${pair.secret}\n`,
    });
    expect(credentialsOf(await judgeRange(folder, 'base..main'))).toEqual([shown(pair)]);
  });

  it('is told with its whole path, and is a pair across files, where names hold line feeds', async () => {
    const [pair, whole] = [newPair(), newPair()];
    const folder = start();
    commit(folder, {
      'c\nd/e\nf/id.properties': `aliyun.accessKeyId=${pair.id}\n`,
      'c\nd/e\nf/secret.properties': `aliyun.accessKeySecret=${pair.secret}\n`,
      'c\nd/whole.yml': yaml(whole),
    });
    const report = await judgeRange(folder, 'base..main');
    expect(credentialsOf(report)).toEqual([pair, whole].map(shown).sort());
    expect(report.findings.flatMap(({ occurrences }) => occurrences.map(({ path: where }) => where)).sort()).toEqual([
      'c\nd/e\nf/id.properties',
      'c\nd/whole.yml',
    ]);
  });

  it("is nobody's commit when only a tag names it, and is not called removed", async () => {
    const pair = newPair();
    const folder = start();
    const tip = commit(folder, { 'a.txt': 'b\n' });
    write(folder, { 'k.yml': yaml(pair) });
    git(folder, 'tag', '--annotate', '--message', 'a key', 'keytag', git(folder, 'hash-object', '-w', 'k.yml'));
    const [tag, none] = [git(folder, 'rev-parse', 'keytag'), '0'.repeat(40)];
    git(folder, 'tag', '--delete', 'keytag');
    const input = `${git(folder, 'rev-parse', 'base')} ${tip} refs/heads/main\n${none} ${tag} refs/tags/keytag\n`;
    const { stdout } = await akscan(['range', '--stdin', '--format', 'jsonl'], { cwd: folder, input });
    const [finding] = linesOf(stdout, 'finding');
    expect(finding).toMatchObject({ accessKeyId: pair.id, occurrences: [{ path: null, blobs: 1 }] });
    expect(finding).not.toHaveProperty('removedInRange');
    expect(finding).not.toHaveProperty('occurrences.0.commit');
  });

  it('may be taken for new where the tree of the base is not there, which is said', async () => {
    const pair = newPair();
    const folder = start({ 'k.yml': yaml(pair) });
    commit(folder, { 'k.yml': `${yaml(pair)}# edited\n` });
    rmSync(looseFile(folder, git(folder, 'rev-parse', 'base^{tree}')));
    const report = await judgeRange(folder, 'base..main');
    expect(report.skipped.map(({ reason }) => reason).join()).toContain('1 objects of the base are not here');
  });

  it('is a pair across files wherever one half lies, though the same bytes lie elsewhere, too', async () => {
    const [secrets, later, ids] = [newPair(), newPair(), newPair()];
    const idOf = ({ id }: Pair): string => `aliyun.accessKeyId=${id}\n`;
    const secretOf = ({ secret }: Pair): string => `aliyun.accessKeySecret=${secret}\n`;
    const folder = start({
      'prod/id.properties': idOf(secrets),
      'later/id.properties': idOf(later),
      'b/secret.properties': secretOf(ids),
    });
    commit(folder, {
      'dev/secret.properties': secretOf(secrets),
      'prod/secret.properties': secretOf(secrets),
      'dev/later.properties': secretOf(later),
      'a/id.properties': idOf(ids),
      'b/id.properties': idOf(ids),
    });
    const copied = commit(folder, { 'later/secret.properties': secretOf(later) });
    const report = await judgeRange(folder, 'base..main');
    expect(credentialsOf(report)).toEqual([secrets, later, ids].map(shown).sort());
    const byCopy = report.findings.find(({ secret }) => secret === later.secret);
    expect(byCopy?.occurrences).toMatchObject([
      { path: 'later/id.properties', secretPath: 'later/secret.properties', commit: copied },
    ]);
  });

  it('is a pair whose halves come in on two branches and meet in a merge', async () => {
    const pair = newPair();
    const folder = start();
    git(folder, 'checkout', '--quiet', '-b', 'side');
    commit(folder, { 'c/id.properties': `aliyun.accessKeyId=${pair.id}\n` });
    git(folder, 'checkout', '--quiet', 'main');
    const by = commit(folder, { 'c/secret.properties': `aliyun.accessKeySecret=${pair.secret}\n` });
    git(folder, 'merge', '--quiet', '--no-edit', 'side');
    for (const range of ['base..main', 'side..main']) {
      const report = await judgeRange(folder, range);
      expect(credentialsOf(report)).toEqual([shown(pair)]);
      expect(report.findings[0]).not.toHaveProperty('removedInRange');
    }
    const [finding] = (await judgeRange(folder, 'side..main')).findings;
    expect(finding?.occurrences).toMatchObject([{ secretPath: 'c/secret.properties', commit: by }]);
  });

  it('is nothing when a pair across files is moved', async () => {
    const pair = newPair();
    const folder = start({
      'c/id.properties': `aliyun.accessKeyId=${pair.id}\n`,
      'c/secret.properties': `aliyun.accessKeySecret=${pair.secret}\n`,
    });
    git(folder, 'mv', 'c', 'd');
    commit(folder, { 'd/id.properties': `# moved\naliyun.accessKeyId=${pair.id}\n` });
    expect((await judgeRange(folder, 'base..main')).findings).toEqual([]);
  });

  it('is a pair whose ID stood alone, and an ID that nobody knew', async () => {
    const pair = newPair();
    const folder = start({ 'a.yml': `accessKeyId: ${pair.id}\n` });
    const id = keys.id24();
    commit(folder, { 'a.yml': yaml(pair), 'b.txt': `see ${id}\n` });
    expect(credentialsOf(await judgeRange(folder, 'base..main'))).toEqual([shown(pair), id].sort());
  });

  it('obeys globs', async () => {
    const folder = start();
    commit(folder, { 'docs/a.yml': yaml(newPair()), 'src/b.yml': yaml(newPair()) }, yaml(newPair()));
    expect(placesOf(await judgeRange(folder, 'base..main', { include: ['src'] }))).toEqual(['src/b.yml:1']);
  });

  it('is told where it is asked about, when it came in where it is not', async () => {
    const folder = start();
    const [copied, moved] = [newPair(), newPair()];
    commit(folder, { 'docs/c.yml': yaml(copied), 'src/c.yml': yaml(copied), 'docs/m.yml': yaml(moved) });
    git(folder, 'mv', 'docs/m.yml', 'm.yml');
    const by = commit(folder, {});
    const report = await judgeRange(folder, 'base..main', { exclude: ['docs'] });
    expect(placesOf(report)).toEqual(['m.yml:1', 'src/c.yml:1']);
    const commits = report.findings.flatMap(({ occurrences }) => occurrences.map((place) => place.commit));
    expect(commits.sort()).toEqual([by, git(folder, 'rev-parse', 'main~1')].sort());
  });
});

describe('the base', () => {
  it('is the tree of BASE, or where the two parted with three dots', async () => {
    const pair = newPair();
    const folder = start({ 'a.yml': yaml(pair) });
    git(folder, 'checkout', '--quiet', '-b', 'topic');
    commit(folder, { 'a.yml': `# edited\n${yaml(pair)}` });
    git(folder, 'checkout', '--quiet', 'main');
    commit(folder, { 'a.yml': 'gone\n' });
    expect((await judgeRange(folder, 'main...topic')).findings).toEqual([]);
    const finding = only(await judgeRange(folder, 'main..topic'));
    expect(finding).toMatchObject({ accessKeyId: pair.id, knownElsewhere: true });
  });

  it('is HEAD where a side is left out', async () => {
    const folder = start();
    const pair = newPair();
    commit(folder, { 'a.yml': yaml(pair) });
    expect(credentialsOf(await judgeRange(folder, 'base..'))).toEqual([shown(pair)]);
    expect(credentialsOf(await judgeRange(folder, '..main'))).toEqual([]);
  });

  it('is nothing where histories never met', async () => {
    const folder = start({ 'a.yml': yaml(newPair()) });
    git(folder, 'checkout', '--quiet', '--orphan', 'island');
    git(folder, 'rm', '-rfq', '.');
    const pair = newPair();
    commit(folder, { 'b.yml': yaml(pair) });
    expect(credentialsOf(await judgeRange(folder, 'main...island'))).toEqual([shown(pair)]);
  });
});

describe('known elsewhere', () => {
  it('is what another branch, a tag or a branch of a remote holds', async () => {
    for (const ref of ['refs/heads/other', 'refs/tags/v0', 'refs/remotes/origin/other']) {
      const folder = start();
      const [shared, own] = [newPair(), newPair()];
      git(folder, 'checkout', '--quiet', '--detach');
      const there = commit(folder, { 'other.yml': yaml(shared) });
      commit(folder, { 'other.yml': 'gone\n' });
      git(folder, 'update-ref', ref, 'HEAD');
      git(folder, 'checkout', '--quiet', 'main');
      commit(folder, { 'a.yml': yaml(shared), 'b.yml': yaml(own) });
      const report = await judgeRange(folder, 'base..main');
      expect(credentialsOf(report)).toEqual([shown(shared), shown(own)].sort());
      const known = report.findings.filter(({ knownElsewhere }) => knownElsewhere === true);
      expect(credentialsOf({ findings: known })).toEqual([shown(shared)]);
      expect(there).not.toBe('');
    }
  });

  it('is what the history below the range held', async () => {
    const pair = newPair();
    const folder = repository();
    commit(folder, { 'a.yml': yaml(pair) });
    commit(folder, { 'a.yml': 'gone\n' });
    git(folder, 'tag', 'base');
    commit(folder, { 'b.yml': `# again\n${yaml(pair)}` });
    expect(only(await judgeRange(folder, 'base..main'))).toMatchObject({ knownElsewhere: true });
  });

  it('is not what a branch holds because it was built on the range', async () => {
    const folder = start();
    const pair = newPair();
    commit(folder, { 'a.yml': yaml(pair) });
    git(folder, 'checkout', '--quiet', '-b', 'on-top');
    commit(folder, { 'a.yml': `# more\n${yaml(pair)}` });
    git(folder, 'checkout', '--quiet', 'main');
    expect(only(await judgeRange(folder, 'base..main'))).not.toHaveProperty('knownElsewhere');
  });
});

describe('what cannot be judged', () => {
  it('is a sentence for revisions that are none', async () => {
    const folder = start();
    for (const [range, sentence] of [
      ['main', /"main" is no range/],
      ['..', /names no commits/],
      ['nope..main', /"nope" is no commit of this repository/],
      ['main..nope', /"nope" is no commit/],
      ['base..a.txt', /"a.txt" is no commit/],
      ['--all..main', /"--all" is no revision/],
      ['main..-n1', /"-n1" is no revision/],
      ['^main..main', /"\^main" is no revision/],
      ['base..ma*', /"ma\*" is no revision/],
      ['base..main..main', /is no revision/],
      ['base....main', /is no/],
      ['base..main:a.txt', /is no commit/],
      [`${'1'.repeat(40)}..main`, /is no commit/],
      ['base..ma\nin', /is no revision/],
    ] as const) {
      await expect(async () => judgeRange(folder, range), range).rejects.toThrow(sentence);
    }
    await expect(judgeRange(temporaryFolder(), 'a..b')).rejects.toThrow(/is in no git repository/);
  });

  it('is told when a shallow clone hides the base, with the way to bring it', async () => {
    const folder = start();
    const base = git(folder, 'rev-parse', 'base');
    git(folder, 'tag', '--delete', 'base');
    commit(folder, { 'a.txt': 'b\n' });
    const pair = newPair();
    commit(folder, { 'a.yml': yaml(pair) });
    const shallow = path.join(temporaryFolder(), 'shallow');
    git(folder, 'clone', '--quiet', '--depth=1', `file://${folder}`, shallow);
    await expect(judgeRange(shallow, `${base}..main`)).rejects.toMatchObject({
      message: expect.stringMatching(/not in this shallow clone/),
      hint: expect.stringMatching(/git fetch --unshallow/),
    });
    git(shallow, 'fetch', '--quiet', '--depth=1', 'origin', `${base}:refs/heads/base`);
    const report = await judgeRange(shallow, 'base..main');
    expect(credentialsOf(report)).toEqual([shown(pair)]);
    expect(report.skipped).toMatchObject([
      { because: 'fault', reason: expect.stringMatching(/git fetch --unshallow/) },
    ]);
    expect((await judgeRange(shallow, 'base..main', { allowPartial: true })).summary.skipped.fault).toBe(0);
    git(shallow, 'fetch', '--quiet', '--unshallow');
    expect((await judgeRange(shallow, 'base..main')).skipped).toEqual([]);
  });

  it('is told when a shallow clone hides that the two sides have a past in common', async () => {
    const folder = start();
    commit(folder, { 'a.yml': yaml(newPair()) });
    git(folder, 'checkout', '--quiet', '-b', 'topic');
    commit(folder, { 'b.txt': 'b\n' });
    git(folder, 'checkout', '--quiet', 'main');
    commit(folder, { 'a.yml': 'gone\n' });
    const shallow = path.join(temporaryFolder(), 'shallow');
    git(folder, 'clone', '--quiet', '--depth=1', `file://${folder}`, shallow);
    git(shallow, 'fetch', '--quiet', '--depth=100', 'origin', 'topic:topic');
    for (const range of ['main..topic', 'main...topic']) {
      expect((await judgeRange(shallow, range)).skipped).toMatchObject([
        { because: 'fault', reason: expect.stringMatching(/never meets its base.*git fetch --unshallow/) },
      ]);
      expect((await judgeRange(shallow, range, { allowPartial: true })).summary.skipped.fault).toBe(0);
    }
    git(shallow, 'fetch', '--quiet', '--unshallow');
    const whole = await judgeRange(shallow, 'main...topic');
    expect([whole.findings, whole.skipped]).toEqual([[], []]);
  });

  it('is a fault for objects that are not here', async () => {
    const folder = start();
    const pair = newPair();
    commit(folder, { 'a.yml': yaml(pair), 'lost.yml': yaml(newPair()) });
    const oid = git(folder, 'rev-parse', 'HEAD:lost.yml');
    rmSync(looseFile(folder, oid));
    const report = await judgeRange(folder, 'base..main');
    expect(credentialsOf(report)).toEqual([shown(pair)]);
    expect(report.skipped).toMatchObject([{ because: 'fault', reason: expect.stringMatching(/objects missing/) }]);
  });
});
