import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createDetector } from '../../src/detect/detector.js';
import type { Detection, Scanned } from '../../src/detect/types.js';
import { createKeys, randomFrom } from '../support/keys.js';

const detector = createDetector();
const root = fileURLToPath(new URL('../..', import.meta.url));
const MB = 1 << 20;

const repeated = (unit: string, length: number): string =>
  unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

/** Text without any key: words and line breaks. */
const filler = (seed: number, length: number): string => {
  const next = randomFrom(seed);
  const words = ['value', 'é', 'server:', 'port = 8080', '\n', '{', '}', '"name"', '密', '\r\n'];
  let text = '';
  while (Buffer.byteLength(text) < length) text += `${words[Math.floor(next() * words.length)]} `.repeat(30);
  return `${text} ALTAIR HOSTS. `;
};

const streamed = (bytes: Uint8Array, sizeOf: () => number): Scanned => {
  const stream = detector.stream();
  for (let at = 0; at < bytes.length; ) {
    const size = sizeOf();
    stream.push(bytes.subarray(at, at + size));
    at += size;
  }
  return stream.end();
};

const idsOf = ({ detections }: Scanned): readonly (string | null)[] => detections.map(({ accessKeyId }) => accessKeyId);

describe('the test for anchors', () => {
  it('speaks of the bytes asked about and no others', () => {
    const text = Buffer.from(`a ${createKeys(1).id24()}`);
    detector.buffer.set(text);
    expect(detector.holdsAnchor(text.length)).toBe(true);
    expect(detector.holdsAnchor(5)).toBe(false);
    expect(detector.scanBuffer(5).detections).toEqual([]);
    expect(detector.scanBuffer(text.length).detections).toHaveLength(1);
  });
});

