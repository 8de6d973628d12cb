import { describe, expect, it } from 'vitest';
import { found } from '../support/found.js';

const records = (name: string): readonly string[] => [
  `accessKeyId={{id24}}\n${name}={{secret30}}\n`,
  `x = {\n  accessKeyId: "{{id24}}",\n  ${name}: "{{secret30}}",\n};\n`,
  `x = C(access_key_id="{{id24}}", ${name}="{{secret30}}")\n`,
  `oss:\n  ak: {{id24}}\n  ${name}: {{secret30}}\n`,
  `<c>\n <accessKeyId>{{id24}}</accessKeyId>\n <${name}>{{secret30}}</${name}>\n</c>\n`,
];

describe('what the name of a value beside an ID says', () => {
  it.each([
    'label',
    'tag',
    'note',
    'nonce',
    'md5',
    'objectKey',
    'cacheKey',
    'productKey',
    'userId',
    'jwtSecret',
    'wxSecret',
    'sessionSecret',
    'cursor',
  ])('%s is no secret of it', (name) => {
    for (const template of records(name)) expect(found(template, 1)).toEqual(['id24']);
  });

  it.each(['accessSecret', 'accessKeySecert', 'accessKeyScrt', 'secretAccessKey', 'sk', 'accessKey', 'accessPassword'])(
    '%s is its secret',
    (name) => {
      for (const template of records(name)) expect(found(template, 1)).toEqual(['id24>secret30']);
    },
  );
});
