import { describe, expect, it } from 'vitest';
import { base64Forms } from '../../src/detect/anchor-forms.js';
import { anchorsOf } from '../../src/detect/anchors.js';
import { createDetector } from '../../src/detect/detector.js';
import { rulesFor } from '../../src/detect/rules.js';
import { createKeys } from '../support/keys.js';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const eachByte = (bytes: Buffer, write: (hex: string, code: number) => string): Buffer =>
  latin1([...bytes].map((code) => write(code.toString(16).padStart(2, '0'), code)).join(''));
const wide = (bytes: Buffer): Buffer => Buffer.from(bytes.toString('latin1'), 'utf16le');

/** One way of writing all of a text. */
const ENCODERS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  plain: (bytes) => bytes,
  base64: (bytes) => latin1(bytes.toString('base64')),
  base64url: (bytes) => latin1(bytes.toString('base64url')),
  'utf-16le': wide,
  'utf-16be': (bytes) => wide(bytes).swap16(),
  unicode: (bytes) => eachByte(bytes, (hex) => `\\u00${hex}`),
  'unicode capitals': (bytes) => eachByte(bytes, (hex) => `\\u00${hex.toUpperCase()}`),
  hexadecimal: (bytes) => eachByte(bytes, (hex) => `\\x${hex}`),
  percent: (bytes) => eachByte(bytes, (hex) => `%${hex.toUpperCase()}`),
  'html hexadecimal': (bytes) => eachByte(bytes, (hex) => `&#x${hex};`),
  'html decimal': (bytes) => eachByte(bytes, (_, code) => `&#${code};`),
  json: (bytes) => latin1(JSON.stringify(bytes.toString('latin1'))),
  uri: (bytes) => latin1(encodeURIComponent(bytes.toString('latin1'))),
};

/** What is searched for, outermost first. */
const SEARCHED: readonly (readonly string[])[] = [
  ...Object.keys(ENCODERS).map((name) => [name]),
  ['base64', 'base64'],
  ['base64', 'base64url'],
  ['base64', 'utf-16le'],
  ['base64', 'utf-16be'],
  ['base64', 'json'],
  ['base64', 'uri'],
  ['base64', 'json', 'base64'],
  ['base64', 'utf-16le', 'json'],
  ['utf-16le', 'base64'],
  ['utf-16be', 'base64'],
  ['utf-16le', 'json'],
  ['json', 'base64'],
  ['json', 'json'],
  ['json', 'uri'],
  ['json', 'base64', 'base64'],
  ['uri', 'base64'],
  ['uri', 'json'],
  ['unicode', 'base64'],
  ['percent', 'json'],
];

