// Credentials of other services, and Alibaba things that are no AccessKeys.
const clean = (name, path, make, copies = 2) =>
  Array.from({ length: copies }, () => ({ name, make: (k) => ({ path, text: make(k) }) }));

export default [
  ...clean(
    'AWS',
    '.aws/credentials',
    (k) => `[default]\naws_access_key_id = AKIA${k.upper(16)}\naws_secret_access_key = ${k.base64(40)}\n`,
    3,
  ),
  ...clean('Tencent Cloud', 'cos.yml', (k) => `secretId: AKID${k.alnum(32)}\nsecretKey: ${k.alnum(32)}\n`, 3),
  ...clean('Huawei Cloud', 'obs.properties', (k) => `obs.ak=${k.upper(20)}\nobs.sk=${k.alnum(40)}\n`),
  ...clean(
    'Qiniu',
    'qiniu.js',
    (k) => `module.exports = { accessKey: '${k.alnum(40)}', secretKey: '${k.alnum(40)}' };\n`,
  ),
  ...clean('Google', 'maps.js', (k) => `const key = 'AIza${k.alnum(35)}';\n`),
  ...clean('GitHub', '.netrc', (k) => `machine github.com login me password ghp_${k.alnum(36)}\n`),
  ...clean('WeChat', 'wx.py', (k) => `APP_ID = 'wx${k.hex(16)}'\nAPP_SECRET = '${k.hex(32)}'\n`),
  ...clean('DashScope', 'llm.py', (k) => `dashscope.api_key = "sk-${k.hex(32)}"\n`),
  ...clean(
    'DingTalk',
    'robot.sh',
    (k) => `curl "https://oapi.dingtalk.com/robot/send?access_token=${k.hex(64)}" # SEC${k.hex(64)}\n`,
  ),
  ...clean(
    'API Gateway',
    'gateway.yml',
    (k) => `x-ca-key: ${k.digits(9)}\nappSecret: ${k.chars('abcdefghijklmnopqrstuvwxyz0123456789', 32)}\n`,
  ),
  ...clean(
    'MinIO, names like ours',
    'minio.env',
    (k) => `ACCESS_KEY_ID=${k.alnum(20)}\nACCESS_KEY_SECRET=${k.alnum(40)}\n`,
  ),
  ...clean(
    'session secrets of 30',
    'settings.py',
    (k) => `SECRET_KEY = '${k.alnum(30)}'\nJWT_SECRET = '${k.alnum(30)}'\n`,
  ),
  ...clean(
    'OSS endpoint and role',
    'oss.yml',
    (k) =>
      `endpoint: oss-${k.region()}.aliyuncs.com\nroleArn: acs:ram::${k.digits(16)}:role/${k.word()}\nobject: ${k.alnum(30)}.png\n`,
  ),
  ...clean(
    'public URL of an object',
    'image.md',
    (k) => `![](https://${k.bucket()}.oss-${k.region()}.aliyuncs.com/${k.alnum(30)}.png?x-oss-process=style/a)\n`,
  ),
  ...clean('ordinary code', 'service.js', (k) => `${k.filler('script', 60)}\n`, 4),
  ...clean('ordinary configuration', 'app.properties', (k) => `${k.filler('properties', 60)}\n`, 4),
];
