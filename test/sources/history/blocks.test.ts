import { describe, expect, it } from 'vitest';
import { createDetector } from '../../../src/detect/detector.js';
import type { ObjectHead } from '../../../src/git/batch-format.js';
import { createBlockReader } from '../../../src/sources/history/blocks.js';
import { id24, randomFrom, secret30 } from '../../support/keys.js';

interface Seen {
  readonly done: ObjectHead[];
  readonly hits: string[];
  readonly tooLarge: string[];
  readonly missing: string[];
}

const reading = (maxSize: number | null = null) => {
  const seen: Seen = { done: [], hits: [], tooLarge: [], missing: [] };
  const reader = createBlockReader(createDetector(), maxSize, {
    done: (head) => void seen.done.push(head),
    hit: (head, { detections }) => {
      for (const { accessKeyId } of detections) seen.hits.push(`${head.oid} ${accessKeyId}`);
    },
    tooLarge: ({ oid }) => void seen.tooLarge.push(oid),
    missing: (oid) => void seen.missing.push(oid),
  });
  return { seen, reader };
};

const oidOf = (index: number): string => index.toString(16).padStart(40, '0');

const output = (objects: readonly { readonly type: string; readonly bytes: string }[]): Buffer =>
  Buffer.concat(
    objects.map(({ type, bytes }, index) =>
      Buffer.from(`${oidOf(index)} ${type} ${Buffer.byteLength(bytes)}\n${bytes}\n`),
    ),
  );

const pair = (id: string): string => `accessKeyId=${id}\naccessKeySecret=${secret30()}\n`;

describe('the output of cat-file', () => {
  it('is understood however it is cut into chunks', () => {
    const random = randomFrom(7);
    const ids = Array.from({ length: 12 }, id24);
    const objects = Array.from({ length: 300 }, (_, index) => {
      const id = index % 25 === 0 ? ids[index / 25] : undefined;
      const filler = 'word and word\n'.repeat(Math.floor(random() * 900));
      return { type: index % 3 === 0 ? 'commit' : 'blob', bytes: id === undefined ? filler : `${filler}${pair(id)}` };
    });
    const bytes = output(objects);
    const expected = ids.map((id, index) => `${oidOf(index * 25)} ${id}`);
    for (const size of [1 + Math.floor(random() * 30), 4_096, 65_536, bytes.length]) {
      const { seen, reader } = reading();
      for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
      expect(reader.end()).toEqual({ cut: false });
      expect(seen.hits).toEqual(expected);
      expect(seen.done.map(({ oid }) => oid)).toEqual(objects.map((_, index) => oidOf(index)));
    }
  });

  it('may hold an object larger than the detector’s memory, and empty ones', () => {
    const ids = [id24(), id24()] as const;
    const huge = `${pair(ids[0])}${'lorem ipsum\n'.repeat(1_000_000)}${pair(ids[1])}`;
    const bytes = output([
      { type: 'blob', bytes: '' },
      { type: 'blob', bytes: huge },
      { type: 'blob', bytes: '' },
      { type: 'tag', bytes: pair(ids[0]) },
    ]);
    const { seen, reader } = reading();
    for (let at = 0; at < bytes.length; at += 65_536) reader.push(bytes.subarray(at, at + 65_536));
    expect(reader.end()).toEqual({ cut: false });
    expect(seen.hits).toEqual([`${oidOf(1)} ${ids[0]}`, `${oidOf(1)} ${ids[1]}`, `${oidOf(3)} ${ids[0]}`]);
    expect(seen.done).toHaveLength(4);
  });

  it('is passed over where it is a tree or above the limit', () => {
    const bytes = output([
      { type: 'tree', bytes: pair(id24()) },
      { type: 'blob', bytes: pair(id24()) },
    ]);
    const { seen, reader } = reading(10);
    reader.push(bytes);
    reader.end();
    expect(seen).toMatchObject({ hits: [], tooLarge: [oidOf(1)] });
  });

  it('that ends in the middle of an object is told so', () => {
    const bytes = output([
      { type: 'blob', bytes: 'whole' },
      { type: 'blob', bytes: 'x'.repeat(100) },
    ]);
    const { seen, reader } = reading();
    reader.push(bytes.subarray(0, bytes.length - 10));
    expect(reader.end()).toEqual({ cut: true });
    expect(seen.done).toHaveLength(1);
  });

  it('names objects that are missing, and is refused when it is something else', () => {
    const { seen, reader } = reading();
    reader.push(Buffer.from(`${oidOf(1)} missing\n${oidOf(2)} blob 1\nx\n`));
    reader.end();
    expect(seen).toMatchObject({ missing: [oidOf(1)], done: [{ oid: oidOf(2) }] });
    const other = reading();
    other.reader.push(Buffer.from('hello world\n'));
    expect(() => other.reader.end()).toThrow('something that was not asked for');
  });
});