describe('a blob', () => {
  it('in memory and in pieces of any size gives the same', () => {
    const keys = createKeys(2);
    const parts: string[] = [];
    for (let i = 0; i < 36; i++)
      parts.push(
        filler(i, 100_000 + keys.below(60_000)),
        `\naccessKeyId: ${keys.id24()}\nsecret: ${keys.secret30()}\n`,
      );
    const bytes = Buffer.from(parts.join(''));
    expect(bytes.length).toBeGreaterThan(4 * MB);
    const whole = detector.scan(bytes);
    expect(whole.detections).toHaveLength(36);
    const next = randomFrom(3);
    for (const sizeOf of [() => 1 + Math.floor(next() * 300_000), () => 5 * MB])
      expect(streamed(bytes, sizeOf)).toEqual(whole);
    // The pieces between two line feeds, down to single bytes, for a blob small enough.
    const small = bytes.subarray(0, 300_000);
    expect(streamed(small, () => 1 + Math.floor(next() * 3))).toEqual(detector.scan(small));
  });

  it('has every key found, with its line, wherever windows and buffers end', () => {
    const keys = createKeys(4);
    const line = `${'x'.repeat(119)}\n`;
    for (const size of [128 << 10, 512 << 10, 4 * MB]) {
      for (const shift of [-70, -60, -40, -20, -1, 0, 1, 20]) {
        const [id, secret] = [keys.id24(), keys.secret30()];
        const before = repeated(line, size + shift);
        const text = `${before}\nakId=${id}\nakSecret=${secret}\n${repeated(line, 50_000)}`;
        const [found, ...more] = detector.scan(Buffer.from(text)).detections;
        expect(more).toEqual([]);
        expect([found?.accessKeyId, found?.secret]).toEqual([id, secret]);
        expect(found?.place).toEqual({
          offset: before.length + 6,
          line: before.split('\n').length + 1,
          column: 6,
        });
        expect(found?.secretPlace?.line).toBe((found?.place.line ?? 0) + 1);
      }
    }
  });

  it('much longer than a buffer keeps pairs that stand across the seams', () => {
    const keys = createKeys(5);
    const pairs: (readonly [string, string])[] = [];
    let text = '';
    while (text.length < 9 * MB) {
      const pair = [keys.id24(), keys.secret30()] as const;
      pairs.push(pair);
      text += `akId=${pair[0]}\nakSecret=${pair[1]}\n${repeated('words and words\n', 20_000 + keys.below(9000))}\n`;
    }
    const found = detector.scan(Buffer.from(text)).detections;
    expect(found.map(({ accessKeyId, secret }) => [accessKeyId, secret])).toEqual(pairs);
    for (const { place, accessKeyId } of found) expect(text.indexOf(accessKeyId ?? '?')).toBe(place.offset);
  });

  it('with a byte order mark, Windows line ends and wide characters has columns of code points', () => {
    const id = createKeys(6).id24();
    const text = `\ufeff一行\r\n😀é id=${id}\r\n`;
    const [found] = detector.scan(Buffer.from(text)).detections;
    expect(found?.place).toEqual({
      offset: Buffer.byteLength(text.slice(0, text.indexOf('LTAI'))),
      line: 2,
      column: 7,
    });
    const [wide] = detector.scan(Buffer.from(text, 'utf16le')).detections;
    expect(wide?.place).toEqual({ offset: text.indexOf('LTAI') * 2, line: 2, column: 7 });
  });

  it('with more credentials than are kept says so, in memory and in pieces', () => {
    const keys = createKeys(7);
    const lines = Array.from({ length: 10_500 }, () => `${keys.id24()}\n`);
    const bytes = Buffer.from(lines.join(''));
    const capped = detector.scan(bytes);
    expect([capped.detections.length, capped.capped]).toEqual([10_000, true]);
    expect(streamed(bytes, () => 100_000).capped).toBe(true);
  });

  it('of hardly anything but anchors is judged up to a bound, which is said, and the rest of it is', () => {
    const keys = createKeys(11);
    const anchor = Buffer.from('LTAI TFRBS STS.L\0T\0A\0I ');
    const crowd = Buffer.alloc(20 * MB, anchor);
    const [first, second] = [keys.id24(), keys.id24()];
    const words = 'words and words\n'.repeat(20_000);
    const bytes = Buffer.concat([Buffer.from(`akId=${first}\n`), crowd, Buffer.from(`\n${words}akId=${second}\n`)]);
    const scanned = streamed(bytes, () => 1 << 20);
    expect(idsOf(scanned)).toEqual([first, second]);
    expect(scanned.capped).toBe(true);
  });

  it('of IDs and nothing else is judged', () => {
    const keys = createKeys(13);
    const ids = Array.from({ length: 6_000 }, () => keys.id16());
    const scanned = detector.scan(Buffer.from(ids.map((id) => `${id}\n`).join('')));
    expect(scanned.capped).toBe(false);
    expect(scanned.detections.length).toBeGreaterThan(5_900);
  });

  it('in pieces is not disturbed by another judged meanwhile', () => {
    const keys = createKeys(8);
    const [one, two] = [keys.id24(), keys.id24()];
    const stream = detector.stream();
    const text = Buffer.from(`id=${one}\n`);
    stream.push(text.subarray(0, 10));
    expect(idsOf(detector.scan(Buffer.from(`id=${two}\n`)))).toEqual([two]);
    stream.push(text.subarray(10));
    expect(idsOf(stream.end())).toEqual([one]);
  });

  it('of nothing holds nothing', () => {
    expect(detector.scan(new Uint8Array())).toEqual({ detections: [], capped: false });
    expect(detector.stream().end()).toEqual({ detections: [], capped: false });
  });

  it('given as a part of a larger buffer is read from its own first byte', () => {
    const id = createKeys(9).id24();
    const larger = Buffer.from(`${createKeys(10).id24()} junk | id=${id}\n`);
    const part = larger.subarray(larger.indexOf('|'));
    expect(detector.scan(part).detections.map(({ accessKeyId, place }) => [accessKeyId, place.offset])).toEqual([
      [id, 5],
    ]);
  });
});

