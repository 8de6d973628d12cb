// Tables, dumps and logs.
import { lone, pair, several } from '../kit.mjs';

export default [
  pair('console CSV', 'AccessKey.csv', (id, secret) => `AccessKey ID,AccessKey Secret\n${id},${secret}\n`),
  pair(
    'console CSV, with a mark and CRLF',
    'AccessKey (1).csv',
    (id, secret) => `\ufeffAccessKey ID,AccessKey Secret\r\n${id},${secret}\r\n`,
  ),
  several(
    'console CSV, many rows',
    'AccessKeys.csv',
    (k) =>
      `AccessKey ID,AccessKey Secret\n${k
        .pairs(k.int(4, 12))
        .map(({ id, secret }) => `${id},${secret}\n`)
        .join('')}`,
  ),
  several(
    'user CSV',
    'users.csv',
    (k) =>
      `"Logon Name","Display Name","Password","AccessKey ID","AccessKey Secret"\n${k
        .pairs(3)
        .map(
          ({ id, secret }) =>
            `"${k.word()}@${k.digits(16)}.onaliyun.com","${k.Word()}","${k.alnum(30)}","${id}","${secret}"\n`,
        )
        .join('')}`,
  ),
  several(
    'CSV, secret first',
    'export.csv',
    (k) =>
      `name;secret;id;created\n${k
        .pairs(3)
        .map(({ id, secret }) => `${k.word()};${secret};${id};${k.date()}\n`)
        .join('')}`,
  ),
  several(
    'TSV',
    'accounts.tsv',
    (k) =>
      `id\tuser\tsecret\n${k
        .pairs(4)
        .map(({ id, secret }) => `${id}\t${k.word()}\t${secret}\n`)
        .join('')}`,
  ),
  pair(
    'SQL INSERT, columns named',
    'init.sql',
    (id, secret, k) =>
      `INSERT INTO \`sys_oss\` (\`id\`, \`bucket\`, \`access_key\`, \`secret_key\`, \`created\`) VALUES (1, '${k.bucket()}', '${id}', '${secret}', '${k.date()} 10:00:00');\n`,
  ),
  several(
    'SQL INSERT, several rows',
    'dump.sql',
    (k) =>
      `INSERT INTO channel VALUES\n${k
        .pairs(3)
        .map(({ id, secret }, i) => `(${i + 1},'${k.word()}','${id}','${secret}','${k.hex(32)}',1)`)
        .join(',\n')};\n`,
  ),
  several(
    'SQL INSERT, several rows on one line',
    'backup.sql',
    (k) =>
      `INSERT INTO \`account\` VALUES ${k
        .pairs(k.int(3, 6))
        .map(({ id, secret }, i) => `(${i + 1},'${secret}','${id}',NULL)`)
        .join(',')};\n`,
  ),
  pair(
    'SQL, settings as rows',
    'settings.sql',
    (id, secret) =>
      `INSERT INTO settings (name, value) VALUES ('oss_id', '${id}');\nINSERT INTO settings (name, value) VALUES ('oss_bucket', 'b');\nINSERT INTO settings (name, value) VALUES ('oss_secret', '${secret}');\n`,
  ),
  pair('SQL UPDATE', 'fix.sql', (id, secret) => `UPDATE config SET ak = '${id}', sk = '${secret}' WHERE id = 7;\n`),
  pair(
    'SQL, JSON in a column',
    'seed.ddl',
    (id, secret) => `INSERT INTO conf VALUES (4, 'oss', '{"accessKeyId":"${id}","accessKeySecret":"${secret}"}');\n`,
  ),
  pair(
    'PostgreSQL COPY',
    'pg.dump',
    (id, secret, k) => `COPY public.store (id, name, ak, sk) FROM stdin;\n1\t${k.word()}\t${id}\t${secret}\n\\.\n`,
  ),
  pair(
    'MongoDB export',
    'conf.bson.json',
    (id, secret, k) => `{"_id":{"$oid":"${k.hex(24)}"},"k":"${id}","s":"${secret}"}\n`,
  ),
  pair('Redis commands', 'dump.redis', (id, secret) => `HSET oss id ${id}\nHSET oss secret ${secret}\n`),
  pair(
    'Redis protocol',
    'appendonly.aof',
    (id, secret) =>
      `*3\r\n$3\r\nSET\r\n$2\r\nak\r\n$${id.length}\r\n${id}\r\n*3\r\n$3\r\nSET\r\n$2\r\nsk\r\n$30\r\n${secret}\r\n`,
  ),
  pair('LDIF', 'users.ldif', (id, secret) => `dn: cn=oss,dc=example\naccessKey: ${id}\nsecretKey: ${secret}\n`),
  pair(
    'log line, object printed',
    'app.log',
    (id, secret, k) =>
      `${k.filler('log', 4)}\n${k.date()} 11:02:03.444 INFO  OssConfig(endpoint=oss-cn-hangzhou.aliyuncs.com, accessKeyId=${id}, accessKeySecret=${secret}, bucket=b)\n${k.filler('log', 4)}\n`,
  ),
  pair(
    'log, key and secret on lines of their own',
    'server.log',
    (id, secret, k) =>
      `${k.filler('log', 3)}\n${k.date()} 10:00:00.001 DEBUG ak: ${id}\n${k.date()} 10:00:00.002 DEBUG sk: ${secret}\n${k.filler('log', 3)}\n`,
  ),
  pair(
    'log, trace ids between',
    'trace.log',
    (id, secret, k) =>
      `[${k.trace()}] using key ${id}\n[${k.trace()}] ${k.camel(30)}\n[${k.trace()}] with secret ${secret}\n`,
  ),
  pair(
    'core dump of a map',
    'err.out',
    (id, secret, k) => `{user=${k.word()}, secretKey=${secret}, accessKey=${id}, traceId=${k.trace()}}\n`,
  ),
  pair(
    'Python repr in a log',
    'worker.log',
    (id, secret, k) =>
      `${k.date()} config: {'access_key_id': '${id}', 'access_key_secret': '${secret}', 'sha': '${k.hex(40)}'}\n`,
  ),
  lone(
    'log, signed request',
    'access.log',
    (id, k) =>
      `10.0.0.1 - - "GET /a?AccessKeyId=${id}&Signature=${k.alnum(27)}%3D&SignatureNonce=${k.uuid()} HTTP/1.1" 200 trace=${k.trace()}\n`,
  ),
  pair(
    'patch, added',
    '0001-oss.patch',
    (id, secret, k) =>
      `From ${k.hex(40)} Mon Sep 17 00:00:00 2001\nSubject: [PATCH] oss\n\n--- a/x.py\n+++ b/x.py\n@@ -1,2 +1,4 @@\n import oss2\n+KEY_ID = '${id}'\n+KEY_SECRET = '${secret}'\n`,
  ),
  several('diff, old against new', 'rotate.diff', (k) => {
    const [now, old] = k.pairs(2);
    return `index ${k.hex(7)}..${k.hex(7)} 100644\n@@ -1,4 +1,4 @@\n-accessKeyId=${old.id}\n-accessKeySecret=${old.secret}\n+accessKeyId=${now.id}\n+accessKeySecret=${now.secret}\n`;
  }),
  several('diff, line by line', 'lines.diff', (k) => {
    const [now, old] = k.pairs(2);
    return `@@ -1,4 +1,4 @@\n-accessKeyId=${old.id}\n+accessKeyId=${now.id}\n-accessKeySecret=${old.secret}\n+accessKeySecret=${now.secret}\n`;
  }),
  pair(
    'merge conflict',
    'Oss.java.orig',
    (id, secret) =>
      `<<<<<<< HEAD\nString id = System.getenv("ID");\n=======\nString id = "${id}";\nString secret = "${secret}";\n>>>>>>> dev\n`,
  ),
];
