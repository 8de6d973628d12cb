import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { LongLine, linesOf } from '../src/lines-of.js';

const lines = async (most: number, ...chunks: readonly (string | Buffer)[]): Promise<readonly string[]> => {
  const all: string[] = [];
  const input = Readable.from(
    chunks.map((chunk) => Buffer.from(chunk)),
    { objectMode: false },
  );
  for await (const line of linesOf(input, most)) all.push(line);
  return all;
};

describe('lines', () => {
  it('end at line feeds, with a carriage return or without, wherever the pieces end', async () => {
    const text = 'one\r\ntwo\n\n密钥\u2028still\rthe same\nlast';
    const bytes = Buffer.from(text);
    const whole = ['one', 'two', '', '密钥\u2028still\rthe same', 'last'];
    for (let at = 0; at <= bytes.length; at += 1) {
      expect(await lines(100, bytes.subarray(0, at), bytes.subarray(at))).toEqual(whole);
    }
    expect(await lines(100, 'a\n')).toEqual(['a']);
    expect(await lines(100)).toEqual([]);
  });

  it('have an end, also where the input has none', async () => {
    const endless = Readable.from(
      (function* () {
        while (true) yield Buffer.alloc(1_000);
      })(),
      { objectMode: false },
    );
    const read = async () => {
      for await (const _ of linesOf(endless, 10_000)) throw new Error('there is no line');
    };
    await expect(read()).rejects.toThrow(LongLine);
    expect(await lines(3, 'abc\nabc\n')).toEqual(['abc', 'abc']);
    await expect(lines(3, 'abc\nabcd\n')).rejects.toThrow(LongLine);
  });
});
