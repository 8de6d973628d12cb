// IDs whose secret is nowhere in sight, each beside something that a careless pairing would take for it.
import { folder, lone, several } from '../kit.mjs';
import { minified } from '../noise.mjs';

export default [
  lone(
    'presigned URL',
    'photo.html',
    (id, k) =>
      `<img src="https://${k.bucket()}.oss-${k.region()}.aliyuncs.com/${k.alnum(30)}.jpg?OSSAccessKeyId=${id}&Expires=${k.epoch()}&Signature=${k.alnum(27)}%3D">\n`,
  ),
  lone(
    'presigned URL, version 4',
    'links.md',
    (id, k) =>
      `[file](https://b.oss-cn-hangzhou.aliyuncs.com/a?x-oss-credential=${id}%2F20250101%2Fcn-hangzhou%2Foss%2Faliyun_v4_request&x-oss-signature=${k.hex(64)})\n`,
  ),
  several('several presigned URLs', 'gallery.json', (k) =>
    JSON.stringify(
      Array.from({ length: 3 }, () => ({
        url: `https://b.oss-cn-beijing.aliyuncs.com/${k.hex(30)}?Expires=${k.epoch()}&OSSAccessKeyId=${k.lone()}&Signature=${k.alnum(26)}%3D`,
        name: k.alnum(30),
      })),
      null,
      2,
    ),
  ),
  lone(
    'Authorization header, OSS',
    'request.txt',
    (id, k) =>
      `PUT /a HTTP/1.1\nAuthorization: OSS ${id}:${k.base64(27)}=\nx-oss-request-id: ${k.hex(24).toUpperCase()}\n`,
  ),
  lone(
    'Authorization header, version 3',
    'capture.http',
    (id, k) =>
      `x-acs-signature-nonce: ${k.hex(32)}\nAuthorization: ACS3-HMAC-SHA256 Credential=${id},SignedHeaders=host;x-acs-action,Signature=${k.hex(64)}\n`,
  ),
  lone(
    'Authorization header, ROA',
    'roa.txt',
    (id, k) => `Authorization: acs ${id}:${k.base64(27)}=\neagleeye-traceid: ${k.trace()}\n`,
  ),
  lone(
    'curl, form upload',
    'upload.sh',
    (id, k) =>
      `curl -F "OSSAccessKeyId=${id}" -F "policy=${k.base64(120)}" -F "Signature=${k.base64(27)}=" -F "key=${k.alnum(30)}" https://b.oss.aliyuncs.com\n`,
  ),
  lone(
    'secret from the environment, Node',
    'client.js',
    (id, k) =>
      `new OSS({ accessKeyId: '${id}', accessKeySecret: process.env.OSS_SECRET });\nconst ${k.camel(30)} = 1;\n`,
  ),
  lone(
    'secret from the environment, Python',
    'client.py',
    (id, k) => `ak = '${id}'\nsk = os.environ['OSS_SECRET']\nrequest_id = '${k.alnum(30)}'\n`,
  ),
  lone(
    'secret from the environment, Java',
    'Client.java',
    (id, k) =>
      `String id = "${id}";\nString secret = System.getenv("SECRET");\n${k.Word()} ${k.camel(30)} = new ${k.Word()}();\n`,
  ),
  lone(
    'secret from a variable, YAML',
    'app.yml',
    (id, k) => `accessKeyId: ${id}\naccessKeySecret: \${ALIYUN_SECRET}\ntraceId: ${k.trace()}\n`,
  ),
  lone(
    'secret from a file, Terraform',
    'oss.tf',
    (id, k) => `access_key = "${id}"\nsecret_key = file("secret")\n# ${k.hex(30)}\n`,
  ),
  lone(
    'secret masked',
    'masked.properties',
    (id, k) => `oss.accessKeyId=${id}\noss.accessKeySecret=${'*'.repeat(30)}\nbuild.id=${k.hex(30)}\n`,
  ),
  lone('secret overwritten with x', 'redacted.yml', (id) => `accessKeyId: ${id}\naccessKeySecret: ${'x'.repeat(30)}\n`),
  lone('secret half overwritten', 'partly.ini', (id, k) => `id = ${id}\nsecret = ${k.alnum(14)}${'x'.repeat(16)}\n`),
  lone(
    'secret a placeholder of 30 letters',
    'sample.env',
    (id) => `OSS_ID=${id}\nOSS_SECRET=yourAccessKeySecretGoesHere123\n`,
  ),
  lone(
    'secret empty',
    'blank.toml',
    (id, k) => `access_key_id = "${id}"\naccess_key_secret = ""\ncommit = "${k.hex(40)}"\n`,
  ),
  lone(
    'a secret of the wrong length',
    'short.json',
    (id, k) => `{"accessKeyId":"${id}","accessKeySecret":"${k.alnum(k.pick([24, 28, 29, 31, 32, 36]))}"}\n`,
  ),
  lone(
    'beside the secrets of others',
    '.env',
    (id, k) =>
      `PRESIGN_ID=${id}\nJWT_SECRET=${k.alnum(30)}\nWECHAT_APP_SECRET=${k.hex(32)}\nTENCENT_SECRET_KEY=${k.alnum(32)}\nQINIU_SK=${k.alnum(40)}\n`,
  ),
  lone(
    'beside a session token of 30',
    'session.log',
    (id, k) => `caller=${id} sessionToken=${k.alnum(30)} status=200\n`,
  ),
  lone(
    'beside a nonce of 30',
    'rpc.log',
    (id, k) => `AccessKeyId=${id}&Action=SendSms&SignatureNonce=${k.alnum(30)}&Version=2017-05-25\n`,
  ),
  lone('beside trace ids', 'eagle.log', (id, k) => `${k.trace()}|${id}|${k.trace()}|ok\n`),
  lone(
    'beside camelCase words',
    'Words.java',
    (id, k) => `@Key("${id}")\npublic void ${k.camel(30)}() { ${k.camel(30)}(); }\n`,
  ),
  lone('beside hashes', 'sums.txt', (id, k) => `${k.hex(32)}  a\n${k.hex(40)}  ${id}\n${k.hex(64)}  b\n`),
  lone('beside a commit', 'CHANGELOG.md', (id, k) => `- revoke ${id} (${k.hex(40)})\n- ${k.camel(30)} added\n`),
  lone(
    'beside an AWS key',
    'aws.env',
    (id, k) => `OSS_ID=${id}\nAWS_ACCESS_KEY_ID=AKIA${k.upper(16)}\nAWS_SECRET_ACCESS_KEY=${k.base64(40)}\n`,
  ),
  lone('in a bundle', 'index.min.js', (id, k) => `${minified(k, 1500)}a.id="${id}";${minified(k, 1500)}`),
  lone(
    'in an error message',
    'error.xml',
    (id, k) =>
      `<Error><Code>SignatureDoesNotMatch</Code><RequestId>${k.hex(24).toUpperCase()}</RequestId><OSSAccessKeyId>${id}</OSSAccessKeyId><SignatureProvided>${k.base64(27)}=</SignatureProvided></Error>\n`,
  ),
  several('one whole pair, one ID alone', 'two.yml', (k) => {
    const { id, secret } = k.pair();
    return `oss:\n  accessKeyId: ${id}\n  accessKeySecret: ${secret}\nsms:\n  accessKeyId: ${k.lone()}\n  accessKeySecret: \${SMS_SECRET}\n`;
  }),
  several('an ID alone and then a whole pair', 'three.js', (k) => {
    const alone = k.lone();
    const { id, secret } = k.pair();
    return `const sms = new Sms({ accessKeyId: '${alone}', accessKeySecret: process.env.SMS });\nconst oss = new OSS({ accessKeyId: '${id}', accessKeySecret: '${secret}' });\n`;
  }),
  several('an ID in the comment over a pair', 'four.py', (k) => {
    const alone = k.lone();
    const { id, secret } = k.pair();
    return `# ${alone} was revoked in ${k.date()}\nAK = "${id}"\nSK = "${secret}"\n`;
  }),
  several('the same pair twice, then the ID alone', 'repeat.conf', (k) => {
    const { id, secret } = k.pair();
    return `a.id=${id}\na.key=${secret}\nb.id=${id}\nb.key=${secret}\nlog=/var/log/${id}.log\n`;
  }),
  folder('another file of the folder holds a whole pair', (k) => {
    const alone = k.lone('presign.js');
    const { id, secret } = k.pair('app.properties');
    return {
      'presign.js': `const OSSAccessKeyId = '${alone}';\n`,
      'app.properties': `oss.accessKeyId=${id}\noss.accessKeySecret=${secret}\n`,
    };
  }),
  folder('the ID of a pair again in another file', (k) => {
    const whole = k.pair('app.properties');
    const id = k.again(whole, 'access.log');
    return {
      'app.properties': `oss.accessKeyId=${whole.id}\noss.accessKeySecret=${whole.secret}\n`,
      'access.log': `GET /a?OSSAccessKeyId=${id}&Signature=${k.alnum(26)}%3D trace=${k.trace()} nonce=${k.alnum(30)}\n`,
    };
  }),
  folder('another file of the folder holds a session key', (k) => {
    const alone = k.lone('links.txt');
    return {
      'links.txt': `https://b.oss.aliyuncs.com/a?OSSAccessKeyId=${alone}&Signature=${k.alnum(26)}%3D\n`,
      'session.js': `module.exports = { sessionKey: '${k.alnum(30)}', ${k.camel(30)}: true };\n`,
    };
  }),
];
