import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfiguration, rootOf } from '../../src/config/load.js';
import { repository, temporaryFolder, write } from '../support/repository.js';

const FINGERPRINT = 'ab'.repeat(32);

describe('whose configuration counts', () => {
  it('is the one of the scanned tree, from the target up to the top of its repository', async () => {
    const top = repository();
    write(top, { 'akscan.config.yml': 'failOn: never\n', 'src/deep/a.ts': '' });
    for (const target of [top, path.join(top, 'src/deep'), path.join(top, 'src/deep/a.ts')]) {
      const loaded = await loadConfiguration({ from: 'tree' }, [target]);
      expect(loaded.configuration).toEqual({ failOn: 'never' });
      expect(loaded.root).toBe(top);
    }
  });

  it('is never one above the repository, or above a folder outside repositories', async () => {
    const outer = temporaryFolder();
    write(outer, { 'akscan.config.yml': 'failOn: never\n', 'plain/a.ts': '' });
    repository(path.join(outer, 'inner'));
    for (const target of ['inner', 'plain']) {
      const loaded = await loadConfiguration({ from: 'tree' }, [path.join(outer, target)]);
      expect(loaded.configuration).toEqual({});
      expect(loaded.root).toBe(path.join(outer, target));
    }
  });

  it.skipIf(process.getuid?.() === 0)('is none in a folder that may not be entered', async () => {
    const closed = path.join(temporaryFolder(), 'closed');
    mkdirSync(closed, { mode: 0 });
    expect((await loadConfiguration({ from: 'tree' }, [closed])).configuration).toEqual({});
  });

  it.skipIf(process.getuid?.() === 0)('that is named says why it cannot be read', async () => {
    const folder = temporaryFolder();
    write(folder, {
      'closed/c.yml': 'failOn: any\n',
      'locked.yml': 'failOn: any\n',
      'names.yml': 'ignoreFile: closed/i\n',
      'also.yml': 'baseline: closed/b\n',
    });
    chmodSync(path.join(folder, 'closed'), 0);
    chmodSync(path.join(folder, 'locked.yml'), 0);
    for (const name of ['closed/c.yml', 'locked.yml', 'names.yml', 'also.yml']) {
      const file = path.join(folder, name);
      await expect(loadConfiguration({ from: 'file', file }, [folder])).rejects.toThrow(/^Cannot read .*: EACCES/);
    }
    chmodSync(path.join(folder, 'closed'), 0o755);
  });

  it('that is named and a folder says so', async () => {
    const file = temporaryFolder();
    await expect(loadConfiguration({ from: 'file', file }, [file])).rejects.toThrow('it is not a regular file');
  });

  it('is the nearest when there are several', () => {
    const top = repository();
    write(top, { '.akscanignore': '', 'service/.akscanignore': '', 'service/src/a.ts': '' });
    expect(rootOf(path.join(top, 'service/src'))).toBe(path.join(top, 'service'));
  });

  it('is the one named, whatever the tree says', async () => {
    const folder = temporaryFolder();
    write(folder, {
      'tree/akscan.config.yml': 'nonsense: 1\n',
      'mine.yml': 'failOn: secret\n',
      'tree/.akscanignore': 'x',
    });
    const loaded = await loadConfiguration({ from: 'file', file: path.join(folder, 'mine.yml') }, [
      path.join(folder, 'tree'),
    ]);
    expect(loaded.configuration).toEqual({ failOn: 'secret' });
    expect(loaded.ignore).toEqual([]);
    await expect(loadConfiguration({ from: 'file', file: path.join(folder, 'none.yml') }, [folder])).rejects.toThrow(
      'does not exist',
    );
  });

  it('is none when that is asked for', async () => {
    const folder = temporaryFolder();
    write(folder, { 'akscan.config.yml': 'nonsense: 1\n' });
    expect((await loadConfiguration({ from: 'none' }, [folder])).configuration).toEqual({});
  });

  it("is the first target's; that another's was passed over is noted", async () => {
    const folder = temporaryFolder();
    write(folder, { 'one/akscan.config.yml': '', 'two/akscan.config.yml': 'nonsense: 1\n' });
    const targets = ['one', 'two'].map((name) => path.join(folder, name));
    const { notes } = await loadConfiguration({ from: 'tree' }, targets);
    expect(notes).toEqual([
      expect.stringContaining('decided'),
      expect.stringContaining(`of ${targets[1]} were not used`),
    ]);
  });
});

describe('ignore file and baseline', () => {
  it('are read where they are expected and where the configuration says', async () => {
    const folder = temporaryFolder();
    write(folder, { '.akscanignore': `${FINGERPRINT} why\n`, '.akscan-baseline': `${FINGERPRINT}\n` });
    const plain = await loadConfiguration({ from: 'tree' }, [folder]);
    expect([plain.ignore.length, plain.baseline.size]).toEqual([1, 1]);
    write(folder, {
      'akscan.config.yml': 'ignoreFile: ci/ignore\nbaseline: ci/base\n',
      'ci/ignore': '',
      'ci/base': '',
    });
    const moved = await loadConfiguration({ from: 'tree' }, [folder]);
    expect([moved.ignore.length, moved.baseline.size]).toEqual([0, 0]);
  });

  it('of a tree lie inside that tree', async () => {
    const folder = temporaryFolder();
    write(folder, { outside: `${FINGERPRINT} why\n`, 'tree/akscan.config.yml': 'ignoreFile: ../outside\n' });
    await expect(loadConfiguration({ from: 'tree' }, [path.join(folder, 'tree')])).rejects.toThrow('outside the tree');
    const own = await loadConfiguration({ from: 'file', file: path.join(folder, 'tree/akscan.config.yml') }, ['.']);
    expect(own.ignore).toHaveLength(1);
  });

  it.each(['akscan.config.yml', 'akscan.config.yaml', '.akscanignore', '.akscan-baseline'])(
    'a link %s that leads nowhere is told, and is not none',
    async (name) => {
      const folder = repository();
      write(folder, { 'src/a.ts': '' });
      symlinkSync('../elsewhere/gone', path.join(folder, name));
      for (const target of [folder, path.join(folder, 'src')])
        await expect(loadConfiguration({ from: 'tree' }, [target])).rejects.toThrow(
          `Cannot read ${path.join(folder, name)}: it is a link to what is not there.`,
        );
      const file = path.join(folder, name);
      await expect(loadConfiguration({ from: 'file', file }, [folder])).rejects.toThrow('a link to what is not there');
    },
  );

  it('may not be anything but regular files', async () => {
    const folder = temporaryFolder();
    execFileSync('mkfifo', [path.join(folder, '.akscanignore')]);
    await expect(loadConfiguration({ from: 'tree' }, [folder])).rejects.toThrow('not a regular file');
    const other = temporaryFolder();
    mkdirSync(path.join(other, 'akscan.config.yml'));
    await expect(loadConfiguration({ from: 'tree' }, [other])).rejects.toThrow('Cannot read');
  });
});
