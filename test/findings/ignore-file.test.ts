import { describe, expect, it } from 'vitest';
import { AkscanError } from '../../src/errors.js';
import { formatIgnoreEntry, parseIgnoreFile } from '../../src/findings/ignore-file.js';

const FINGERPRINT = '0123456789abcdef'.repeat(4);
const parse = (text: string) => parseIgnoreFile(text, '.akscanignore');

describe('.akscanignore', () => {
  it('holds a fingerprint and a reason a line, with comments and blank lines between', () => {
    expect(parse(`# accepted\r\n\r\n${FINGERPRINT} made up, for tests\r\n`)).toEqual([
      { fingerprint: FINGERPRINT, path: null, expires: null, reason: 'made up, for tests', line: 3 },
    ]);
  });

  it('takes a path and an expiry before the reason, in either order', () => {
    const entry = { fingerprint: FINGERPRINT.slice(0, 16), path: 'docs/**', expires: '2030-05-31' };
    expect(parse(`${entry.fingerprint} expires:2030-05-31 path:docs/** sample`)).toMatchObject([entry]);
    expect(parse(`${entry.fingerprint} path:"my docs/**" expires:2030-05-31 sample`)).toMatchObject([
      { ...entry, path: 'my docs/**', reason: 'sample' },
    ]);
  });

  it('leaves colons in the reason alone', () => {
    expect(parse(`${FINGERPRINT} see: TICKET-1`)).toMatchObject([{ reason: 'see: TICKET-1' }]);
  });

  it.each([
    ['deadbeef too short', ':1: a line starts with a fingerprint'],
    [`\n${FINGERPRINT}`, ':2: the reason is missing'],
    [`${FINGERPRINT} path:a`, ':1: the reason is missing'],
    [`${FINGERPRINT} expires:2030-02-30 why`, ':1: "2030-02-30" is not a day'],
    [`${FINGERPRINT} expires:soon why`, ':1: "soon" is not a day'],
    [`${FINGERPRINT} expire:2030-01-01 why`, ':1: "expire:" is not understood'],
    ['<<<<<<< HEAD', ':1: a line starts with a fingerprint'],
    [`${FINGERPRINT} path:"my docs/** why`, ':1: path:"my begins with a quote, and none ends it'],
    [`${FINGERPRINT} path:"a"b why`, ':1: path:"a"b begins with a quote, and none ends it'],
    [`${FINGERPRINT} path:[z-a] why`, ':1: path: the glob "[z-a]" has the set [z-a]'],
    [`${FINGERPRINT} path:/docs/** why`, ':1: path: the glob "/docs/**" is an absolute path'],
    [`${FINGERPRINT} path:"" why`, ':1: path: the glob "" is empty'],
    [`${FINGERPRINT} path:${'a'.repeat(2000)} why`, ':1: path:aaa'],
  ])('names file and line of %j', (text, message) => {
    expect(() => parse(text)).toThrow(`.akscanignore${message}`);
  });

  it('says all lines that are wrong, and no more than anybody reads', () => {
    const told = (text: string) => {
      try {
        parse(text);
      } catch (error) {
        if (error instanceof AkscanError) return [error, ...error.also].map(({ message }) => message);
      }
      return [];
    };
    expect(told(`x\n${FINGERPRINT} why\n${FINGERPRINT}\n`)).toEqual([
      expect.stringContaining(':1: a line starts'),
      expect.stringContaining(':3: the reason is missing'),
    ]);
    const many = told('x\n'.repeat(1_000));
    expect([many.length, many.at(-1)]).toEqual([11, '.akscanignore has more mistakes than these.']);
  });

  it('reads back what it writes', () => {
    for (const entry of [
      { fingerprint: FINGERPRINT, path: null, expires: null, reason: 'why' },
      { fingerprint: FINGERPRINT, path: 'a b/*.yml', expires: '2030-05-31', reason: 'x: y "z"' },
    ]) {
      expect(parse(formatIgnoreEntry(entry))).toEqual([{ ...entry, line: 1 }]);
    }
  });
});
