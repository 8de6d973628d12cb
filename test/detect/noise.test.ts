import { describe, expect, it } from 'vitest';
import { createNoise, wordShare } from '../../src/detect/noise.js';
import { builtInVocabulary } from '../../src/detect/vocabulary.js';
import { createKeys } from '../support/keys.js';

const { madeUp } = createNoise(builtInVocabulary);
const DRAWN = 20_000;

describe('values drawn evenly, as issued ones are', () => {
  it.each([
    ['base58', 20, 'alphanumeric'],
    ['base58', 12, 'alphanumeric'],
    ['base62', 12, 'alphanumeric'],
    ['base62', 30, 'alphanumeric'],
    ['base58', 25, 'alphanumeric'],
    ['base58', 44, 'alphanumeric'],
    ['base58', 32, 'base58'],
  ] as const)('%s of %i characters are hardly ever called made up', (letters, length, alphabet) => {
    for (const seed of [1, 2, 3]) {
      const keys = createKeys(seed);
      let wrong = 0;
      for (let i = 0; i < DRAWN; i++) if (madeUp(keys.text(letters, length), alphabet) !== null) wrong++;
      expect(wrong / DRAWN).toBeLessThan(0.003);
    }
  });

  it('are kept in hexadecimal and in digits where a rule says that this is the alphabet', () => {
    const keys = createKeys(4);
    const draw = (letters: string): string =>
      Array.from({ length: 32 }, () => letters[keys.below(letters.length)]).join('');
    let wrong = 0;
    for (let i = 0; i < 2000; i++) {
      if (madeUp(draw('0123456789abcdef'), 'hex') !== null) wrong++;
      if (madeUp(draw('abcdefghijklmnopqrstuvwxyz0123456789'), 'lower-alphanumeric') !== null) wrong++;
    }
    expect(wrong / 4000).toBeLessThan(0.01);
  });
});

describe('values that nobody issued', () => {
  it.each([
    // masks and repeats
    'xxxxxxxxxxxxxxxxxxxx',
    'XXXXXXXXXXXXXXXXXXXXXXXXXXXXXX',
    '00000000000000000000',
    'aaaaaaaaaaaaBBBBBBBB',
    'ababababababababababababababab',
    'abc123abc123abc123abc123abc123',
    'a1b2c3d4e5f6g7h8i9j0',
    'abababcdcdcd',
    // sequences
    'abcdefghijklmnopqrst',
    'ABCDEFGHIJKLMNOPQRSTUVWXYZabcd',
    '12345678901234567890',
    '0123456789abcdefghij',
    '5tzyxwvuTSRQponmLKJI',
    // words
    'yourAccessKeySecretGoesInHere1',
    'yourAccessKeyId',
    'ThisIsAnExampleOfASecretKeyABC',
    'testtesttesttesttest',
    'replaceMeWithYourKey',
    'notARealAccessKeySec',
    'getDescribeInstancesRequestBuf',
    'setApplicationContextInitializ',
    'AbstractAutowireCapableBeanFac',
    'fakeSecretForUnitTestsOnlyABCD',
    // keyboards
    'qwertyuiopasdfghjklz',
    '1qaz2wsx3edc4rfv5tgb',
    'asdfASDF1234asdfASDF1234asdfAS',
    // hashes and ids of other kinds
    '0af7651916cd43dd8448eb211c8031',
    'D41D8CD98F00B204E9800998ECF842',
    // one case only
    'QZKWJXVPLMBHGTRDNCFSYEUAIOQZKW',
    'qzkwjxvplmbhgtrdncfsyeuaioqzkw',
  ])('%s is called made up', (value) => {
    expect(madeUp(value, 'alphanumeric')).not.toBeNull();
  });

  it('are so whatever their case, where they are words or sequences', () => {
    for (const value of ['myEXAMPLEkey9f3Qz7LpW2xR4vTn8b', '9f3Qz7LpWexample2xR4vTn8bKm5cD'])
      expect(madeUp(value, 'alphanumeric')).not.toBeNull();
  });
});

describe('the share of word-like letters', () => {
  it('tells words from draws', () => {
    const keys = createKeys(5);
    const draws = Array.from({ length: 500 }, () => wordShare(keys.secret30()));
    const words = ['getDescribeInstancesRequestBuf', 'applicationContextInitializers', 'internationalOrganisation'];
    expect(Math.min(...words.map(wordShare))).toBeGreaterThan(Math.max(...draws));
  });

  it('is nothing for nothing', () => {
    expect(wordShare('')).toBe(0);
    expect(wordShare('a')).toBe(0);
  });
});
