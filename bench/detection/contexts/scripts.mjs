// Python, PHP, Ruby, Perl, Lua, R and other scripting languages.
import { pair, several } from '../kit.mjs';
import { names } from '../names.mjs';

export default [
  pair('Python constants', 'settings.py', (id, secret, k) => {
    const [a, b] = names(k, 'upper');
    return `DEBUG = True\nSECRET_KEY = '${k.alnum(50)}'\n${a} = '${id}'\n${b} = '${secret}'\n`;
  }),
  pair(
    'Python, oss2.Auth',
    'upload.py',
    (id, secret, k) =>
      `import oss2\nauth = oss2.Auth('${id}', '${secret}')\nbucket = oss2.Bucket(auth, 'https://oss-${k.region()}.aliyuncs.com', '${k.bucket()}')\n`,
  ),
  pair(
    'Python, AcsClient, one argument a line',
    'sms.py',
    (id, secret, k) => `client = AcsClient(\n    "${id}",\n    "${secret}",\n    "${k.region()}"\n)\n`,
  ),
  pair(
    'Python, ODPS',
    'etl.py',
    (id, secret) => `o = ODPS('${id}', '${secret}', 'dw', endpoint='http://service.odps.aliyun.com/api')\n`,
  ),
  pair(
    'Python, keyword arguments',
    'client.py',
    (id, secret) =>
      `config = Config(access_key_id='${id}', access_key_secret='${secret}')\nconfig.endpoint = 'ecs.aliyuncs.com'\n`,
  ),
  pair(
    'Python, environment set',
    'boot.py',
    (id, secret) =>
      `os.environ['ALIBABA_CLOUD_ACCESS_KEY_ID'] = '${id}'\nos.environ.setdefault("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "${secret}")\n`,
  ),
  pair(
    'Python, getenv with defaults',
    'conf.py',
    (id, secret) => `AK = os.getenv('AK', '${id}')\nSK = os.getenv('SK', '${secret}')\n`,
  ),
  pair('Python, tuple assignment', 'short.py', (id, secret) => `ak, sk = "${id}", "${secret}"\n`),
  pair(
    'Python, far apart',
    'legacy.py',
    (id, secret, k) =>
      `access_key_id = "${id}"\n${k.filler('python', k.int(10, 60))}\naccess_key_secret = "${secret}"\n`,
  ),
  pair(
    'Python, secret far above',
    'old.py',
    (id, secret, k) => `ALIYUN_SECRET = "${secret}"\n${k.filler('python', k.int(10, 25))}\nALIYUN_KEY = "${id}"\n`,
  ),
  several(
    'Python, dictionary of accounts',
    'accounts.py',
    (k) =>
      `ACCOUNTS = {\n${k
        .pairs(k.int(2, 5))
        .map(({ id, secret }) => `    '${k.word()}': {'key': '${id}', 'secret': '${secret}'},\n`)
        .join('')}}\n`,
  ),
  several(
    'Python, list of tuples',
    'pool.py',
    (k) =>
      `KEYS = [\n${k
        .pairs(4)
        .map(({ id, secret }) => `    ("${id}", "${secret}"),\n`)
        .join('')}]\n`,
  ),
  several('Python, two lists', 'lists.py', (k) => {
    const all = k.pairs(3);
    return `access_key_ids = [\n${all.map(({ id }) => `    "${id}",\n`).join('')}]\naccess_key_secrets = [\n${all.map(({ secret }) => `    "${secret}",\n`).join('')}]\n`;
  }),
  several('Python, numbered variables', 'numbered.py', (k) => {
    const [x, y] = k.pairs(2);
    return `ak1 = '${x.id}'\nak2 = '${y.id}'\nsk1 = '${x.secret}'\nsk2 = '${y.secret}'\n`;
  }),
  several('Python, dev and prod branches', 'env.py', (k) => {
    const [x, y] = k.pairs(2);
    return `if DEBUG:\n    ACCESS_KEY_ID = '${x.id}'\n    ACCESS_KEY_SECRET = '${x.secret}'\nelse:\n    ACCESS_KEY_ID = '${y.id}'\n    ACCESS_KEY_SECRET = '${y.secret}'\n`;
  }),
  pair('Cython', 'fast.pyx', (id, secret) => `cdef str KEY_ID = "${id}"\ncdef str KEY_SECRET = "${secret}"\n`),
  pair(
    'PHP array',
    'config.php',
    (id, secret, k) =>
      `<?php\nreturn [\n    'aliyun' => [\n        'access_key_id' => '${id}',\n        'access_key_secret' => '${secret}',\n        'sign_name' => '${k.word()}',\n    ],\n    'app_key' => 'base64:${k.base64(43)}=',\n];\n`,
  ),
  pair(
    'PHP, new OssClient',
    'oss.php',
    (id, secret, k) =>
      `<?php\n$client = new OssClient('${id}', "${secret}", 'http://oss-${k.region()}.aliyuncs.com');\n`,
  ),
  pair(
    'PHP, accessKeyClient',
    'sms.php',
    (id, secret) =>
      `<?php\nAlibabaCloud::accessKeyClient('${id}', '${secret}')\n    ->regionId('cn-hangzhou')->asDefaultClient();\n`,
  ),
  pair(
    'PHP, define',
    'const.inc',
    (id, secret) => `<?php\ndefine('OSS_ACCESS_ID', '${id}');\ndefine('OSS_ACCESS_KEY', '${secret}');\n`,
  ),
  pair(
    'PHP, class properties',
    'Sms.class.php',
    (id, secret) =>
      `class Sms {\n    protected $accessKey = '${id}';\n    protected $region = 'cn-hangzhou';\n    protected $accessSecret = '${secret}';\n}\n`,
  ),
  pair(
    'PHP, env with defaults',
    'filesystems.php',
    (id, secret) =>
      `'oss' => [\n  'access_id' => env('OSS_ID', '${id}'),\n  'access_key' => env('OSS_KEY', '${secret}'),\n],\n`,
  ),
  pair('PHP template', 'upload.phtml', (id, secret) => `<?= json_encode(['k' => '${id}', 's' => '${secret}']) ?>\n`),
  pair(
    'Ruby',
    'oss.rb',
    (id, secret) =>
      `client = Aliyun::OSS::Client.new(\n  endpoint: 'https://oss-cn-hangzhou.aliyuncs.com',\n  access_key_id: '${id}',\n  access_key_secret: '${secret}')\n`,
  ),
  pair(
    'Ruby, hash rockets',
    'carrierwave.rb',
    (id, secret) => `config.aliyun_credentials = { :access_id => "${id}", :access_key => "${secret}" }\n`,
  ),
  pair('Perl', 'sign.pl', (id, secret) => `use strict;\nmy $key_id = '${id}';\nmy $key_secret = '${secret}';\n`),
  pair('Perl module, qw', 'Oss.pm', (id, secret) => `our ($ID, $KEY) = qw(${id} ${secret});\n`),
  pair('Lua', 'oss.lua', (id, secret) => `local _M = {\n  accessKey = "${id}",\n  secretKey = "${secret}",\n}\n`),
  pair(
    'R',
    'report.R',
    (id, secret) => `Sys.setenv("OSS_KEY_ID" = "${id}",\n           "OSS_KEY_SECRET" = "${secret}")\nak <- "x"\n`,
  ),
  pair('R Markdown', 'report.Rmd', (id, secret) => `\`\`\`{r}\nak <- "${id}"\nsk <- "${secret}"\n\`\`\`\n`),
  pair('Julia', 'oss.jl', (id, secret) => `const KEY_ID = "${id}"; const KEY_SECRET = "${secret}"\n`),
  pair(
    'Elixir',
    'config.exs',
    (id, secret) => `config :aliyun,\n  access_key_id: "${id}",\n  access_key_secret: "${secret}"\n`,
  ),
  pair(
    'Erlang',
    'sys.config',
    (id, secret) => `[{oss, [{access_key, <<"${id}">>}, {secret_key, <<"${secret}">>}]}].\n`,
  ),
  pair('Tcl', 'oss.tcl', (id, secret) => `set access_key_id "${id}"\nset access_key_secret "${secret}"\n`),
  pair('AutoHotkey', 'paste.ahk', (id, secret) => `AccessKey := "${id}"\nSecret := "${secret}"\n`),
  pair(
    'Jupyter notebook',
    'analysis.ipynb',
    (id, secret, k) =>
      `${JSON.stringify({ cells: [{ cell_type: 'code', source: ['import oss2\n', `auth = oss2.Auth('${id}', '${secret}')\n`, 'bucket'], outputs: [{ data: { 'image/png': k.base64(400) } }] }] }, null, 1)}\n`,
  ),
  pair(
    'Jupyter notebook, two source lines',
    'train.ipynb',
    (id, secret) =>
      `${JSON.stringify({ cells: [{ cell_type: 'code', source: [`ak = "${id}"\n`, `sk = "${secret}"\n`] }] }, null, 1)}\n`,
  ),
];
