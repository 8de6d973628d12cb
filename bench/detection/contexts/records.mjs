// Records that stand one after another, in orders that differ, with names that lean on what is around or above them, and with
// fields that are plainly empty.
import { lone, pair, several } from '../kit.mjs';

const mixed = (name, path, template) =>
  several(name, path, (k) => {
    const [a, b, c] = k.pairs(3);
    return template(a, b, c, k);
  });

const crossed = (name, path, template) =>
  several(name, path, (k) => {
    const [a, b] = k.pairs(2);
    return template(a, b, k);
  });

export default [
  mixed(
    'lines, the second with its secret first',
    'accounts.txt',
    (a, b, c) =>
      `accessKeyId=${a.id} accessKeySecret=${a.secret}\naccessKeySecret=${b.secret} accessKeyId=${b.id}\naccessKeyId=${c.id} accessKeySecret=${c.secret}\n`,
  ),
  mixed(
    'commands, one with its secret first',
    'sync.sh',
    (a, b, c, k) =>
      `ossutil cp a oss://${k.bucket()} -k ${a.secret} -i ${a.id}\ntool --region x --ak ${b.id} --sk ${b.secret}\nAK=${c.id}; SK=${c.secret}\n`,
  ),
  mixed(
    'sections, one with its secret first',
    'credentials.ini',
    (a, b, c, k) =>
      `[a]\naccess_key_id=${a.id}\naccess_key_secret=${a.secret}\n[b]\naccess_key_secret=${b.secret}\naccess_key_id=${b.id}\n[c]\naccess_key_id=${c.id}\nsession=${k.alnum(30)}\naccess_key_secret=${c.secret}\n`,
  ),
  mixed(
    'blank lines between, one with its secret first',
    '.env.all',
    (a, b, c) => `ID=${a.id}\nSECRET=${a.secret}\n\nSECRET=${b.secret}\nID=${b.id}\n\nID=${c.id}\nSECRET=${c.secret}\n`,
  ),
  several('elements, one without its secret', 'accounts.xml', (k) => {
    const [a, b] = k.pairs(2);
    return `<accounts>\n  <account key="${a.secret}" id="${a.id}"/>\n  <account id="${k.lone()}" nonce="${k.alnum(30)}"/>\n  <account key="${b.secret}" id="${b.id}"/>\n</accounts>\n`;
  }),
  crossed(
    'statements, one with its secret first',
    'Clients.java',
    (a, b) =>
      `new Config()\n  .setAccessKeySecret("${a.secret}")\n  .setAccessKeyId("${a.id}");\nnew Config()\n  .setAccessKeyId("${b.id}")\n  .setAccessKeySecret("${b.secret}");\n`,
  ),
  crossed(
    'suffixes, crossed',
    'keys.py',
    (a, b) => `AK_PROD = '${a.id}'\nAK_TEST = '${b.id}'\nSK_TEST = '${b.secret}'\nSK_PROD = '${a.secret}'\n`,
  ),
  crossed(
    'old and new, crossed',
    '.env.rotate',
    (a, b) =>
      `ACCESS_KEY_ID=${a.id}\nACCESS_KEY_ID_OLD=${b.id}\nACCESS_KEY_SECRET_OLD=${b.secret}\nACCESS_KEY_SECRET=${a.secret}\n`,
  ),
  crossed(
    'Chinese names, crossed',
    '账号.txt',
    (a, b) => `生产环境ID：${a.id}\n开发环境ID：${b.id}\n开发环境密钥：${b.secret}\n生产环境密钥：${a.secret}\n`,
  ),
  crossed(
    'threads of a log, crossed',
    'threads.log',
    (a, b) =>
      `2024-03-02 10:11:12 [pool-1] accessKeyId=${a.id}\n2024-03-02 10:11:12 [pool-2] accessKeyId=${b.id}\n2024-03-02 10:11:12 [pool-2] accessKeySecret=${b.secret}\n2024-03-02 10:11:13 [pool-1] accessKeySecret=${a.secret}\n`,
  ),
  mixed(
    'a table whose rows are the fields',
    'matrix.csv',
    (a, b, c) =>
      `field;prod;uat;dev\naccess_key;${a.id};${b.id};${c.id}\nsecret_key;${a.secret};${b.secret};${c.secret}\n`,
  ),
  pair(
    'a question between two messages',
    'chat.log',
    (id, secret) => `[01:18:19] <ann> id is ${id}\n[01:18:25] <ben> and the secret?\n[01:18:40] <ann> ${secret}\n`,
  ),
  pair('typed attributes with a nonce between', 'item.json', (id, secret, k) =>
    JSON.stringify({ accessKeyId: { S: id }, nonce: { S: k.alnum(30) }, accessKeySecret: { S: secret } }),
  ),
  pair('parameters with a token between', 'params.json', (id, secret, k) =>
    JSON.stringify(
      [
        { ParameterKey: 'AccessKeyId', ParameterValue: id },
        { ParameterKey: 'ClientToken', ParameterValue: k.alnum(30) },
        { ParameterKey: 'AccessKeySecret', ParameterValue: secret },
      ],
      null,
      1,
    ),
  ),
  pair('values above their names', 'vars.json', (id, secret) =>
    JSON.stringify(
      [
        { value: id, name: 'ALIYUN_ACCESS_KEY_ID' },
        { value: secret, name: 'ALIYUN_ACCESS_KEY_SECRET' },
      ],
      null,
      2,
    ),
  ),
  pair(
    'labels over blank lines',
    'console.txt',
    (id, secret) => `AccessKey ID\n\n${id}\n\nAccessKey Secret\n\n${secret}\n`,
  ),
  pair(
    'parts of a form',
    'request.http',
    (id, secret) =>
      `--X\r\nContent-Disposition: form-data; name="accessKeyId"\r\n\r\n${id}\r\n--X\r\nContent-Disposition: form-data; name="accessKeySecret"\r\n\r\n${secret}\r\n--X--\r\n`,
  ),
  pair('a fence each', 'notes.md', (id, secret) => `AK\n\`\`\`\n${id}\n\`\`\`\nSK\n\`\`\`\n${secret}\n\`\`\`\n`),
  lone(
    'a secret from the environment, then a note, in one line',
    'accounts.go',
    (id, k) => `var main = Account{ID: "${id}", Secret: os.Getenv("X"), Note: "${k.alnum(30)}"}\n`,
  ),
  lone('an empty secret, then another key', 'config.json', (id, k) =>
    JSON.stringify({ access_key_id: id, access_key_secret: '', private_key: k.alnum(30) }),
  ),
  lone(
    'another maker’s secret behind it, minified',
    'bundle.js',
    (id, k) =>
      `e.exports={oss:{accessKeyId:"${id}",accessKeySecret:process.env.S},minio:{accessKey:"m",secretKey:"${k.alnum(30)}"}};\n`,
  ),
  lone(
    'a variable for the secret, then another argument',
    'client.py',
    (id, k) => `client = AcsClient('${id}', SECRET, '${k.region()}', '${k.alnum(30)}')\n`,
  ),
  lone(
    'a field of a form behind it',
    'upload.js',
    (id, k) => `fd.append("OSSAccessKeyId", "${id}");\nfd.append("x:uid", "${k.alnum(30)}");\n`,
  ),
  lone(
    'a label in its record',
    'oss.js',
    (id, k) => `export default {\n  accessKeyId: '${id}',\n  label: '${k.alnum(30)}',\n};\n`,
  ),
];
