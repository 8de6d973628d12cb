// Encodings of bytes: base64 and UTF-16. The anchor of the ID (its first letters, in one of the encoded forms) always
// stands there.
import { b64, b64url, MARK, utf16be, utf16le, wrapped } from '../encode.mjs';
import { lone, pair, several } from '../kit.mjs';

const base64 = { encoding: 'base64' };
const utf16 = { encoding: 'utf-16', raw: true };

export default [
  pair(
    'atob of both',
    'key.js',
    (id, secret) => `const ak = atob('${b64(id)}');\nconst sk = atob("${b64(secret)}");\n`,
    base64,
  ),
  pair(
    'Buffer.from of both',
    'key.ts',
    (id, secret) =>
      `const id = Buffer.from('${b64(id)}', 'base64').toString();\nconst secret = Buffer.from('${b64(secret)}', 'base64').toString();\n`,
    base64,
  ),
  pair(
    'only the ID encoded',
    'Half.java',
    (id, secret) => `String id = new String(Base64.decode("${b64(id)}"));\nString secret = "${secret}";\n`,
    base64,
  ),
  ...[
    ['a block in YAML', 'cfg.yaml', 40, '    ', 'cfg: !!binary |\n'],
    ['a property list', 'cfg.plist', 52, '\t\t\t', '<key>cfg</key>\n\t\t\t<data>\n'],
    ['narrow lines in XML', 'cfg.xml', 28, '        ', '<data>\n'],
    ['a comment', 'backup.conf', 64, '# ', '# backup:\n'],
    ['a patch', 'add.patch', 76, '+', '@@ -0,0 +1,4 @@\n'],
    ['quoted mail', 're.eml', 72, '> ', '> attached:\n'],
  ].map(([where, path, width, before, head]) =>
    pair(
      `in lines, ${where}`,
      path,
      (id, secret, k) => {
        // One line at least holds the first letters undivided.
        const shift = (text) => wrapped(text, width).split('\n');
        const text = (n) => `${k.word().slice(0, 4)}${'-'.repeat(n)}\nid: ${id}\nsecret: ${secret}\n`;
        const all = Array.from({ length: 24 }, (_, n) => shift(text(n)));
        const lines = all.find((some) => some.some((line) => /TFRBS|xUQU|MVEFJ/.test(line))) ?? [];
        return `${head}${lines.map((line) => `${before}${line}\n`).join('')}`;
      },
      base64,
    ),
  ),
  pair(
    'only the secret encoded',
    'half.py',
    (id, secret) => `ak = "${id}"\nsk = base64.b64decode("${b64(secret)}").decode()\n`,
    base64,
  ),
  pair(
    'environment, _B64 names',
    '.env.b64',
    (id, secret) => `OSS_ID_B64=${b64(id)}\nOSS_SECRET_B64=${b64(secret)}\n`,
    base64,
  ),
  pair('id:secret together', 'auth.txt', (id, secret) => `Authorization: Basic ${b64(`${id}:${secret}`)}\n`, base64),
  pair('a byte before: second alignment', 'auth1.txt', (id, secret) => `token=${b64(`:${id}:${secret}`)}\n`, base64),
  pair(
    'two bytes before: third alignment',
    'auth2.txt',
    (id, secret) => `token=${b64(`k=${id}&s=${secret}`)}\n`,
    base64,
  ),
  pair(
    'a whole .env',
    'deploy.yml',
    (id, secret, k) =>
      `env:\n  DOTENV: ${b64(`PORT=${k.int(10, 99999)}\nALIYUN_ACCESS_KEY_ID=${id}\nALIYUN_ACCESS_KEY_SECRET=${secret}\nJWT=${k.alnum(k.int(20, 22))}\n`)}\n`,
    base64,
  ),
  pair(
    'a whole JSON, in lines of 76',
    'config.b64',
    (id, secret, k) =>
      `${wrapped(JSON.stringify({ accessKeyId: id, pad: k.alnum(k.int(30, 33)), accessKeySecret: secret, bucket: k.bucket() }))}\n`,
    base64,
  ),
  pair(
    'a whole JSON, in lines of 64',
    'config.pem',
    (id, secret) =>
      `-----BEGIN CONFIG-----\n${wrapped(JSON.stringify({ accessKeyId: id, region: 'cn-beijing', accessKeySecret: secret }), 64)}\n-----END CONFIG-----\n`,
    base64,
  ),
  pair(
    'URL-safe base64 without padding',
    'link.txt',
    (id, secret, k) =>
      `https://example.com/cb?state=${b64url(JSON.stringify({ a: '>>>???', ak: id, sk: secret, r: k.int(1, 999) }))}\n`,
    base64,
  ),
  pair(
    'echo into base64 -d',
    'boot.sh',
    (id, secret) =>
      `echo ${b64(`[Credentials]\naccessKeyID=${id}\naccessKeySecret=${secret}\n`)} | base64 -d > ~/.ossutilconfig\n`,
    base64,
  ),
  pair(
    'data URL',
    'seed.html',
    (id, secret) => `<a href="data:application/json;base64,${b64(JSON.stringify({ id, secret }))}">x</a>\n`,
    base64,
  ),
  pair(
    'XML element in base64',
    'vault.xml',
    (id, secret) => `<entry><id>${b64(id)}</id><secret>${b64(secret)}</secret></entry>\n`,
    base64,
  ),
  several(
    'several in base64',
    'many.properties',
    (k) =>
      k
        .pairs(3)
        .map(({ id, secret }, i) => `oss${i}.id=${b64(id)}\noss${i}.secret=${b64(secret)}\n`)
        .join(''),
    base64,
  ),
  pair(
    'cloud-init, write_files',
    'user-data',
    (id, secret) =>
      `#cloud-config\nwrite_files:\n  - path: /etc/oss\n    encoding: b64\n    content: ${b64(`id ${id}\nkey ${secret}\n`)}\n`,
    base64,
  ),
  lone(
    'base64 ID alone beside a digest',
    'pin.json',
    (id, k) => `{"ak":"${b64(id)}","integrity":"sha512-${k.base64(86)}=="}\n`,
    base64,
  ),

  pair(
    'UTF-16 LE with a mark',
    'keys.txt',
    (id, secret) => utf16le(`AccessKeyId: ${id}\r\nAccessKeySecret: ${secret}\r\n`, MARK),
    utf16,
  ),
  pair(
    'UTF-16 LE without a mark',
    'export.reg',
    (id, secret) => utf16le(`"KeyId"="${id}"\r\n"KeySecret"="${secret}"\r\n`),
    utf16,
  ),
  pair(
    'UTF-16 BE with a mark',
    'Localizable.strings',
    (id, secret) => utf16be(`"oss.id" = "${id}";\n"oss.secret" = "${secret}";\n`, MARK),
    utf16,
  ),
  pair('UTF-16 BE without a mark', 'table.dat', (id, secret) => utf16be(`${id},${secret}\n`), utf16),
  pair(
    'UTF-16 strings in a binary',
    'App.dll',
    (id, secret, k) =>
      Buffer.concat([
        Buffer.from(Array.from({ length: k.int(200, 203) }, () => k.int(128, 255))),
        utf16le(`\0${id}\0${k.word()}\0${secret}\0`),
        Buffer.from([255, 254, 240]),
      ]),
    utf16,
  ),
  pair(
    'UTF-16 PowerShell script, Chinese comments',
    'env.ps1',
    (id, secret) => utf16le(`# 环境变量\r\n$env:AK = '${id}'\r\n$env:SK = '${secret}'\r\n`, MARK),
    utf16,
  ),
  several(
    'UTF-16 CSV',
    'AccessKey-utf16.csv',
    (k) =>
      utf16le(
        `AccessKey ID\tAccessKey Secret\r\n${k
          .pairs(2)
          .map(({ id, secret }) => `${id}\t${secret}\r\n`)
          .join('')}`,
        MARK,
      ),
    utf16,
  ),
];
