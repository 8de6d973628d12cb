import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { akscan, linesOf } from '../support/akscan.js';
import { id24, secret30 } from '../support/keys.js';
import { repository, temporaryFolder, write } from '../support/repository.js';

const withKey = (folder: string) => {
  write(folder, { 'app.env': `ALIYUN_ACCESS_KEY_ID=${id24()}\nALIYUN_ACCESS_KEY_SECRET=${secret30()}\n` });
  return folder;
};

const fingerprintIn = async (folder: string): Promise<string> =>
  String(linesOf((await akscan(['--format', 'jsonl'], { cwd: folder })).stdout, 'finding')[0]?.['fingerprint']);

describe('akscan ignore', () => {
  it('accepts a finding: the next scan counts it and shows it no more', async () => {
    const folder = withKey(repository());
    const fingerprint = (await fingerprintIn(folder)).slice(0, 16);
    const ignored = await akscan(['ignore', fingerprint, '--reason', 'made up'], { cwd: folder });
    expect(ignored).toMatchObject({ code: 0, stdout: '' });
    expect(readFileSync(path.join(folder, '.akscanignore'), 'utf8')).toBe(`${fingerprint} made up\n`);
    const after = await akscan([], { cwd: folder });
    expect(after).toMatchObject({ code: 0, stdout: expect.stringContaining('Not shown: 1 by the ignore file.') });
  });

  it('writes to the file at the top of the repository, wherever it is called', async () => {
    const folder = withKey(repository());
    write(folder, { 'src/a.ts': '' });
    await akscan(['ignore', 'ab'.repeat(8), '--reason', 'why'], { cwd: path.join(folder, 'src') });
    expect(readFileSync(path.join(folder, '.akscanignore'), 'utf8')).toContain('why');
  });

  it('changes the entry that is there', async () => {
    const folder = temporaryFolder();
    write(folder, { '.akscanignore': `# ours\n${'ab'.repeat(8)} old reason\n${'cd'.repeat(8)} other` });
    await akscan(['ignore', 'ab'.repeat(8), '--reason', 'new', '--expires', '2030-01-31'], { cwd: folder });
    await akscan(['ignore', 'ab'.repeat(8), '--reason', 'here', '--path', 'my docs/**'], { cwd: folder });
    expect(readFileSync(path.join(folder, '.akscanignore'), 'utf8')).toBe(
      `# ours\n${'ab'.repeat(8)} expires:2030-01-31 new\n${'cd'.repeat(8)} other\n${'ab'.repeat(8)} path:"my docs/**" here\n`,
    );
  });

  it.each([
    [['xyz', '--reason', 'why'], 'A fingerprint is 16 to 64 hex digits, and "xyz" holds other characters.'],
    [['0123456789', '--reason', 'why'], 'A fingerprint is 16 to 64 hex digits, and "0123456789" has 10.'],
    [['ab'.repeat(8)], '--reason'],
    [['ab'.repeat(8), '--reason', ' '], '--reason is empty'],
    [['ab'.repeat(8), '--reason', 'why', '--expires', 'soon'], '--expires: "soon" is not a day'],
    [['ab'.repeat(8), '--reason', 'expires:never'], 'not a day'],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await akscan(['ignore', ...args], { cwd: temporaryFolder() });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('takes no day that is over, and today still', async () => {
    const folder = temporaryFolder();
    const dayAt = (time: number): string => new Date(time).toISOString().slice(0, 10);
    const expiring = (day: string, env: Readonly<Record<string, string>> = {}) =>
      akscan(['ignore', 'ab'.repeat(8), '--reason', 'why', '--expires', day], { cwd: folder, env });
    // Whatever the hour: the day in between may end while this runs.
    const [past, today] = [dayAt(Date.now() - 2 * 86_400_000), dayAt(Date.now() + 60_000)];
    expect(await expiring(past)).toMatchObject({
      code: 2,
      stderr: `akscan: --expires: ${past} is over, so nothing would be accepted.\n  Name a day to come, or today.\n`,
    });
    expect((await expiring(past, { LANG: 'zh_CN.UTF-8' })).stderr).toContain('已过去');
    expect(existsSync(path.join(folder, '.akscanignore'))).toBe(false);
    expect((await expiring(today)).code).toBe(0);
  });

  it('does not touch an ignore file that it cannot read', async () => {
    const folder = temporaryFolder();
    write(folder, { '.akscanignore': 'broken\n' });
    const { code, stderr } = await akscan(['ignore', 'ab'.repeat(8), '--reason', 'why'], { cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toContain('.akscanignore:1:');
    expect(readFileSync(path.join(folder, '.akscanignore'), 'utf8')).toBe('broken\n');
  });

  it('refuses a reason that would be read back as something else', async () => {
    const folder = temporaryFolder();
    for (const reason of ['path:docs is fine', 'expires:2030-01-31 then we see']) {
      const { code, stderr } = await akscan(['ignore', 'ab'.repeat(8), '--reason', reason], { cwd: folder });
      expect([code, stderr]).toEqual([2, expect.stringContaining('--reason begins like a field')]);
    }
    expect(existsSync(path.join(folder, '.akscanignore'))).toBe(false);
  });
});
