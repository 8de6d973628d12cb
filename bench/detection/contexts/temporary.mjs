// Temporary credentials: ID, a longer secret, and a token.
import { b64 } from '../encode.mjs';
import { several, temporary } from '../kit.mjs';

export default [
  temporary(
    'AssumeRole answer',
    'sts.json',
    ({ id, secret, token }, k) =>
      `${JSON.stringify({ RequestId: k.uuid().toUpperCase(), Credentials: { SecurityToken: token, Expiration: `${k.date()}T01:00:00Z`, AccessKeySecret: secret, AccessKeyId: id } }, null, 2)}\n`,
  ),
  temporary('AssumeRole answer, one line', 'answer.json', ({ id, secret, token }) =>
    JSON.stringify({ AccessKeyId: id, AccessKeySecret: secret, SecurityToken: token }),
  ),
  temporary(
    'JavaScript, token first',
    'sts.js',
    ({ id, secret, token }) =>
      `const client = new OSS({\n  stsToken: '${token}',\n  accessKeySecret: '${secret}',\n  accessKeyId: '${id}',\n});\n`,
  ),
  temporary(
    'exports',
    'sts.sh',
    ({ id, secret, token }) =>
      `export ALIBABA_CLOUD_ACCESS_KEY_ID=${id}\nexport ALIBABA_CLOUD_ACCESS_KEY_SECRET=${secret}\nexport ALIBABA_CLOUD_SECURITY_TOKEN=${token}\n`,
  ),
  temporary(
    'INI',
    'sts.ini',
    ({ id, secret, token }) => `[Credentials]\naccessKeyID=${id}\naccessKeySecret=${secret}\nstsToken=${token}\n`,
  ),
  temporary(
    'Python, positional',
    'sts.py',
    ({ id, secret, token }) =>
      `auth = oss2.StsAuth('${id}',\n                    '${secret}',\n                    '${token}')\n`,
  ),
  temporary(
    'Objective-C',
    'Sts.m',
    ({ id, secret, token }) =>
      `OSSStsTokenCredentialProvider *p = [[OSSStsTokenCredentialProvider alloc] initWithAccessKeyId:@"${id}" secretKeyId:@"${secret}" securityToken:@"${token}"];\n`,
  ),
  temporary(
    'log of a map',
    'sts.log',
    ({ id, secret, token }, k) =>
      `${k.date()} credentials {securityToken=${token}, accessKeySecret=${secret}, accessKeyId=${id}} trace ${k.trace()}\n`,
  ),
  temporary(
    'JSON in JSON',
    'wrapped.json',
    ({ id, secret, token }) =>
      JSON.stringify({ data: JSON.stringify({ AccessKeySecret: secret, AccessKeyId: id, SecurityToken: token }) }),
    { encoding: 'escapes' },
  ),
  temporary(
    'base64 of the answer',
    'sts.b64',
    ({ id, secret, token }) => `${b64(`id=${id}\nsecret=${secret}\ntoken=${token}\n`)}\n`,
    { encoding: 'base64' },
  ),
  several('temporary and long-lived together', 'both.yml', (k) => {
    const long = k.pair();
    const short = k.temporary();
    return `master:\n  accessKeyId: ${long.id}\n  accessKeySecret: ${long.secret}\nsession:\n  securityToken: ${short.token}\n  accessKeySecret: ${short.secret}\n  accessKeyId: ${short.id}\n`;
  }),
];
