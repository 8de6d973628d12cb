// What git reads of a folder of objects that is not as usual is read here, too.

import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { contentOf, objectFolders } from '../../src/pack/database.js';
import { commit, git, repository, temporaryFolder } from '../support/repository.js';
import { readDatabase } from './read-database.js';

const NEEDLE = 'needle-in-the-hay';
const read = (objects: string) => readDatabase({ objects, hash: 'sha1', maxSize: null, anchors: [NEEDLE.slice(0, 8)] });
const oidsOf = (top: string): readonly string[] =>
  git(top, 'cat-file', '--batch-all-objects', '--batch-check=%(objectname)').split('\n').filter(Boolean).sort();

describe('folders that borrow from one another', () => {
  it('are read as far as git goes', async () => {
    const tops = Array.from({ length: 9 }, () => temporaryFolder());
    for (const [at, top] of tops.entries()) {
      git(top, 'init', '-q', '--bare', '.');
      writeFileSync(path.join(top, 'blob'), `${NEEDLE} ${at}`);
      git(top, 'hash-object', '-w', 'blob');
      const next = tops[at + 1];
      if (next !== undefined) writeFileSync(path.join(top, 'objects/info/alternates'), `${next}/objects\n`);
    }
    const [own = ''] = tops;
    const { held } = await read(path.join(own, 'objects'));
    expect(held).toEqual(oidsOf(own));
    expect(held.length).toBeGreaterThan(1);
  });

  it('may have names that are quoted only in part', () => {
    const odd = path.join(temporaryFolder(), 'é "');
    mkdirSync(odd);
    const own = temporaryFolder();
    mkdirSync(path.join(own, 'info'));
    writeFileSync(path.join(own, 'info/alternates'), `"${odd.replaceAll('"', '\\"')}"\n`);
    expect(objectFolders(own).folders).toEqual([own, odd]);
  });

  it('are named when nobody can read which they are', async () => {
    const own = temporaryFolder();
    const list = path.join(own, 'info/alternates');
    mkdirSync(list, { recursive: true });
    expect(objectFolders(own)).toEqual({ folders: [own], missing: [list] });
    expect((await read(own)).faults).toEqual([`${list}: objects are borrowed from there, but it cannot be read`]);
  });
});

describe('a folder of objects', () => {
  it('that is not there is left to git', async () => {
    const { restless, faults } = await read(path.join(temporaryFolder(), 'objects'));
    expect({ restless, faults }).toEqual({ restless: true, faults: [] });
  });
});

describe('a pack', () => {
  const packed = (): { readonly top: string; readonly folder: string } => {
    const top = repository();
    commit(top, { 'a.txt': `${NEEDLE}\n` });
    git(top, 'repack', '-adq');
    return { top, folder: path.join(top, '.git/objects/pack') };
  };

  it('may be called anything', async () => {
    const { top, folder } = packed();
    for (const name of readdirSync(folder))
      renameSync(path.join(folder, name), path.join(folder, `my${name.slice(4)}`));
    expect(oidsOf(top)).toHaveLength(3);
    const { held, missing } = await read(path.join(top, '.git/objects'));
    expect(held).toEqual([git(top, 'rev-parse', 'HEAD:a.txt').trim()]);
    expect(missing).toEqual([]);
  });

  it('that is not finished is nothing to complain of', () => {
    const { top, folder } = packed();
    for (const name of readdirSync(folder)) {
      if (name.endsWith('.idx')) rmSync(path.join(folder, name), { force: true });
      else renameSync(path.join(folder, name), path.join(folder, `.tmp-17-${name}`));
    }
    expect(contentOf(path.join(top, '.git/objects')).unindexed).toEqual([]);
  });
});
