import { describe, expect, it } from 'vitest';
import { found, scan } from '../support/found.js';
import { createKeys, type Keys } from '../support/keys.js';

const PAIR = ['id24>secret30'];
const TWO = ['id24.2>secret30.2', 'id24>secret30'];

describe('a pair', () => {
  it.each<[string, string, readonly string[]]>([
    ['on one line', 'ak={{id24}} sk={{secret30}}', PAIR],
    ['on two lines', 'accessKeyId: {{id24}}\naccessKeySecret: {{secret30}}\n', PAIR],
    ['the other way round', 'accessKeySecret: {{secret30}}\naccessKeyId: {{id24}}\n', PAIR],
    ['under names that lie', 'secretKey: {{id24}}\naccessKeyId: {{secret30}}\n', PAIR],
    ['under names that say little', 'key: {{id24}}\nvalue: {{secret30}}\n', PAIR],
    ['in a call', 'oss2.Auth("{{id24}}", "{{secret30}}")', PAIR],
    ['in a call after a region', 'new Client("cn-hangzhou", "{{id24}}", "{{secret30}}")', PAIR],
    ['in a URL', 'https://{{id24}}:{{secret30}}@host/path', PAIR],
    [
      'far apart under plain names',
      `accessKeyId: {{id24}}\n${'# x\n'.repeat(40)}accessKeySecret: {{secret30}}\n`,
      PAIR,
    ],
    ['in two blocks', '[a]\nid={{id24}}\nkey={{secret30}}\n[b]\nid={{id24.2}}\nkey={{secret30.2}}\n', TWO],
    ['in two records', '[{"id":"{{id24}}","k":"{{secret30}}"},{"id":"{{id24.2}}","k":"{{secret30.2}}"}]', TWO],
    ['in two lists', "ids=['{{id24}}','{{id24.2}}']\nsecrets=['{{secret30}}','{{secret30.2}}']\n", TWO],
    [
      'told by names and not by order',
      'prodId={{id24}}\ntestId={{id24.2}}\ntestSecret={{secret30.2}}\nprodSecret={{secret30}}\n',
      TWO,
    ],
    [
      'an old one beside the new one',
      '// id="{{id24}}" secret="{{secret30}}"\nid="{{id24.2}}" secret="{{secret30.2}}"\n',
      TWO,
    ],
    [
      'with another maker’s secret nearer',
      'aliId={{id24}}\ntencentSecret={{secret30.2}}\naliSecret={{secret30}}\n',
      PAIR,
    ],
    ['with a trace id nearer', 'id={{id24}}\nrequestId={{secret30.2}}\nsecret={{secret30}}\n', PAIR],
    ['temporary', 'ak={{stsId}}\nsk={{stsSecret}}\n', ['stsId>stsSecret']],
  ])('%s', (_, template, expected) => {
    for (const seed of [1, 2, 3, 4, 5]) expect(found(template, seed)).toEqual(expected);
  });
});

describe('a secret that stands there twice, with two values', () => {
  const BOTH = ['id24>secret30', 'id24>secret30.2'];
  it.each<[string, string, readonly string[]]>([
    ['commented out', 'A_KEY_ID={{id24}}\n# A_KEY_SECRET={{secret30.2}}\nA_KEY_SECRET={{secret30}}\n', BOTH],
    [
      'in a conflict',
      'accessKeyId: {{id24}}\n<<<<<<< HEAD\naccessKeySecret: {{secret30.2}}\n=======\naccessKeySecret: {{secret30}}\n>>>>>>> topic\n',
      BOTH,
    ],
    [
      'in JSON with comments',
      '{"accessKeySecret": "{{secret30}}",\n//"accessKeySecret": "{{secret30.2}}",\n"accessKeyId": "{{id24}}"}',
      BOTH,
    ],
    [
      'that belongs to an ID of the environment',
      'accessKeyId: {{id24}}\naccessKeySecret: {{secret30}}\ntest:\n  accessKeyId: $ID\n  accessKeySecret: {{secret30.2}}\n',
      PAIR,
    ],
    ['on the other side', 'secret: {{secret30.2}}\nid: {{id24}}\nsecret: {{secret30}}\n', PAIR],
    ['of another name', 'id: {{id24}}\nsecret: {{secret30}}\ndingtalkSecret: {{secret30.2}}\n', PAIR],
    ['in a list', 'id: {{id24}}\nsecrets: [{{secret30}}, {{secret30.2}}]\n', PAIR],
    ['in another section', 'id={{id24}}\nsecret={{secret30}}\n[test]\nsecret={{secret30.2}}\n', PAIR],
    ['between two IDs', 'id={{id24}}\nsecret={{secret30}}\nsecret={{secret30.2}}\nid={{id24.2}}\n', TWO],
  ])('%s', (_, template, expected) => {
    for (const seed of [1, 2, 3, 4, 5]) expect(found(template, seed)).toEqual(expected);
  });
});

