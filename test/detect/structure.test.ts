import { describe, expect, it } from 'vitest';
import { rawLayer } from '../../src/detect/layers/layer.js';
import { type Layout, lastNotAbove, layoutsOf, lineStarts } from '../../src/detect/structure.js';

/** Layouts of the places marked `@`, in order. */
const layouts = (marked: string): readonly Layout[] => {
  const positions = [...marked.matchAll(/@/g)].map(({ index }) => index);
  return layoutsOf(rawLayer(marked), positions);
};

const two = (marked: string): readonly [Layout, Layout] => {
  const [a, b] = layouts(marked);
  if (a === undefined || b === undefined) throw new Error('two places are marked');
  return [a, b];
};

describe('brackets', () => {
  it('are shared by what stands in the same ones', () => {
    const [a, b] = two('f({ id: "@", secret: "@" })');
    expect(a.group).toBe(b.group);
    expect(a.outer).toBe(b.outer);
    expect(a.group).toBe(2);
    expect(a.outer).toBe(1);
  });

  it('tell records apart that have the same ones around them', () => {
    const [a, b] = two('[{ id: "@" }, { id: "@" }]');
    expect(a.group).not.toBe(b.group);
    expect(a.outer).toBe(b.outer);
  });

  it('are none outside, and after what was closed', () => {
    const [a, b] = two('@ (x) [y] {z} @');
    expect([a.group, a.outer, b.group, b.outer]).toEqual([-1, -1, -1, -1]);
  });

  it('bear a closer that was never opened', () => {
    const [a, b] = two('{ a: ":)", id: "@", b: "]", secret: "@" }');
    expect(a.group).toBe(0);
    expect(b.group).toBe(0);
  });
});

describe('indentation', () => {
  it('gives the lines above under which a value stands', () => {
    const [layout] = layouts('aliyun:\n  oss:\n    # a comment\n\n    id: @\n');
    expect(layout?.heads).toEqual(['oss:', 'aliyun:']);
  });

  it('gives one parent to siblings and another to the next block', () => {
    const [a, b, c] = layouts('a:\n  id: @\n  secret: @\nb:\n  id: @\n');
    expect(a?.parent).toBe(b?.parent);
    expect(a?.parent).not.toBe(c?.parent);
    expect(c?.heads[0]).toBe('b:');
  });

  it('takes each dash of a list for a block', () => {
    const [a, b, c] = layouts('list:\n  - id: @\n    secret: @\n  - id: @\n');
    expect(a?.parent).toBe(b?.parent);
    expect(a?.parent).not.toBe(c?.parent);
  });

  it('counts a tab as four blanks', () => {
    const [a, b] = two('x:\n\tid: @\n    secret: @\n');
    expect(a.parent).toBe(b.parent);
  });
});

describe('sections and marks', () => {
  it('part a file at its headings in brackets', () => {
    const [a, b, c] = layouts('id=@\n[one]\nid=@\nsecret=@\n');
    expect(a?.section).toBe(-1);
    expect(b?.section).toBe(c?.section);
    expect(b?.section).toBeGreaterThan(-1);
    expect(b?.heads).toContain('[one]');
  });

  it.each([
    ['# id=@', '#'],
    ['  // id=@', '//'],
    ['-- id=@', '--'],
    ['+id=@', '+'],
    ['-id=@', '-'],
    ['- id: @', ''],
    ['id=@', ''],
  ])('%s begins with %j', (line, marker) => {
    expect(layouts(line)[0]?.marker).toBe(marker);
  });
});

describe('lines', () => {
  it('start after each line feed', () => {
    expect(lineStarts('a\nbc\n')).toEqual([0, 2, 5]);
    expect(lineStarts('')).toEqual([0]);
  });

  it('are found by halving', () => {
    const sorted = [0, 2, 2, 5];
    const naive = (value: number): number => sorted.findLastIndex((entry) => entry <= value);
    for (let value = -1; value <= 6; value++) expect(lastNotAbove(sorted, value)).toBe(naive(value));
    expect(lastNotAbove([], 1)).toBe(-1);
  });
});
