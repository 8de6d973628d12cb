import { describe, expect, it } from 'vitest';
import { speakerOf } from '../../src/detect/speaker.js';
import { found } from '../support/found.js';

/** Of the value that stands where the text says `@`. */
const speaker = (text: string): string | null => {
  const lines = text.split('\n');
  const index = lines.findIndex((line) => line.includes('@'));
  return speakerOf((i) => lines[i] ?? '', index, lines[index]?.indexOf('@') ?? 0);
};

describe('who speaks on a line', () => {
  it.each([
    ['2023-01-12 12:07:48 [worker-1] id=@', 'worker-1'],
    ['2023-01-12T12:07:48.123Z INFO [http-nio-8080-exec-1] id=@', 'http-nio-8080-exec-1'],
    ['[12:07:48] [INFO] [main] id=@', 'main'],
    ['[01:18] <alice> id is @', 'alice'],
    ['张三 2025-11-07 22:39:09\n@', '张三'],
    ['alice  10:21 AM\nhere you go\n@', 'alice'],
    ['Created: 2025-11-07 22:39:09\n@', null],
    ['<alice>@</alice>', null],
    ['id: @', null],
    ['alice  10:21 AM\n\n@', null],
  ])('%s', (text, name) => {
    expect(speaker(text)).toBe(name);
  });
});

describe('pairs by who speaks', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'threads that write in turn',
      '12:07:48 [w-1] accessKeyId={{id24}}\n12:07:48 [w-2] accessKeyId={{id24.2}}\n12:07:48 [w-2] accessKeySecret={{secret30.2}}\n12:07:48 [w-1] accessKeySecret={{secret30}}\n',
      ['id24.2>secret30.2', 'id24>secret30'],
    ],
    [
      'a question between',
      '[01:18:19] <alice> id is {{id24}}\n[01:18:19] <bob> and the secret?\n[01:18:20] <alice> {{secret30}}\n',
      ['id24>secret30'],
    ],
    [
      'a question between, each name on its own line',
      'alice  10:21 AM\nhere you go {{id24}}\nbob  10:22 AM\nand?\nalice  10:23 AM\n{{secret30}}\n',
      ['id24>secret30'],
    ],
  ])('%s', (_, template, expected) => {
    for (const seed of [1, 2, 3]) expect(found(template, seed)).toEqual(expected);
  });
});
