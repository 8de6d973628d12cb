// C, C++, Objective-C, Swift, Go, Rust, C#, Dart and other compiled languages.
import { pair, several } from '../kit.mjs';
import { names } from '../names.mjs';

export default [
  pair(
    'C, #define',
    'oss_config.h',
    (id, secret, k) =>
      `#define OSS_ENDPOINT "oss-${k.region()}.aliyuncs.com"\n#define ACCESS_KEY_ID "${id}"\n#define ACCESS_KEY_SECRET "${secret}"\n`,
  ),
  pair(
    'C, arrays',
    'main.c',
    (id, secret) => `static const char key_id[] = "${id}";\nstatic const char key_secret[] = "${secret}";\n`,
  ),
  pair(
    'C, aos strings',
    'sample.c',
    (id, secret) =>
      `    aos_str_set(&options->config->access_key_id, "${id}");\n    aos_str_set(&options->config->access_key_secret, "${secret}");\n    options->config->is_cname = 0;\n`,
  ),
  pair(
    'C, device table',
    'devices.inc',
    (id, secret, k) => `{ "${k.word()}", "${id}", "${secret}", ${k.int(1, 9)} },\n`,
  ),
  pair(
    'C++',
    'client.cpp',
    (id, secret) =>
      `std::string accessKeyId = "${id}";\nstd::string accessKeySecret = "${secret}";\nOssClient client(endpoint, accessKeyId, accessKeySecret, conf);\n`,
  ),
  pair(
    'C++, brace initialisation',
    'conf.hpp',
    (id, secret) => `inline const Credentials kOss{"${id}", "${secret}"};\n`,
  ),
  pair(
    'C++, Qt',
    'upload.cc',
    (id, secret) => `m_id = QStringLiteral("${id}");\nm_key = QStringLiteral("${secret}");\n`,
  ),
  pair(
    'Arduino',
    'sketch.ino',
    (id, secret) => `const char* AK = "${id}"; // key\nconst char* SK = "${secret}"; // secret\n`,
  ),
  pair(
    'Objective-C, macros',
    'Const.h',
    (id, secret) => `#define kAccessKey @"${id}"\n#define kSecretKey @"${secret}"\n`,
  ),
  pair(
    'Objective-C, provider',
    'Oss.m',
    (id, secret) =>
      `id<OSSCredentialProvider> p = [[OSSPlainTextAKSKPairCredentialProvider alloc] initWithPlainTextAccessKey:@"${id}"\n    secretKey:@"${secret}"];\n`,
  ),
  pair(
    'Objective-C++, static',
    'Store.mm',
    (id, secret) =>
      `static NSString * const AccessKeyId = @"${id}";\nstatic NSString * const AccessKeySecret = @"${secret}";\n`,
  ),
  pair(
    'Swift',
    'Oss.swift',
    (id, secret, k) =>
      `struct Oss {\n    static let accessKey = "${id}"\n    static let secretKey = "${secret}"\n    func ${k.camel(30)}() {}\n}\n`,
  ),
  pair('Xcode configuration', 'Release.xcconfig', (id, secret) => `OSS_KEY_ID = ${id}\nOSS_KEY_SECRET = ${secret}\n`),
  pair(
    'Go, constants',
    'const.go',
    (id, secret) => `const (\n\taccessKeyID     = "${id}"\n\taccessKeySecret = "${secret}"\n)\n`,
  ),
  pair(
    'Go, oss.New',
    'upload.go',
    (id, secret, k) => `client, err := oss.New("https://oss-${k.region()}.aliyuncs.com", "${id}", "${secret}")\n`,
  ),
  pair(
    'Go, NewClientWithAccessKey',
    'ecs.go',
    (id, secret, k) => `client, err := sdk.NewClientWithAccessKey("${k.region()}", "${id}", "${secret}")\n`,
  ),
  pair(
    'Go, pointers',
    'sms.go',
    (id, secret) =>
      `config := &openapi.Config{\n\tAccessKeyId:     tea.String("${id}"),\n\tAccessKeySecret: tea.String("${secret}"),\n}\n`,
  ),
  several(
    'Go, table of cases',
    'pool_test.go',
    (k) =>
      `var pool = []struct{ id, secret string }{\n${k
        .pairs(3)
        .map(({ id, secret }) => `\t{"${id}", "${secret}"},\n`)
        .join('')}}\n`,
  ),
  several(
    'Go, map of accounts',
    'accounts.go',
    (k) =>
      `var accounts = map[string]Account{\n${k
        .pairs(3)
        .map(({ id, secret }) => `\t"${k.word()}": {Secret: "${secret}", Key: "${id}"},\n`)
        .join('')}}\n`,
  ),
  pair('Rust', 'main.rs', (id, secret) => `let client = AliyunOss::new("${id}", "${secret}");\n`),
  pair(
    'Rust, constants',
    'config.rs',
    (id, secret) => `pub const KEY_ID: &str = "${id}";\npub const KEY_SECRET: &str = r#"${secret}"#;\n`,
  ),
  pair('C#', 'OssHelper.cs', (id, secret, k) => {
    const [a, b] = names(k, 'pascal');
    return `public static class OssHelper\n{\n    private const string ${a} = "${id}";\n    private const string ${b} = "${secret}";\n}\n`;
  }),
  pair(
    'C#, positional',
    'Program.cs',
    (id, secret) => `var client = new OssClient("oss-cn-hangzhou.aliyuncs.com", "${id}", @"${secret}");\n`,
  ),
  pair(
    'C#, object initialiser, one line',
    'Sms.cs',
    (id, secret) => `var c = new Config { AccessKeySecret = "${secret}", AccessKeyId = "${id}", Endpoint = "x" };\n`,
  ),
  pair('F#', 'Oss.fs', (id, secret) => `let keyId, keySecret = "${id}", "${secret}"\n`),
  pair(
    'Visual Basic',
    'Module1.vb',
    (id, secret) => `Const AccessKeyId As String = "${id}"\nConst AccessKeySecret As String = "${secret}"\n`,
  ),
  pair('Razor', 'Upload.cshtml', (id, secret) => `@{ ViewBag.Ak = "${id}"; ViewBag.Sk = "${secret}"; }\n`),
  pair(
    'Dart',
    'oss.dart',
    (id, secret) => `final client = OssClient(\n  accessKeyId: '${id}',\n  accessKeySecret: '${secret}',\n);\n`,
  ),
  pair('Delphi', 'Unit1.pas', (id, secret) => `const\n  C_ID = '${id}';\n  C_KEY = '${secret}';\n`),
  pair('Zig', 'oss.zig', (id, secret) => `pub const key_id = "${id}";\npub const key_secret = "${secret}";\n`),
  pair('D', 'app.d', (id, secret) => `enum KEY = "${id}"; enum SECRET = "${secret}";\n`),
  pair('assembly strings', 'data.s', (id, secret) => `id:\t.asciz "${id}"\nkey:\t.asciz "${secret}"\n`),
  pair('strings of a binary', 'firmware.bin', (id, secret, k) =>
    Buffer.concat([
      Buffer.from(Array.from({ length: 300 }, () => k.int(128, 255))),
      Buffer.from(`\0oss_id\0${id}\0oss_key\0${secret}\0`),
      Buffer.from(Array.from({ length: 300 }, () => k.int(128, 255))),
    ]),
  ),
  pair(
    'Protocol Buffers text',
    'conf.textproto',
    (id, secret) => `oss { access_key_id: "${id}" access_key_secret: "${secret}" }\n`,
  ),
  pair('Solidity comment', 'Token.sol', (id, secret) => `// ak ${id}\n// sk ${secret}\ncontract Token {}\n`),
];
