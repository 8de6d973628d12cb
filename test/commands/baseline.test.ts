import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { akscan, linesOf } from '../support/akscan.js';
import { id24, secret30 } from '../support/keys.js';
import { commit, git, repository, temporaryFolder, write } from '../support/repository.js';

const key = (): string => `ALIYUN_ACCESS_KEY_ID=${id24()}\nALIYUN_ACCESS_KEY_SECRET=${secret30()}\n`;
const BASELINE = '.akscan-baseline';

describe('akscan baseline', () => {
  it('is not emptied by a call that reads nothing', async () => {
    const folder = repository();
    commit(folder, { 'a.env': key() });
    await akscan(['baseline'], { cwd: folder });
    const before = readFileSync(path.join(folder, BASELINE), 'utf8');
    for (const command of [['baseline'], ['scan'], []]) {
      const ran = await akscan([...command, '--no-worktree', '--no-history'], { cwd: folder });
      expect(ran).toMatchObject({
        code: 2,
        stdout: '',
        stderr: 'akscan: --no-worktree and --no-history together leave nothing to read.\n  Leave one out.\n',
      });
    }
    expect(readFileSync(path.join(folder, BASELINE), 'utf8')).toBe(before);
  });

  it('hides what was there, and shows what is new', async () => {
    const folder = repository();
    commit(folder, { 'a.env': key(), 'b.env': key() });
    const written = await akscan(['baseline'], { cwd: folder });
    expect(written).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringContaining('Wrote 2 findings to .akscan-baseline.'),
    });
    expect(await akscan([], { cwd: folder })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Not shown: 2 by the baseline.'),
    });
    write(folder, { 'new.env': key() });
    const { code, stdout } = await akscan(['--format', 'jsonl'], { cwd: folder });
    expect(code).toBe(1);
    expect(linesOf(stdout, 'finding')).toMatchObject([{ occurrences: [{ path: 'new.env' }] }]);
  });

  it('written again keeps what is still there and drops what is gone', async () => {
    const folder = temporaryFolder();
    write(folder, { 'a.env': key(), 'b.env': key() });
    const lines = () => readFileSync(path.join(folder, BASELINE), 'utf8').trimEnd().split('\n').slice(1);
    await akscan(['baseline'], { cwd: folder });
    const before = lines();
    write(folder, { 'b.env': '' });
    await akscan(['baseline'], { cwd: folder });
    expect(before).toHaveLength(2);
    expect(lines()).toEqual(before.filter((line) => line.endsWith(' a.env')));
  });

  it('merges when two branches add to it', async () => {
    const folder = repository();
    commit(folder, { 'a.env': key() });
    await akscan(['baseline'], { cwd: folder });
    commit(folder, {});
    for (const branch of ['one', 'two']) {
      git(folder, 'checkout', '--quiet', '-b', branch, 'main');
      write(folder, { [`${branch}.env`]: key() });
      await akscan(['baseline'], { cwd: folder });
      commit(folder, {});
    }
    git(folder, 'merge', '--quiet', '--no-edit', 'one');
    expect(readFileSync(path.join(folder, '.gitattributes'), 'utf8')).toBe(`/${BASELINE} merge=union\n`);
    expect(await akscan([], { cwd: folder })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Not shown: 3 by the baseline.'),
    });
  });

  it('goes where it is told', async () => {
    const folder = temporaryFolder();
    write(folder, { 'a.env': key(), 'akscan.config.yml': 'baseline: ci-known\n' });
    await akscan(['baseline', '--quiet'], { cwd: folder });
    expect(await akscan(['--quiet'], { cwd: folder })).toMatchObject({ code: 0, stdout: '', stderr: '' });
    await akscan(['baseline', '--output', 'other'], { cwd: folder });
    expect(readFileSync(path.join(folder, 'other'), 'utf8')).toBe(readFileSync(path.join(folder, 'ci-known'), 'utf8'));
  });

  it('holds no IDs and no secrets', async () => {
    const folder = temporaryFolder();
    const text = key();
    write(folder, { 'a.env': text });
    await akscan(['baseline'], { cwd: folder });
    const written = readFileSync(path.join(folder, BASELINE), 'utf8');
    for (const value of text.match(/(?<==).+/g) ?? []) expect(written).not.toContain(value);
    expect(written).toMatch(/^#.*\n[0-9a-f]{64} # \S+ a\.env\n$/);
  });

  it('holds no secret, not even of a file that is named after it', async () => {
    const folder = temporaryFolder();
    const secret = secret30();
    write(folder, { [`${secret}.env`]: `ALIYUN_ACCESS_KEY_ID=${id24()}\nALIYUN_ACCESS_KEY_SECRET=${secret}\n` });
    await akscan(['baseline'], { cwd: folder });
    const text = readFileSync(path.join(folder, BASELINE), 'utf8');
    expect(text).toContain(' ***.env');
    expect(text).not.toContain(secret);
  });
});
