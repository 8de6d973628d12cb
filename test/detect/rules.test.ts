import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createDetector } from '../../src/detect/detector.js';
import { builtInRules, isOf, rulesFor } from '../../src/detect/rules.js';
import type { Detection, DetectorOptions } from '../../src/detect/types.js';
import { createKeys } from '../support/keys.js';
import { createTemplates } from '../support/templates.js';

const folder = fileURLToPath(new URL('../../rules', import.meta.url));
const schema = JSON.parse(readFileSync(path.join(folder, 'schema.json'), 'utf8')) as Record<string, unknown>;
const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);

interface Example {
  readonly text: string;
  readonly finds: readonly { readonly id?: string; readonly secret?: string; readonly token?: string }[];
}
interface Document {
  readonly id: string;
  readonly confidence?: string;
  readonly examples?: { readonly match?: readonly Example[]; readonly clean?: readonly string[] };
}

const files = readdirSync(folder).filter((name) => name.endsWith('.yml'));
const read = (name: string): unknown => parse(readFileSync(path.join(folder, name), 'utf8'));
const rules = files.filter((name) => name !== 'vocabulary.yml').map((name) => ({ name, rule: read(name) as Document }));

const SEEDS = [1, 2, 3, 4, 5];

const optionsOf = ({ confidence }: Document): DetectorOptions => (confidence === 'low' ? { minConfidence: 'low' } : {});

const scan = (text: string, options: DetectorOptions): readonly Detection[] =>
  createDetector(options).scan(Buffer.from(text)).detections;

const sorted = (found: readonly (readonly (string | null)[])[]): readonly string[] =>
  found.map((values) => JSON.stringify(values)).sort();

describe('rule documents', () => {
  it.each(rules)('$name fits the published schema and is named after its id', ({ name, rule }) => {
    expect(validate(rule), JSON.stringify(validate.errors)).toBe(true);
    expect(name).toBe(`${rule.id}.yml`);
  });

  it('each say what they must find', () => {
    for (const { rule } of rules) expect(rule.examples?.match?.length, rule.id).toBeGreaterThan(0);
  });

  it.each([
    ['a field that is none', { extra: 1 }],
    ['a prefix of two letters', { key: { prefix: 'ab', alphabet: 'hex', lengths: [20] } }],
    ['no prefix and no name', { key: { prefix: '', alphabet: 'hex', lengths: [20] } }],
    ['an alphabet that is none', { key: { prefix: 'abc', alphabet: 'utf8', lengths: [20] } }],
    ['no lengths', { key: { prefix: 'abc', alphabet: 'hex', lengths: [] } }],
    ['a title that YAML read as a number', { title: 12 }],
    ['a word that YAML read as null', { words: [null] }],
    ['an id with blanks', { id: 'a b' }],
  ])('do not fit with %s', (_, change) => {
    const good = {
      id: 'acme',
      title: 'Acme',
      description: 'A key.',
      key: { prefix: 'acme', alphabet: 'hex', lengths: [20] },
    };
    expect(validate(good)).toBe(true);
    expect(validate({ ...good, ...change })).toBe(false);
  });
});

describe('the vocabulary', () => {
  /** Every list of words in the document with the keys that lead to it. */
  const listsOf = (value: unknown, at: string): readonly (readonly [string, readonly unknown[]])[] => {
    if (Array.isArray(value)) return [[at, value]];
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, inner]) => listsOf(inner, at === '' ? key : `${at}.${key}`));
  };
  const document = read('vocabulary.yml') as Record<string, unknown>;
  const lists = listsOf(document, '');

  it.each(lists)('%s holds strings, each once', (_, words) => {
    expect(words.filter((word) => typeof word !== 'string' || word === '')).toEqual([]);
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  });

  // Names are compared folded; what follows a glued ID is compared as it is written, and so are names that are not ASCII.
  it.each(lists.filter(([at]) => at !== 'glue.after' && !at.startsWith('foreign.')))(
    '%s is in lower case, letters and digits only',
    (_, words) => {
      expect(words.filter((word) => !/^[a-z0-9]+$/.test(String(word)))).toEqual([]);
    },
  );

  it('has the lists that detection reads, and a version', () => {
    expect(Object.keys(document).sort()).toEqual(
      [
        'foreign',
        'generic',
        'glue',
        'house',
        'names',
        'placeholders',
        'roles',
        'vendors',
        'vocabulary',
        'words',
      ].sort(),
    );
    expect(Object.keys(document['names'] as object)).toEqual(['id', 'secret', 'key', 'user', 'password', 'other']);
    expect(document['vocabulary']).toBe(1);
  });
});

