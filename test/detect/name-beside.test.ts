import { describe, expect, it } from 'vitest';
import { nameIn, VALUE } from '../support/named.js';

describe('a value whose own name says nothing', () => {
  it.each([
    ['{"accessKeyId":{"S":"@"},"nonce":{"S":"x"}}', 'accessKeyId'],
    ['{"nonce":{"S":"@"}}', 'nonce'],
    ['"AccessKeySecret": {"Type": "String", "NoEcho": true, "Default": "@"}', 'AccessKeySecret'],
    ['"AccessKeyId": {"Type": "String", "Default": "@", "Description": "AK"}', 'AccessKeyId'],
    ['{"ParameterKey": "AccessKeyId", "ParameterValue": "@"}', 'AccessKeyId'],
    ['access_key:\n  value: @\n', 'access_key'],
    ['  {\n    "value": "@",\n    "name": "ACCESS_KEY_ID"\n  }', 'ACCESS_KEY_ID'],
    ['env:\n- value: "@"\n  name: AK\n- value: x\n  name: NONCE\n', 'AK'],
    ['env:\n- name: AK\n  value: "@"\n- name: SK\n', 'AK'],
    ['<entry><value>@</value><name>accessKeyId</name></entry>', 'accessKeyId'],
    ['<p><name>AK</name><value>@</value><name>SK</name></p>', 'AK'],
    ['{"id":"3f2504e0-4f89-11d3-9a0c-0305e82c3301","value":"@","key":"ak"}', 'ak'],
    ['#### 1. A\n- **Name**: `ALIYUN_ACCESS_KEY_ID`\n- **Value**: `@`\n', 'ALIYUN_ACCESS_KEY_ID'],
    ['   - Name: `SK`\n   - Value: `@`（你的 Secret）\n', 'SK'],
    ['{"id":17,"value":"@","key":"sk"}', 'sk'],
  ])('%s', (text, name) => {
    expect(nameIn(text)).toBe(name);
  });

  it('is not called what it shares with another value', () => {
    expect(nameIn(`{"trace":{"s":"@","k":"${VALUE}"}}`)).toBeNull();
    expect(nameIn(`{"account":{"s":"@","k":"${VALUE}"}}`)).toBeNull();
  });

  it('is not called by another value', () => {
    expect(nameIn(`{value: "@", label: "${VALUE}${VALUE}"}`)).toBeNull();
  });
});
