// Options that would say nothing are refused, by name and with what is missing.

import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { akscan } from '../support/akscan.js';
import { id24, secret30 } from '../support/keys.js';
import { commit, git, repository, temporaryFolder, write } from '../support/repository.js';

const HISTORY = ['--since=2020-01-01', '--branch=main', '--where', '--verify-objects', '--allow-partial'] as const;
const nameOf = (option: string): string => option.replace(/=.*$/, '');

const refusalOf = async (words: readonly string[], cwd: string): Promise<string> => {
  const { code, stdout, stderr } = await akscan(words, { cwd });
  expect({ code, stdout }, words.join(' ')).toEqual({ code: 2, stdout: '' });
  return stderr;
};

describe('an option that would say nothing is refused:', () => {
  it.each(['--max-keys=1', '--recent=1', '--mode=disable', '--force-in-use'])(
    '%s without --disable',
    async (option) => {
      const said = await refusalOf(['scan', option], repository());
      expect(said).toBe(`akscan: ${nameOf(option)} is for switching keys off.\n  Add --disable.\n`);
    },
  );

  it.each([
    ['scan', '--max-age', '12h'],
    ['scan', '--no-cache'],
    ['staged', '--no-cache'],
  ])('%s %s when nobody is asked', async (...words) => {
    const said = await refusalOf(words, repository());
    expect(said).toBe(`akscan: ${words[1]} is for verdicts, and none are asked for.\n  Add --verify or --probe.\n`);
  });

  it('those for history where it is left out', async () => {
    const cwd = repository();
    const said = await Promise.all(HISTORY.map((option) => refusalOf(['scan', '--no-history', option], cwd)));
    for (const [index, option] of HISTORY.entries())
      expect(said[index]).toContain(`${nameOf(option)} is for history, and --no-history leaves it out.`);
    expect(await refusalOf(['baseline', '--no-history', '--branch', 'main'], cwd)).toContain('--branch is for history');
    expect(await refusalOf(['scan', '--no-worktree', '--no-ignore'], cwd)).toContain('--no-ignore reads more files');
  });

  it('those for history where there is none', async () => {
    const cwd = repository();
    commit(cwd, { 'src/a.txt': 'x' });
    const plain = temporaryFolder();
    for (const target of ['src/a.txt', 'src', '-', plain])
      expect(await refusalOf(['scan', '--branch', 'main', target], cwd)).toContain(
        '--branch is for history, and none would be read here.',
      );
    for (const option of HISTORY.slice(0, 4))
      expect(await refusalOf(['scan', option, 'src/a.txt'], cwd)).toContain(`${nameOf(option)} is for history`);
    for (const words of [['--allow-partial', 'src/a.txt'], ['--branch', 'main', 'src', '.'], ['--where']])
      expect((await akscan(['scan', ...words], { cwd })).code).toBe(0);
  });

  it('those that leave nothing of any target to read', async () => {
    const cwd = repository();
    commit(cwd, { 'src/a.txt': 'x' });
    const plain = temporaryFolder();
    const bare = path.join(temporaryFolder(), 'bare.git');
    git(cwd, 'clone', '--quiet', '--bare', cwd, bare);
    expect(await refusalOf(['scan', plain, '--no-worktree'], cwd)).toBe(
      `akscan: ${plain} has no history, and --no-worktree leaves its files out\n  Name the top of a repository, or leave --no-worktree out.\n`,
    );
    for (const words of [
      ['src', '--no-worktree'],
      ['scan', 'src', plain, '--no-worktree', '--max-size', '1MB'],
    ])
      expect(await refusalOf(words, cwd)).toContain('akscan: src is a folder inside');
    expect(await refusalOf([bare, '--no-history'], cwd)).toContain('is a repository without files, and --no-history');
    expect((await akscan([bare, '--no-worktree'], { cwd })).code).toBe(0);
    // Beside one that is read.
    const { code, stdout } = await akscan(['.', plain, '--no-worktree'], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: expect.stringContaining(`  ${plain} has no history, and`) });
  });

  it('whose configuration counts for a push, for a range that is named or beside another', async () => {
    const cwd = repository();
    commit(cwd, { a: 'x' });
    write(cwd, { 'mine.yml': '' });
    const named = await refusalOf(['range', '--trust-repo-config', 'HEAD..HEAD'], cwd);
    expect(named).toContain('--trust-repo-config goes with --stdin.');
    for (const option of ['--config=mine.yml', '--config-from=HEAD'])
      expect(await refusalOf(['range', '--stdin', '--trust-repo-config', option], cwd)).toContain(
        `${nameOf(option)} and --trust-repo-config name two configurations.`,
      );
  });

  it.each(['--global', '--pre-commit', '--pre-push', '--pre-receive'])('hook run %s', async (option) => {
    const said = await refusalOf(['hook', 'run', option], repository());
    expect(said).toContain(`${option} says which hooks are installed`);
  });

  it('--show-secrets for a report that has none', async () => {
    const cwd = temporaryFolder();
    write(cwd, { 'a.env': `ALIBABA_CLOUD_ACCESS_KEY_ID=${id24()}\nALIBABA_CLOUD_ACCESS_KEY_SECRET=${secret30()}\n` });
    await akscan(['a.env', '-q', '--report', 'json=masked.json'], { cwd });
    await akscan(['a.env', '-q', '--show-secrets', '--report', 'json=clear.json'], { cwd });
    expect(await refusalOf(['report', 'masked.json', '--show-secrets'], cwd)).toContain(
      'these reports hold no secrets',
    );
    expect((await akscan(['report', 'clear.json', '--show-secrets'], { cwd })).code).toBe(0);
    expect((await akscan(['report', 'masked.json'], { cwd })).code).toBe(0);
  });

  it('what lies beside repositories, at sources that have no such thing', async () => {
    const cwd = path.dirname(repository());
    expect(await refusalOf(['audit', 'dir:.', '--gists'], cwd)).toContain(
      'none of these sources has gists or snippets',
    );
    expect(await refusalOf(['audit', 'codeup:1', 'dir:.', '--wiki'], cwd)).toContain('none of these sources has wikis');
  });
});
