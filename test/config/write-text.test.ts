import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeText } from '../../src/config/write-text.js';
import { temporaryFolder } from '../support/repository.js';

describe('a file that steers a run', () => {
  it('is written anew, or behind what it holds', () => {
    const file = path.join(temporaryFolder(), 'f');
    writeText({ file, by: 'tree' }, 'one\n', 'behind');
    writeText({ file, by: 'tree' }, 'two\n', 'behind');
    expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n');
    writeText({ file, by: 'tree' }, 'three\n', 'anew');
    expect(readFileSync(file, 'utf8')).toBe('three\n');
  });

  it.each([
    ['a file', true],
    ['nothing yet', false],
  ])('is no link to %s, unless a person names it', (_, isThere) => {
    const folder = temporaryFolder();
    const [own, link] = [path.join(folder, 'own'), path.join(folder, 'link')];
    if (isThere) writeFileSync(own, 'own\n');
    symlinkSync(own, link);
    for (const how of ['anew', 'behind'] as const) {
      expect(() => writeText({ file: link, by: 'tree' }, 'theirs\n', how)).toThrow(/link: it is a link, which/);
    }
    if (isThere) expect(readFileSync(own, 'utf8')).toBe('own\n');
    writeText({ file: link, by: 'person' }, 'meant\n', 'anew');
    expect(readFileSync(own, 'utf8')).toBe('meant\n');
  });

  it('is named when it cannot be written', () => {
    const file = path.join(temporaryFolder(), 'none', 'f');
    expect(() => writeText({ file, by: 'person' }, '', 'anew')).toThrow(/^Cannot write .*none.f: /);
  });
});
