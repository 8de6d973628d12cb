import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { contentOf, objectFolders } from '../../src/pack/database.js';
import { commit, git, repository, temporaryFolder } from '../support/repository.js';

const folderOfObjects = (alternates: string | null): string => {
  const folder = path.join(temporaryFolder(), 'objects');
  mkdirSync(path.join(folder, 'info'), { recursive: true });
  if (alternates !== null) writeFileSync(path.join(folder, 'info', 'alternates'), alternates);
  return folder;
};

describe('the folders of objects of a repository', () => {
  it('are its own alone when it borrows none', () => {
    const own = folderOfObjects(null);
    expect(objectFolders(own)).toEqual({ folders: [own], missing: [] });
  });

  it('are those it borrows from, and those that they borrow from, each once', () => {
    const last = folderOfObjects(null);
    const middle = folderOfObjects(`${last}\n`);
    const own = folderOfObjects(`# a comment\n\n${middle}\n${last}\n`);
    expect(objectFolders(own)).toEqual({ folders: [own, middle, last], missing: [] });
  });

  it('may be named from where the list lies', () => {
    const top = temporaryFolder();
    mkdirSync(path.join(top, 'a', 'objects', 'info'), { recursive: true });
    mkdirSync(path.join(top, 'b', 'objects'), { recursive: true });
    writeFileSync(path.join(top, 'a', 'objects', 'info', 'alternates'), '../../b/objects\n');
    const { folders } = objectFolders(path.join(top, 'a', 'objects'));
    expect(folders).toEqual([path.join(top, 'a', 'objects'), path.join(top, 'b', 'objects')]);
  });

  it('may have names that are quoted', () => {
    const odd = path.join(temporaryFolder(), 'ob"je\tcts é');
    mkdirSync(odd);
    const quoted = odd.replaceAll('"', '\\"').replaceAll('\t', '\\t').replaceAll('é', '\\303\\251');
    const own = folderOfObjects(`"${quoted}"\n`);
    expect(objectFolders(own)).toEqual({ folders: [own, odd], missing: [] });
  });

  it('end where they borrow from one another', () => {
    const own = folderOfObjects(null);
    const other = folderOfObjects(`${own}\n`);
    writeFileSync(path.join(own, 'info', 'alternates'), `${other}\n`);
    expect(objectFolders(own)).toEqual({ folders: [own, other], missing: [] });
  });

  it('are named when they are not there', () => {
    const gone = path.join(temporaryFolder(), 'gone');
    const own = folderOfObjects(`${gone}\n`);
    expect(objectFolders(own)).toEqual({ folders: [own], missing: [gone] });
  });
});

describe('the content of a folder of objects', () => {
  it('is packs with their indexes, and folders of loose objects', () => {
    const top = repository();
    commit(top, { 'a.txt': 'a' });
    git(top, 'repack', '-adq');
    commit(top, { 'b.txt': 'b' });
    const content = contentOf(path.join(top, '.git', 'objects'));
    expect(content.packs).toHaveLength(1);
    expect(content.packs[0]?.index).toBe(content.packs[0]?.pack.replace(/pack$/, 'idx'));
    expect(content.unindexed).toEqual([]);
    expect(content.packless).toEqual([]);
    expect(content.loose.length).toBeGreaterThan(0);
    expect(content.loose.every((name) => /^[0-9a-f]{2}$/.test(name))).toBe(true);
  });

  it('tells packs and indexes that lack one another', () => {
    const folder = path.join(temporaryFolder(), 'objects');
    mkdirSync(path.join(folder, 'pack'), { recursive: true });
    for (const name of ['pack-1.pack', 'pack-2.idx', 'tmp_pack_x', 'pack-3.keep'])
      writeFileSync(path.join(folder, 'pack', name), '');
    expect(contentOf(folder)).toEqual({
      packs: [],
      unindexed: [path.join(folder, 'pack', 'pack-1.pack')],
      packless: [path.join(folder, 'pack', 'pack-2.idx')],
      loose: [],
    });
  });

  it('is nothing when the folder is empty', () => {
    expect(contentOf(temporaryFolder())).toEqual({ packs: [], unindexed: [], packless: [], loose: [] });
  });
});