describe('anchors', () => {
  const detector = createDetector();
  const holdsAnchor = (bytes: Uint8Array): boolean => {
    detector.buffer.set(bytes);
    return detector.holdsAnchor(bytes.length);
  };
  const keys = createKeys(11);

  it.each(SEARCHED.map((path) => ({ path: path })))(
    'stand in every key written as $path, whatever stands before it, and the key is found',
    ({ path }) => {
      for (let round = 0; round < 24; round++) {
        const [id, secret] = [round % 2 === 0 ? keys.id24() : keys.id16(), keys.secret30()];
        // Every length before the key, so that each alignment of each encoding comes up.
        const text = latin1(`${'.'.repeat(round % 12)} accessKeyId = ${id}\naccessKeySecret = ${secret}\n`);
        const written = path.reduceRight((bytes, name) => ENCODERS[name]?.(bytes) ?? bytes, text);
        expect(holdsAnchor(written), path.join(' of ')).toBe(true);
        const found = detector.scan(written).detections.map(({ accessKeyId, secret: own }) => [accessKeyId, own]);
        expect(found).toEqual([[id, secret]]);
      }
    },
  );

  it.each([
    '"',
    '%22',
    '%3D',
    '%0A',
    '\\"',
    '\\n',
    '\\t',
    '\\\\n',
    '\\u0022',
    '\\u003d',
    '\\x22',
    '\\x3A',
    '\\075',
    '&quot;',
    '&#34;',
    '\u001b[1m',
    '\u001b[31;1m',
    '\u001b[K',
    '[33m',
    "'",
    'AccessKeyId',
    'accesskeyid',
    'credential',
  ])('are seen with %j directly before the key', (before) => {
    for (let round = 0; round < 10; round++) {
      const id = keys.id24();
      const text = latin1(`${' '.repeat(round)}ak: ${before}${id}\n`);
      expect(detector.scan(text).detections.map(({ accessKeyId }) => accessKeyId)).toEqual([id]);
    }
  });

  it.each(['=22', '=20', '=3D', '=3A'])('are seen with %s before the key in quoted-printable', (before) => {
    const id = keys.id24();
    const text = latin1(`Content-Transfer-Encoding: quoted-printable\r\n\r\nkey=\r\n${before}${id}${before}\r\n`);
    expect(detector.scan(text).detections.map(({ accessKeyId }) => accessKeyId)).toEqual([id]);
  });

  it('are seen whatever character of its alphabet a key of the user’s own begins with', () => {
    const rule = {
      id: 'acme',
      title: 'Acme',
      description: 'Acme',
      key: { prefix: 'acme', alphabet: 'base64', lengths: [34] },
    };
    const own = createDetector({ customRules: [rule] });
    for (const first of 'aZ09+/_-') {
      const key = `acme${first}${keys.text('base62', 29)}`;
      expect(
        own.scan(latin1(`key: ${key}\n`)).detections.map(({ secret }) => secret),
        first,
      ).toEqual([key]);
    }
  });

  it('stand in the parts of a literal that is split anywhere after the prefix', () => {
    const id = keys.id24();
    for (let at = 4; at < id.length; at++) {
      for (const seam of ['" + "', '" "', "' . '", '" ..\n  "', '" \\\n  "', '\\\n']) {
        const text = latin1(`id = "${id.slice(0, at)}${seam}${id.slice(at)}";\n`);
        expect(detector.scan(text).detections.map(({ accessKeyId }) => accessKeyId)).toEqual([id]);
      }
    }
  });

  it('reject what holds none, in every encoding', () => {
    const next = createKeys(12);
    for (let round = 0; round < 50; round++) {
      const text = latin1(`name = ${next.secret30()}\n`);
      expect(holdsAnchor(text)).toBe(false);
      expect(detector.scan(text).detections).toEqual([]);
    }
  });

  it('are few, each once, long enough for the kernel and not so short that they match everywhere', () => {
    for (const options of [{}, { minConfidence: 'low' }] as const) {
      const anchors = anchorsOf(rulesFor(options)).map((anchor) => Buffer.from(anchor).toString('latin1'));
      expect(new Set(anchors).size).toBe(anchors.length);
      expect(anchors.length).toBeLessThanOrEqual(256);
      expect(anchors.filter((anchor) => anchor.length < 4)).toEqual([]);
      // The literal prefix, the base64 that people know by sight, UTF-16, escapes.
      expect(anchors).toEqual(expect.arrayContaining(['LTAI', 'TFRBS', 'STS.', 'L\0T\0A\0I', '%4C%54%41%49']));
    }
  });

  it('are more when rules of low confidence take part', () => {
    const anchors = (options: { readonly minConfidence?: 'low' }): number => anchorsOf(rulesFor(options)).length;
    expect(anchors({ minConfidence: 'low' })).toBeGreaterThan(anchors({}));
  });

  it('are made for the prefix of a rule of the user’s own', () => {
    const customRules = [
      { id: 'acme', title: 'Acme', description: 'Acme', key: { prefix: 'acme_', alphabet: 'hex', lengths: [37] } },
    ];
    const anchors = anchorsOf(rulesFor({ customRules })).map((anchor) => Buffer.from(anchor).toString('latin1'));
    expect(anchors).toEqual(expect.arrayContaining(['acme_', Buffer.from('acme_').toString('base64').slice(0, 6)]));
  });
});

describe('base64 forms', () => {
  it('are the characters that stay the same whatever stands around', () => {
    const keys = createKeys(13);
    const prefix = Buffer.from(['LT', 'AI'].join(''));
    const forms = base64Forms(prefix).map((form) => Buffer.from(form).toString('latin1'));
    for (let round = 0; round < 300; round++) {
      const before = Buffer.from(keys.text('base62', round % 9));
      const text = Buffer.concat([before, prefix, Buffer.from(keys.text('base62', 12))]).toString('base64');
      expect(text.includes(forms[before.length % 3] ?? 'none')).toBe(true);
    }
  });
});
