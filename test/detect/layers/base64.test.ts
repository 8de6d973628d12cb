import { describe, expect, it } from 'vitest';
import { base64Runs } from '../../../src/detect/layers/base64.js';
import { originAt } from '../../../src/detect/layers/layer.js';
import { layerOf } from '../../support/detection.js';
import { createKeys } from '../../support/keys.js';

const keys = createKeys(31);
const plenty = (): { left: number } => ({ left: 1e9 });
const judge = {
  holdsKey: (text: string): boolean => text.includes('KEY'),
  valuesIn: (text: string): number => text.split('KEY').length - 1,
};
const decoded = (source: string): readonly string[] =>
  base64Runs(layerOf(source), judge, plenty()).map(({ layer }) => layer.text);

describe('base64 in a text', () => {
  it('is decoded wherever it stands, in both alphabets, padded or not', () => {
    for (let length = 17; length < 60; length++) {
      const plain = `${keys.text('base62', length - 2)}?>`;
      const bytes = Buffer.from(plain);
      for (const written of [bytes.toString('base64'), bytes.toString('base64url')]) {
        const [text] = decoded(`a: "${written}"\n`);
        expect(text).toBe(plain);
      }
    }
  });

  it('leads back: each decoded character to the character that begins it', () => {
    const plain = 'the quick brown fox jumps';
    const source = `é x: ${Buffer.from(plain).toString('base64')}`;
    const start = Buffer.from(source).indexOf('x: ') + 3;
    const [run] = base64Runs(layerOf(source), judge, plenty());
    if (run === undefined) throw new Error('there is a run');
    expect(run.layer.encoding).toEqual(['base64']);
    [...plain].forEach((_, i) => {
      expect(originAt(run.layer, i)).toBe(start + Math.floor((i * 8) / 6));
    });
  });

  it('goes on over full lines', () => {
    const plain = 'all work and no play makes a dull day. '.repeat(6);
    const lines = Buffer.from(plain).toString('base64').replace(/.{76}/g, '$&\n');
    expect(decoded(`data:\n${lines}\n`)).toEqual([plain]);
    expect(decoded(`data:\n${lines.replace(/\n/g, '\r\n  ')}\n`)).toEqual([plain]);
  });

  it('with text glued before it is decoded where that brings a key to light, and only there', () => {
    for (const glued of ['x', 'xy', 'xyz']) {
      const key = `${glued}${Buffer.from('some text with a KEY in it').toString('base64')}`;
      expect(decoded(key).some((text) => text.includes('a KEY in it'))).toBe(true);
    }
    const without = `x${Buffer.from('some text with nothing in it').toString('base64')}`;
    expect(decoded(without)).toEqual([]);
  });

  it('of bytes that are no text is given up', () => {
    for (let round = 0; round < 200; round++) expect(decoded(`a ${keys.text('base62', 400)} b`)).toEqual([]);
  });

  it('of UTF-8 is text', () => {
    const plain = '这是一个很长的文本密钥 with a KEY';
    expect(decoded(Buffer.from(plain).toString('base64'))).toEqual([Buffer.from(plain).toString('latin1')]);
  });

  it('is decoded as far as the budget reaches', () => {
    const source = Array.from({ length: 50 }, () => Buffer.from('some text of no weight').toString('base64')).join(' ');
    const budget = { left: source.length / 2 };
    const runs = base64Runs(layerOf(source), judge, budget);
    expect(runs.length).toBeGreaterThan(10);
    expect(runs.length).toBeLessThan(40);
  });
});
