import { describe, expect, it } from 'vitest';
import { createTreeGraph, type TreeGraph } from '../../src/pack/tree-graph.js';

const oid = (letter: string): string => letter.charCodeAt(0).toString(16).padStart(2, '0').repeat(20);

const binary = (name: string): Buffer => Buffer.from(name, 'hex');

/** Entries as `mode name letter`, the letter standing for an object. */
const tree = (...entries: readonly string[]): Uint8Array =>
  Buffer.concat(
    entries.flatMap((entry) => {
      const [mode = '', name = '', letter = ''] = entry.split(' ');
      return [Buffer.from(`${mode} ${name}\0`), binary(oid(letter))];
    }),
  );

const graphOf = (wanted: readonly string[], trees: Readonly<Record<string, Uint8Array>>): TreeGraph => {
  const graph = createTreeGraph({ nameLength: 20, wanted: wanted.map(oid) });
  for (const [letter, bytes] of Object.entries(trees)) {
    expect(graph.into.tree(binary(oid(letter)), bytes)).toBe(true);
  }
  return graph;
};

/** What each root is the first to reach: `x` by way of trees `A` and `B` is `ABx`. */
const met = (graph: TreeGraph, wanted: readonly string[], roots: readonly string[]): readonly string[][] => {
  const walk = graph.walk();
  return [...graph.numbersOf(binary(roots.map(oid).join('')))].map((root) => {
    const found: string[] = [];
    walk.enter(root, (index, chain) => {
      const way = [...chain].map((each) => String.fromCharCode(Number.parseInt(graph.oidOf(each).slice(0, 2), 16)));
      found.push(way.join('') + wanted[index]);
    });
    return found;
  });
};

describe('the graph of trees', () => {
  it('finds its way in a tree of very many', () => {
    const many = 300_000;
    const folders = Buffer.alloc(many * 28);
    for (let at = 0; at < many; at++) {
      folders.write('40000 f\0', at * 28, 'latin1');
      folders.writeUInt32BE(at, at * 28 + 8);
    }
    const root = Buffer.concat([folders.subarray(0, many * 28), tree('40000 b B', '100644 y y')]);
    const graph = graphOf(['x', 'y'], { R: root, B: tree('100644 x x') });
    expect(met(graph, ['x', 'y'], ['R'])).toEqual([['RBx', 'Ry']]);
  });

  it('says which root reaches a blob first, and on which way, whatever order the trees came in', () => {
    const wanted = ['x', 'y', 'z'];
    const trees = {
      B: tree('100644 one x'),
      R: tree('100644 a q', '40000 b B'),
      S: tree('40000 b B', '40000 c C', '120000 link z'),
      C: tree('100755 two y', '40000 d B'),
    };
    const graph = graphOf(wanted, trees);
    expect(met(graph, wanted, ['R', 'S'])).toEqual([['RBx'], ['SCy', 'Sz']]);
    expect(met(graph, wanted, ['S', 'R'])).toEqual([['SBx', 'SCy', 'Sz'], []]);
    const reversed = graphOf(wanted, Object.fromEntries(Object.entries(trees).reverse()));
    expect(met(reversed, wanted, ['R', 'S'])).toEqual([['RBx'], ['SCy', 'Sz']]);
  });

  it('goes depth first, entry by entry, and takes the first of two ways', () => {
    const graph = graphOf(['x', 'y'], {
      A: tree('100644 later y', '100644 deep x'),
      R: tree('40000 dir A', '100644 x x', '100644 y y'),
    });
    expect(met(graph, ['x', 'y'], ['R'])).toEqual([['RAy', 'RAx']]);
  });

  it('does not take a submodule’s commit for a blob, and passes trees over that are not there', () => {
    const graph = graphOf(['x'], { R: tree('160000 module x', '40000 gone G', '100644 x x') });
    expect(met(graph, ['x'], ['G', 'R'])).toEqual([[], ['Rx']]);
    expect(met(graph, ['x'], ['H'])).toEqual([[]]);
  });

  it('tells names of 32 bytes apart by all of them', () => {
    const long = (last: string): string => last.padStart(64, '7');
    const folder = (name: string): Buffer => Buffer.concat([Buffer.from('40000 f\0'), binary(name)]);
    const file = (name: string): Buffer => Buffer.concat([Buffer.from('100644 f\0'), binary(name)]);
    const graph = createTreeGraph({ nameLength: 32, wanted: [long('1'), long('2')] });
    const trees = [folder(long('b')), file(long('2')), Buffer.concat([file(long('3')), file(long('1'))])];
    for (const [index, bytes] of trees.entries()) {
      expect(graph.into.tree(binary(long('abc'[index] ?? '')), bytes)).toBe(true);
    }
    const walk = graph.walk();
    const found = [...graph.numbersOf(binary(long('c') + long('a')))].map((root) => {
      const met: number[] = [];
      walk.enter(root, (index) => met.push(index));
      return met;
    });
    expect(found).toEqual([[0], [1]]);
    expect(graph.numberOf(long('4'))).toBeNull();
    expect(graph.oidOf(graph.numberOf(long('b')) ?? 0)).toBe(long('b'));
  });

  it('takes no folder for what is looked for, though it has that name', () => {
    const graph = graphOf(['x', 'y'], { R: tree('40000 x x', '100644 y y', '40000 r R') });
    expect(met(graph, ['x', 'y'], ['x', 'R'])).toEqual([[], ['Ry']]);
    expect(graph.numberOf(oid('x'))).toBeNull();
  });

  it('refuses what is no tree', () => {
    const whole = tree('100644 name x');
    const cases = [whole.subarray(0, 20), Buffer.from('100644'), Buffer.from('blob 12\0'), Buffer.from('100644 name')];
    for (const bytes of cases) {
      const graph = createTreeGraph({ nameLength: 20, wanted: [oid('x')] });
      expect(graph.into.tree(binary(oid('R')), bytes)).toBe(false);
    }
  });

  it('holds many thousands of trees and blobs', () => {
    const count = 30_000;
    const name = (kind: string, index: number): string => kind + index.toString(16).padStart(39, '0');
    const wanted = Array.from({ length: count }, (_, index) => name('b', index));
    const graph = createTreeGraph({ nameLength: 20, wanted });
    for (let index = 0; index < count; index++) {
      const entries = [Buffer.from('100644 f\0'), Buffer.from(name('b', index), 'hex')];
      const next = [Buffer.from('40000 t\0'), Buffer.from(name('a', index + 1), 'hex')];
      graph.into.tree(binary(name('a', index)), Buffer.concat([...entries, ...next]));
    }
    const found: number[] = [];
    graph.walk().enter(graph.numberOf(name('a', 0)) ?? 0, (index, chain) => {
      if (chain.length === index + 1) found.push(index);
    });
    expect(found).toEqual(wanted.map((_, index) => index));
    const trees = wanted.map((_, index) => name('a', index));
    expect([...graph.numbersOf(binary(trees.join('')))]).toEqual(trees.map(graph.numberOf));
  });
});
