import { describe, expect, it } from 'vitest';
import { anchorsOf } from '../../src/detect/anchors.js';
import { createKeyStart } from '../../src/detect/key-start.js';
import { rulesFor } from '../../src/detect/rules.js';
import { builtInVocabulary } from '../../src/detect/vocabulary.js';
import { createKeys } from '../support/keys.js';

const PREFIX = ['LT', 'AI'].join('');
const mayBeginKey = createKeyStart([PREFIX, 'STS.'], anchorsOf(rulesFor({})), builtInVocabulary.glue.before);

/** The answer for the last place of the prefix in a text. */
const asked = (text: string): boolean => {
  const bytes = Buffer.from(text, 'latin1');
  return mayBeginKey(bytes, Math.max(bytes.lastIndexOf(PREFIX), bytes.lastIndexOf('STS.')), bytes.length);
};

describe('an anchor', () => {
  const id = createKeys(91).id24();

  it.each([
    ...['', ' ', '"', '=', ':', '/', '\n', '\0', '>', '+', '_', '-', '.'],
    ...['AccessKeyId', 'accesskey', 'AK', 'credential'],
    ...[
      '%22',
      '%3D',
      '%2522',
      '\\n',
      '\\u003d',
      '\\x3A',
      '\\042',
      '=22',
      '=3D',
      '\u001b[31m',
      '[0K',
      '%1B%5B33m',
      '\\0',
      '#033[33m',
    ],
  ])('may begin a key after %j', (before) => {
    expect(asked(`${before}${id}`)).toBe(true);
  });

  it.each(['A', '5', 'z', '"', "'", '\\', '=', '%', '&', '<', '[', '\u001b', '\0'])('may when %j follows', (after) => {
    expect(asked(`"${PREFIX}${after}`)).toBe(true);
  });

  it('may at the very end, where it is not known what follows', () => {
    expect(asked(`"${PREFIX}`)).toBe(true);
  });

  it.each(['HOSTS.txt', 'TESTS.md', 'VOLTAIRE', 'STS. Then', `${PREFIX} and`, `${PREFIX},`])(
    'may not in %j',
    (text) => {
      expect(asked(text)).toBe(false);
    },
  );

  it('in another form than the prefix itself always may', () => {
    expect(mayBeginKey(Buffer.from('xTFRBSQ'), 1, 7)).toBe(true);
  });

  it('is judged by its own bytes, wherever they stand in memory', () => {
    const larger = Buffer.from(`VO|"${id}`);
    expect(mayBeginKey(larger.subarray(3), 1, larger.length - 3)).toBe(true);
    expect(mayBeginKey(Buffer.from(`xx%22${id}`).subarray(2), 3, id.length + 3)).toBe(true);
  });

  it('may when the search saw only its first eight bytes and the rest follows', () => {
    const escaped = (text: string): string =>
      [...text].map((letter) => `\\u00${letter.charCodeAt(0).toString(16)}`).join('');
    const answer = (text: string): boolean => mayBeginKey(Buffer.from(text), 0, text.length);
    expect(answer(escaped(`${PREFIX}x`))).toBe(true);
    expect(answer(escaped('LTDx'))).toBe(false);
  });

  it('may begin a key behind a letter where the file is binary, once', () => {
    expect(asked(`\x15=Iprox${id}`)).toBe(true);
    expect(asked(`prox${id}\x05`)).toBe(true);
    expect(asked(`prox${id}`)).toBe(false);
    const bytes = Buffer.from(`\x15x${PREFIX}x${id}`, 'latin1');
    expect(mayBeginKey(bytes, 2, bytes.length)).toBe(false);
    expect(mayBeginKey(bytes, 7, bytes.length)).toBe(true);
  });
});
