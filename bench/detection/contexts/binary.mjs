// Binary files that keep values end to end and say how long each is: what stands behind a value is the next one's type, often
// a letter.
import { pair } from '../kit.mjs';

const bytes = (text) => Buffer.from(text, 'latin1');
const char = String.fromCharCode;
const raw = { raw: true };
/** A length of four bytes, the lowest first. */
const low = (text) => `${char(text.length)}\0\0\0${text}`;
const short = (text) => char(text.length) + text;
const cborText = (text) => (text.length < 24 ? char(0x60 + text.length) : `x${char(text.length)}`) + text;

const sqliteRow = (number, columns) => {
  const kinds = columns.map((text) => {
    const kind = 13 + 2 * text.length;
    return kind < 128 ? char(kind) : char(128 + (kind >> 7), kind & 127);
  });
  const head = kinds.join('');
  return char(head.length + 1 + columns.join('').length, number, head.length + 1) + head + columns.join('');
};

export default [
  pair(
    'Python bytecode',
    '__pycache__/oss.cpython-311.pyc',
    (id, secret) =>
      bytes(
        `\xa7\r\r\n\0\0\0\0)\x02\xda${short(id)}\xda${short(secret)}z\x1boss-cn-beijing.aliyuncs.com)\x01\xda\x04Auth`,
      ),
    raw,
  ),
  pair(
    'Python bytecode of version 2',
    'sms.pyc',
    (id, secret) => bytes(`\x03\xf3\r\n\0\0\0\0c\0\0\0\0t${low(id)}t${low(secret)}s\x08\0\0\0dysmsapi(\x01\0\0\0`),
    raw,
  ),
  pair(
    'pickle',
    'session.pkl',
    (id, secret) =>
      bytes(`\x80\x02}q\0(X${low('access_key')}q\x01X${low(id)}q\x02X${low('secret_key')}q\x03X${low(secret)}q\x04u.`),
    raw,
  ),
  pair(
    'Java object',
    'config.ser',
    (id, secret) =>
      bytes(
        `\xac\xed\0\x05sr\0\x11java.util.HashMap\x05\x07\xda\xc1w\x08\0\0\0\x10\0\0\0\x02t\0${short('accessKeyId')}t\0${short(id)}t\0${short('accessKeySecret')}t\0${short(secret)}x`,
      ),
    raw,
  ),
  pair(
    'CBOR',
    'cred.cbor',
    (id, secret) =>
      bytes(`\xa3${['accessKeyId', id, 'accessKeySecret', secret, 'region', 'cn-beijing'].map(cborText).join('')}`),
    raw,
  ),
  pair(
    'property list, binary',
    'Info.plist',
    (id, secret) =>
      bytes(
        `bplist00\xd2\x01\x02\x03\x04[accessKeyId_\x10\x0faccessKeySecret_\x10${short(id)}_\x10${short(secret)}Ucloud\x08\x0d`,
      ),
    raw,
  ),
  pair(
    'SQLite, a row of accounts',
    'app.db',
    (id, secret, kit) =>
      bytes(
        `SQLite format 3\0\x10\0\x01\x01${'\0'.repeat(40)}${sqliteRow(2, ['test', 'minio', 'minioadmin'])}${sqliteRow(1, ['prod', id, secret, kit.word()])}`,
      ),
    raw,
  ),
];
