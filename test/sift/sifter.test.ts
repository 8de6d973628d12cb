import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';
import { createSifter, type How, type Sifted, type Sifter } from '../../src/sift/sifter.js';
import { temporaryFolder, write } from '../support/repository.js';

const ANCHOR = 'LTAI';
const HOW: How = { careful: false, repositories: true, deep: true };

const sifterOf = (maxSize: number | null = null): Sifter => {
  const sifter = createSifter([Buffer.from(ANCHOR)], maxSize);
  if (sifter === null) throw new Error('this Node has no WASI');
  return sifter;
};

const listed = (names: string): readonly string[] => (names === '' ? [] : names.slice(0, -1).split('\0')).sort();
const text = (...names: readonly string[]): string => names.map((name) => `${name}\0`).join('');

/** What a test has read is memory outside V8's heap, of which a sifter wants little to be taken. */
const collect = (): void => {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
};

/** Goes on until all is done. */
const finish = (sifter: Sifter, how: How = HOW): Sifted => {
  let all = { files: 0, bytes: 0, links: 0, left: '', unlisted: '', done: false };
  for (let turns = 0; !all.done; turns += 1) {
    if (turns > 100_000) throw new Error('does not come to an end');
    const part = sifter.go(how);
    if (part === null) throw new Error('has no memory');
    all = {
      files: all.files + part.files,
      bytes: all.bytes + part.bytes,
      links: all.links + part.links,
      left: all.left + part.left,
      unlisted: all.unlisted + part.unlisted,
      done: part.done,
    };
  }
  return all;
};

const siftFolder = (folder: string, how: How = HOW, maxSize: number | null = null) => {
  const sifter = sifterOf(maxSize);
  collect();
  expect(sifter.begin(folder, 'folders', text(''))).toBe(true);
  const { left, unlisted, ...counts } = finish(sifter, how);
  return { ...counts, left: listed(left), unlisted: listed(unlisted), rest: sifter.rest() };
};

const siftFiles = (folder: string, names: readonly string[], how: How = HOW) => {
  const sifter = sifterOf();
  collect();
  expect(sifter.begin(folder, 'files', text(...names))).toBe(true);
  const { left, ...counts } = finish(sifter, how);
  return { ...counts, left: listed(left) };
};

describe('a tree', () => {
  it('is gone through with all its folders, and what holds an anchor stays behind', () => {
    const folder = temporaryFolder();
    write(folder, {
      'a.txt': 'nothing',
      'one/b.txt': 'nothing at all',
      'one/two/three/c.env': `key=${ANCHOR}5t`,
      'one/two/d': 'x',
      'other/e': ANCHOR,
    });
    symlinkSync('a.txt', path.join(folder, 'link'));
    symlinkSync('one', path.join(folder, 'other/folder'));
    expect(siftFolder(folder)).toEqual({
      files: 3,
      bytes: 22,
      links: 2,
      left: ['one/two/three/c.env', 'other/e'],
      unlisted: [],
      done: true,
      rest: { files: '', folders: '' },
    });
  });

  it('is gone through one folder at a time when that is asked for', () => {
    const folder = temporaryFolder();
    write(folder, { a: 'x', 'one/b': 'x', 'two/c': 'x' });
    const found = siftFolder(folder, { ...HOW, deep: false });
    expect(found).toMatchObject({ files: 1, left: [], done: true });
    expect(listed(found.rest.folders)).toEqual(['one', 'two']);
  });

  it('of which only a part was gone through, can be gone through by another', () => {
    const folder = temporaryFolder();
    const files: Record<string, string> = {};
    for (let index = 0; index < 900; index += 1) files[`${index % 7}/${index % 3}/file ${index}`] = `${index}`;
    write(folder, files);
    const seen: string[] = [];
    const waiting = [{ files: '', folders: text('') }];
    let count = 0;
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      for (const kind of ['files', 'folders'] as const) {
        if (next[kind] === '') continue;
        const sifter = sifterOf();
        sifter.begin(folder, kind, next[kind]);
        count += sifter.go(HOW)?.files ?? 0;
        const rest = sifter.rest();
        seen.push(rest.files, rest.folders);
        if (rest.files !== '' || rest.folders !== '') waiting.push(rest);
      }
    }
    expect(count).toBe(900);
    expect(seen.filter((names) => names !== '').length).toBeGreaterThan(2);
  });

  it('gives nothing back twice', () => {
    const folder = temporaryFolder();
    write(folder, { a: ANCHOR, b: ANCHOR });
    const sifter = sifterOf();
    sifter.begin(folder, 'folders', text(''));
    expect(listed(sifter.go(HOW)?.left ?? '')).toEqual(['a', 'b']);
    expect(sifter.go(HOW)).toMatchObject({ files: 0, left: '', done: true });
  });

  it.each([4_095, 4_096, 4_097, 8_192, 65_536, 1 << 20])('with files of %i bytes: to their last byte', (size) => {
    const folder = temporaryFolder();
    write(folder, {
      clean: 'x'.repeat(size),
      first: `${ANCHOR}${'x'.repeat(size - ANCHOR.length)}`,
      last: `${'x'.repeat(size - ANCHOR.length)}${ANCHOR}`,
      cut: `${'x'.repeat(size - 3)}${ANCHOR.slice(0, 3)}`,
    });
    expect(siftFolder(folder)).toMatchObject({ files: 2, bytes: 2 * size, left: ['first', 'last'] });
  });

  it('never finds what an earlier file has left in memory', () => {
    const folder = temporaryFolder();
    write(folder, { long: `${'x'.repeat(5_000)}${ANCHOR}`, short: `${'x'.repeat(4_000)}LT` });
    const names = ['long', 'short', 'long', 'short'];
    expect(siftFiles(folder, names)).toMatchObject({ files: 2, left: ['long', 'long'] });
  });
});

