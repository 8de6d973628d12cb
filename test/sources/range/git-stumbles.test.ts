// Git that goes wrong while one of its programs reads what the other lists: whatever it left is read, and nothing twice.

import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { credentialsOf, judgeRange } from '../../support/change.js';
import { createKeys } from '../../support/keys.js';
import { otherGit } from '../../support/other-git.js';
import { commit, git, looseFile, repository } from '../../support/repository.js';

const keys = createKeys(16_016);
const [id, secret] = [keys.id24(), keys.secret30()];
const YAML = `accessKeyId: ${id}\naccessKeySecret: ${secret}\n`;

/** Longer than any pipe: names of 20,000 blobs. */
const many = (folder: string): void => {
  const files = Array.from({ length: 20_000 }, (_, i) => `M 644 inline f/${i}\ndata ${`${i}`.length}\n${i}\n`);
  const head =
    'commit refs/heads/main\ncommitter x <a@example.com> 1700000000 +0000\ndata 1\nm\nfrom refs/heads/main^0\n';
  execFileSync('git', ['fast-import', '--quiet'], { cwd: folder, input: `${head}${files.join('')}` });
  git(folder, 'reset', '--hard', '--quiet');
};

describe('a range that git reads by itself', () => {
  afterEach(() => void vi.useRealTimers());

  it('has an end when git does not come back from an object, however long the list is', async () => {
    const folder = repository();
    commit(folder, { 'a.txt': 'a\n' });
    git(folder, 'tag', 'base');
    commit(folder, { 'k.yml': YAML });
    many(folder);
    commit(folder, { 'b.txt': 'b' });
    const oid = git(folder, 'rev-parse', 'HEAD:b.txt').trim();
    const loose = looseFile(folder, oid);
    rmSync(loose);
    // Opening a pipe that nobody writes to takes for ever.
    execFileSync('mkfifo', [loose]);
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    let over = false;
    const judged = judgeRange(folder, 'base..main').finally(() => {
      over = true;
    });
    for (let look = 0; look < 20 && !over; look += 1) {
      await sleep(500);
      vi.advanceTimersByTime(100_000);
    }
    expect(over).toBe(true);
    const report = await judged;
    expect(credentialsOf(report)).toEqual([`${id} ${secret}`]);
    expect(report.skipped).toContainEqual(
      expect.objectContaining({ what: oid, reason: 'damaged: git did not come back from it' }),
    );
  }, 60_000);

  it.each([2, 3, 20, 40])(
    'loses no object whose name was cut after %d characters when the list broke off',
    async (cut) => {
      const folder = repository();
      commit(folder, { 'a.txt': 'a\n' });
      git(folder, 'tag', 'base');
      commit(folder, { 'k.yml': YAML });
      const listed = git(folder, 'rev-list', '--objects', '--no-object-names', '--in-commit-order', 'base..main').split(
        '\n',
      );
      const at = listed.indexOf(git(folder, 'rev-parse', 'HEAD:k.yml').trim());
      const PATH = otherGit('rev-list', `$real "$@" | head -c ${41 * at + cut}; kill -9 $$`);
      const report = await judgeRange(folder, 'base..main', { env: { PATH } });
      expect(credentialsOf(report)).toEqual([`${id} ${secret}`]);
      expect(report.skipped).toEqual([]);
      expect(report.summary.counts.objects).toBe(listed.length);
    },
  );

  it('counts an object that is longer than its header says once, and names it', async () => {
    const folder = repository();
    commit(folder, { 'a.txt': 'a\n' });
    git(folder, 'tag', 'base');
    commit(folder, { 'k.yml': YAML });
    const PATH = otherGit('--batch', '$real "$@"; head -c 300 /dev/zero; exit 0');
    const report = await judgeRange(folder, 'base..main', { env: { PATH } });
    expect(credentialsOf(report)).toEqual([`${id} ${secret}`]);
    expect(report.skipped).toMatchObject([{ reason: 'damaged: its size is not what its header says' }]);
    expect(report.summary.counts.objects).toBe(3);
  });

  it('is judged as it was listed when its branch moves meanwhile', async () => {
    const folder = repository();
    commit(folder, { 'a.txt': 'a\n' });
    git(folder, 'tag', 'base');
    commit(folder, { 'k.yml': YAML });
    const judged = judgeRange(folder, 'base..main', { env: { PATH: otherGit('cat-file', 'sleep 1.5') } });
    await sleep(700);
    git(folder, 'update-ref', 'refs/heads/main', 'base');
    expect(credentialsOf(await judged)).toEqual([`${id} ${secret}`]);
  });
});
