import { describe, expect, it } from 'vitest';
import { encodingOf, LayerBuilder, originAt, rawLayer } from '../../../src/detect/layers/layer.js';

describe('a layer', () => {
  it('of the bytes as they stand has every character at its own place', () => {
    const layer = rawLayer('abc');
    expect([0, 1, 2, 3].map((index) => originAt(layer, index))).toEqual([0, 1, 2, 3]);
    expect(encodingOf(layer, 0, 3)).toEqual([]);
  });

  it('knows for what was replaced where it stood and how it was written', () => {
    const builder = new LayerBuilder(rawLayer('a%41b'));
    builder.copy(0, 1);
    builder.replace(1, 'A', 'percent');
    builder.copy(4, 5);
    const layer = builder.build();
    expect(layer.text).toBe('aAb');
    expect([0, 1, 2, 3].map((index) => originAt(layer, index))).toEqual([0, 1, 4, 5]);
    expect(encodingOf(layer, 0, 1)).toEqual([]);
    expect(encodingOf(layer, 1, 2)).toEqual(['percent']);
    expect(encodingOf(layer, 2, 3)).toEqual([]);
  });

  it('marks what follows a thing taken away', () => {
    const builder = new LayerBuilder(rawLayer('a--b'));
    builder.copy(0, 1);
    builder.replace(1, '', 'concatenation');
    builder.copy(3, 4);
    const layer = builder.build();
    expect(layer.text).toBe('ab');
    expect(encodingOf(layer, 0, 2)).toEqual(['concatenation']);
    expect(encodingOf(layer, 0, 1)).toEqual([]);
  });

  it('built on another leads back to the bytes, and remembers both', () => {
    const first = new LayerBuilder(rawLayer('%41%42+C'));
    first.replace(0, 'A', 'percent');
    first.replace(3, 'B', 'percent');
    first.copy(6, 8);
    const second = new LayerBuilder(first.build());
    second.copy(0, 2);
    second.replace(2, '', 'concatenation');
    second.copy(3, 4);
    const layer = second.build();
    expect(layer.text).toBe('ABC');
    expect([0, 1, 2, 3].map((index) => originAt(layer, index))).toEqual([0, 3, 7, 8]);
    expect(encodingOf(layer, 0, 3)).toEqual(['percent', 'concatenation']);
    expect(layer.depth).toBe(2);
  });
});
