// The file that `--since-scan` names.

import { existsSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { id24, secret30 } from '../support/keys.js';
import { objectsIn, pair, scan, stateFile } from '../support/nightly.js';
import { commit, repository, temporaryFolder } from '../support/repository.js';

describe('the state file', () => {
  const scanned = async (): Promise<{ folder: string; state: string; secret: string; id: string }> => {
    const folder = repository();
    const [id, secret] = [id24(), secret30()];
    commit(folder, { [`named-${secret}.env`]: pair(id, secret), 'b.txt': 'b' });
    const state = stateFile();
    await scan(state, [folder]);
    return { folder, state, secret, id };
  };

  it('is the owner’s alone, leaves nothing beside it and holds no secret, not even one in a file name', async () => {
    const { folder, state, secret, id } = await scanned();
    expect(statSync(state).mode & 0o777).toBe(0o600);
    expect(readdirSync(path.dirname(state))).toEqual(['nightly.state']);
    const text = readFileSync(state, 'latin1');
    for (const form of [secret, Buffer.from(secret).toString('base64').slice(0, 36), secret.slice(3, 20)])
      expect(text).not.toContain(form);
    expect(await scan(state, [folder])).toMatchObject({ ids: [id], carried: [id], objects: 0 });
  });

  it('that is damaged, cut short or something else is refused in one sentence and left alone', async () => {
    const { folder, state } = await scanned();
    const whole = readFileSync(state);
    const flipped = Buffer.from(whole);
    flipped[whole.length - 100] = (flipped[whole.length - 100] ?? 0) ^ 1;
    const cases = [
      flipped,
      whole.subarray(0, 200),
      whole.subarray(0, 16),
      Buffer.from('notes of mine\n'),
      Buffer.alloc(0),
    ];
    const said = [/is damaged/, /is damaged/, /is damaged/, /is no state file/, /is no state file/];
    for (const [index, bytes] of cases.entries()) {
      writeFileSync(state, bytes);
      const night = await scan(state, [folder]);
      expect(night.code).toBe(2);
      expect(night.stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
      expect(night.stderr).toMatch(said[index] ?? /never/);
      expect(readFileSync(state).equals(bytes)).toBe(true);
    }
    writeFileSync(state, Buffer.concat([Buffer.from('akscan state 2\n'), whole]));
    expect((await scan(state, [folder])).stderr).toMatch(/another version/);
  });

  it('of other repositories is refused', async () => {
    const { state, folder } = await scanned();
    const other = repository();
    commit(other, { 'a.txt': 'a' });
    for (const targets of [[other], [folder, other]]) {
      const night = await scan(state, targets);
      expect(night).toMatchObject({ code: 2, ids: [] });
      expect(night.stderr).toMatch(/written for other repositories/);
    }
  });

  it('of other rules counts for nothing, which is said', async () => {
    const { state, folder, id } = await scanned();
    const night = await scan(state, [folder], '--min-confidence', 'low');
    expect(night).toMatchObject({ ids: [id], objects: objectsIn(folder) });
    expect(night.stdout).toMatch(/detection has changed since .*read anew/);
    expect(await scan(state, [folder], '--min-confidence', 'low')).toMatchObject({ objects: 0 });
  });

  it('is not written by a scan that was stopped or that read no history', async () => {
    const folder = repository();
    commit(folder, { 'a.txt': 'a' });
    const state = stateFile();
    for (const option of [['--no-history'], ['--since', '2020-01-01'], ['--branch', 'main']]) {
      const night = await scan(state, [folder], ...option);
      expect(night.code).toBe(2);
      expect(existsSync(state)).toBe(false);
    }
    const files = temporaryFolder();
    expect(await scan(state, [files])).toMatchObject({ code: 2, stderr: expect.stringMatching(/no target is one/) });
    const lost = path.join(files, 'no/such/folder/state');
    expect(await scan(lost, [folder])).toMatchObject({ code: 2, stderr: expect.stringMatching(/Cannot write/) });
  });

  it('is replaced, not written through a link that waits beside it', async () => {
    const { folder, state } = await scanned();
    const victim = path.join(temporaryFolder(), 'victim');
    writeFileSync(victim, 'mine');
    const linked = path.join(path.dirname(state), 'linked.state');
    symlinkSync(victim, linked);
    rmSync(state);
    symlinkSync(victim, state);
    // What the link leads to is no state file.
    expect(await scan(state, [folder])).toMatchObject({ code: 2 });
    expect(readFileSync(victim, 'utf8')).toBe('mine');
  });
});
