// JavaScript, TypeScript, component files, HTML, bundles, mini-programs.
import { pair, several } from '../kit.mjs';
import { names } from '../names.mjs';
import { minified } from '../noise.mjs';

export default [
  pair(
    'JavaScript, new OSS',
    'oss.js',
    (id, secret, k) =>
      `const client = new OSS({\n  region: 'oss-${k.region()}',\n  accessKeyId: '${id}',\n  accessKeySecret: '${secret}',\n  bucket: '${k.bucket()}',\n});\n`,
  ),
  pair('JavaScript, module.exports, any names', 'config.js', (id, secret, k) => {
    const [a, b] = names(k, k.pick(['camel', 'pascal', 'upper', 'flat']));
    return `module.exports = {\n  ${a}: "${id}",\n  ${b}: "${secret}",\n  salt: "${k.alnum(30)}",\n};\n`;
  }),
  pair(
    'JavaScript, one line, comments',
    'gulpfile.js',
    (id, secret) => `const ak = '${id}'; /* key */ const sk = '${secret}'; // secret\n`,
  ),
  pair(
    'JavaScript, far apart',
    'service.mjs',
    (id, secret, k) =>
      `const accessKeyId = '${id}';\n${k.filler('script', k.int(10, 60))}\nconst accessKeySecret = '${secret}';\n`,
  ),
  pair(
    'JavaScript, names swapped',
    'swapped.cjs',
    (id, secret) => `exports.accessKeySecret = '${id}';\nexports.accessKeyId = '${secret}';\n`,
  ),
  pair(
    'JavaScript, positional',
    'sign.js',
    (id, secret) => `upload(file, '${id}', '${secret}', (err) => { if (err) throw err; });\n`,
  ),
  pair(
    'JavaScript, hmac beside',
    'policy.js',
    (id, secret) =>
      `var accessid= '${id}';\nvar accesskey= '${secret}';\nvar host = 'http://b.oss-cn-beijing.aliyuncs.com';\nvar bytes = Crypto.HMAC(Crypto.SHA1, message, accesskey, { asBytes: true }) ;\n`,
  ),
  several('JavaScript, old pair commented out', 'sts.js', (k) => {
    const [now, old] = k.pairs(2);
    return `  // accessKeyId: '${old.id}',\n  // accessKeySecret: '${old.secret}',\n  accessKeyId: '${now.id}',\n  accessKeySecret: '${now.secret}',\n`;
  }),
  several('JavaScript, dev and prod on a line each', 'stage.js', (k) =>
    k
      .pairs(3)
      .map(({ id, secret }) => `config.${k.word()} = { id: '${id}', secret: '${secret}', bucket: '${k.bucket()}' };\n`)
      .join(''),
  ),
  several('JavaScript, ternaries', 'choose.js', (k) => {
    const [x, y] = k.pairs(2);
    return `const id = prod ? '${x.id}' : '${y.id}';\nconst secret = prod ? '${x.secret}' : '${y.secret}';\n`;
  }),
  pair(
    'TypeScript class',
    'storage.ts',
    (id, secret, k) =>
      `export class Storage {\n  private readonly keyId: string = '${id}';\n  private readonly keySecret: string = '${secret}';\n  private ${k.camel(30)}?: string;\n}\n`,
  ),
  pair(
    'TypeScript, React',
    'Upload.tsx',
    (id, secret) => `<Uploader accessKeyId="${id}" accessKeySecret={'${secret}'} />\n`,
  ),
  pair('React, state', 'App.jsx', (id, secret) => `const [form] = useState({ ak: \`${id}\`, sk: \`${secret}\` });\n`),
  pair(
    'Vue component',
    'Editor.vue',
    (id, secret, k) =>
      `<template><el-upload/></template>\n<script>\nexport default {\n  data() {\n    return { OSSAccessKeyId: '${id}', secret: '${secret}', ${k.camel(30)}: null };\n  },\n};\n</script>\n`,
  ),
  pair(
    'Svelte',
    'Form.svelte',
    (id, secret) => `<script>\n  let key = '${id}';\n  let secret = '${secret}';\n</script>\n`,
  ),
  pair(
    'HTML, hidden inputs',
    'form.html',
    (id, secret) =>
      `<form>\n<input type="hidden" name="oss_access_key_id" value="${id}">\n<input type="hidden" name="oss_access_key_secret" value="${secret}">\n</form>\n`,
  ),
  pair(
    'HTML, hidden inputs, value first',
    'upload.htm',
    (id, secret) =>
      `<input value="${id}" type="hidden" name="ak"/><input value="${secret}" type="hidden" name="sk"/>\n`,
  ),
  pair(
    'HTML, table',
    'status.html',
    (id, secret, k) =>
      `<table><tr><th>AccessKey ID</th><th>User</th><th>AccessKey Secret</th></tr>\n<tr><td>${id}</td><td>${k.word()}</td><td>${secret}</td></tr></table>\n`,
  ),
  pair(
    'HTML, data attributes',
    'page.jsp',
    (id, secret) => `<div id="up" data-ak="${id}" data-sk="${secret}"></div>\n`,
  ),
  pair(
    'HTML, script',
    'index.html',
    (id, secret, k) =>
      `<script src="/static/app.${k.hex(20)}.js"></script>\n<script>window.__CFG__={ak:"${id}",sk:"${secret}"}</script>\n`,
  ),
  pair(
    'bundle, one line',
    'app.min.js',
    (id, secret, k) =>
      `${minified(k, 4000)}e.exports=new n({accessKeyId:"${id}",accessKeySecret:"${secret}",bucket:"${k.bucket()}"})${minified(k, 3000)}`,
  ),
  pair(
    'bundle, variables apart',
    'chunk-vendors.js',
    (id, secret, k) => `${minified(k, 2000)}var a="${id}",s="${secret}",c=t(${k.int(100, 999)});${minified(k, 2000)}`,
  ),
  several('bundle, two clients', 'main.bundle.js', (k) => {
    const [x, y] = k.pairs(2);
    return `${minified(k, 1500)}o=new i({accessKeySecret:"${x.secret}",accessKeyId:"${x.id}"})${minified(k, 700)}u=new i({accessKeyId:"${y.id}",accessKeySecret:"${y.secret}"})${minified(k, 900)}`;
  }),
  pair('source map', 'app.js.map', (id, secret, k) =>
    JSON.stringify({
      version: 3,
      sources: ['a.js'],
      mappings: 'AAAA,SAASA',
      sourcesContent: [`// ${k.word()}\nconst id = '${id}';\nconst secret = '${secret}';\n`],
    }),
  ),
  pair(
    'webpack eval',
    'dev.bundle.js',
    (id, secret) =>
      `eval("var client = new OSS({\\n  accessKeyId: \\"${id}\\",\\n  accessKeySecret: \\"${secret}\\"\\n});\\n//# sourceURL=webpack:///./a.js?");\n`,
  ),
  pair(
    'mini-program',
    'app.wxs',
    (id, secret) =>
      `wx.uploadFile({ url: host, formData: { OSSAccessKeyId: '${id}', key: 'a' }, success() {} });\nvar AccessKeySecret = '${secret}';\n`,
  ),
  pair('mini-program page', 'index.wxml', (id, secret) => `<uploader ak="${id}" sk="${secret}"></uploader>\n`),
  pair('CoffeeScript', 'oss.coffee', (id, secret) => `module.exports =\n  key: '${id}'\n  secret: '${secret}'\n`),
  pair(
    'GraphQL',
    'setup.graphql',
    (id, secret) => `mutation { bind(accessKeyId: "${id}", accessKeySecret: "${secret}") { ok } }\n`,
  ),
  pair(
    'REST client file',
    'api.http',
    (id, secret) => `@ak = ${id}\n@sk = ${secret}\n\nPOST https://api.example.com/bind?ak={{ak}}\n`,
  ),
  pair('Handlebars', 'mail.hbs', (id, secret) => `{{#with (lookup "${id}" "${secret}")}}{{this}}{{/with}}\n`),
  pair('stylesheet comment', 'theme.scss', (id, secret) => `/* oss: ${id} ${secret} */\n$primary: #1890ff;\n`),
];
