import { describe, expect, it } from 'vitest';
import { found } from '../support/found.js';

describe('a field for the secret that holds none closes its ID', () => {
  it.each([
    ['a call', 'A{ID: "{{id24}}", Secret: os.Getenv("X"), Note: "{{secret30}}"}'],
    ['a keyword argument', 'dict(access_key_id="{{id24}}", access_key_secret=os.environ["X"], label="{{secret30}}")'],
    ['a member', '{accessKeyId:"{{id24}}",accessKeySecret:process.env.S,label:"{{secret30}}"}'],
    [
      'a hash’s rocket',
      "{ :access_key_id => '{{id24}}', :access_key_secret => ENV.fetch('S'), :label => '{{secret30}}' }",
    ],
    ['an array', "['accessKeyId' => '{{id24}}', 'accessKeySecret' => getenv('S'), 'label' => '{{secret30}}']"],
    ['a flow mapping', 'oss: {accessKeyId: {{id24}}, accessKeySecret: "$S", label: {{secret30}}}'],
    ['an empty string', '{"access_key_id":"{{id24}}","access_key_secret":"","private_key":"{{secret30}}"}'],
    [
      'a vault',
      'oss_ak: {{id24}}\noss_sk: !vault |\n  $ANSIBLE_VAULT;1.1\n  40ef6077bbd529\nother_secret_key: {{secret30}}\n',
    ],
    [
      'another maker’s keys behind it',
      '{oss:{accessKeyId:"{{id24}}",accessKeySecret:process.env.S},minio:{accessKey:"m",secretKey:"{{secret30}}"}}',
    ],
    [
      'another use’s secret behind it',
      '{"oss":{"accessKeyId":"{{id24}}","bucket":"b"},"jwt":{"secret":"{{secret30}}"}}',
    ],
    ['an argument', "AcsClient('{{id24}}', SECRET, 'cn-hangzhou', '{{secret30}}')"],
    ['an argument called so', 'getProfile(region, "{{id24}}", secret, "{{secret30}}")'],
    ['an argument that is a call', 'getProfile("cn-hangzhou", "{{id24}}", getSecret(), "{{secret30}}")'],
    ['a form’s field of another name', 'fd.append("OSSAccessKeyId","{{id24}}");\nfd.append("x:uid","{{secret30}}");\n'],
    ['a nonce put behind it', 'map.put("AccessKeyId","{{id24}}"); map.put("SignatureNonce","{{secret30}}");'],
    ['a field of another name', '{\n  accessKeyId: "{{id24}}",\n  label: "{{secret30}}",\n}\n'],
  ])('%s', (_, template) => {
    for (const seed of [1, 2, 3]) expect(found(template, seed)).toEqual(['id24']);
  });

  it.each([
    ['a default', '{accessKeyId:"{{id24}}",accessKeySecret:process.env.SK||"{{secret30}}",label:"x"}'],
    ['a default argument', 'a = os.getenv("AK", "{{id24}}")\ns = os.getenv("SK", "{{secret30}}")\n'],
    ['a value below its name', ' * ak:\n * {{id24}}\n * sk:\n * {{secret30}}\n'],
    ['a value deeper than its name', 'access_key:\n  value: {{id24}}\nsecret_key:\n  value: {{secret30}}\n'],
    ['a variable given earlier', "SECRET = '{{secret30}}'\nc = AcsClient('{{id24}}', SECRET, 'cn-hangzhou')\n"],
    ['a literal between', '{1, "cn", "{{id24}}", true, "{{secret30}}"},\n'],
    ['a constant between', 'new DefaultProfile("{{id24}}", Region.CN_HANGZHOU, "{{secret30}}")\n'],
    ['a placeholder in a comment', 'id: {{id24}}\n# secret: <yours>\nsecret: {{secret30}}\n'],
  ])('not with %s', (_, template) => {
    for (const seed of [1, 2, 3]) expect(found(template, seed)).toEqual(['id24>secret30']);
  });
});
