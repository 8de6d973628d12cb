// Files with more in them than one pair: gaps, placeholders beside real keys, long files, lists in which one is missing.
import { pair, several } from '../kit.mjs';
import { minified } from '../noise.mjs';
import { L } from '../values.mjs';

export default [
  several('list in which one has no secret', 'stores.yml', (k) => {
    const [a, c] = k.pairs(2);
    const b = k.lone();
    return `stores:\n  - id: ${a.id}\n    secret: ${a.secret}\n  - id: ${b}\n    secret: \${STORE_B_SECRET}\n  - id: ${c.id}\n    secret: ${c.secret}\n`;
  }),
  several('list, secret first, in which one has no secret', 'shops.json', (k) => {
    const [a, c] = k.pairs(2);
    const b = k.lone();
    return JSON.stringify(
      [
        { secret: a.secret, id: a.id },
        { secret: null, id: b },
        { secret: c.secret, id: c.id },
      ],
      null,
      2,
    );
  }),
  several('table in which one row has no secret', 'AccessKeys.csv', (k) => {
    const [a, b] = k.pairs(2);
    const alone = k.lone();
    return `AccessKey ID,AccessKey Secret,Owner\n${a.id},${a.secret},${k.word()}\n${alone},,${k.word()}\n${b.id},${b.secret},${k.word()}\n`;
  }),
  several('table in which one row is masked', 'keys.md', (k) => {
    const a = k.pair();
    return `| id | secret |\n|---|---|\n| ${L}5t${k.base58(10)}**** | **** |\n| ${a.id} | ${a.secret} |\n| ${L}xxxxxxxxxxxx | yourSecret |\n`;
  }),
  pair(
    'placeholder pair commented above the real one',
    'application.yml',
    (id, secret) =>
      `oss:\n  # access-key-id: ${L}xxxxxxxxxxxxxxxxxxxx\n  # access-key-secret: yourAccessKeySecretGoesHere123\n  access-key-id: ${id}\n  access-key-secret: ${secret}\n`,
  ),
  pair(
    'each real line over its placeholder',
    'config.js',
    (id, secret) =>
      `  accessKeyId: '${id}', // '<yourAccessKeyId>'\n  // accessKeyId: '${L}xxxxxxxxxxxx',\n  accessKeySecret: '${secret}', // '<yourAccessKeySecret>'\n`,
  ),
  pair(
    'a camelCase word of 30 letters closer than the secret',
    'Signer.java',
    (id, secret, k) =>
      `public ${k.camel(30)}() { this.id = "${id}"; ${k.camel(30)}(); }\n${k.filler('java', 3)}\nprivate static final String SECRET = "${secret}";\n`,
  ),
  pair(
    'a trace id closer than the secret',
    'boot.log',
    (id, secret, k) =>
      `[${k.trace()}] accessKeyId=${id} [${k.trace()}]\n[${k.trace()}] region=${k.region()}\n[${k.trace()}] accessKeySecret=${secret}\n`,
  ),
  pair(
    'a salt of 30 closer than the secret',
    'security.yml',
    (id, secret, k) => `aliyun:\n  accessKeyId: ${id}\n  salt: ${k.alnum(30)}\n  accessKeySecret: ${secret}\n`,
  ),
  pair(
    'a session secret of 30 before the secret',
    '.env',
    (id, secret, k) =>
      `OSS_ACCESS_KEY_ID=${id}\nSESSION_SECRET=${k.alnum(30)}\nCSRF_SECRET=${k.alnum(30)}\nOSS_ACCESS_KEY_SECRET=${secret}\n`,
  ),
  pair(
    'a request id of 30 on the ID line',
    'query.http',
    (id, secret, k) => `GET /?requestId=${k.alnum(30)}&ak=${id}&nonce=${k.alnum(30)}&sk=${secret}\n`,
  ),
  several('services of one file, names interleaved', 'all.properties', (k) => {
    const [oss, sms] = k.pairs(2);
    return `sms.key=${sms.id}\noss.key=${oss.id}\n${k.filler('properties', 6)}\noss.secret=${oss.secret}\nsms.secret=${sms.secret}\n`;
  }),
  several('IDs in one section, secrets in another', 'vault.ini', (k) => {
    const [dev, prod] = k.pairs(2);
    return `[ids]\ndev = ${dev.id}\nprod = ${prod.id}\n\n[secrets]\nprod = ${prod.secret}\ndev = ${dev.secret}\n`;
  }),
  several('a long file with accounts here and there', 'Settings.java', (k) =>
    k
      .pairs(4)
      .map(
        ({ id, secret }, i) =>
          `${k.filler('java', k.int(15, 40))}\n    String key${i} = "${id}";\n${k.filler('java', k.int(0, 4))}\n    String secret${i} = "${secret}";`,
      )
      .join('\n'),
  ),
  several('a long bundle with a client here and there', 'vendor.min.js', (k) =>
    k
      .pairs(3)
      .map(({ id, secret }) => `${minified(k, 2500)}h={key:"${id}",${k.camel(12)}:!1,secret:"${secret}"};`)
      .join(''),
  ),
  several('a pair, its ID again far below, another pair', 'runbook.md', (k) => {
    const [a, b] = k.pairs(2);
    return `AK ${a.id}\nSK ${a.secret}\n\n${k.filler('log', 12)}\n\nrevoke ${a.id} after the move\n\nnew AK ${b.id}\nnew SK ${b.secret}\n`;
  }),
  several('old and new in one table', 'rotation.csv', (k) => {
    const [a, b] = k.pairs(2);
    return `old id,new id,old secret,new secret\n${a.id},${b.id},${a.secret},${b.secret}\n`;
  }),
  several('old and new on one line', 'rotation.txt', (k) => {
    const [a, b] = k.pairs(2);
    return `${a.id}/${a.secret} -> ${b.id}/${b.secret}\n`;
  }),
  several('a map of maps, minified', 'tenants.json', (k) =>
    JSON.stringify(
      Object.fromEntries(
        k.pairs(4).map(({ id, secret }) => [k.bucket(), { t: k.trace(), s: secret, etag: k.hex(30), i: id }]),
      ),
    ),
  ),
  several('assigned later, in the other order', 'init.py', (k) => {
    const [a, b] = k.pairs(2);
    return `class A:\n    ak = "${a.id}"\n    sk = "${a.secret}"\n\n\nclass B:\n    sk = "${b.secret}"\n    ak = "${b.id}"\n`;
  }),
];
