import { describe, expect, it } from 'vitest';
import { createDetector } from '../../../src/detect/detector.js';
import { originAt, rawLayer } from '../../../src/detect/layers/layer.js';
import { isBinaryAround, measured } from '../../../src/detect/layers/lengths.js';
import { createKeys } from '../../support/keys.js';

const keys = createKeys(77);
const PREFIX = ['LT', 'AI'].join('');
const detector = createDetector();
const found = (text: string): readonly (readonly [string | null, string | null])[] =>
  detector.scan(Buffer.from(text, 'latin1')).detections.map(({ accessKeyId, secret }) => [accessKeyId, secret]);

const [id, old, secret] = [keys.id24(), keys.id16(), keys.secret30()];

/** A length of four bytes, the lowest first. */
const low = (length: number): string => `${String.fromCharCode(length)}\0\0\0`;
/** A row of SQLite: its own head, then its columns, end to end. */
const row = (...columns: readonly string[]): string => {
  const kinds = columns.map(({ length }) => 13 + 2 * length);
  const varints = kinds.map((kind) =>
    kind < 128 ? String.fromCharCode(kind) : String.fromCharCode(128 + (kind >> 7), kind & 127),
  );
  const head = `${varints.join('')}`;
  return `\x7a\x01${String.fromCharCode(head.length + 1)}${head}${columns.join('')}`;
};

describe('a value whose length is told ends there, whatever letter follows', () => {
  it.each([
    ['Python bytecode', `\xe3\0\0\0\xda\x18${id}\xda\x1e${secret}z\x1coss-cn-hangzhou`],
    ['Python bytecode of version 2', `c\0\0\0\0t${low(24)}${id}t${low(30)}${secret}s,\0\0\0`],
    ['a pickle', `\x80\x02}q\0X${low(11)}accessKeyIdq\x01X${low(24)}${id}q\x02X${low(30)}${secret}q\x03u.`],
    ['a Java object', `\xac\xed\0\x05t\0\x0baccessKeyIdt\0\x18${id}t\0\x0faccessKeySecrett\0\x1e${secret}xp`],
    ['CBOR', `\xa2kaccessKeyIdx\x18${id}oaccessKeySecretx\x1e${secret}fregion`],
    ['a property list', `bplist00\xd2_\x10\x18${id}_\x10\x1e${secret}Qb\x08`],
    ['protobuf', `\x0a\x02ab\x6a\x18${id}\x72\x1e${secret}\x7a\x02cn`],
    ['Avro', `Obj\x01\x04\x14accessKey0${id}<${secret}`],
    ['a row of SQLite', row('prod', id, secret, 'mybucket')],
    ['a row of SQLite with a long column', row('x'.repeat(80), id, secret)],
  ])('in %s', (_, text) => {
    expect(found(text)).toEqual([[id, secret]]);
  });

  it.each([
    ['CBOR', `\xa2kaccessKeyIdp${old}oaccessKeySecretx\x1e${secret}`],
    ['Python bytecode', `\xe3\0\0\0\xda\x10${old}r\x0b\0\0\0\xda\x1e${secret}r\x0c\0\0\0`],
    ['a row of SQLite', row('ali', old, secret)],
  ])('also an ID of 16 characters, in %s', (_, text) => {
    expect(found(text)).toEqual([[old, secret]]);
  });

  it('keeps rows apart', () => {
    const more = Array.from({ length: 5 }, () => [keys.id24(), keys.secret30()] as const);
    const text = more.map(([key, own], index) => row(`name${index}`, key, own)).join('');
    expect(found(text)).toEqual(more);
  });

  it('knows where in the file it stands', () => {
    const text = `SQLite format 3\0${row('prod', id, secret)}`;
    const [only] = detector.scan(Buffer.from(text, 'latin1')).detections;
    expect(only?.place.offset).toBe(text.indexOf(id));
  });
});

describe('text stays as it is', () => {
  it('where there is no length', () => {
    expect(measured(rawLayer(`a ${id}x ${secret}\n`), [PREFIX])).toBeNull();
    expect(measured(rawLayer(`\0\x01 ${id} \x02`), [PREFIX])).toBeNull();
    expect(found(`x${id}y${secret}z`)).toEqual([]);
  });

  it('where a length is another one', () => {
    expect(found(`\xe3\0\0\0\xda\x17${id}z${secret}z`)).toEqual([]);
    expect(found(`\x02\x15prod${id}${secret}`)).toEqual([]);
  });

  it('with the way back to every byte', () => {
    const text = `${row('prod', id, secret, 'mybucket')}tail`;
    const layer = measured(rawLayer(text), [PREFIX]);
    expect(layer?.text).toContain(`\0prod\0${id}\0${secret}\0mybucket\0`);
    for (const part of ['prod', id, secret, 'mybucket', 'tail'])
      expect(layer === null ? null : originAt(layer, layer.text.indexOf(part))).toBe(text.indexOf(part));
  });
});

it('a file shows near a value that it is binary', () => {
  const asked = (text: string): boolean => {
    const bytes = Buffer.from(text, 'latin1');
    return isBinaryAround(bytes, bytes.indexOf('K'), bytes.length);
  };
  expect(asked('\x01ab K')).toBe(true);
  expect(asked('K ab\x1f')).toBe(true);
  expect(asked('\t\r\nab K\n')).toBe(false);
  expect(asked(`\0${' '.repeat(200)}K`)).toBe(false);
});

it('many keys in vain take no longer than one after the other', () => {
  const text = `\x05\x06${`x${PREFIX}\x07`.repeat(40_000)}`;
  expect(found(text)).toEqual([]);
});
