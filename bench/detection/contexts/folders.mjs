// A pair whose halves lie in two files of one folder. The names agree, and there is no other candidate.
import { folder } from '../kit.mjs';

const across = (name, first, second, idText, secretText) =>
  folder(name, (k) => {
    const { id, secret } = k.pair(first);
    return { [first]: idText(id, k), [second]: secretText(secret, k) };
  });

export default [
  across(
    'two files of secrets, mounted',
    'accessKeyId',
    'accessKeySecret',
    (id) => id,
    (secret) => secret,
  ),
  across(
    'two files of secrets, .txt',
    'access_key_id.txt',
    'access_key_secret.txt',
    (id) => `${id}\n`,
    (secret) => `${secret}\n`,
  ),
  across(
    'public and private properties',
    'oss.properties',
    'oss-secret.properties',
    (id) => `aliyun.oss.accessKeyId=${id}\naliyun.oss.bucket=b\n`,
    (secret, k) => `aliyun.oss.accessKeySecret=${secret}\nbuild=${k.hex(40)}\n`,
  ),
  across(
    'YAML and .env',
    'config.yml',
    '.env',
    (id) => `oss:\n  access_key_id: ${id}\n  access_key_secret: \${OSS_ACCESS_KEY_SECRET}\n`,
    (secret, k) => `OSS_ACCESS_KEY_SECRET=${secret}\nPORT=${k.int(1000, 9999)}\n`,
  ),
  across(
    'Terraform variables in two files',
    'dev.tfvars',
    'secret.tfvars',
    (id) => `alicloud_access_key = "${id}"\n`,
    (secret) => `alicloud_secret_key = "${secret}"\n`,
  ),
  across(
    'two Java classes',
    'KeyId.java',
    'KeySecret.java',
    (id) => `class KeyId { static final String ACCESS_KEY_ID = "${id}"; }\n`,
    (secret, k) =>
      `class KeySecret { static final String ACCESS_KEY_SECRET = "${secret}"; void ${k.camel(30)}() {} }\n`,
  ),
  across(
    'base and override',
    'values.yaml',
    'values-secret.yaml',
    (id) => `oss:\n  accessKey: ${id}\n`,
    (secret) => `oss:\n  secretKey: ${secret}\n`,
  ),
  folder('two accounts, each across two files, told apart by name', (k) => {
    const oss = k.pair('ids.env');
    const sms = k.pair('ids.env');
    return {
      'ids.env': `OSS_ACCESS_KEY_ID=${oss.id}\nSMS_ACCESS_KEY_ID=${sms.id}\n`,
      'secrets.env': `SMS_ACCESS_KEY_SECRET=${sms.secret}\nOSS_ACCESS_KEY_SECRET=${oss.secret}\n`,
    };
  }),
];