describe('examples', () => {
  const matches = rules.flatMap(({ rule }) =>
    (rule.examples?.match ?? []).map((example, index) => ({ rule, example, name: `${rule.id} ${index + 1}` })),
  );
  it.each(matches)('$name finds exactly what it says', ({ rule, example }) => {
    for (const seed of SEEDS) {
      const { expand, valueNamed } = createTemplates(seed);
      const value = (name: string | undefined): string | null => (name === undefined ? null : valueNamed(name));
      const found = scan(expand(example.text), optionsOf(rule));
      expect(sorted(found.map(({ accessKeyId, secret, token }) => [accessKeyId, secret, token]))).toEqual(
        sorted(example.finds.map(({ id, secret, token }) => [value(id), value(secret), value(token)])),
      );
      expect(new Set(found.map((detection) => detection.rule))).toEqual(new Set([rule.id]));
    }
  });

  const cleans = rules.flatMap(({ rule }) =>
    (rule.examples?.clean ?? []).map((text, index) => ({ rule, text, name: `${rule.id} ${index + 1}` })),
  );
  it.each(cleans)('$name holds nothing', ({ rule, text }) => {
    for (const seed of SEEDS) expect(scan(createTemplates(seed).expand(text), optionsOf(rule))).toEqual([]);
  });

  it('refuse a template they do not know', () => {
    expect(() => createTemplates(1).expand('{{id25}}')).toThrow(/id25/);
  });
});

describe('rules that take part', () => {
  it('are those of low confidence only when they are asked for', () => {
    const low = builtInRules.filter(({ confidence }) => confidence === 'low').map(({ id }) => id);
    expect(low.length).toBeGreaterThan(0);
    const idsOf = (options: DetectorOptions): readonly string[] => rulesFor(options).map(({ id }) => id);
    expect(idsOf({}).filter((id) => low.includes(id))).toEqual([]);
    expect(idsOf({ minConfidence: 'high' }).filter((id) => low.includes(id))).toEqual([]);
    expect(idsOf({ minConfidence: 'low' })).toEqual(expect.arrayContaining(low));
  });

  it('draw values from the alphabet they name', () => {
    expect(isOf('base58', 'abc0')).toBe(false);
    expect(isOf('base58', 'abc1')).toBe(true);
    expect(isOf('hex', 'aF09')).toBe(true);
    expect(isOf('hex', 'g')).toBe(false);
    expect(isOf('digits', '12a')).toBe(false);
    expect(isOf('base64', 'a+/_-=')).toBe(true);
    expect(isOf('alphanumeric', 'a-b')).toBe(false);
    expect(isOf('lower-alphanumeric', 'aB')).toBe(false);
  });
});

describe("a rule of the user's own", () => {
  const keys = createKeys(77);
  const alone = {
    id: 'acme-token',
    title: 'Acme token',
    description: 'A token of the Acme service.',
    key: { prefix: 'acme_', alphabet: 'base58', lengths: [37] },
  };
  const paired = {
    id: 'acme-pair',
    title: 'Acme key',
    description: 'A key of the Acme service with its secret.',
    key: { prefix: 'ACME', alphabet: 'alphanumeric', lengths: [20] },
    secret: { alphabet: 'alphanumeric', lengths: [40] },
  };

  it('fits the schema that is published for it', () => {
    expect(validate(alone), JSON.stringify(validate.errors)).toBe(true);
    expect(validate(paired), JSON.stringify(validate.errors)).toBe(true);
  });

  it('without a secret finds values that are secrets themselves', () => {
    const value = `acme_${keys.text('base58', 32)}`;
    const [found, ...more] = scan(`token: "${value}"\n`, { customRules: [alone] });
    expect(more).toEqual([]);
    expect(found).toMatchObject({ rule: 'acme-token', kind: 'secret-only', accessKeyId: null, secret: value });
    expect(scan(`token: "${value}"\n`, {})).toEqual([]);
  });

  it('with a secret finds pairs, beside the built-in ones', () => {
    const [id, secret] = [`ACME${keys.text('base62', 16)}`, keys.text('base62', 40)];
    const [aliId, aliSecret] = [keys.id24(), keys.secret30()];
    const text = `[acme]\nkey_id = ${id}\nsecret = ${secret}\n\n[aliyun]\nkey_id = ${aliId}\nsecret = ${aliSecret}\n`;
    const found = scan(text, { customRules: [paired] });
    expect(found.map(({ rule, accessKeyId, secret: own }) => [rule, accessKeyId, own])).toEqual([
      ['acme-pair', id, secret],
      ['alibaba-access-key', aliId, aliSecret],
    ]);
  });

  it('never gives its key a secret of another length', () => {
    const text = `key_id = ACME${keys.text('base62', 16)}\nsecret = ${keys.secret30()}\n`;
    expect(scan(text, { customRules: [paired] }).map(({ kind }) => kind)).toEqual(['id-only']);
  });
});