describe('files that are not cleared', () => {
  it('are those that are empty, or too large for the limit or for the memory', () => {
    const folder = temporaryFolder();
    write(folder, { empty: '', five: '12345', six: '123456', large: 'x'.repeat((4 << 20) + 1) });
    expect(siftFolder(folder).left).toEqual(['empty', 'large']);
    expect(siftFolder(folder, HOW, 5)).toMatchObject({ files: 1, bytes: 5, left: ['empty', 'large', 'six'] });
  });

  it('are those that are gone, or folders, or cannot be told from a link', () => {
    const folder = temporaryFolder();
    write(folder, { there: 'x', 'sub/file': 'x' });
    symlinkSync('there', path.join(folder, 'link'));
    symlinkSync('nowhere', path.join(folder, 'dangling'));
    execFileSync('mkfifo', [path.join(folder, 'pipe')]);
    const names = ['there', 'gone', 'sub', 'sub/file', 'sub/none/file', 'link', 'dangling', 'pipe'];
    expect(siftFiles(folder, names, { ...HOW, careful: true })).toMatchObject({
      files: 2,
      left: ['dangling', 'gone', 'link', 'pipe', 'sub', 'sub/none/file'],
    });
    // Nobody names a link then; one that is put in a file's place meanwhile is read, and nothing of it is reported.
    expect(siftFiles(folder, names)).toMatchObject({ files: 3, left: expect.not.arrayContaining(['link']) });
  });

  it('are those whose names lead through a link, or by way of dots', () => {
    const [folder, elsewhere] = [temporaryFolder(), temporaryFolder()];
    write(elsewhere, { 'a/file': 'x' });
    write(folder, { 'tree/a/b/file': 'x', 'tree/a/bc/file': 'x', 'tree/file': 'x', file: 'x' });
    symlinkSync(elsewhere, path.join(folder, 'tree/linked'));
    symlinkSync(elsewhere, path.join(folder, 'tree/a/linked'));
    const inside = ['a/b/file', 'a/b/file', 'a/bc/file', 'a/b/file', 'file'];
    const outside = [
      '../file',
      './file',
      'a/../file',
      'a/b/..',
      'a/b/.',
      'a//b/file',
      'linked/a/file',
      'a/linked/a/file',
    ];
    const names = outside.flatMap((name, index) => [name, inside[index % inside.length] ?? '', name]);
    const found = siftFiles(path.join(folder, 'tree'), names, { ...HOW, careful: true });
    expect(found).toMatchObject({ files: outside.length, left: [...outside, ...outside].sort() });
  });

  it('are found out although their folder was one a moment ago', () => {
    const folder = temporaryFolder();
    write(folder, { 'one/file': 'x', 'other/file': 'x' });
    const sifter = sifterOf();
    const careful = { ...HOW, careful: true };
    for (const [files, left] of [
      [1, ''],
      [0, text('one/file')],
    ] as const) {
      sifter.begin(folder, 'files', text('one/file'));
      expect(sifter.go(careful)).toMatchObject({ files, left });
      rmSync(path.join(folder, 'one'), { recursive: true });
      symlinkSync('other', path.join(folder, 'one'));
    }
  });

  it('have names of any bytes', () => {
    const folder = temporaryFolder();
    const place = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xe4, 0xb8, 0xff, 0x0a])]);
    mkdirSync(place);
    writeFileSync(Buffer.concat([place, Buffer.from('/密钥.env')]), ANCHOR);
    writeFileSync(Buffer.concat([place, Buffer.from('/clean')]), 'x');
    const { files, left } = siftFolder(folder);
    expect({ files, left }).toEqual({ files: 1, left: ['\udce4\udcb8\udcff\n/密钥.env'] });
    expect(siftFiles(folder, left)).toMatchObject({ files: 0, left });
  });

  it('may lie deeper than any path that can be opened', () => {
    const folder = temporaryFolder();
    const names = ['x/'.repeat(4_100), `${'z'.repeat(255)}/`.repeat(40)].map((name) => `${name}f`);
    expect(siftFiles(folder, ['none', ...names])).toMatchObject({ files: 0, left: [...names, 'none'].sort() });
    const sifter = sifterOf();
    sifter.begin(folder, 'folders', text(...names));
    expect(listed(finish(sifter).unlisted)).toEqual([...names].sort());
  });
});

