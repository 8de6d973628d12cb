import { describe, expect, it } from 'vitest';
import { createWanted } from '../../../src/sources/diff/wanted.js';

const credential = (accessKeyId: string | null, secret: string | null) => ({ accessKeyId, secret });

describe('credentials that are looked for', () => {
  it('are found by ID and secret together', () => {
    const wanted = createWanted([credential('id', 'one'), credential('id', 'two'), credential('id', 'one')]);
    expect(wanted.size).toBe(2);
    wanted.see(credential('id', 'one'));
    expect(wanted.has(credential('id', 'one'))).toBe(false);
    expect(wanted.has(credential('id', 'two'))).toBe(true);
  });

  it('are not found by their ID alone, nor by their secret alone', () => {
    const wanted = createWanted([credential('id', 'one')]);
    wanted.see(credential('id', null));
    wanted.see(credential(null, 'one'));
    wanted.see(credential('other', 'one'));
    expect(wanted.size).toBe(1);
    wanted.see(credential('id', 'one'));
    expect(wanted.size).toBe(0);
  });

  it('that are an ID or a secret alone are found in any pair', () => {
    const wanted = createWanted([credential('id', null), credential(null, 'secret')]);
    wanted.see(credential('id', 'else'));
    expect(wanted.size).toBe(1);
    wanted.see(credential('else', 'secret'));
    expect(wanted.size).toBe(0);
  });

  it('may be completed by a lone ID as long as a pair of that ID is looked for', () => {
    const wanted = createWanted([credential('id', 'one'), credential('id', 'two'), credential('lone', null)]);
    expect(wanted.mayComplete(credential('id', null))).toBe(true);
    expect(wanted.mayComplete(credential('lone', null))).toBe(false);
    expect(wanted.mayComplete(credential('id', 'one'))).toBe(false);
    wanted.see(credential('id', 'one'));
    expect(wanted.mayComplete(credential('id', null))).toBe(true);
    wanted.see(credential('id', 'two'));
    expect(wanted.mayComplete(credential('id', null))).toBe(false);
  });
});
