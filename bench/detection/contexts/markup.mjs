// Marks that touch a value and are none of it: emphasis, comments, colours in other spellings, form encoding, verbatim text.
import { pair } from '../kit.mjs';

const escapes = { encoding: 'escapes' };
const ansi = { encoding: 'ansi' };
const qp = { encoding: 'quoted-printable', raw: true };

export default [
  pair(
    'Markdown, bold in a vertical table',
    'handover.md',
    (id, secret) => `| field | value |\n|---|---|\n| AccessKeyId | **${id}** |\n| AccessKeySecret | **${secret}** |\n`,
  ),
  pair(
    'Markdown, bold names',
    'notes.md',
    (id, secret) => `**AccessKey ID:** **${id}**\n\n**Secret:** **${secret}**\n`,
  ),
  pair('Markdown, bold in Chinese prose', '交接.md', (id, secret) => `生产账号 **${id}** / **${secret}** （勿外传）\n`),
  pair('Markdown, italic', 'wiki.md', (id, secret) => `Use the id *${id}* and the secret *${secret}* there.\n`),
  pair('chat, bold', 'chat.txt', (id, secret) => `ak: *${id}*\nsk: *${secret}*\n`),
  pair('comments closed behind the value', 'oss.h', (id, secret) => `/* ak ${id}*/\n/* sk ${secret}*/\n`),
  pair('Org, verbatim', 'keys.org', (id, secret) => `- AccessKey ID :: =${id}=\n- AccessKey Secret :: =${secret}=\n`),
  pair('a form in a log', 'access.log', (id, secret) => `GET /s?q=ak+${id}+sk+${secret}+x HTTP/1.1\n`),
  pair('a form in a log, two fields', 'post.log', (id, secret) => `body: note=my+key&ak=${id}+x&sk=${secret}+y\n`),
  pair(
    'colours, \\e',
    'show.sh',
    (id, secret) => `echo -e "AK \\e[32m${id}\\e[0m"\necho -e "SK \\e[32m${secret}\\e[0m"\n`,
    ansi,
  ),
  pair(
    'colours, \\033',
    'show.py',
    (id, secret) => `print("AK \\033[1;32m${id}\\033[0m SK \\033[1;32m${secret}\\033[0m")\n`,
    ansi,
  ),
  pair(
    'colours, syslog',
    'messages.log',
    (id, secret) => `Jan  2 10:00:00 host app[1]: #033[33m${id}#033[0m #033[33m${secret}#033[0m\n`,
    ansi,
  ),
  pair(
    'colours, in a URL',
    'query.log',
    (id, secret) => `GET /log?m=%1B%5B33m${id}%1B%5B0m%20%1B%5B33m${secret}%1B%5B0m\n`,
    ansi,
  ),
  pair(
    'an encoded header',
    'mail.eml',
    (id, secret) => `Subject: =?UTF-8?Q?AK=3D${id}_SK=3D${secret}?=\r\n\r\nsee above\r\n`,
    qp,
  ),
  pair('quoted-printable, one line pasted', 'paste.txt', (id, secret) => `AK=3D${id} SK=3D${secret}\n`, qp),
  pair('ended by \\0', 'blob.s', (id, secret) => `.ascii "ak=${id}\\0sk=${secret}\\0"\n`, escapes),
  pair(
    'joined behind a comment',
    'Oss.kt',
    (id, secret) =>
      `const val ACCESS_KEY_ID = "${id}"\nconst val ACCESS_KEY_SECRET = "${secret.slice(0, 13)}" + // split\n    "${secret.slice(13)}"\n`,
    { encoding: 'joined' },
  ),
];
