import { describe, expect, it } from 'vitest';
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
  ])('names file and line of %j', (text, message) => {
    expect(() => parse(text)).toThrow(`.akscanignore${message}`);
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