describe('hostile input', () => {
  const keys = createKeys(11);
  const [id, secret] = [keys.id24(), keys.secret30()];
  it.each([
    ['anchors and nothing else', 'LTAI'],
    ['anchors in base64', 'TFRBS'],
    ['masked keys', `${id.slice(0, 12)}**** `],
    ['brackets that never close', `[({ ${id.slice(0, 14)} `],
    ['quotes', `"" '' "LTAI" + `],
    ['backslashes', `\\\\\\\\LTAI`],
    ['blanks', `${' '.repeat(200)}LTAI\n`],
    ['escapes of escapes', '%2525%254CLTAI'],
    ['base64 that is text', `LTAI ${Buffer.from('all work and no play').toString('base64')}\n`],
    ['tags', '<a><b c="LTAI"><'],
    ['insert statements', "insert into t values ('LTAI',"],
    ['words as long as a secret', 'LTAI getDescribeInstancesRequestBuf '],
    ['allow comments', '# akscan:allow LTAI\n'],
    ['colours', '\u001b[0mLTAI'],
    ['zeros', 'L\0T\0A\0I\0'],
  ])('of %s is read to its end: the pair behind 1 MB and behind 2 MB is found', (_, unit) => {
    for (const size of [MB, 2 * MB]) {
      const bytes = Buffer.from(`${repeated(unit, size)}\n\n${'-'.repeat(20)}\nakId=${id}\nakSecret=${secret}\n`);
      const found = detector.scan(bytes).detections;
      expect(found.map(({ accessKeyId }) => accessKeyId)).toContain(id);
    }
  });

  it('holds as much in twice the bytes as twice: nothing is lost on the way', () => {
    const unit = Array.from({ length: 100 }, () => `${keys.id24()}\n${repeated('abc def\n', 4000)}`).join('');
    const once = detector.scan(Buffer.from(unit));
    const twice = detector.scan(Buffer.from(unit + unit));
    expect(once.detections.length).toBeGreaterThanOrEqual(99);
    expect(twice.detections).toHaveLength(once.detections.length * 2);
  });

  it('of random bytes never throws and holds nothing', () => {
    const next = randomFrom(12);
    for (let round = 0; round < 30; round++) {
      const bytes = Uint8Array.from({ length: 20_000 }, () => Math.floor(next() * 256));
      for (let i = 0; i < 40; i++) bytes.set(Buffer.from('LTAI'), Math.floor(next() * 19_000));
      expect(detector.scan(bytes)).toEqual({ detections: [], capped: false });
    }
  });
});

describe('real files, mutated', () => {
  const files = ['src/detect', 'rules', 'test/detect'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(path.join(root, folder, entry.name), 'latin1')),
  );

  it('never throw, and give only values that stand in them', () => {
    const next = randomFrom(13);
    const keys = createKeys(14);
    const pick = (length: number): number => Math.floor(next() * length);
    for (const source of files) {
      let text = source.slice(0, 12_000);
      for (let i = 0; i < 30; i++) {
        const at = pick(text.length);
        const with_ = [keys.id24(), keys.secret30(), `"${keys.id16()}"`, '"', '\n', '\\', '%4', '{', ''][pick(9)] ?? '';
        text = text.slice(0, at) + with_ + text.slice(at + pick(6));
      }
      const found: readonly Detection[] = detector.scan(Buffer.from(text, 'latin1')).detections;
      for (const { accessKeyId, place, encoding } of found) {
        if (encoding.length === 0) expect(text.startsWith(accessKeyId ?? '?', place.offset)).toBe(true);
      }
    }
  });
});

describe('this repository', () => {
  it('holds no key: fixtures and examples are templates', () => {
    const tracked = execFileSync('git', ['-C', root, 'ls-files', '-z'], { encoding: 'utf8' }).split('\0');
    const read = tracked.filter((name) => /\.(?:ts|mjs|yml|md|json)$/.test(name) && name !== 'package-lock.json');
    expect(read.length).toBeGreaterThan(100);
    for (const name of read) {
      const bytes = readFileSync(path.join(root, name));
      expect([name, detector.scan(bytes).detections]).toEqual([name, []]);
    }
  });
});
