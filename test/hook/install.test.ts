import {
  chmodSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { install, uninstall } from '../../src/hook/install.js';
import { passOnOf } from '../../src/hook/script.js';
import { temporaryFolder } from '../support/repository.js';

const OURS = passOnOf('pre-commit');

const put = (folder: string, text: string, mode = 0o755): string => {
  const file = path.join(folder, 'pre-commit');
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
};

const state = (folder: string): readonly string[] =>
  readdirSync(folder).map((name) => {
    const file = path.join(folder, name);
    const { mode, mtimeMs, ino } = lstatSync(file);
    const content = lstatSync(file).isSymbolicLink() ? readlinkSync(file) : readFileSync(file, 'latin1');
    return `${name} ${mode} ${mtimeMs} ${ino} ${content}`;
  });

describe('a hook', () => {
  it('is executable, and gone again', () => {
    const folder = temporaryFolder();
    const { file, how, kept } = install(folder, 'pre-commit', () => OURS);
    expect([how, kept, readFileSync(file, 'utf8')]).toEqual(['new', null, OURS]);
    expect(lstatSync(file).mode & 0o111).not.toBe(0);
    expect(uninstall(folder, 'pre-commit').how).toBe('removed');
    expect(readdirSync(folder)).toEqual([]);
    expect(uninstall(folder, 'pre-commit').how).toBe('none');
  });

  it.each([0o755, 0o700, 0o644])('takes the place of another, which comes back as it was: mode %o', (mode) => {
    const folder = temporaryFolder();
    put(folder, '#!/bin/sh\r\necho \xe4\x00', mode);
    const before = state(folder);
    const { kept } = install(folder, 'pre-commit', () => OURS);
    expect(kept).toBe(path.join(folder, 'pre-commit.before-akscan'));
    expect(install(folder, 'pre-commit', () => OURS).how).toBe('again');
    expect(uninstall(folder, 'pre-commit').how).toBe('restored');
    expect(state(folder)).toEqual(before);
  });

  it.each(['../elsewhere', 'nowhere'])('takes the place of a link, which comes back as it was: %s', (target) => {
    const folder = temporaryFolder();
    symlinkSync(target, path.join(folder, 'pre-commit'));
    const before = state(folder);
    install(folder, 'pre-commit', () => OURS);
    expect(uninstall(folder, 'pre-commit').how).toBe('restored');
    expect(state(folder)).toEqual(before);
  });

  it('takes the folder out again that was made for it, unless somebody else uses it', () => {
    const folder = path.join(temporaryFolder(), 'hooks');
    const script = (made: string): string => passOnOf(`pre-commit${made === 'made' ? ' (and its folder)' : ''}`);
    install(folder, 'pre-commit', script);
    install(folder, 'pre-commit', script);
    uninstall(folder, 'pre-commit');
    expect(existsSync(folder)).toBe(false);
    install(folder, 'pre-commit', script);
    writeFileSync(path.join(folder, 'update'), 'theirs');
    uninstall(folder, 'pre-commit');
    expect(readdirSync(folder)).toEqual(['update']);
  });

  it('is left alone when it was changed by hand', () => {
    const folder = temporaryFolder();
    const changed = `${OURS}echo more\n`;
    put(folder, changed);
    expect(() => uninstall(folder, 'pre-commit')).toThrow('changed by hand');
    expect(() => install(folder, 'pre-commit', () => OURS)).toThrow('changed by hand');
    expect(readFileSync(path.join(folder, 'pre-commit'), 'utf8')).toBe(changed);
  });

  it('is no business of ours when it is somebody else’s', () => {
    const folder = temporaryFolder();
    put(folder, '#!/bin/sh\n# akscan hook?\n');
    expect(uninstall(folder, 'pre-commit').how).toBe('none');
    writeFileSync(path.join(folder, 'pre-commit.before-akscan'), 'older');
    expect(() => install(folder, 'pre-commit', () => OURS)).toThrow('neither is a hook of akscan');
    expect(readFileSync(path.join(folder, 'pre-commit.before-akscan'), 'utf8')).toBe('older');
  });

  it('that cannot be written is said to be that', () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'hooks'), 'a file');
    expect(() => install(path.join(folder, 'hooks'), 'pre-commit', () => OURS)).toThrow(/Cannot (?:install|read)/);
  });
});
