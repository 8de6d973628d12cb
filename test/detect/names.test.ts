import { describe, expect, it } from 'vitest';
import { createNamer } from '../../src/detect/namer.js';
import { foldName, type Name, type NameKind, relateStems, wordsOf } from '../../src/detect/names.js';
import { builtInVocabulary } from '../../src/detect/vocabulary.js';
import { createKeys } from '../support/keys.js';

const namer = createNamer(builtInVocabulary);
const VALUE = 'Q7hV2mK9xT4bW8nZ';

/** The name of the value that stands where the line says `@`. */
const nameIn = (line: string): Name | null => {
  const at = line.indexOf('@');
  return namer.nameOf(line.replace('@', VALUE), at, at + VALUE.length);
};

describe('the kind of a name', () => {
  it.each<[string, NameKind]>([
    ['accessKeyId = @', 'id'],
    ['access_key_secret: "@"', 'secret'],
    ['export OSS_ACCESS_KEY_ID=@', 'id'],
    ['{"AccessKeySecret":"@"}', 'secret'],
    ['{\\"AccessKeySecret\\":\\"@\\"}', 'secret'],
    ['<accessKeyId>@</accessKeyId>', 'id'],
    ['<property name="secretKey" value="@"/>', 'secret'],
    ['<add key="AccessKeyId" value="@"/>', 'id'],
    ['<add value="@" key="AccessKeyId"/>', 'id'],
    ['<key>accessKeySecret</key>\n<string>@</string>', 'secret'],
    ['map.put("accessKeyId", "@")', 'id'],
    ['client.setAccessKeySecret("@")', 'secret'],
    ['aliyun configure set --access-key-id @', 'id'],
    ['ossutil config -i @', 'id'],
    ['ossutil config -k @', 'secret'],
    ['AccessKey Secret: @', 'secret'],
    ['AccessKey ID：@', 'id'],
    ['密钥：@', 'secret'],
    ['ak := "@"', 'id'],
    ["'sk' => '@',", 'secret'],
    ["'x' => env('ALI_SK', '@')", 'secret'],
    ['private static final String ACCESS_KEY_SECRET = "@";', 'secret'],
    ['const char* kSecret = "@";', 'secret'],
    ['#define AK_SECRET "@"', 'secret'],
    ['ENV ALIYUN_AK @', 'id'],
    ['let id = atob("@")', 'other'],
    ['let accessKeyId = atob("@")', 'id'],
    ['- name: accessKeySecret\n  value: @', 'secret'],
    ['variable "secret_key" {\n  default = "@"', 'secret'],
    ['s:15:"accessKeySecret";s:30:"@";', 'secret'],
    ['GET https://host/?OSSAccessKeyId=@&Expires=1', 'id'],
    ['AccessKeyId\n@', 'id'],
    ['<td>AccessKeyId</td><td>@</td>', 'id'],
    ['config.access_id[0] = "@"', 'id'],
    ['secret2: @', 'secret'],
    ['acessKeyId: @', 'id'],
    ['sercet_key: @', 'secret'],
    ['accessKey: @', 'key'],
    ['secretKeyId: @', 'key'],
    ['user: @', 'user'],
    ['password=@', 'password'],
    ['requestId: @', 'other'],
    ['X-Trace-Id: @', 'other'],
    ['x: @', 'unknown'],
  ])('%s', (line, kind) => {
    expect(nameIn(line)?.kind).toBe(kind);
  });

  it.each(['@', 'foo("bar", "@")', 'see @ for more', 'The secret is @', '\n\n@'])(
    '%s has no name that counts',
    (line) => {
      const found = nameIn(line);
      expect(found === null || found.kind === 'unknown').toBe(true);
    },
  );

  it('takes no other value for a name', () => {
    const id = createKeys(81).id24();
    const text = `${id}:${VALUE}`;
    expect(namer.nameOf(text, id.length + 1, text.length)).toBeNull();
  });

  it('says when a name is only the argument before', () => {
    expect(nameIn('login("accessKeyId", "@", region)')?.byComma).toBe(true);
    expect(nameIn('put("accessKeyId", "@")')?.byComma).toBe(false);
    expect(nameIn('accessKeyId = "@"')?.byComma).toBe(false);
  });

  it('costs the same wherever the value stands: a name far back is none', () => {
    expect(nameIn(`accessKeyId${' '.repeat(5000)}= @`)?.kind).not.toBe('id');
  });
});

describe('whose a name is', () => {
  it('keeps the words that do not say which part of a pair it is', () => {
    expect(namer.named('prodOssAccessKeyId').stem).toEqual(['prod', 'oss']);
    expect(namer.named('PROD_OSS_ACCESS_KEY_SECRET').stem).toEqual(['prod', 'oss']);
    expect(namer.named('accessKeySecret').stem).toEqual([]);
    expect(namer.named('secret2').stem).toEqual(['2']);
  });

  it.each([
    ['qcloud_secret_id', 'qcloud'],
    ['awsSecretAccessKey', 'aws'],
    ['aliyunAccessKeySecret', null],
    ['ossAccessKeySecret', null],
  ])('%s speaks of %s', (name, vendor) => {
    expect(namer.named(name).vendor).toBe(vendor);
  });

  it('sees another maker in a heading, unless ours stands there too', () => {
    expect(namer.vendorIn('[tencent]')).toBe('tencent');
    expect(namer.vendorIn('aliyun (was tencent):')).toBeNull();
    expect(namer.vendorIn('[storage]')).toBeNull();
  });

  it.each([
    [[], [], 'silent'],
    [['a'], [], 'silent'],
    [['a', 'b'], ['a', 'b'], 'same'],
    [['a', 'b'], ['b'], 'overlap'],
    [['a'], ['b'], 'different'],
  ] as const)('%j and %j: %s', (a, b, relation) => {
    expect(relateStems(a, b)).toBe(relation);
    expect(relateStems(b, a)).toBe(relation);
  });
});

describe('names without a value', () => {
  const slots = (text: string): readonly string[] => namer.slots.emptySecrets(text).map(({ name }) => name.raw);

  it.each([
    'accessKeySecret: process.env.SECRET',
    'access_key_secret = "$OSS_SECRET"',
    'accessKeySecret: ""',
    'ACCESS_KEY_SECRET=<yourSecret>',
    'secret = os.environ["SECRET"]',
    'AccessKeySecret: "***"',
    'accessKeySecret: config.get("secret")',
    'accessKeySecret: null,',
  ])('%s is a slot', (text) => {
    expect(slots(text)).toHaveLength(1);
  });

  it.each([`accessKeySecret: "${VALUE}"`, 'accessKeyId: process.env.ID', 'region: "$REGION"'])('%s is none', (text) => {
    expect(slots(text)).toEqual([]);
  });
});

describe('words', () => {
  it('are parted at capitals, digits and signs', () => {
    expect(wordsOf('OSSAccessKeyId')).toEqual(['oss', 'access', 'key', 'id']);
    expect(wordsOf('access_key-secret.v2')).toEqual(['access', 'key', 'secret', 'v', '2']);
    expect(wordsOf('')).toEqual([]);
  });

  it('fold to lower-case letters and digits', () => {
    expect(foldName('Access-Key_ID')).toBe('accesskeyid');
  });
});