describe('folders that are not listed', () => {
  it('are those of a repository in the tree, where that is somebody else to do', () => {
    const folder = temporaryFolder();
    write(folder, { '.git/config': 'x', a: 'x', 'sub/.git': 'gitdir: ../elsewhere', 'sub/b': 'x' });
    expect(siftFolder(folder)).toMatchObject({ files: 1, unlisted: ['sub'] });
    expect(siftFolder(folder, { ...HOW, repositories: false })).toMatchObject({ files: 2, unlisted: [] });
  });

  it('are those that hold something that is no file, are large, or cannot be opened', () => {
    const folder = temporaryFolder();
    write(folder, { a: 'x', 'pipes/b': 'x', 'sub/c': 'x' });
    execFileSync('mkfifo', [path.join(folder, 'pipes/pipe')]);
    mkdirSync(path.join(folder, 'many'));
    for (let index = 0; index < 2_000; index += 1) writeFileSync(path.join(folder, `many/file-${index}`), 'x');
    const sifter = sifterOf();
    sifter.begin(folder, 'folders', text('', 'gone', 'a'));
    const { files, unlisted } = finish(sifter);
    expect({ files, unlisted: listed(unlisted) }).toEqual({ files: 2, unlisted: ['a', 'gone', 'many', 'pipes'] });
  });

  it('are few at a time: whoever lists them has to be asked now and then', () => {
    const folder = temporaryFolder();
    const names = Array.from({ length: 500 }, (_, index) => `gone-${index}`);
    const sifter = sifterOf();
    sifter.begin(folder, 'folders', text(...names));
    expect(listed(sifter.go(HOW)?.unlisted ?? '').length).toBeLessThan(20);
    expect(listed(finish(sifter).unlisted).length).toBeGreaterThan(450);
  });
});

it('agrees with a plain walk on random trees', () => {
  let seed = 7;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return (seed >>> 8) % below;
  };
  for (let round = 0; round < 40; round += 1) {
    const root = temporaryFolder();
    const folders = ['.'];
    for (let count = random(60); count > 0; count -= 1) {
      const folder = path.join(folders[random(folders.length)] ?? '', `文件夹${'d'.repeat(random(90))}${count}`);
      mkdirSync(path.join(root, folder));
      folders.push(folder);
    }
    for (let count = random(400); count > 0; count -= 1) {
      const file = path.join(root, folders[random(folders.length)] ?? '', `${'f'.repeat(random(60))}${count}`);
      const filler = 'abcLTA IL'.repeat(random(3_000));
      writeFileSync(file, random(4) === 0 ? `${filler}${ANCHOR}${filler.slice(random(50))}` : filler);
    }
    const all = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const files = all.map(({ parentPath, name }) => path.join(parentPath, name));
    const clean = files.map((file) => readFileSync(file, 'latin1')).filter((held) => held && !held.includes(ANCHOR));
    const { left, ...counts } = siftFolder(root);
    expect(counts).toMatchObject({ files: clean.length, bytes: clean.join('').length, unlisted: [] });
    expect(left).toEqual(
      files
        .filter((file) => /^$|LTAI/.test(readFileSync(file, 'latin1')))
        .map((file) => path.relative(root, file))
        .sort(),
    );
  }
});

it('refuses more names, and longer roots, than there is room for', () => {
  expect(sifterOf().begin(temporaryFolder(), 'files', text('x'.repeat(30_000)))).toBe(false);
  expect(sifterOf().begin(`/${'密'.repeat(2_000)}`, 'files', text('x'))).toBe(false);
});

it('reads below the root of all, too', () => {
  const folder = temporaryFolder();
  write(folder, { a: 'x', b: ANCHOR });
  const below = folder.slice(1);
  for (const root of ['', '/']) expect(siftFiles(root, [`${below}/a`, `${below}/b`])).toMatchObject({ files: 1 });
});

it('says nothing of what Node calls experimental, and keeps no other warning back', async () => {
  const { emitWarning } = process;
  const warned = vi.fn();
  process.on('warning', warned);
  sifterOf();
  expect(process.emitWarning).toBe(emitWarning);
  process.emitWarning('this is heard');
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', warned);
  expect(warned.mock.calls.map(([warning]) => String(warning))).toEqual(['Warning: this is heard']);
});
