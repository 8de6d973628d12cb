// Text that holds the letters of an ID by accident, and files that only talk about IDs.
import { b64 } from '../encode.mjs';
import { image, minified } from '../noise.mjs';
import { L } from '../values.mjs';

const clean = (name, path, make, copies = 1) =>
  Array.from({ length: copies }, () => ({ name, make: (k) => ({ path, text: make(k) }) }));

/** Letters of an ID inside random base64, with no border on either side. */
const buried = (k) => k.alnum(1) + L + k.alnum(30);

export default [
  ...clean('image in base64', 'icon.css', (k) => `.a{background:url(${image(k, 3000, buried(k))})}\n`, 6),
  ...clean(
    'image in base64, the encoded letters',
    'logo.svg',
    (k) => `<image href="${image(k, 2000, `${k.alnum(1)}TFRBS${k.alnum(40)}`)}"/>\n`,
    4,
  ),
  ...clean('font in base64', 'font.ts', (k) => `export default '${k.base64(4000)}${buried(k)}${k.base64(4000)}';\n`, 4),
  ...clean(
    'mail attachment, lines of 76',
    'mail.eml',
    (k) =>
      `Content-Transfer-Encoding: base64\n\n${Array.from({ length: 30 }, (_, i) => (i === 12 ? `${k.base64(20)}${buried(k)}${k.base64(21)}` : k.base64(76))).join('\n')}\n`,
    6,
  ),
  ...clean(
    'certificate',
    'server.pem',
    (k) =>
      `-----BEGIN CERTIFICATE-----\n${Array.from({ length: 18 }, (_, i) => (i === 7 ? `${k.base64(12)}${buried(k)}${k.base64(17)}` : k.base64(64))).join('\n')}\n-----END CERTIFICATE-----\n`,
    5,
  ),
  ...clean(
    'line of base64 that starts with the letters',
    'key.asc',
    (k) =>
      `-----BEGIN PGP MESSAGE-----\n\n${k.base64(64)}\n${L}${k.alnum(60)}\n${k.base64(64)}\n-----END PGP MESSAGE-----\n`,
    4,
  ),
  ...clean(
    'lock file',
    'package-lock.json',
    (k) =>
      `{"packages":{"a":{"integrity":"sha512-${k.base64(30)}${buried(k)}${k.base64(21)}=="},"b":{"integrity":"sha512-${k.base64(86)}=="}}}\n`,
    5,
  ),
  ...clean(
    'lock file, yarn',
    'yarn.lock',
    (k) => `a@^1:\n  integrity sha512-${k.base64(40)}${k.alnum(1)}${L}${k.alnum(41)}==\n`,
    3,
  ),
  ...clean('token', 'token.txt', (k) => `eyJhbGciOiJIUzI1NiJ9.eyJ${k.alnum(60)}${L}${k.alnum(60)}.${k.alnum(43)}\n`, 4),
  ...clean('bundle', 'app.min.js', (k) => `${minified(k, 2000)}var VO${L}RE=1,DE${L}C="x";${minified(k, 2000)}`, 5),
  ...clean(
    'bundle, identifiers',
    'vendor.js',
    (k) => `${minified(k, 1000)}e.DEFAU${L}gnmentControllerFactory=t;${minified(k, 1000)}`,
    3,
  ),
  ...clean(
    'words in capitals',
    'novel.txt',
    (k) => `VO${L}RE wrote it. A${L}R, VO${L}C, ${k.word()}. ${L}RE and DE${L}C ${k.int(1, 9)}.\n`,
    4,
  ),
  ...clean(
    'constants in capitals',
    'Fault.java',
    (k) =>
      `static final int VAU${L}_INDEX = 1;\nstatic final int DEFAU${L}_${k.word().toUpperCase()} = 2;\nString KURU${L}NSTALLATIONCODES = "${k.alnum(30)}";\n`,
    4,
  ),
  ...clean(
    'camelCase after the letters',
    'Handler.kt',
    (k) => `val ${L}${k.camel(20)} = ${k.camel(30)}()\nval name = "${k.camel(30)}"\n`,
    4,
  ),
  ...clean(
    'camelCase after the letters, 16',
    'Key.ts',
    (k) => `const accessKeyId = '${L}${k.camel(12)}';\nconst accessKeySecret = '${k.camel(30)}';\n`,
    4,
  ),
  ...clean(
    'regular expression',
    'rules.toml',
    () => `regex = '''${L}[a-zA-Z0-9]{12,20}'''\nkeywords = ["${L.toLowerCase()}"]\n`,
    2,
  ),
  ...clean(
    'regular expression, code',
    'detect.go',
    (k) =>
      `var re = regexp.MustCompile(\`\\b(${L}(?i)[a-z0-9]{20})(?:['"\\s]|$)\`) // ${k.hex(40)}\nvar secret = regexp.MustCompile("[a-zA-Z0-9]{30}")\n`,
    2,
  ),
  ...clean(
    'prefix test',
    'check.py',
    (k) => `if key.startswith('${L}'):\n    ${k.word()} = len(key) in (16, 24)\nsecret = '${k.hex(30)}'\n`,
    2,
  ),
  ...clean(
    'documentation of the format',
    'format.md',
    () => `IDs start with \`${L}\` (\`${L}5t\`, \`${L}4G\`) and have 16 or 24 characters; the secret has 30.\n`,
    2,
  ),
  ...clean(
    'references to the environment',
    'client.js',
    (k) =>
      `new OSS({ accessKeyId: process.env.OSS_ACCESS_KEY_ID, accessKeySecret: process.env.OSS_ACCESS_KEY_SECRET });\n// ${L}... ${k.trace()}\n`,
    3,
  ),
  ...clean(
    'references in a workflow',
    'deploy.yml',
    (k) =>
      `  access-key-id: \${{ secrets.${L}_ID }}\n  access-key-secret: \${{ secrets.${L}_SECRET }}\n  sha: ${k.hex(40)}\n`,
    3,
  ),
  ...clean('trace ids', 'trace.log', (k) => `${k.filler('log', 30)}\n`, 4),
  ...clean(
    'hashes and UUIDs',
    'sums.txt',
    (k) =>
      Array.from(
        { length: 20 },
        () => `${k.pick([k.hex(30), k.hex(32), k.hex(40), k.hex(64), k.uuid()])}  ${k.word()}\n`,
      ).join(''),
    4,
  ),
  ...clean(
    'hashes in capitals beside the letters',
    'etag.json',
    (k) => `{"accessKeyId":"${L}","requestId":"${k.hex(24).toUpperCase()}","hash":"${k.hex(30)}"}\n`,
    3,
  ),
  ...clean(
    'identifiers of 30 letters',
    'Names.swift',
    (k) => Array.from({ length: 12 }, () => `func ${k.camel(30)}() {}\n`).join(''),
    3,
  ),
  ...clean(
    'random identifiers of 30',
    'conn.log',
    (k) => Array.from({ length: 12 }, () => `${k.epoch()}.${k.digits(6)}\tC${k.alnum(17)}\t${k.alnum(30)}\n`).join(''),
    3,
  ),
  ...clean(
    'base64 of a placeholder',
    'secret.yaml',
    () => `kind: Secret\ndata:\n  akId: ${b64(`${L}xxxxxxxxxxxx`)}\n  akSecret: ${b64('yourAccessKeySecret')}\n`,
    3,
  ),
  ...clean('base64 of a masked ID', 'masked.yaml', (k) => `data:\n  id: ${b64(`${L}5t${k.base58(10)}****`)}\n`, 2),
  ...clean(
    'base64 of words',
    'blob.txt',
    (k) => `${b64(`the ${L} prefix marks an AccessKey ${k.word()} ${k.word()}`)}\n`,
    2,
  ),
  ...clean(
    'base64 that starts like an encoded ID',
    'pixel.json',
    (k) => `{"img":"TFRBS${k.base64(200)}","v":"${k.base64(40)}"}\n`,
    4,
  ),
  ...clean(
    'UTF-16 of a placeholder',
    'sample.reg',
    () => Buffer.from(`\ufeff"KeyId"="${L}xxxxxxxxxxxxxxxxxxxx"\r\n"KeySecret"="yourAccessKeySecret"\r\n`, 'utf16le'),
    2,
  ),
  ...clean(
    'STS in names',
    'List.java',
    (k) =>
      `STS.N${'ewArrayListOfStringValues'}${k.word()}();\nSTS.N${k.camel(24)}();\nLISTS.N${k.lower(6)} = lists.nongnu.org;\nTESTS.NT${k.camel(18)}();\n`,
    3,
  ),
  ...clean('CAIS in base64', 'blob.bin.txt', (k) => `${k.base64(100)}CAIS${k.base64(300)}\n`, 3),
  ...clean('random bytes', 'random.bin', (k) => Buffer.from(Array.from({ length: 6000 }, () => k.int(0, 255))), 2),
  ...clean(
    'percent signs',
    'query.txt',
    (k) => `q=al%20${L.toLowerCase()}%20${k.word()}&data=${k.alnum(20)}%2B${L}%2F${k.alnum(20)}%3D\n`,
    3,
  ),
  ...clean(
    'glued documentation',
    'canonical.md',
    () => `AccessKeyId${L}xxxxxxxxxxxxxxxxActionDescribeRegions\nAccessKeyId${L}ActionDescribeRegionsFormatJSON\n`,
    2,
  ),
];
