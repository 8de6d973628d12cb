// Calls that need no parser, beside the same calls as the parser takes them: an option that changes nothing sends them there.

import { describe, expect, it } from 'vitest';
import { akscan, type RunOptions } from '../support/akscan.js';
import { id24, secret30 } from '../support/keys.js';
import { commit, git, repository, temporaryFolder, write } from '../support/repository.js';

const FOR_THE_PARSER = ['--max-findings', '100000'];

const both = async (args: readonly string[], options: RunOptions) => {
  const [atOnce, parsed] = await Promise.all([akscan(args, options), akscan([...args, ...FOR_THE_PARSER], options)]);
  const timeless = (text: string): string => text.replace(/in [0-9.]+ s\./g, 'in T s.');
  const plain = ({ code, stdout, stderr }: typeof atOnce) => ({ code, out: timeless(stdout), err: timeless(stderr) });
  return [plain(atOnce), plain(parsed)] as const;
};

const pair = (): string => `ALIYUN_ACCESS_KEY_ID=${id24()}\nALIYUN_ACCESS_KEY_SECRET=${secret30()}\n`;

/** A history with a key that is gone, one in a file, one staged. */
const leaky = (): string => {
  const folder = repository();
  commit(folder, { 'a.txt': 'a\n', 'old.env': pair() });
  git(folder, 'rm', '-q', 'old.env');
  commit(folder, { 'src/app.env': pair() });
  git(folder, 'tag', '-a', 'v1', '-m', 'one');
  write(folder, { 'staged.env': pair() });
  git(folder, 'add', 'staged.env');
  return folder;
};

describe('a call that needs no parser', () => {
  it.each([
    [],
    ['scan'],
    ['.'],
    ['scan', '.', '-q'],
    ['--quiet', '.'],
    ['./src', 'a.txt'],
    ['--no-history'],
    ['scan', 'src', '--no-worktree', '--no-color', '--no-progress'],
    ['--no-history', '--no-worktree'],
    ['scan', 'scan'],
    ['scan', '.', '--no-worktree', '--no-history'],
    ['--format=brief', '.'],
    ['./missing'],
    ['', '.'],
    ['staged'],
    ['staged', '-q', '--no-color'],
    ['staged', '--format=brief'],
    ['range', 'HEAD~1..HEAD'],
    ['range', 'HEAD~1...v1', '--quiet'],
    ['range', 'HEAD..HEAD'],
    ['range', 'nothing..HEAD'],
    ['range', 'HEAD'],
    ['range', 'a.txt..HEAD'],
  ])('ends as with a parser: akscan %s %s %s %s', async (...args) => {
    const [atOnce, parsed] = await both(args, { cwd: leaky() });
    expect(atOnce).toEqual(parsed);
    expect(atOnce.out + atOnce.err).not.toBe('');
  });

  it.each([
    ['failOn: any\n'],
    ['failOn: secret\n'],
    ['failOn: live\n'],
    ['failOn: nothing\n'],
    ['exclude: ["**/*.env"]\n'],
    ['minConfidence: high\nfailOn: any\n'],
    ['no: such\n'],
    ['- broken: ['],
  ])('goes by the configuration: %j', async (text) => {
    const folder = leaky();
    write(folder, { 'akscan.config.yml': text });
    for (const args of [['scan'], ['staged'], ['range', 'HEAD~1..HEAD']]) {
      const [atOnce, parsed] = await both(args, { cwd: folder });
      expect([args, atOnce]).toEqual([args, parsed]);
    }
  });

  it('is refused in the same words where there is no repository, no work tree and no HEAD', async () => {
    const bare = repository(temporaryFolder(), '--bare');
    const broken = leaky();
    write(broken, { '.git/refs/heads/gone': `${'1'.repeat(40)}\n`, '.git/HEAD': 'ref: refs/heads/gone\n' });
    for (const cwd of [temporaryFolder(), bare, broken, repository()]) {
      for (const args of [['staged'], ['range', 'HEAD~1..HEAD']]) {
        const [atOnce, parsed] = await both(args, { cwd });
        expect([args, atOnce]).toEqual([args, parsed]);
      }
    }
  });
});
