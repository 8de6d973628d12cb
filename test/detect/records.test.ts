import { describe, expect, it } from 'vitest';
import { found } from '../support/found.js';

const TWO = ['id24.2>secret30.2', 'id24>secret30'];
const THREE = ['id24.2>secret30.2', 'id24.3>secret30.3', 'id24>secret30'];

/** The record in the middle gives its secret first: the order of the whole file would shift its neighbours' secrets. */
describe('what a border encloses is a pair, whatever the order around it', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'a line',
      'accessKeyId={{id24}} accessKeySecret={{secret30}}\naccessKeySecret={{secret30.2}} accessKeyId={{id24.2}}\naccessKeyId={{id24.3}} accessKeySecret={{secret30.3}}\n',
      THREE,
    ],
    [
      'a command with its options',
      'tool --id {{id24}} --secret {{secret30}}\ntool --secret {{secret30.2}} -v --id {{id24.2}}\nID={{id24.3}}; KEY={{secret30.3}}\n',
      THREE,
    ],
    [
      'an element',
      '<as>\n<a id="{{id24}}" key="{{secret30}}"/>\n<a key="{{secret30.2}}" id="{{id24.2}}"/>\n<a id="{{id24.3}}" nonce="{{secret30.4}}"/>\n</as>\n',
      ['id24.2>secret30.2', 'id24.3', 'id24>secret30'],
    ],
    [
      'lines between blank ones',
      'ID={{id24}}\nSECRET={{secret30}}\n\nSECRET={{secret30.2}}\nID={{id24.2}}\n\nID={{id24.3}}\nSECRET={{secret30.3}}\n',
      THREE,
    ],
    [
      'a section',
      '[a]\nid={{id24}}\nsecret={{secret30}}\n[b]\nsecret={{secret30.2}}\nid={{id24.2}}\n[c]\nid={{id24.3}}\nregion=x\nsecret={{secret30.3}}\n',
      THREE,
    ],
    [
      'a statement',
      'new Config()\n  .setAccessKeySecret("{{secret30}}")\n  .setAccessKeyId("{{id24}}");\nnew Config()\n  .setAccessKeyId("{{id24.2}}")\n  .setAccessKeySecret("{{secret30.2}}");\n',
      TWO,
    ],
    [
      'an element over many lines',
      '<a>\n  <sk>{{secret30}}</sk>\n  <ak>{{id24}}</ak>\n</a>\n<a>\n  <ak>{{id24.2}}</ak>\n  <sk>{{secret30.2}}</sk>\n</a>\n',
      TWO,
    ],
    [
      'a builder that has a nonce set, too',
      'C a = b().accessKeySecret("{{secret30}}").accessKeyId("{{id24}}").build();\nC b = b().region("x").accessKeyId("{{id24.2}}").nonce("{{secret30.3}}").accessKeySecret("{{secret30.2}}").build();\n',
      TWO,
    ],
  ])('%s', (_, template, expected) => {
    for (const seed of [1, 2, 3, 4]) expect(found(template, seed)).toEqual(expected);
  });

  it('blank lines that end as on Windows are such a border, too', () => {
    const template =
      'ID={{id24}}\nSECRET={{secret30}}\n\nSECRET={{secret30.2}}\nID={{id24.2}}\n\nID={{id24.3}}\nSECRET={{secret30.3}}\n';
    expect(found(template.replaceAll('\n', '\r\n'), 1)).toEqual(THREE);
  });

  it('what stands beside a secret in one record is none in another', () => {
    const template =
      '[{"oss":{"k":"{{id24}}","s":"{{secret30}}"},"n":"{{secret30.3}}"},{"oss":{"k":"{{id24.2}}"},"n":"{{secret30.2}}"}]';
    for (const seed of [1, 2, 3]) expect(found(template, seed)).toEqual(['id24.2', 'id24>secret30']);
  });
});

describe('lists', () => {
  it('whose first entry alone has a name are still lists', () => {
    for (const seed of [1, 2]) {
      expect(found('AKS=({{id24}} {{id24.2}})\nSKS=({{secret30}} {{secret30.2}})\n', seed)).toEqual(TWO);
    }
  });
});

describe('names that tell accounts apart go before the order', () => {
  it.each([
    ['a suffix', 'AK_PROD={{id24}}\nAK_TEST={{id24.2}}\nSK_TEST={{secret30.2}}\nSK_PROD={{secret30}}\n'],
    [
      'old and new',
      'ACCESS_KEY_ID={{id24}}\nACCESS_KEY_ID_OLD={{id24.2}}\nACCESS_KEY_SECRET_OLD={{secret30.2}}\nACCESS_KEY_SECRET={{secret30}}\n',
    ],
    [
      'words that are not ASCII',
      '正式环境ID：{{id24}}\n测试环境ID：{{id24.2}}\n测试环境密钥：{{secret30.2}}\n正式环境密钥：{{secret30}}\n',
    ],
    [
      'words that are not ASCII before names that are',
      '生产 AccessKey ID: {{id24}}\n测试 AccessKey ID: {{id24.2}}\n测试 AccessKey Secret: {{secret30.2}}\n生产 AccessKey Secret: {{secret30}}\n',
    ],
    [
      'columns of a table whose rows are the fields',
      'field;prod;uat\nregion;a;b\naccess_key;{{id24}};{{id24.2}}\nowner;a;b\nsecret_key;{{secret30}};{{secret30.2}}\n',
    ],
  ])('%s', (_, template) => {
    for (const seed of [1, 2, 3]) expect(found(template, seed)).toEqual(TWO);
  });
});