describe('an ID stays alone', () => {
  it.each([
    [
      'with its secret in the environment',
      'accessKeyId: "{{id24}}",\naccessKeySecret: process.env.SECRET,\nnonce: "{{secret30}}"',
    ],
    ['beside a trace id', 'accessKeyId={{id24}}\ntraceId={{secret30}}\n'],
    ['beside another maker’s secret', '[aliyun]\naccessKeyId={{id24}}\n[tencent]\nsecretKey={{secret30}}\n'],
    ['in a signed address', 'https://h/?OSSAccessKeyId={{id24}}&Signature=x%3D&uuid={{secret30}}'],
    ['beside a value of another length', 'accessKeyId={{id24}}\naccessKeySecret={{stsSecret}}\n'],
    ['with a masked secret', 'accessKeyId={{id24}}\naccessKeySecret=******\ncommit={{secret30}}\n'],
  ])('%s', (_, template) => {
    for (const seed of [1, 2, 3]) expect(found(template, seed)).toEqual(['id24']);
  });
});

/** A file of accounts in all sorts of forms, with strays between them. */
const randomFile = (
  keys: Keys,
): { readonly text: string; readonly ids: readonly string[]; readonly secrets: readonly string[] } => {
  const ids: string[] = [];
  const secrets: string[] = [];
  const id = (): string => {
    const made = keys.below(3) === 0 ? keys.id16() : keys.id24();
    ids.push(made);
    return made;
  };
  const secret = (): string => {
    const made = keys.secret30();
    secrets.push(made);
    return made;
  };
  const forms: readonly (() => string)[] = [
    () => `accessKeyId=${id()}\naccessKeySecret=${secret()}\n`,
    () => `{"id": "${id()}", "secret": "${secret()}"},\n`,
    () => `Auth('${id()}', '${secret()}')\n`,
    () => `${id()},${secret()}\n`,
    () => `secret: ${secret()}\nid: ${id()}\n`,
    () => `id: ${id()}\n`,
    () => `value: ${secret()}\n`,
    () => `keys: [${id()}, ${id()}, ${id()}]\n`,
    () => `secrets: [${secret()}, ${secret()}]\n`,
    () => `${id()} ${id()} ${secret()} ${secret()} ${secret()}\n`,
    () => '\n\n',
    () => '[section]\n',
    () => `${'x '.repeat(200)}\n`,
  ];
  const text = Array.from({ length: 3 + keys.below(40) }, () => forms[keys.below(forms.length)]?.() ?? '').join('');
  return { text, ids, secrets };
};

describe('whatever a file holds', () => {
  it('there is never one secret for two IDs, nor two secrets for one ID, nor a value that is not there', () => {
    for (let seed = 1; seed <= 150; seed++) {
      const { text, ids, secrets } = randomFile(createKeys(seed));
      const pairs = scan(text).filter(({ kind }) => kind === 'pair');
      const all = scan(text);
      expect(new Set(pairs.map(({ secret }) => secret)).size).toBe(pairs.length);
      expect(new Set(pairs.map(({ accessKeyId }) => accessKeyId)).size).toBe(pairs.length);
      expect(all.length).toBeLessThanOrEqual(ids.length);
      expect(all.filter(({ accessKeyId }) => !ids.includes(accessKeyId ?? ''))).toEqual([]);
      expect(pairs.filter(({ secret }) => !secrets.includes(secret ?? ''))).toEqual([]);
      for (const { accessKeyId, secret, place, secretPlace } of pairs) {
        expect(text.slice(place.offset).startsWith(accessKeyId ?? '?')).toBe(true);
        expect(text.slice(secretPlace?.offset).startsWith(secret ?? '?')).toBe(true);
      }
    }
  });

  it('the same text twice gives the same pairs, twice', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const keys = createKeys(seed);
      const text = `accessKeyId=${keys.id24()}\naccessKeySecret=${keys.secret30()}\n`;
      const pairs = scan(`${text}\n[other]\n${text}`).map(({ accessKeyId, secret }) => `${accessKeyId} ${secret}`);
      expect(pairs).toHaveLength(2);
      expect(new Set(pairs).size).toBe(1);
    }
  });

  it('rows of a long table keep their own secrets', () => {
    const keys = createKeys(9);
    const rows = Array.from({ length: 400 }, () => [keys.id24(), keys.secret30()] as const);
    const text = `AccessKey ID,AccessKey Secret\n${rows.map((row) => row.join(',')).join('\n')}\n`;
    const right = new Map(rows);
    const pairs = scan(text).filter(({ kind }) => kind === 'pair');
    expect(pairs.length).toBeGreaterThan(395);
    expect(pairs.filter(({ accessKeyId, secret }) => right.get(accessKeyId ?? '') !== secret)).toEqual([]);
  });
});
