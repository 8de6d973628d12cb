import { describe, expect, it } from 'vitest';
import { commandOf } from '../../../src/contain/rotate/command-line.js';

describe('commandOf', () => {
  it.each<[string, readonly string[]]>([
    ['vault kv put secret/shop -', ['vault', 'kv', 'put', 'secret/shop', '-']],
    ['  tee\tout  ', ['tee', 'out']],
    [`store 'two words' "three more words"`, ['store', 'two words', 'three more words']],
    [`a'b c'"d e"f`, ['ab cd ef']],
    [`a "" ''`, ['a', '', '']],
    ['a b\\ c \\$d', ['a', 'b c', '$d']],
    ['a "say \\"hi\\" \\$5 \\n"', ['a', 'say "hi" $5 \\n']],
    ['["sh", "-c", "cat > $HOME/x"]', ['sh', '-c', 'cat > $HOME/x']],
    ['a key=value --flag=1,2:3 @file %x +y', ['a', 'key=value', '--flag=1,2:3', '@file', '%x', '+y']],
  ])('takes %s apart', (typed, words) => {
    const [program, args] = commandOf(typed);
    expect([program, ...args]).toEqual(words);
  });

  it.each([
    'a | b',
    'a > file',
    'a; b',
    'a && b',
    'a $HOME',
    'a "$HOME"',
    'a "`id`"',
    'a `id`',
    'a *.txt',
    'a ~/x',
    'a # b',
    "a 'b",
    'a "b',
    'a \\',
    '',
    '   ',
    '[]',
    '[""]',
    '["a", 1]',
    '["a"',
    'a b\0c',
  ])('refuses what a shell would do more with, or what is cut off: %s', (typed) => {
    expect(() => commandOf(typed)).toThrow(/^--secret-command/);
  });

  it('repeats nothing of what was typed', () => {
    expect(() => commandOf('put hunter2hunter2 | x')).toThrow(expect.not.stringContaining('hunter2'));
  });

  it('takes linear time', () => {
    const [, args] = commandOf(`a ${'\\'.repeat(200_000)}`);
    expect(args[0]).toHaveLength(100_000);
    expect(() => commandOf(`a "${'\\"'.repeat(100_000)}`)).toThrow(/quote/);
  });
});
