import { describe, expect, it } from 'vitest';
import { createDetector } from '../../src/detect/detector.js';
import type { Detection, SiblingSecret } from '../../src/detect/types.js';
import { createKeys } from '../support/keys.js';

const detector = createDetector();
const keys = createKeys(51);
const lone = (text: string): Detection => {
  const [found, ...more] = detector.scan(Buffer.from(text)).detections;
  if (found === undefined || more.length > 0 || found.kind !== 'id-only') throw new Error('one ID alone was meant');
  return found;
};

/** What is found for an ID of one file in the files beside it. */
const find = (
  own: readonly [string, string],
  ...siblings: readonly (readonly [string, string])[]
): SiblingSecret | null =>
  detector.siblingSecret(
    lone(own[1]),
    own[0],
    siblings.map(([name, text]) => ({ name, bytes: Buffer.from(text) })),
  );

describe('a secret in the file beside', () => {
  it('is found by the names of both files, where they hold nothing else', () => {
    const secret = keys.secret30();
    const found = find(
      ['access_key_id.txt', `${keys.id24()}\n`],
      ['readme.md', 'x'],
      ['access_key_secret.txt', `${secret}\n`],
    );
    expect(found).toEqual({ sibling: 1, secret, place: { offset: 0, line: 1, column: 1 }, encoding: [] });
  });

  it('is found by the names of both values', () => {
    const secret = keys.secret30();
    const found = find(
      ['id.properties', `oss.accessKeyId=${keys.id24()}\n`],
      ['secret.properties', `\noss.accessKeySecret=${secret}\n`],
    );
    expect(found).toMatchObject({ secret, place: { line: 2, column: 21 } });
  });

  it('is decoded', () => {
    const secret = keys.secret30();
    const written = Buffer.from(secret).toString('base64');
    expect(
      find(['id.yml', `accessKeyId: ${keys.id24()}\n`], ['secret.yml', `accessKeySecret: ${written}\n`]),
    ).toMatchObject({
      secret,
      encoding: ['base64'],
    });
  });

  it('is taken where two files repeat it', () => {
    const secret = keys.secret30();
    const text = `accessKeySecret: ${secret}\n`;
    expect(find(['id.yml', `accessKeyId: ${keys.id24()}\n`], ['a.yml', text], ['b.yml', text])?.secret).toBe(secret);
  });

  it.each<[string, ...(readonly [string, string])[]]>([
    ['there are two', ['a.yml', 'accessKeySecret: @'], ['b.yml', 'accessKeySecret: @']],
    ['it has no name', ['a.yml', 'something: @'], ['b.yml', 'x']],
    ['it is another’s by its name', ['a.yml', 'tencent_secret_key: @'], ['b.yml', 'x']],
    ['it is another account’s', ['a.yml', 'test.accessKeySecret: @'], ['b.yml', 'x']],
    ['it has its own ID beside it', ['a.yml', 'accessKeyId: #\naccessKeySecret: @'], ['b.yml', 'x']],
    ['it was made up', ['a.yml', 'accessKeySecret: yourAccessKeySecretGoesInHere1'], ['b.yml', 'x']],
    ['it is no secret by its name', ['a.yml', 'requestId: @'], ['b.yml', 'x']],
  ])('is none where %s', (_, ...files) => {
    const expanded = files.map(
      ([name, text]) => [name, text.replace('@', () => keys.secret30()).replace('#', () => keys.id24())] as const,
    );
    expect(find(['id.yml', `prod.accessKeyId: ${keys.id24()}\n`], ...expanded)).toBeNull();
  });

  it('is none where two fit as well as each other', () => {
    const text = (): string => `accessKeySecret: ${keys.secret30()}\n`;
    const own = ['id.yml', `accessKeyId: ${keys.id24()}\n`] as const;
    expect(find(own, ['a.yml', text()])).not.toBeNull();
    expect(find(own, ['a.yml', text()], ['b.yml', text()])).toBeNull();
  });

  it('is none where there are no files', () => {
    expect(find(['id.yml', `accessKeyId: ${keys.id24()}\n`])).toBeNull();
  });
});

describe('a secret without its ID', () => {
  const holds = (name: string, text: string): boolean => detector.holdsLoneSecret({ name, bytes: Buffer.from(text) });

  it('is told where it names itself, plain, in base64, or by its file', () => {
    expect(holds('a.yml', `${'x: 1\n'.repeat(50)}accessKeySecret: ${keys.secret30()}\n`)).toBe(true);
    expect(holds('a.yml', `accessKeySecret: ${keys.secret30()}`)).toBe(true);
    const encoded = Buffer.from(keys.secret30()).toString('base64');
    expect(holds('secret.yml', `data:\n  accessKeySecret: ${encoded}\n`)).toBe(true);
    expect(holds('access_key_secret.txt', `${keys.secret30()}\n`)).toBe(true);
  });

  it('is not where an ID stands beside it, where it has no name, and in words that are none', () => {
    expect(holds('a.yml', `accessKeyId: ${keys.id24()}\naccessKeySecret: ${keys.secret30()}\n`)).toBe(false);
    expect(holds('a.yml', `requestId: ${keys.secret30()}\n`)).toBe(false);
    expect(holds('a.yml', `accessKeySecret: ${keys.secret30()}${keys.secret30()}\n`)).toBe(false);
    expect(holds('a.yml', `accessKeySecret: ${'a'.repeat(30)}\n`)).toBe(false);
    expect(holds('a.yml', 'accessKeySecret: from the vault\n')).toBe(false);
    expect(holds('a.yml', '')).toBe(false);
  });
});
