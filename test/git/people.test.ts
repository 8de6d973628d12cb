import { describe, expect, it } from 'vitest';
import { authorshipOf, taggedCommit } from '../../src/git/people.js';

const object = (line: string): Buffer =>
  Buffer.from(`tree ${'0'.repeat(40)}\n${line}\ncommitter X <x> 1 +0000\n\nauthor Y <y> 2 +0000`);

describe('who wrote a commit', () => {
  it('comes with the date in its own zone', () => {
    expect(authorshipOf(object('author A B <a@b.c> 1709258400 +0800'))).toEqual({
      author: 'A B <a@b.c>',
      date: '2024-03-01T10:00:00+08:00',
    });
    expect(authorshipOf(object('tagger A <a> 0 -0330')).date).toBe('1969-12-31T20:30:00-03:30');
  });

  it('is what can be made of a malformed line, never an error', () => {
    expect(authorshipOf(object('author nobody'))).toEqual({ author: 'nobody' });
    expect(authorshipOf(object('author A <a> 999999999999999 +0000'))).toEqual({ author: 'A <a>' });
    expect(authorshipOf(Buffer.from('rubbish'))).toEqual({});
  });

  it('may be written in Latin-1', () => {
    expect(authorshipOf(Buffer.from('author J\xf6rg <j> 0 +0000\n\n', 'latin1')).author).toBe('Jörg <j>');
  });
});

it('a tag stands for a commit only when it says so', () => {
  const oid = 'a'.repeat(40);
  expect(taggedCommit(Buffer.from(`object ${oid}\ntype commit\ntag v1\n`))).toBe(oid);
  expect(taggedCommit(Buffer.from(`object ${oid}\ntype blob\ntag v1\n`))).toBeNull();
});
