// Encodings inside encodings, to a depth of three.
import {
  b64,
  escapeSigns,
  htmlEntities,
  joined,
  MARK,
  percent,
  phpArray,
  quotedPrintable,
  utf16le,
  wrapped,
} from '../encode.mjs';
import { lone, pair } from '../kit.mjs';

const layered = { encoding: 'layered' };
const raw = { encoding: 'layered', raw: true };
const json = (id, secret) => JSON.stringify({ accessKeyId: id, accessKeySecret: secret });

export default [
  pair(
    'base64 of base64, apart',
    'twice.env',
    (id, secret) => `ID=${b64(b64(id))}\nSECRET=${b64(b64(secret))}\n`,
    layered,
  ),
  pair(
    'base64 of base64 of a JSON',
    'twice.yml',
    (id, secret, k) => `blob: ${b64(b64(JSON.stringify({ n: k.word(), ak: id, sk: secret })))}\n`,
    layered,
  ),
  pair(
    'Kubernetes Secret in base64',
    'sealed.sh',
    (id, secret) =>
      `echo '${b64(`kind: Secret\ndata:\n  ak: ${b64(id)}\n  sk: ${b64(secret)}\n`)}' | base64 -d | kubectl apply -f -\n`,
    layered,
  ),
  pair(
    'Docker-like configuration in a Secret',
    'pull.yaml',
    (id, secret) =>
      `kind: Secret\ndata:\n  .dockerconfigjson: ${b64(JSON.stringify({ auths: { 'registry.cn-hangzhou.aliyuncs.com': { auth: b64(`${id}:${secret}`) } } }))}\n`,
    layered,
  ),
  pair(
    'cloud configuration in a ConfigMap',
    'ccm.yaml',
    (id, secret) =>
      `kind: ConfigMap\ndata:\n  cloud-config.conf: |-\n    ${JSON.stringify({ Global: { accessKeyID: b64(id), accessKeySecret: b64(secret) } })}\n`,
    layered,
  ),
  pair(
    'base64 in percent',
    'state.url',
    (id, secret) => `https://example.com/?s=${percent(b64(`ak=${id}&sk=${secret}&pad`))}\n`,
    layered,
  ),
  pair(
    'percent in base64',
    'cookie.txt',
    (id, secret) => `Cookie: cfg=${b64(percent(json(id, secret)))}; Path=/\n`,
    layered,
  ),
  pair(
    'base64 in JSON in JSON',
    'event.json',
    (id, secret) => JSON.stringify({ body: JSON.stringify({ id: b64(id), secret: b64(secret) }) }),
    layered,
  ),
  pair(
    'JSON escapes in base64',
    'message.txt',
    (id, secret) => `payload ${b64(`{"m":"${escapeSigns(json(id, secret))}"}`)}\n`,
    layered,
  ),
  pair('entities in percent', 'form.txt', (id, secret) => `html=${percent(htmlEntities(json(id, secret)))}\n`, layered),
  pair(
    'percent twice',
    'twice.url',
    (id, secret) => `https://example.com/?r=${percent(percent(`ak=${id}&sk=${secret}`))}\n`,
    layered,
  ),
  pair(
    'entities in JSON',
    'render.json',
    (id, secret) => JSON.stringify({ html: `<i v="${htmlEntities(json(id, secret))}">` }),
    layered,
  ),
  pair(
    'PHP serialised in base64',
    'session.txt',
    (id, secret) =>
      `sess|${b64(
        phpArray([
          ['access_id', id],
          ['access_key', secret],
        ]),
      )}\n`,
    layered,
  ),
  pair(
    'PHP serialised in JSON',
    'options.json',
    (id, secret) =>
      JSON.stringify({
        option: phpArray([
          ['id', id],
          ['key', secret],
        ]),
      }),
    layered,
  ),
  pair(
    'UTF-16 with escapes',
    'dump.ps1',
    (id, secret) =>
      utf16le(`$j = '{\\u0022ak\\u0022:\\u0022${id}\\u0022,\\u0022sk\\u0022:\\u0022${secret}\\u0022}'\r\n`, MARK),
    raw,
  ),
  pair(
    'UTF-16 with percent',
    'links.txt',
    (id, secret) => utf16le(`https://e.com/?u=${percent(`id=${id}&key=${secret}`)}\r\n`, MARK),
    raw,
  ),
  pair(
    'quoted-printable with entities',
    'page.eml',
    (id, secret) =>
      `Content-Transfer-Encoding: quoted-printable\n\n${quotedPrintable(`<p title="${htmlEntities(json(id, secret))}">keys for the new bucket</p>`)}\n`,
    raw,
  ),
  pair(
    'mail part in base64',
    'attachment.eml',
    (id, secret, k) =>
      `Content-Type: text/csv; name=AccessKey.csv\nContent-Transfer-Encoding: base64\n\n${wrapped(`AccessKey ID,AccessKey Secret\r\n${id},${secret}\r\n${k.word()}\r\n`)}\n\n--x--\n`,
    layered,
  ),
  pair(
    'joined literals of base64',
    'JoinedKeys.java',
    (id, secret, k) =>
      `String a = decode(${joined(k, b64(id), ' + ', { quote: '"' })});\nString b = decode(${joined(k, b64(secret), ' + ', { quote: '"' })});\n`,
    layered,
  ),
  pair(
    'notebook with colours',
    'run.ipynb',
    (id, secret) =>
      `${JSON.stringify({ outputs: [{ text: [`\u001b[33m${id}\u001b[0m\n`, `\u001b[33m${secret}\u001b[0m\n`] }] }, null, 1)}\n`,
    layered,
  ),
  pair(
    'webpack eval of escaped JSON',
    'json.bundle.js',
    (id, secret) =>
      `eval("module.exports = JSON.parse(${JSON.stringify(JSON.stringify(json(id, secret))).slice(1, -1)})");\n`,
    layered,
  ),
  pair(
    'three deep: base64, JSON, base64',
    'triple.json',
    (id, secret) => `{"d":"${b64(JSON.stringify({ v: b64(`${id}:${secret}`) }))}"}\n`,
    layered,
  ),
  pair(
    'three deep: percent, JSON, base64',
    'triple.url',
    (id, secret) => `https://e.com/#${percent(JSON.stringify({ c: b64(json(id, secret)) }))}\n`,
    layered,
  ),
  pair(
    'three deep: entities, JSON, escapes',
    'triple.html',
    (id, secret) => `<i d="${htmlEntities(JSON.stringify({ m: JSON.stringify({ ak: id, sk: secret }) }))}"></i>\n`,
    layered,
  ),
  lone(
    'presigned URL, percent in JSON in base64',
    'callback.txt',
    (id, k) =>
      `cb=${b64(JSON.stringify({ u: percent(`https://b.oss.aliyuncs.com/a?OSSAccessKeyId=${id}&Expires=${k.epoch()}&Signature=${k.alnum(28)}`) }))}\n`,
    layered,
  ),
];
