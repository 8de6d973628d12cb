import { describe, expect, it } from 'vitest';
import { pathOf, readScope, type ScopeResult } from '../../src/detect/scope.js';
import { createTools, layerOf } from '../support/detection.js';
import { createKeys } from '../support/keys.js';

const tools = createTools();
const keys = createKeys(71);
const read = (text: string): ScopeResult => readScope(layerOf(text), tools, { left: 1e7 });
const pairsIn = (text: string): readonly (readonly string[])[] =>
  read(text).pairs.map(({ key, secret }) => [key.text, secret.text]);
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('a text and what is written inside it', () => {
  it('is paired inside the text where both stand, and around it where only one does', () => {
    const [a, b] = [1, 2].map(() => ({ id: keys.id24(), secret: keys.secret30() }));
    const text = [
      `config: ${base64(`{"accessKeyId":"${a?.id}","accessKeySecret":"${a?.secret}"}`)}`,
      '---',
      `accessKeyId: ${base64(b?.id ?? '')}`,
      `accessKeySecret: ${b?.secret}`,
    ].join('\n');
    expect(pairsIn(text)).toEqual(expect.arrayContaining([a, b].map((key) => [key?.id, key?.secret])));
    expect(pairsIn(text)).toHaveLength(2);
  });

  it('gives an ID and its secret in two codings of their own to each other', () => {
    const [id, secret] = [keys.id24(), keys.secret30()];
    expect(pairsIn(`id: ${base64(`${id}\n`)}\nsecret: ${base64(`${secret}\n`)}\n`)).toEqual([[id, secret]]);
  });

  it('is followed into codings inside codings', () => {
    const [id, secret] = [keys.id24(), keys.secret30()];
    const inner = `accessKeyId=${id}\naccessKeySecret=${secret}\n`;
    expect(pairsIn(`x: ${base64(`y: ${base64(inner)}\n`)}\n`)).toEqual([[id, secret]]);
    expect(pairsIn(JSON.stringify({ x: JSON.stringify({ y: inner }) }))).toEqual([[id, secret]]);
  });

  it('stops at a depth, however often it was coded', () => {
    let text = `accessKeyId=${keys.id24()} `;
    for (let depth = 0; depth < 6; depth++) text = `${base64(text)} `;
    const { pairs, alone } = read(text);
    expect([pairs, alone]).toEqual([[], []]);
  });

  it('stops at its budget, and still reads what stands in the open', () => {
    const id = keys.id24();
    const text = `accessKeyId: ${id}\n${`${base64('some text of no weight')}\n`.repeat(200)}`;
    const spent = readScope(layerOf(text), tools, { left: 0 });
    expect(spent.alone.map((value) => value.text)).toEqual([id]);
  });

  it('looks for secrets only where there is a key, or where it is told to', () => {
    const secret = keys.secret30();
    const text = `accessKeySecret: ${secret}\n`;
    expect(read(text).alone).toEqual([]);
    const told = readScope(layerOf(text), { ...tools, secretsAlone: true }, { left: 1e7 });
    expect(told.alone.map((value) => value.text)).toEqual([secret]);
  });

  it('takes the plainest reading of a value, once', () => {
    const { alone } = read(`id = "${keys.id24()}" + "" // %41`);
    expect(alone).toHaveLength(1);
    expect(alone[0]?.encoding).toEqual([]);
  });

  it('takes the whole of a literal that was split, not its first part', () => {
    const id = keys.id24();
    const { alone } = read(`id = "${id.slice(0, 16)}" + "${id.slice(16)}"`);
    expect(alone.map(({ text }) => text)).toEqual([id]);
  });
});

describe('the path of a value', () => {
  const pathIn = (text: string): string | null => {
    const [value] = read(text).alone;
    return value === undefined ? null : pathOf(value);
  };

  it('is its name, after those of the blocks around it', () => {
    const id = keys.id24();
    expect(pathIn(`aliyun:\n  oss:\n    accessKeyId: ${id}\n`)).toBe('aliyun.oss.accessKeyId');
    expect(pathIn(`[oss]\naccessKeyId = ${id}\n`)).toBe('oss.accessKeyId');
    expect(pathIn(`accessKeyId = ${id}\n`)).toBe('accessKeyId');
    expect(pathIn(`${id}\n`)).toBeNull();
  });
});
