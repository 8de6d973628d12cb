import { describe, expect, it } from 'vitest';
import { createDetector } from '../../../src/detect/detector.js';
import { createKeys } from '../../support/keys.js';

const detector = createDetector();
const found = (text: string): readonly (readonly (string | null)[])[] =>
  detector.scan(Buffer.from(text)).detections.map(({ accessKeyId, secret }) => [accessKeyId, secret]);

const linesOf = (text: string, width: number): readonly string[] =>
  Buffer.from(text)
    .toString('base64')
    .match(new RegExp(`.{1,${width}}`, 'g')) ?? [];

/** Whether a line holds the prefix undivided, as what holds none is never read. */
const isInScope = (lines: readonly string[]): boolean => lines.some((line) => /TFRBS|xUQU|MVEFJ/.test(line));

describe('base64 in lines', () => {
  it.each([
    ['', ''],
    ['    ', ''],
    ['\t\t\t', ''],
    ['# ', ''],
    ['// ', ''],
    ['> ', ''],
    ['+', ''],
    ['-', ''],
    [' * ', ''],
    ['  "', '",'],
    ['"', '" +'],
    ['', '\r'],
  ])('behind %j and before %j is read as one text', (before, after) => {
    const keys = createKeys(71);
    let read = 0;
    for (const width of [28, 32, 40, 52, 60, 64, 72, 76]) {
      for (let round = 0; round < 12; round++) {
        const [id, secret] = [round % 2 === 0 ? keys.id16() : keys.id24(), keys.secret30()];
        const lines = linesOf(
          `# ${'note '.repeat(round % 5)}\naccessKeyId=${id}\naccessKeySecret=${secret}\nend=1\n`,
          width,
        );
        if (!isInScope(lines)) continue;
        read++;
        const block = lines.map((line) => `${before}${line}${after}\n`).join('');
        expect(found(`data:\n${block}${before}\n`)).toEqual([[id, secret]]);
      }
    }
    expect(read).toBeGreaterThan(40);
  });

  it('never gives an ID that the end of a line cuts', () => {
    const keys = createKeys(72);
    for (let round = 0; round < 200; round++) {
      const id = keys.id24();
      // The line ends where 16 characters of the ID have been seen; what follows is of another width.
      const text = `${'x'.repeat(3 * (round % 7) + 2)} ${id} and more of it`;
      const at = Math.ceil(((text.indexOf(id) + 16) * 4) / 3);
      const written = Buffer.from(text).toString('base64');
      const ids = found(`a: ${written.slice(0, at)}\n   ${written.slice(at)}==x\n`).map(([one]) => one);
      expect(ids.filter((one) => one !== id)).toEqual([]);
    }
  });

  it('that are values of their own are read one by one', () => {
    const keys = createKeys(73);
    for (let round = 0; round < 20; round++) {
      const ids = [keys.id24(), keys.id24(), keys.id24()];
      const secrets = [keys.secret30(), keys.secret30(), keys.secret30()];
      const listed = (values: readonly string[]): string =>
        values.map((value) => `${Buffer.from(value).toString('base64')}\n`).join('');
      expect(found(`ids:\n${listed(ids)}secrets:\n${listed(secrets)}`).map(([id]) => id)).toEqual(ids);
      const pairs = ids.map((id, i) => `${id}:${secrets[i]}: `);
      expect(found(`${listed(pairs)}\n`)).toEqual(ids.map((id, i) => [id, secrets[i]]));
    }
  });

  it('of one file cost what they are long, whether they are text or not', () => {
    const keys = createKeys(74);
    const id = keys.id24();
    for (const line of [
      keys.text('base62', 40),
      'YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXphYmNk',
      `+${keys.text('base62', 39)}`,
    ]) {
      const text = `${id}\n${`${line}\n`.repeat(6000)}`;
      const started = performance.now();
      detector.scan(Buffer.from(text));
      expect(performance.now() - started).toBeLessThan(2000);
    }
  });
});
