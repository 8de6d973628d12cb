// Escapes of text: percent, JSON, HTML, mail, PHP, terminal colours, literals joined by a program, glued text.
import {
  b64,
  escapeAll,
  escapeSigns,
  hexEscapes,
  htmlEntities,
  joined,
  numericEntities,
  percent,
  phpArray,
  phpString,
  quotedPrintable,
} from '../encode.mjs';
import { lone, pair } from '../kit.mjs';

const uri = { encoding: 'percent' };
const escapes = { encoding: 'escapes' };
const html = { encoding: 'html' };
const qp = { encoding: 'quoted-printable', raw: true };
const php = { encoding: 'php' };
const ansi = { encoding: 'ansi' };
const split = { encoding: 'joined' };
const glued = { encoding: 'glued' };

const RED = '\u001b[31m';
const OFF = '\u001b[0m';

export default [
  pair(
    'percent, a query inside a query',
    'redirect.txt',
    (id, secret) =>
      `https://example.com/?next=${percent(`https://b.example.com/?accessKeyId=${id}&accessKeySecret=${secret}`)}\n`,
    uri,
  ),
  pair(
    'percent, JSON in a URL',
    'open.url',
    (id, secret) => `[InternetShortcut]\nURL=https://example.com/#${percent(JSON.stringify({ ak: id, sk: secret }))}\n`,
    uri,
  ),
  pair(
    'percent, a form body',
    'body.txt',
    (id, secret) => `config=%7B%22id%22%3A%22${id}%22%2C%22key%22%3A%22${secret}%22%7D\n`,
    uri,
  ),
  lone(
    'percent, string to sign',
    'sign.txt',
    (id, k) =>
      `GET&%2F&AccessKeyId%3D${id}%26Action%3DDescribeRegions%26Format%3DJSON%26SignatureNonce%3D${k.uuid()}%26Timestamp%3D${k.date()}T00%253A00%253A00Z\n`,
    uri,
  ),

  pair(
    'escapes, signs in JSON',
    'state.json',
    (id, secret) => `{"payload":"${escapeSigns(JSON.stringify({ accessKeyId: id, accessKeySecret: secret }))}"}\n`,
    escapes,
  ),
  pair(
    'escapes, JSON in JSON',
    'message.json',
    (id, secret, k) =>
      JSON.stringify({ trace: k.trace(), body: JSON.stringify({ accessKeyId: id, accessKeySecret: secret }) }),
    escapes,
  ),
  pair(
    'escapes, JSON in JSON in JSON',
    'queue.json',
    (id, secret) => JSON.stringify({ m: JSON.stringify({ body: JSON.stringify({ ak: id, sk: secret }) }) }),
    escapes,
  ),
  pair(
    'escapes, letters of the secret',
    'Messages.java',
    (id, secret) =>
      `String ak = "${id}", sk = "${secret.slice(0, 10)}\\u00${secret.charCodeAt(10).toString(16)}${secret.slice(11)}";\n`,
    escapes,
  ),
  pair(
    'escapes, tail of the ID and of the secret',
    'obfuscated.js',
    (id, secret) => `var _0x1="${hexEscapes(id, 8)}",_0x2="${hexEscapes(secret, 15)}";\n`,
    escapes,
  ),
  pair(
    'escapes, the whole secret',
    'native.properties',
    (id, secret) => `oss.id=${id}\noss.secret=${escapeAll(secret)}\n`,
    escapes,
  ),
  pair(
    'escapes, Chinese as \\u in properties',
    'zh.properties',
    (id, secret) => `# \\u963f\\u91cc\\u4e91\noss.id=\\u0022${id}\\u0022\noss.key=\\u0022${secret}\\u0022\n`,
    escapes,
  ),
  lone(
    'escapes, & in a presigned URL',
    'file.json',
    (id, k) =>
      `{"url":"https://${k.bucket()}.oss-cn-beijing.aliyuncs.com/a.png?Expires=${k.epoch()}\\u0026OSSAccessKeyId=${id}\\u0026Signature=${k.alnum(26)}%3D"}\n`,
    escapes,
  ),

  pair(
    'entities in an attribute',
    'props.html',
    (id, secret) =>
      `<div data-config="${htmlEntities(JSON.stringify({ accessKeyId: id, accessKeySecret: secret }))}"></div>\n`,
    html,
  ),
  pair(
    'entities, equals signs',
    'snippet.xhtml',
    (id, secret) => `<pre>ak&#61;${id}&#10;sk&#61;${secret}&#10;</pre>\n`,
    html,
  ),
  pair(
    'entities, hexadecimal quotes',
    'page.aspx',
    (id, secret) => `<code>auth(&#x27;${id}&#x27;, &#x27;${secret}&#x27;)</code>\n`,
    html,
  ),
  pair(
    'entities, the secret letter by letter',
    'contact.html',
    (id, secret) => `<p>key ${id}</p><p>secret ${numericEntities(secret)}</p>\n`,
    html,
  ),
  pair(
    'syntax highlighted',
    'code.html',
    (id, secret) =>
      `<span class="na">accessKeyId</span><span class="o">=</span><span class="s">&quot;${id}&quot;</span>\n<span class="na">accessKeySecret</span><span class="o">=</span><span class="s">&quot;${secret}&quot;</span>\n`,
    html,
  ),

  pair(
    'quoted-printable mail',
    'mail.eml',
    (id, secret) =>
      `Content-Transfer-Encoding: quoted-printable\n\n${quotedPrintable(`您好，阿里云密钥: AccessKeyId=${id} AccessKeySecret=${secret} 谢谢`)}\n`,
    qp,
  ),
  pair(
    'quoted-printable, soft break in both',
    'soft.eml',
    (id, secret) =>
      `Content-Transfer-Encoding: quoted-printable\n\nkey=3D${id.slice(0, 7)}=\n${id.slice(7)}, secret=3D${secret.slice(0, 12)}=\n${secret.slice(12)}\n`,
    qp,
  ),
  pair(
    'quoted-printable HTML',
    'page.mht',
    (id, secret) =>
      `Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n${quotedPrintable(`<table class="keys" width="100%"><tr><td>AccessKey ID</td><td>${id}</td></tr><tr><td>AccessKey Secret</td><td>${secret}</td></tr></table>`)}\n`,
    qp,
  ),

  pair(
    'PHP serialised array',
    'option.txt',
    (id, secret) =>
      `${phpArray([
        ['access_key_id', id],
        ['access_key_secret', secret],
        ['bucket', 'b'],
      ])}\n`,
    php,
  ),
  pair(
    'PHP serialised, escaped in SQL',
    'wp_options.sql',
    (id, secret) =>
      `INSERT INTO \`wp_options\` VALUES (7,'oss_options','${phpArray([
        ['oss', 'true'],
        ['accessKeyId', id],
        ['accessKeySecret', secret],
      ]).replaceAll('"', '\\"')}','yes');\n`,
    php,
  ),
  pair(
    'PHP serialised, names and values in a list',
    'cache.ser',
    (id, secret) => `a:2:{i:0;${phpString(id)}i:1;${phpString(secret)}}`,
    php,
  ),

  pair(
    'colours around the values',
    'ci.log',
    (id, secret) => `ak: ${RED}${id}${OFF}\nsk: ${RED}${secret}${OFF}\n`,
    ansi,
  ),
  pair(
    'colours without the escape byte',
    'pasted.log',
    (id, secret) => `[32mINFO[0m id [33m${id}[0m secret [33m${secret}[0m\n`,
    ansi,
  ),
  pair(
    'colours from grep, over the first letters',
    'grep.log',
    (id, secret) => `conf:\u001b[01;31m\u001b[K${id.slice(0, 4)}\u001b[m\u001b[K${id.slice(4)}\nconf:${secret}\n`,
    ansi,
  ),
  pair(
    'colours written as \\033',
    'banner.sh',
    (id, secret) => `echo -e "\\033[32m${id}\\033[0m \\033[32m${secret}\\033[0m"\n`,
    ansi,
  ),

  pair(
    'joined by +, JavaScript',
    'split.js',
    (id, secret, k) => `const id = ${joined(k, id, ' + ')};\nconst secret = ${joined(k, secret, ' + ', { n: 3 })};\n`,
    split,
  ),
  pair(
    'joined by +, Java, over lines',
    'Split.java',
    (id, secret, k) =>
      `    String id = ${joined(k, id, '\n        + ', { quote: '"' })};\n    String secret = ${joined(k, secret, '\n        + ', { quote: '"' })};\n`,
    split,
  ),
  pair(
    'joined by ., PHP',
    'split.php',
    (id, secret, k) => `$id = ${joined(k, id, ' . ')};\n$secret = ${joined(k, secret, '.')};\n`,
    split,
  ),
  pair(
    'joined by .., Lua',
    'split.lua',
    (id, secret, k) =>
      `local id = ${joined(k, id, ' .. ', { quote: '"' })}\nlocal secret = ${joined(k, secret, '..', { quote: '"' })}\n`,
    split,
  ),
  pair(
    'joined by &, Visual Basic',
    'split.bas',
    (id, secret, k) =>
      `Id = ${joined(k, id, ' & ', { quote: '"' })}\nKey = ${joined(k, secret, ' & _\n    ', { quote: '"' })}\n`,
    split,
  ),
  pair(
    'joined by standing together, C',
    'split.c',
    (id, secret, k) =>
      `const char *id = ${joined(k, id, ' ', { quote: '"' })};\nconst char *secret = ${joined(k, secret, '\n    ', { quote: '"' })};\n`,
    split,
  ),
  pair(
    'joined by standing together, Python',
    'split.py',
    (id, secret, k) => `AK = (${joined(k, id, '\n      ')})\nSK = (${joined(k, secret, '\n      ')})\n`,
    split,
  ),
  pair(
    'continued with a backslash, C',
    'macro.h',
    (id, secret) =>
      `#define ID "${id.slice(0, 9)}\\\n${id.slice(9)}"\n#define KEY "${secret.slice(0, 14)}\\\n${secret.slice(14)}"\n`,
    split,
  ),
  pair(
    'only the secret joined',
    'partial.kt',
    (id, secret, k) => `val id = "${id}"\nval secret = ${joined(k, secret, ' + ', { quote: '"' })}\n`,
    split,
  ),
  pair(
    'atob of a part',
    'part.js',
    (id, secret) =>
      `var ak = atob('${b64(id.slice(0, 9))}') + '${id.slice(9)}', sk = atob('${b64(secret.slice(0, 15))}') + '${secret.slice(15)}';\n`,
    split,
  ),

  lone(
    'glued, canonical string',
    'debug.log',
    (id, k) => `string: AccessKeyId${id}ActionPubMessageNonce${k.uuid()}Timestamp${k.epoch()}\n`,
    glued,
  ),
  pair(
    'glued, names before and after',
    'dump.txt',
    (id, secret) => `AccessKeyId${id}AccessKeySecret${secret}RegionIdcn-hangzhou\n`,
    glued,
  ),
  pair('glued, underscores', 'cache_keys.txt', (id, secret) => `oss_${id}_${secret}_default\n`, glued),
  pair('glued, Chinese on both sides', '备忘.txt', (id, secret) => `密钥${id}密码${secret}结束\n`, glued),
];
