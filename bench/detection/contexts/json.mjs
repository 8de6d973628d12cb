// JSON and its relatives.
import { pair, several } from '../kit.mjs';
import { names } from '../names.mjs';

const pretty = (value) => `${JSON.stringify(value, null, 2)}\n`;

export default [
  pair('JSON, pretty', 'config.json', (id, secret, k) => {
    const [a, b] = names(k, 'camel');
    return pretty({
      port: 3000,
      oss: { region: `oss-${k.region()}`, [a]: id, [b]: secret, bucket: k.bucket() },
      session: k.alnum(30),
    });
  }),
  pair('JSON, one line', 'settings.json', (id, secret, k) =>
    JSON.stringify({ v: 1, trace: k.trace(), accessKeyId: id, accessKeySecret: secret, etag: k.hex(32) }),
  ),
  pair('JSON, one line, secret first', 'cfg.json', (id, secret, k) =>
    JSON.stringify({ secretKey: secret, bucket: k.bucket(), accessKey: id, area: k.region() }),
  ),
  pair('JSON, reversed, far apart', 'app.json', (id, secret, k) =>
    pretty({
      accessKeySecret: secret,
      ...Object.fromEntries(Array.from({ length: k.int(6, 14) }, () => [k.camel(12), k.word()])),
      accessKeyId: id,
    }),
  ),
  several('JSON, one line, many accounts', 'accounts.json', (k) =>
    JSON.stringify({
      accounts: k
        .pairs(k.int(3, 6))
        .map(({ id, secret }) => ({ name: k.word(), accessKeyId: id, accessKeySecret: secret })),
    }),
  ),
  several('JSON, one line, order differs', 'tenants.json', (k) => {
    const [x, y, z] = k.pairs(3);
    return JSON.stringify([
      { ak: x.id, sk: x.secret },
      { sk: y.secret, ak: y.id },
      { ak: z.id, name: k.word(), sk: z.secret },
    ]);
  }),
  several('JSON, parallel arrays', 'pool.json', (k) => {
    const all = k.pairs(3);
    return pretty({ keyIds: all.map(({ id }) => id), keySecrets: all.map(({ secret }) => secret) });
  }),
  several('JSON, arrays in an array', 'keys.json', (k) => pretty(k.pairs(3).map(({ id, secret }) => [id, secret]))),
  several('JSON, the ID is the key', 'map.json', (k) =>
    pretty(Object.fromEntries(k.pairs(3).map(({ id, secret }) => [id, secret]))),
  ),
  several('JSON, the ID is the key of an object', 'ring.json', (k) =>
    pretty(Object.fromEntries(k.pairs(2).map(({ id, secret }) => [id, { user: k.word(), secret, created: k.date() }]))),
  ),
  several(
    'aliyun CLI configuration',
    '.aliyun/config.json',
    (k) =>
      `${JSON.stringify({ current: 'default', profiles: k.pairs(2).map(({ id, secret }, i) => ({ name: i ? k.word() : 'default', mode: 'AK', access_key_id: id, access_key_secret: secret, sts_token: '', ram_role_name: '', region_id: k.region() })) }, null, '\t')}\n`,
  ),
  pair('DataX job', 'job.json', (id, secret) =>
    pretty({
      job: {
        content: [
          {
            reader: {
              name: 'ossreader',
              parameter: { endpoint: 'http://oss.aliyuncs.com', accessId: id, accessKey: secret, object: ['a/*'] },
            },
          },
        ],
      },
    }),
  ),
  pair('PicGo', 'data.json', (id, secret, k) =>
    pretty({
      picBed: {
        current: 'aliyun',
        aliyun: {
          accessKeyId: id,
          accessKeySecret: secret,
          area: `oss-${k.region()}`,
          bucket: k.bucket(),
          path: 'img/',
        },
      },
    }),
  ),
  pair('Terraform state', 'terraform.tfstate', (id, secret, k) =>
    pretty({
      version: 4,
      lineage: k.uuid(),
      resources: [
        {
          type: 'alicloud_ram_access_key',
          instances: [{ attributes: { id, pgp_key: null, secret, status: 'Active', user_name: k.word() } }],
        },
      ],
    }),
  ),
  pair('answer of CreateAccessKey', 'response.json', (id, secret, k) =>
    pretty({
      RequestId: k.uuid().toUpperCase(),
      AccessKey: { Status: 'Active', AccessKeyId: id, AccessKeySecret: secret, CreateDate: `${k.date()}T01:02:03Z` },
    }),
  ),
  pair('Postman variables, name and value apart', 'api.postman_environment.json', (id, secret) =>
    pretty({
      name: 'prod',
      values: [
        { key: 'accessKeyId', value: id, enabled: true },
        { key: 'accessKeySecret', value: secret, enabled: true },
      ],
    }),
  ),
  pair(
    'JSON lines',
    'events.jsonl',
    (id, secret, k) =>
      `${JSON.stringify({ t: k.epoch(), trace: k.trace() })}\n${JSON.stringify({ t: k.epoch(), event: 'login', ak: id, sk: secret })}\n${JSON.stringify({ t: k.epoch(), trace: k.trace() })}\n`,
  ),
  pair(
    'JSON5 with comments',
    'default.json5',
    (id, secret) =>
      `{\n  // sms\n  accessKeyId: '${id}', // do not commit\n  /* secret */ accessKeySecret: '${secret}',\n}\n`,
  ),
  pair('VS Code settings, flat names', '.vscode/settings.json', (id, secret) =>
    pretty({ 'editor.tabSize': 2, 'elan.accessKeyId': id, 'elan.accessKeySecret': secret }),
  ),
  pair('HAR', 'trace.har', (id, secret, k) =>
    JSON.stringify({
      log: {
        entries: [
          {
            request: {
              method: 'POST',
              postData: { text: JSON.stringify({ accessKeyId: id, accessKeySecret: secret, nonce: k.uuid() }) },
            },
          },
        ],
      },
    }),
  ),
  pair('.NET settings', 'appsettings.json', (id, secret, k) =>
    pretty({
      ConnectionStrings: { Default: `Server=.;Password=${k.alnum(14)}` },
      AliyunOss: { AccessKeyId: id, AccessKeySecret: secret },
    }),
  ),
  pair('CloudFormation-like template, defaults', 'ros.template', (id, secret) =>
    pretty({
      ROSTemplateFormatVersion: '2015-09-01',
      Parameters: {
        AccessKeyId: { Type: 'String', Default: id },
        AccessKeySecret: { Type: 'String', NoEcho: true, Default: secret },
      },
    }),
  ),
  pair('mini-program project', 'project.config.json', (id, secret, k) =>
    pretty({ appid: `wx${k.hex(16)}`, setting: { oss: { OSSAccessKeyId: id, AccessKeySecret: secret } } }),
  ),
];
