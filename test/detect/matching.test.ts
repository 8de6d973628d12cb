import { describe, expect, it } from 'vitest';
import { bestMatching, type Edge } from '../../src/detect/matching.js';
import { randomFrom } from '../support/keys.js';

const total = (edges: readonly Edge[]): number => edges.reduce((sum, { score }) => sum + score, 0);

/** The best total over every assignment there is. */
const bruteForce = (edges: readonly Edge[]): number => {
  const lefts = [...new Set(edges.map(({ left }) => left))];
  const best = (index: number, taken: ReadonlySet<number>): number => {
    const left = lefts[index];
    if (left === undefined) return 0;
    let most = best(index + 1, taken);
    for (const edge of edges) {
      if (edge.left === left && !taken.has(edge.right))
        most = Math.max(most, edge.score + best(index + 1, new Set([...taken, edge.right])));
    }
    return most;
  };
  return best(0, new Set());
};

const isOneToOne = (edges: readonly Edge[]): boolean =>
  new Set(edges.map(({ left }) => left)).size === edges.length &&
  new Set(edges.map(({ right }) => right)).size === edges.length;

const randomGraph = (seed: number, rows: number, columns: number, density: number): readonly Edge[] => {
  const next = randomFrom(seed);
  const edges: Edge[] = [];
  for (let left = 0; left < rows; left++) {
    for (let right = 0; right < columns; right++) {
      // Scores repeat, so that there are ties.
      if (next() < density) edges.push({ left, right, score: 1 + Math.floor(next() * 12) });
    }
  }
  return edges;
};

describe('the best matching', () => {
  it('is as good as the best of all assignments', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const edges = randomGraph(seed, 1 + (seed % 6), 1 + ((seed * 7) % 6), 0.2 + (seed % 5) * 0.2);
      const chosen = bestMatching(edges);
      expect(isOneToOne(chosen)).toBe(true);
      expect(chosen.every((edge) => edges.includes(edge))).toBe(true);
      expect(total(chosen)).toBe(bruteForce(edges));
    }
  });

  it('gives up a good edge where two others are better together', () => {
    const edges = [
      { left: 0, right: 0, score: 10 },
      { left: 0, right: 1, score: 9 },
      { left: 1, right: 0, score: 9 },
    ];
    expect(total(bestMatching(edges))).toBe(18);
  });

  it('leaves one alone rather than take less in all', () => {
    const edges = [
      { left: 0, right: 0, score: 10 },
      { left: 1, right: 0, score: 3 },
    ];
    expect(bestMatching(edges)).toEqual([edges[0]]);
  });

  it('does not depend on the order of the edges where nothing ties', () => {
    const edges = randomGraph(9, 6, 6, 0.7).map((edge, index) => ({ ...edge, score: edge.score + index / 1000 }));
    const sorted = (chosen: readonly Edge[]): readonly string[] =>
      chosen.map(({ left, right }) => `${left} ${right}`).sort();
    expect(sorted(bestMatching([...edges].reverse()))).toEqual(sorted(bestMatching(edges)));
  });

  it('is one to one and takes every plain row of a group too large to solve exactly', () => {
    const size = 300;
    const edges: Edge[] = [];
    for (let left = 0; left < size; left++) {
      edges.push({ left, right: left, score: 10 });
      if (left + 1 < size) edges.push({ left, right: left + 1, score: 4 });
    }
    const chosen = bestMatching(edges);
    expect(isOneToOne(chosen)).toBe(true);
    expect(chosen.filter(({ left, right }) => left === right)).toHaveLength(size);
  });

  it('of nothing is nothing', () => {
    expect(bestMatching([])).toEqual([]);
  });
});
