import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../src/config/parse.js';
import { AkscanError } from '../../src/errors.js';

const parse = (text: string) => parseConfiguration(text, 'akscan.config.yml');

const errorOf = (text: string): AkscanError => {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof AkscanError) return error;
    throw error;
  }
  throw new Error('no error');
};

describe('akscan.config.yml', () => {
  it('may say nothing', () => {
    expect(parse('')).toEqual({});
    expect(parse('# only a comment\n')).toEqual({});
  });

  it('says what is searched and shown', () => {
    const text = `
include: [src/**]
exclude:
  - "**/*.min.js"
maxSize: 10MB
minConfidence: low
failOn: secret
allowComments: false
baseline: ci/known.txt
ignoreFile: ci/accepted.txt
rules:
  - id: acme
    title: Acme key
    description: A key of Acme.
    key: { prefix: acme_, alphabet: base58, lengths: [37] }
`;
    expect(parse(text)).toEqual({
      include: ['src/**'],
      exclude: ['**/*.min.js'],
      maxSize: 10 << 20,
      minConfidence: 'low',
      failOn: 'secret',
      allowComments: false,
      baseline: 'ci/known.txt',
      ignoreFile: 'ci/accepted.txt',
      rules: [
        {
          id: 'acme',
          title: 'Acme key',
          description: 'A key of Acme.',
          key: { prefix: 'acme_', alphabet: 'base58', lengths: [37] },
        },
      ],
    });
  });

  it.each([
    ['exclude: []\nmaxSise: 1MB\n', 'akscan.config.yml:2: "maxSise" is not a key', 'Did you mean "maxSize"?'],
    ['endpoint: http://evil.example\n', 'akscan.config.yml:1: "endpoint" is not a key', 'The keys are include'],
    ['# x\n\nfailOn: often\n', 'akscan.config.yml:3: "failOn" is one of any, secret', null],
    ['exclude: "*.js"\n', 'akscan.config.yml:1: "exclude" must be array', null],
    ['include:\n  - a\n  - 7\n', 'akscan.config.yml:3: "include.1" must be string', null],
    ['\nmaxSize: "0"\n', 'akscan.config.yml:2: "maxSize": "0" is not a size', null],
    ['maxSize: huge\n', 'akscan.config.yml:1: "maxSize" is bytes, or a number', null],
    ['allowComments: "no"\n', 'akscan.config.yml:1: "allowComments" must be boolean', null],
    ['- a\n', 'akscan.config.yml:1: the configuration is a mapping', null],
    ['include: [a\nexclude: b\n', 'akscan.config.yml:2: ', null],
    ['failOn: any\n---\nfailOn: any\n', 'akscan.config.yml:2: Source contains multiple documents.', null],
    ['failOn: any\nfailOn: never\n', 'akscan.config.yml:2: Map keys must be unique', null],
  ])('names file, line and key of %j', (text, message, hint) => {
    const error = errorOf(text);
    expect(error.message).toContain(message);
    if (hint !== null) expect(error.hint).toContain(hint);
  });

  it('says all that is wrong, in the order of the lines, and no more than anybody reads', () => {
    const told = (text: string) => {
      const error = errorOf(text);
      return [error, ...error.also].map(({ message }) => message);
    };
    expect(told('failOn: often\nfoo: 1\nmaxSize: huge\nexclude: ["{a"]\nrules: [{ id: x }]\n')).toEqual([
      expect.stringContaining('akscan.config.yml:1: "failOn" is one of'),
      expect.stringContaining('akscan.config.yml:2: "foo" is not a key'),
      expect.stringContaining('akscan.config.yml:3: "maxSize" is bytes'),
      expect.stringContaining('akscan.config.yml:4: "exclude.0": the glob "{a"'),
      expect.stringContaining('akscan.config.yml:5: "rules.0" needs "key" or "secret"'),
      expect.stringContaining('akscan.config.yml:5: "rules.0" needs "title"'),
      expect.stringContaining('akscan.config.yml:5: "rules.0" needs "description"'),
    ]);
    const many = told(Array.from({ length: 5_000 }, (_, index) => `k${index}: 1\n`).join(''));
    expect(many).toHaveLength(11);
    expect(many.at(-1)).toBe('akscan.config.yml has more mistakes than these.');
  });

  it.each([
    ['include:\n  - src/**\n  - "[z-a]"\n', ':3: "include.1": the glob "[z-a]" has the set [z-a]'],
    ['exclude: ["{a,b"]\n', ':1: "exclude.0": the glob "{a,b" has a `{` that is not closed'],
    [`exclude: ["${process.cwd()}/src/**"]\n`, ' is an absolute path'],
  ])('names the line, key and text of a glob that nothing matches: %j', (text, message) => {
    expect(errorOf(text).message).toContain(message);
  });

  const rule = (change: string) =>
    `rules:\n  - id: acme\n    title: Acme\n    description: A key.\n${change === '' ? '' : `    ${change}\n`}`;
  const key = 'key: { prefix: acme_, alphabet: base58, lengths: [37] }';
  const other = '    key: { prefix: acme_, alphabet: base58, lengths: [37] }\n';

  it.each([
    ['rules:\n  - 7\n', ':2: "rules.0" must be object', null],
    [rule(''), ':2: "rules.0" needs "key" or "secret"', null],
    [rule(`pattern: "(a+)+"\n    ${key}`), ':5: "pattern" is not a key of "rules.0"', 'The keys are id, title'],
    [rule('key: { prefix: "(a+)+", alphabet: hex, lengths: [20] }'), ':5: "rules.0.key.prefix" must match', 'Literal'],
    [
      rule('key:\n      prefix: acme_\n      alphabet: hax\n      lengths: [20]'),
      ':7: "rules.0.key.alphabet" is one of',
      null,
    ],
    [rule('key: { prefix: "", alphabet: hex, lengths: [20] }'), ':5: "rules.0.key" needs "named"', null],
    [
      rule(key).replace('acme\n', 'alibaba-sts\n'),
      ':2: "rules.0.id": a built-in rule is called "alibaba-sts"',
      'another id',
    ],
    [rule(key).replace('acme\n', 'alibaba-mine\n'), ':2: "rules.0.id": names such as "alibaba-mine"', 'another id'],
    [`${rule(key)}${rule('').replace('rules:\n', '')}${other}`, ':6: "rules.1.id": another of these rules', null],
  ])('names the line and key of a wrong rule: %j', (text, message, hint) => {
    const error = errorOf(text);
    expect(error.message).toContain(`akscan.config.yml${message}`);
    if (hint !== null) expect(error.hint).toContain(hint);
  });

  it('refuses aliases that expand without end', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 9; level += 1)
      bomb.push(`${'abcdefghij'[level]}: &${'abcdefghij'[level]} [${`*${'abcdefghij'[level - 1]},`.repeat(10)}]`);
    expect(errorOf(bomb.join('\n')).message).toContain('aliases');
  });
});
