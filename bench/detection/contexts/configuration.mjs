// Configuration in INI, properties, TOML and YAML.
import { pair, several } from '../kit.mjs';
import { names } from '../names.mjs';

export default [
  pair('INI', 'config.ini', (id, secret, k) => {
    const [a, b] = names(k, 'snake');
    return `[database]\nhost = ${k.word()}\npassword = ${k.alnum(12)}\n\n[aliyun]\n${a} = ${id}\n${b} = ${secret}\nregion = ${k.region()}\n`;
  }),
  several('INI, a section for each account', 'accounts.ini', (k) =>
    k
      .pairs(3)
      .map(({ id, secret }, i) => `[account${i + 1}]\nname = ${k.word()}\naccess_id = ${id}\naccess_key = ${secret}\n`)
      .join('\n'),
  ),
  several('INI, the order changes from section to section', 'mixed.ini', (k) => {
    const [x, y] = k.pairs(2);
    return `[dev]\naccess_key_id = ${x.id}\naccess_key_secret = ${x.secret}\n[prod]\naccess_key_secret = ${y.secret}\naccess_key_id = ${y.id}\n`;
  }),
  pair(
    'conf with colons',
    'upload.conf',
    (id, secret) => `endpoint: oss-cn-hangzhou.aliyuncs.com\nkeyid: ${id}\nkeysecret: ${secret}\n`,
  ),
  pair(
    'conf with spaces only',
    'proxy.cnf',
    (id, secret) => `accesskeyid      ${id}\naccesskeysecret  ${secret}\nlisten           8080\n`,
  ),
  pair(
    'properties, Spring',
    'application.properties',
    (id, secret, k) =>
      `server.port=8080\naliyun.oss.endpoint=oss-${k.region()}.aliyuncs.com\naliyun.oss.accessKeyId=${id}\naliyun.oss.accessKeySecret=${secret}\naliyun.oss.bucketName=${k.bucket()}\n`,
  ),
  pair(
    'properties, Nacos',
    'bootstrap.properties',
    (id, secret) =>
      `spring.cloud.nacos.config.access-key=${id}\nspring.cloud.nacos.config.secret-key=${secret}\nspring.cloud.nacos.config.namespace=prod\n`,
  ),
  pair(
    'properties, canal',
    'canal.properties',
    (id, secret) => `canal.port = 11111\ncanal.aliyun.accessKey = ${id}\ncanal.aliyun.secretKey = ${secret}\n`,
  ),
  pair(
    'properties, the ID far above',
    'system.properties',
    (id, secret, k) =>
      `sms.accessKeyId=${id}\n${k.filler('properties', k.int(8, 24))}\nsms.accessKeySecret=${secret}\n`,
  ),
  pair(
    'properties, continued lines',
    'long.properties',
    (id, secret) => `sms.keys = \\\n    ${id},\\\n    ${secret}\n`,
  ),
  several('properties, old pair commented out', 'oss.properties', (k) => {
    const [now, old] = k.pairs(2);
    return `#oss.accessKeyId=${old.id}\n#oss.accessKeySecret=${old.secret}\noss.accessKeyId=${now.id}\noss.accessKeySecret=${now.secret}\n`;
  }),
  several('properties, each line followed by its old value', 'sms.properties', (k) => {
    const [now, old] = k.pairs(2);
    return `sms.accessKeyId=${now.id}\n#sms.accessKeyId=${old.id}\nsms.accessKeySecret=${now.secret}\n#sms.accessKeySecret=${old.secret}\n`;
  }),
  pair(
    'TOML',
    'config.toml',
    (id, secret, k) =>
      `[storage]\ntype = "oss"\n\n[storage.oss]\nbucket = "${k.bucket()}"\naccess_key_id = "${id}"\naccess_key_secret = "${secret}"\n`,
  ),
  pair(
    'TOML, inline table',
    'wrangler.toml',
    (id, secret) => `name = "edge"\noss = { access_id = "${id}", access_key = "${secret}", secure = true }\n`,
  ),
  several('TOML, array of tables', 'accounts.toml', (k) =>
    k
      .pairs(k.int(2, 4))
      .map(({ id, secret }) => `[[account]]\nsecret = "${secret}"\nid = "${id}"\n`)
      .join('\n'),
  ),
  pair(
    'YAML, Spring',
    'application.yml',
    (id, secret, k) =>
      `spring:\n  application:\n    name: ${k.word()}\naliyun:\n  oss:\n    endpoint: https://oss-${k.region()}.aliyuncs.com\n    access-key-id: ${id}\n    access-key-secret: ${secret}\n`,
  ),
  pair(
    'YAML, nested maps, other keys between',
    'application-prod.yaml',
    (id, secret, k) =>
      `cloud:\n  sms:\n    key:\n      id: "${id}"\n      created: ${k.date()}\n      owner: ${k.word()}\n      secret: "${secret}"\n    template: SMS_${k.digits(9)}\n`,
  ),
  several(
    'YAML, list of maps',
    'stores.yml',
    (k) =>
      `stores:\n${k
        .pairs(k.int(2, 5))
        .map(
          ({ id, secret }) =>
            `  - name: ${k.bucket()}\n    accessKey: ${id}\n    secretKey: ${secret}\n    domain: https://${k.word()}.example.com\n`,
        )
        .join('')}`,
  ),
  several(
    'YAML, list of maps, secret first',
    'clusters.yml',
    (k) =>
      `clusters:\n${k
        .pairs(k.int(2, 4))
        .map(({ id, secret }) => `- sk: ${secret}\n  ak: ${id}\n`)
        .join('')}`,
  ),
  several('YAML, parallel lists', 'pool.yaml', (k) => {
    const all = k.pairs(3);
    return `ids:\n${all.map(({ id }) => `  - ${id}\n`).join('')}secrets:\n${all.map(({ secret }) => `  - ${secret}\n`).join('')}`;
  }),
  several(
    'YAML, a map from ID to secret',
    'keyring.yaml',
    (k) =>
      `keyring:\n${k
        .pairs(3)
        .map(({ id, secret }) => `  ${id}: ${secret}\n`)
        .join('')}`,
  ),
  pair(
    'YAML, flow map',
    'values-flow.yaml',
    (id, secret) => `oss: {accessKeyId: ${id}, accessKeySecret: ${secret}, internal: true}\n`,
  ),
  pair(
    'YAML, far apart',
    'bootstrap.yml',
    (id, secret, k) =>
      `aliyun:\n  accessKeyId: ${id}\n${k.filler('yaml', k.int(10, 40))}\n  accessKeySecret: ${secret}\n`,
  ),
  pair(
    'YAML, anchors and a folded scalar',
    'anchors.yaml',
    (id, secret) => `x-id: &id ${id}\nx-secret: &secret >-\n  ${secret}\nservice:\n  id: *id\n  secret: *secret\n`,
  ),
  pair(
    'YAML, ddns-go',
    '.ddns_go_config.yaml',
    (id, secret) =>
      `dnsconf:\n    - name: ""\n      dns:\n        name: alidns\n        id: ${id}\n        secret: ${secret}\n      ttl: ""\n`,
  ),
  pair(
    'YAML, Serverless Devs',
    'access.yaml',
    (id, secret, k) => `default:\n  AccountID: '${k.digits(16)}'\n  AccessKeyID: ${id}\n  AccessKeySecret: ${secret}\n`,
  ),
  pair(
    'YAML, Docker registry',
    'registry.yml',
    (id, secret, k) =>
      `storage:\n  oss:\n    accesskeyid: ${id}\n    accesskeysecret: ${secret}\n    region: oss-${k.region()}\n    bucket: ${k.bucket()}\nhttp:\n  secret: ${k.hex(32)}\n`,
  ),
  pair(
    'HOCON',
    'application.conf',
    (id, secret) => `akka.loglevel = INFO\naliyun.sls {\n  access-id = "${id}"\n  access-key = "${secret}"\n}\n`,
  ),
  pair('EditorConfig-like key value, tabs', 'settings.cfg', (id, secret) => `[oss]\nak\t=\t${id}\nsk\t=\t${secret}\n`),
  pair(
    'Windows registry file',
    'client.reg',
    (id, secret) =>
      `Windows Registry Editor Version 5.00\n\n[HKEY_CURRENT_USER\\Software\\Uploader]\n"KeyId"="${id}"\n"KeySecret"="${secret}"\n`,
  ),
];
