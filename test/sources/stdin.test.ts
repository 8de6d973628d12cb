import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { scanStdin } from '../../src/sources/stdin.js';
import { id24, secret30 } from '../support/keys.js';
import { defaults, recorder } from './recording.js';

const chunksOf = (text: string, size: number): Readable => {
  const bytes = Buffer.from(text);
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
  return Readable.from(chunks);
};

const pair = (id: string): string => `accessKeyId=${id}\naccessKeySecret=${secret30()}\n`;

describe('standard input', () => {
  it.each([
    ['short', 100, 7],
    ['longer than the detector holds', 600_000, 65_536],
  ])('is one blob, %s or not, and has no path', async (_, filler, size) => {
    const ids = [id24(), id24()] as const;
    const text = `${pair(ids[0])}${'some words\n'.repeat(filler)}${pair(ids[1])}`;
    const { sink, recording } = recorder();
    await scanStdin('-', chunksOf(text, size), defaults, sink);
    expect(recording.sightings).toMatchObject(
      ids.map((id) => ({ target: '-', source: 'stdin', path: null, detection: { accessKeyId: id, kind: 'pair' } })),
    );
    expect(recording.counts).toEqual({ files: 1, objects: 0, bytes: text.length });
  });

  it('that never comes does not keep a scan from being stopped', async () => {
    const controller = new AbortController();
    const { sink } = recorder();
    const silent = new Readable({ read: () => {} });
    const scan = scanStdin('-', silent, { ...defaults, signal: controller.signal }, sink);
    controller.abort(new Error('enough'));
    await expect(scan).rejects.toThrow('enough');
  });

  it('that is empty holds nothing', async () => {
    const { sink, recording } = recorder();
    await scanStdin('-', chunksOf('', 1), defaults, sink);
    expect(recording).toMatchObject({ sightings: [], counts: { files: 1, bytes: 0 } });
  });
});
